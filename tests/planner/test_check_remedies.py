from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner_support.bruteforce import candidates
from planner_support.building import held, person, problem, request, span
from planner_support.held import problems_with_meetings
from summitry.planner import (
    Aim,
    AimScore,
    BadInput,
    Change,
    Limits,
    Meeting,
    Plan,
    Problem,
    Remedy,
    Rule,
    Status,
    Unscheduled,
    check,
    problem_document,
    score,
)
from summitry.planner.check import check_meetings, check_remedies
from summitry.planner.documents import patched, to_problem

HOST = person("host", engagements=(span("09:00", "17:00"),), max_meetings_per_sitting=1)
ASKED = problem(
    request("a", "guest", weight=5),
    request("b", "host", weight=2),
    people=(HOST,),
    objective=(Aim.WEIGHT, Aim.LEFT_OUT, Aim.BREAKS),
)
RELEASE = {"op": "remove", "path": "/people/0/engagements/0"}


def said(change: Change, asked: Problem = ASKED) -> list[str]:
    """What the validator says of a plan that holds a, and of a remedy for b."""
    unscheduled = (Unscheduled("b", "the host is busy", (), (Remedy("Try this", change),)),)
    meetings = (held("a", "09:00"),)
    scores = {aim: AimScore(value, None) for aim, value in score(asked, meetings).items()}
    violations = check(asked, Plan(Status.FEASIBLE, meetings, unscheduled, scores))
    assert {violation.rule for violation in violations} <= {Rule.REMEDY}
    return [violation.message for violation in violations]


def test_a_remedy_that_holds_the_request_at_the_cost_it_names_is_true() -> None:
    assert said(Change((RELEASE,), (held("b", "10:00"),), cost={Aim.WEIGHT: 2})) == []


def test_a_remedy_may_move_and_drop_meetings() -> None:
    both = (held("a", "12:00"), held("b", "09:00"))

    assert said(Change((RELEASE,), both, cost={Aim.WEIGHT: 2})) == []
    assert said(Change((RELEASE,), (held("b", "09:00"),), ("a",), {Aim.WEIGHT: -3})) == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (Change((RELEASE,), (held("b", "10:00"),)), "it costs 2 in weight, not 0"),
        (Change((RELEASE,), (held("b", "10:00"),), cost={Aim.WEIGHT: 2, Aim.MOVED: 0}), "no aim of the objective"),
        (Change((), (held("b", "10:00"),), cost={Aim.WEIGHT: 2}), "overlap"),
        (Change((RELEASE,), (held("b", "09:00"),), cost={Aim.WEIGHT: 2}), "overlap"),
        (Change((RELEASE,)), "it does not hold the request"),
        (Change((RELEASE,), (held("b", "10:00"),), ("z",), {Aim.WEIGHT: 2}), 'drops "z", which is not held'),
        (Change((RELEASE,), (held("b", "10:00"), held("a", "09:00")), ("a",)), 'both drops and places "a"'),
        (Change((RELEASE,), (held("z", "10:00"),)), "no such request"),
        (Change((RELEASE,), (held("b", "10:00"), held("b", "11:00"))), "held twice"),
        (Change((RELEASE, RELEASE), (held("b", "10:00"),)), "does not apply"),
        (Change(({"op": "add", "path": "/requests/1/minutes", "value": 7},), (held("b", "10:00"),)), "does not apply"),
        (Change(({"op": "add", "path": "/requests/1/people", "value": ["z"]},), (held("b", "10:00"),)), "does not apply"),
    ],
)  # fmt: skip
def test_a_remedy_that_is_not_true_is_told(change: Change, wrong: str) -> None:
    (message,) = said(change)

    assert wrong in message
    assert message.startswith('remedies[0] of "b": ')


def test_a_remedy_may_change_the_rules_of_the_whole() -> None:
    asked = replace(ASKED, people=(person("host"), ASKED.people[1]), turnaround_minutes=60)
    change = {"op": "replace", "path": "/turnaround_minutes", "value": 0}

    assert said(Change((change,), (held("b", "09:30"),), cost={Aim.WEIGHT: 2}), asked) == []
    assert "turnaround" in said(Change((), (held("b", "09:30"),), cost={Aim.WEIGHT: 2}), asked)[0]


def test_a_remedy_keeps_the_spread_of_breaks() -> None:
    asked = problem(request("a", "host"), request("b", "host"), request("c", "guest"), limits=Limits(0))
    scores = {aim: AimScore(value, None) for aim, value in score(asked, [held("a", "09:00")]).items()}

    def rules(start: str) -> list[str]:
        change = Change((), (held("b", start),), cost={Aim.WEIGHT: 1, Aim.BREAKS: int(start != "09:30")})
        unscheduled = (Unscheduled("b", "", (), (Remedy("", change),)), Unscheduled("c", ""))
        return [
            str(one)
            for one in check(asked, Plan(Status.FEASIBLE, (held("a", "09:00"),), unscheduled, scores))
        ]

    assert rules("09:30") == []
    assert "breaks" in rules("10:00")[0]


def test_without_a_plan_a_remedy_gives_a_whole_one() -> None:
    asked = problem(request("b", "host", must=True), people=(HOST,))
    remedy = Remedy("", Change((RELEASE,), (held("b", "10:00"),)))
    plan = Plan(Status.INFEASIBLE, (), (Unscheduled("b", "the host is busy", (), (remedy,)),))

    assert check(asked, plan) == []


OPERATIONS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("requests", "minutes", (10, 15, 20, 30)),
    ("requests", "weight", (1, 7)),
    ("requests", "must", (True,)),
    ("requests", "seats", (3,)),
    ("requests", "rooms", (["h0"],)),
    ("requests", "windows", ([["2019-10-15T09:00", "2019-10-15T10:00"]], [])),
    ("requests", "after", (["r0"], ["r1"], [])),
    ("requests", "people", (["p0"], ["p1", "p0"])),
    ("requests", "parties", (["d0", "d1"],)),
    ("requests", "fixed", ({"start": "2019-10-15T09:30"},)),
    ("people", "engagements", ([], [["2019-10-15T09:10", "2019-10-15T09:25", None, "north"]])),
    ("people", "max_meetings_per_sitting", (1, 3)),
    ("people", "max_consecutive", (1,)),
    ("rooms", "seats", (2, 9)),
    ("rooms", "zone", ("north", "east")),
    ("rooms", "party", ("d0",)),
    ("rooms", "turnaround_minutes", (0, 10)),
    ("interpreters", "languages", (["en", "es", "fr"], ["en"])),
    ("interpreters", "max_minutes_per_day", (20,)),
)


@st.composite
def changes(draw: st.DrawFn, problem: Problem, meetings: tuple[Meeting, ...], wanted: str) -> Change:
    """A change that places one request and perhaps moves another; it may well break something."""
    operations: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 2))):
        name, key, values = draw(st.sampled_from(OPERATIONS))
        count = len(getattr(problem, name))
        index: int = draw(st.integers(0, max(0, count - 1)))
        operations.append(
            {"op": "add", "path": f"/{name}/{index}/{key}", "value": draw(st.sampled_from(values))}
        )
    try:
        changed = to_problem(patched(problem_document(problem), operations))
    except BadInput:
        return Change(tuple(operations), (), (), {})
    placed = [
        draw(st.sampled_from(ways))
        for request in changed.requests
        if (request.id == wanted or draw(st.integers(0, 4)) == 4) and (ways := candidates(changed, request))
    ]
    others = [
        meeting.request for meeting in meetings if meeting.request not in {one.request for one in placed}
    ]
    drop = draw(st.lists(st.sampled_from(others), unique=True, max_size=2)) if others else []
    return Change(tuple(operations), tuple(placed), tuple(drop))


@given(data=st.data())
def test_what_a_change_touches_is_all_that_need_be_held_against_the_rules(data: st.DataObject) -> None:
    problem, meetings = data.draw(problems_with_meetings())
    held_already = {meeting.request for meeting in meetings}
    wanted = next(request.id for request in problem.requests if request.id not in held_already)
    change = data.draw(changes(problem, meetings, wanted))
    cost, valid = applied(problem, meetings, change, wanted)

    unscheduled = Unscheduled(wanted, "", (), (Remedy("", replace(change, cost=cost)),))
    plan = Plan(Status.FEASIBLE, meetings, (unscheduled,))

    assert (check_remedies(problem, plan) == []) == valid, check_remedies(problem, plan)


def applied(
    problem: Problem, meetings: tuple[Meeting, ...], change: Change, wanted: str
) -> tuple[dict[Aim, int], bool]:
    """The cost of a change, and whether it gives a valid plan, by doing all of it and looking at all of it."""
    try:
        changed = to_problem(patched(problem_document(problem), change.problem))
    except BadInput:
        return {}, False
    after = {meeting.request: meeting for meeting in meetings if meeting.request not in change.drop}
    after.update((meeting.request, meeting) for meeting in change.meetings)
    before, now = score(problem, meetings), score(changed, after.values())
    cost = {aim: now[aim] - before[aim] for aim in now}
    return cost, wanted in after and not check_meetings(changed, after.values())
