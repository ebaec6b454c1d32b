"""Repair of a plan that people hold: valid, bounds true, frozen meetings left alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.disturb import KINDS, scenario
from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.building import at, held, person, problem, request, rooms, span
from planner_support.placing import places_of
from planner_support.strategies import problems
from summitry.planner import Aim, Interpreter, MaxSeconds, Problem, Status, check, solve
from summitry.planner.check import check_meetings
from summitry.planner.problem import DEFAULT_REPAIR_OBJECTIVE, Meeting
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.repair import Repair
from summitry.planner.solver.repair.fitting import Fitting
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.relaxation import Relaxation


def repaired(asked: Problem) -> Incumbent:
    """What repair alone makes of a problem, without any limit on time."""
    incumbent = Incumbent(Instance(asked), Clock(None, None, len(asked.requests)))
    Repair(incumbent, 0).go()
    return incumbent


def meetings_of(incumbent: Incumbent) -> list[Meeting]:
    return [
        incumbent.instance.meeting(request, place)
        for request, place in enumerate(incumbent.places or ())
        if place is not None
    ]


def disturbed(kind: str, seed: int = 0) -> Problem:
    """A conference whose plan has come to harm."""
    asked = make_problem(
        seed=seed, delegations=40, people=90, requests=160, days=2, rooms=12, zones=2, interpreters=6
    )
    return scenario(asked, solve(asked, stop=MaxSeconds(0.6), explain=False).meetings, kind, seed)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_repair_alone_gives_valid_plans_and_true_bounds(asked: Problem) -> None:
    asked = replace(asked, baseline=asked.baseline or (), objective=DEFAULT_REPAIR_OBJECTIVE)
    incumbent, best = repaired(asked), best_plan(asked)

    if best is None or incumbent.places is None:
        assert incumbent.places is None
        return
    assert not check_meetings(asked, meetings_of(incumbent))
    assert incumbent.bound_of(Aim.DROPPED) <= best[0][Aim.DROPPED]
    if incumbent.values[Aim.DROPPED] == best[0][Aim.DROPPED]:
        assert incumbent.bound_of(Aim.MOVED) <= best[0][Aim.MOVED] <= incumbent.values[Aim.MOVED]


@settings(max_examples=60, deadline=None)
@given(asked=problems(), told=st.booleans())
def test_no_relaxation_asks_more_of_plans_than_the_best_one_gives(*, asked: Problem, told: bool) -> None:
    asked = replace(asked, baseline=asked.baseline or (), objective=DEFAULT_REPAIR_OBJECTIVE)
    best = best_plan(asked)
    if best is None:
        return
    instance = Instance(asked)
    incumbent = Incumbent(instance, Clock(None, None, len(asked.requests)))
    if told:
        incumbent.offer(places_of(instance, best[1]))
        incumbent.bound(Aim.DROPPED, best[0][Aim.DROPPED], always=True)
    relaxation = Relaxation(incumbent, Ground(instance), 0)
    relaxation.afoot.update(relaxation.ground.displaced)
    for bound in (relaxation.of_people, relaxation.of_rooms):
        bound(None)

    least = best[0][Aim.DROPPED], best[0][Aim.MOVED]
    assert all(pair <= least for pair in relaxation.proved.items())


@settings(max_examples=30, deadline=None)
@given(problems())
def test_the_repair_of_a_small_plan_drops_moves_and_rerooms_least(asked: Problem) -> None:
    asked = replace(asked, baseline=asked.baseline or (), objective=DEFAULT_REPAIR_OBJECTIVE)
    plan, best = solve(asked, explain=False), best_plan(asked)

    assert not check(asked, plan)
    if best is None:
        assert plan.status is Status.INFEASIBLE
    else:
        assert {aim: score.value for aim, score in plan.score.items()} == best[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_repair_of_a_conference_is_valid_and_leaves_what_is_frozen_alone(kind: str) -> None:
    asked = disturbed(kind)
    plan = solve(asked, stop=MaxSeconds(1.0), explain=False)
    now = {meeting.request: meeting for meeting in plan.meetings}

    assert not check(asked, plan)
    for was in asked.baseline or ():
        if asked.frozen_until is not None and was.start < asked.frozen_until:
            assert now[was.request] == was


def test_a_meeting_whose_room_is_lost_moves_rooms_and_keeps_its_time() -> None:
    hall, office = rooms("hall", "office")
    asked = problem(
        request("a", "anne"),
        request("b", "bert"),
        rooms=(replace(hall, closed=(span("09:00", "10:00"),)), office),
        baseline=(held("a", "09:00"), held("b", "10:00")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    plan = solve(asked)

    assert plan.status is Status.OPTIMAL
    assert [(meeting.start, meeting.room) for meeting in plan.meetings] == [
        (at("09:00"), "office"),
        (at("10:00"), "hall"),
    ]


def test_others_change_rooms_before_anybody_is_moved() -> None:
    hall, office, den = rooms("hall", "office", "den")
    asked = problem(
        replace(request("a", "anne"), rooms=("hall", "office")),
        replace(request("b", "bert"), rooms=("office", "den")),
        rooms=(replace(hall, closed=(span("09:00", "17:00"),)), office, den),
        baseline=(held("a", "09:00"), held("b", "09:00", room="office")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    plan = solve(asked)

    assert {meeting.request: meeting.room for meeting in plan.meetings} == {"a": "office", "b": "den"}
    assert plan.score[Aim.MOVED].value == plan.score[Aim.MOVED].bound == 0


def test_one_other_meeting_moves_where_a_late_guest_leaves_no_other_way() -> None:
    late = person("late", engagements=(span("09:00", "11:30"),))
    asked = problem(
        request("a", "late", windows=(span("09:00", "12:00"),)),
        request("b", "late"),
        people=(late,),
        baseline=(held("a", "09:00"), held("b", "11:30")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    incumbent = repaired(asked)

    assert incumbent.values[Aim.DROPPED] == incumbent.bound_of(Aim.DROPPED) == 0
    assert incumbent.values[Aim.MOVED] == incumbent.bound_of(Aim.MOVED) == 2


def test_another_interpreter_takes_over_and_nobody_is_moved() -> None:
    ill = Interpreter("anna", frozenset({"en", "fr"}), engagements=(span("08:00", "18:00"),))
    asked = problem(
        request("a", "anne", languages=("en", "fr"), interpreters=1),
        interpreters=(ill, Interpreter("boris", frozenset({"en", "fr"}))),
        baseline=(held("a", "09:00", "anna"),),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    plan = solve(asked)

    assert [(meeting.start, meeting.interpreters) for meeting in plan.meetings] == [(at("09:00"), ("boris",))]


def test_a_meeting_that_moves_keeps_its_interpreter_where_that_is_possible() -> None:
    tongues = frozenset({"en", "fr"})
    asked = problem(
        request("a", "late", languages=("en", "fr"), interpreters=1),
        people=(person("late", engagements=(span("09:00", "10:00"),)),),
        interpreters=(Interpreter("anna", tongues), Interpreter("boris", tongues)),
        baseline=(held("a", "09:00", "boris"),),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )

    assert meetings_of(repaired(asked))[0].interpreters == ("boris",)


def test_what_is_tried_in_vain_is_taken_back() -> None:
    asked = disturbed("twenty at once", seed=1)
    ground = Ground(Instance(asked))
    fitting = Fitting(ground, ground.kept, lambda: False)
    order = list(ground.displaced)
    Random(1).shuffle(order)  # noqa: S311 - repeatable
    for displaced in order:
        before = list(ground.kept.places)
        if not fitting.fit(displaced) and not fitting.fit_together(
            [displaced], fitting.beside(displaced)[:4], 1.0
        ):
            assert ground.kept.places == before
    places = enumerate(ground.kept.places)
    plan = [ground.instance.meeting(index, place) for index, place in places if place is not None]

    assert {str(each.rule) for each in check_meetings(asked, plan)} <= {"must"}


def test_a_meeting_takes_the_place_of_one_that_fits_elsewhere() -> None:
    asked = problem(
        request("a", "anne", windows=(span("10:00", "10:30"),)),
        request("b", "bert"),
        baseline=(held("a", "09:00"), held("b", "10:00")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    ground = Ground(Instance(asked))
    fitting = Fitting(ground, ground.kept, lambda: False)
    (displaced,) = ground.displaced

    assert not fitting.fit(displaced)
    assert fitting.push(displaced, lambda: False)
    places = [place for place in ground.kept.places if place is not None]
    assert not check_meetings(
        asked, [ground.instance.meeting(index, place) for index, place in enumerate(places)]
    )
