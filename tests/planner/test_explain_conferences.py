"""Crowded conferences, each reason held against a second reading of the format, each remedy against the validator."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from benchmarks.generate import make_problem
from planner_support.whynot import WhyNot
from summitry.planner import (
    Explainer,
    FirstPlan,
    Party,
    Person,
    Plan,
    Problem,
    Room,
    check,
    explain,
    explain_one,
    solve,
)
from summitry.planner.check.plan import check_remedies
from summitry.planner.explain.blockers import minimal_blockers
from summitry.planner.explain.explanations import NOT_LOOKED_INTO
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.reasons import reason
from summitry.planner.explain.words import Names


@cache
def conference(seed: int) -> tuple[Problem, Plan]:
    """Half a day too short for what is asked, with few rooms and interpreters."""
    problem = make_problem(
        seed=seed, delegations=16, people=36, requests=150, days=1, rooms=4, zones=3, interpreters=3
    )
    owned = replace(problem.rooms[1], party=problem.parties[0].id)
    problem = replace(problem, rooms=(problem.rooms[0], owned, *problem.rooms[2:]))
    return problem, solve(problem, stop=FirstPlan(), explain=False)


def left_out(problem: Problem, plan: Plan) -> list[str]:
    held = {meeting.request for meeting in plan.meetings}
    return [request.id for request in problem.requests if request.id not in held]


@pytest.mark.parametrize("seed", range(3))
def test_of_every_request_left_out_the_reason_is_minimal_and_a_remedy_works(seed: int) -> None:
    problem, plan = conference(seed)
    explained = explain(problem, plan.meetings)
    assert [each.request for each in explained] == left_out(problem, plan)
    assert len(explained) > 10
    why_not = WhyNot(problem, plan.meetings)
    for each in explained:
        assert why_not.complaints(each) == []
        assert each.remedies
        assert len(each.reason) <= 400
    assert check_remedies(problem, replace(plan, unscheduled=explained)) == []


def test_what_one_is_told_alone_is_what_one_is_told_among_others() -> None:
    problem, plan = conference(0)
    explainer = Explainer(problem, plan.meetings)
    for each in reversed(explain(problem, plan.meetings)):
        assert explainer.explain(each.request) == each
        assert explain_one(problem, plan.meetings, each.request) == each


def test_who_asks_of_a_request_that_is_held_or_unknown_is_told() -> None:
    problem, plan = conference(0)
    explainer = Explainer(problem, plan.meetings)
    with pytest.raises(ValueError, match="is held"):
        explainer.explain(plan.meetings[0].request)
    with pytest.raises(KeyError):
        explainer.explain("nobody")
    with pytest.raises(KeyError):
        explain(problem, plan.meetings, requests=["nobody"])


def test_without_time_nothing_is_looked_into_and_that_is_said() -> None:
    problem, plan = conference(0)
    explained = explain(problem, plan.meetings, seconds=0)
    assert [each.request for each in explained] == left_out(problem, plan)
    assert {each.reason for each in explained} == {NOT_LOOKED_INTO}
    assert check(problem, replace(plan, unscheduled=explained)) == []


def test_who_must_be_held_or_weighs_most_is_explained_first() -> None:
    problem, plan = conference(1)
    names = left_out(problem, plan)
    asked = 0

    def should_stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 8

    requests = {request.id: request for request in problem.requests}
    explained = explain(problem, plan.meetings, should_stop=should_stop)
    looked = {each.request for each in explained if each.reason != NOT_LOOKED_INTO}
    ignored = [name for name in names if name not in looked]
    assert 0 < len(looked) < 9
    assert min(requests[name].weight for name in looked) >= max(requests[name].weight for name in ignored)


def test_a_set_of_blockers_that_is_too_long_leaves_a_reason_without_them() -> None:
    problem, plan = conference(2)
    explainer = Explainer(problem, plan.meetings)
    shortened = 0
    for name in left_out(problem, plan):
        whole, cut = explainer.look(name), explainer.look(name, most=4)
        if whole.blockers is None or whole.blockers == cut.blockers:
            continue
        shortened += 1
        assert not cut.said.blockers
        assert "room is free" in cut.said.reason or "are all free" in cut.said.reason
    assert shortened


def test_names_of_any_length_make_a_sentence_that_can_be_sent_on() -> None:
    problem, plan = conference(0)
    long = replace(
        problem,
        parties=tuple(Party(each.id, f"{each.name} {'of many words ' * 20}") for each in problem.parties),
        people=tuple(replace(each, name=f"{each.name} {'von und zu ' * 20}") for each in problem.people),
        rooms=tuple(replace(each, name=f"{each.name} {'annexe ' * 20}") for each in problem.rooms),
    )
    assert isinstance(long.people[0], Person)
    assert isinstance(long.rooms[0], Room)
    explainer = Explainer(long, plan.meetings)
    names = Names(explainer.ground)
    for name in left_out(problem, plan):
        obstacles = Obstacles(explainer.board, long.requests[explainer.ground.request_number[name]])
        chosen = minimal_blockers(obstacles, None)
        assert chosen is not None
        said = reason(obstacles, chosen, names)
        assert len(said) <= 400
        assert said.endswith(".")
