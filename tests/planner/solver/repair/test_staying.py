"""A repair that keeps every time: nobody is moved who need not be, and of that as little as can be is dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings

from benchmarks.disturb import KINDS, scenario
from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.building import at, held, problem, request, rooms, span
from planner_support.strategies import problems
from summitry.planner import Aim, FirstPlan, MaxSeconds, Problem, Status, check, solve
from summitry.planner.check import check_meetings
from summitry.planner.problem import KEEPING_TIMES_OBJECTIVE
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.repair import Staying
from summitry.planner.solver.repair.ground import Ground


def stayed(asked: Problem, workers: int = 1) -> Incumbent:
    """What keeping times alone makes of a problem, without any limit on time."""
    incumbent = Incumbent(Instance(asked), Clock(None, None, len(asked.requests)))
    Staying(incumbent, 0, workers).go()
    return incumbent


@cache
def disturbed(kind: str) -> Problem:
    """A conference whose plan has come to harm."""
    asked = make_problem(
        seed=0, delegations=30, people=70, requests=120, days=2, rooms=8, zones=2, interpreters=5
    )
    harmed = scenario(asked, solve(asked, stop=FirstPlan(), explain=False).meetings, kind, 0)
    return replace(harmed, objective=KEEPING_TIMES_OBJECTIVE)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_keeping_times_alone_gives_valid_plans_and_true_bounds(asked: Problem) -> None:
    asked = replace(asked, baseline=asked.baseline or (), objective=KEEPING_TIMES_OBJECTIVE)
    incumbent, best = stayed(asked), best_plan(asked)
    if incumbent.places is None:
        return
    assert best is not None
    places = enumerate(incumbent.places)
    assert not check_meetings(
        asked, [incumbent.instance.meeting(index, place) for index, place in places if place is not None]
    )
    assert incumbent.bound_of(Aim.MOVED) <= best[0][Aim.MOVED] <= incumbent.values[Aim.MOVED]
    if incumbent.values[Aim.MOVED] == best[0][Aim.MOVED]:
        assert incumbent.bound_of(Aim.DROPPED) <= best[0][Aim.DROPPED] <= incumbent.values[Aim.DROPPED]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_of_a_small_plan_the_fewest_are_moved_and_then_the_least_is_dropped(asked: Problem) -> None:
    asked = replace(asked, baseline=asked.baseline or (), objective=KEEPING_TIMES_OBJECTIVE)
    plan, best = solve(asked, explain=False), best_plan(asked)

    assert not check(asked, plan)
    if best is None:
        assert plan.status is Status.INFEASIBLE
    else:
        assert {aim: score.value for aim, score in plan.score.items()} == best[0]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_at_a_conference_nobody_is_moved_and_no_more_is_dropped_than_was_harmed(
    kind: str, workers: int
) -> None:
    asked = disturbed(kind)
    plan = solve(asked, stop=MaxSeconds(2.0), workers=workers, explain=False)
    now = {meeting.request: meeting for meeting in plan.meetings}
    instance = Instance(asked)
    harmed = sum(instance.jobs[each].weight for each in Ground(instance).displaced)

    assert not check(asked, plan)
    assert plan.score[Aim.MOVED].value == 0, "what must be held is never disturbed here"
    dropped = plan.score[Aim.DROPPED]
    assert dropped.bound is not None
    assert dropped.bound <= dropped.value <= harmed
    for was in asked.baseline or ():
        assert was.request not in now or now[was.request].start == was.start
        if asked.frozen_until is not None and was.start < asked.frozen_until:
            assert now[was.request] == was


@pytest.mark.parametrize("heavier", ["a", "b"])
def test_in_the_room_that_is_left_the_weightier_meeting_stays(heavier: str) -> None:
    hall, office = rooms("hall", "office")
    asked = problem(
        request("a", "anne", weight=3 if heavier == "a" else 1),
        request("b", "bert", weight=3 if heavier == "b" else 1),
        rooms=(replace(hall, closed=(span("09:00", "17:00"),)), office),
        baseline=(held("a", "09:00"), held("b", "09:00", room="office")),
        objective=KEEPING_TIMES_OBJECTIVE,
    )
    plan = solve(asked)

    assert plan.status is Status.OPTIMAL
    assert [(each.request, each.start, each.room) for each in plan.meetings] == [
        (heavier, at("09:00"), "office")
    ]


def test_what_must_be_held_moves_where_it_cannot_stay_and_nobody_else() -> None:
    asked = problem(
        replace(request("a", "anne", windows=(span("10:00", "10:30"),)), must=True),
        request("b", "bert"),
        request("c", "cleo"),
        rooms=rooms("hall"),
        baseline=(held("a", "09:00"), held("b", "10:00"), held("c", "11:00")),
        objective=KEEPING_TIMES_OBJECTIVE,
    )
    plan = solve(asked)

    assert [(each.request, each.start) for each in plan.meetings] == [("a", at("10:00")), ("c", at("11:00"))]
    assert (plan.score[Aim.MOVED].value, plan.score[Aim.MOVED].bound) == (1, 1)
    assert plan.status is Status.OPTIMAL
