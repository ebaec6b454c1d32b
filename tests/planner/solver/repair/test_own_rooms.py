"""Meetings that keep their times go back to the rooms they had, and every rule holds."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import make_problem
from planner_support.building import held, problem, request, rooms, span
from planner_support.placing import places_of
from summitry.planner import Aim, FirstPlan, Meeting, Problem, solve
from summitry.planner.check import check_meetings
from summitry.planner.problem import DEFAULT_REPAIR_OBJECTIVE
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.repair import give_back_rooms
from summitry.planner.solver.state import state_of


def given_back(asked: Problem, meetings: list[Meeting]) -> Incumbent:
    """What comes of a plan whose meetings go back to the rooms of the baseline as far as they can."""
    instance = Instance(asked)
    incumbent = Incumbent(instance, Clock(None, None, len(asked.requests)))
    assert incumbent.offer(places_of(instance, meetings))
    give_back_rooms(incumbent, 0)
    return incumbent


def meetings_of(incumbent: Incumbent) -> list[Meeting]:
    places = enumerate(incumbent.places or ())
    return [incumbent.instance.meeting(index, place) for index, place in places if place is not None]


def shuffled(asked: Problem, meetings: list[Meeting], seed: int) -> list[Meeting]:
    """The same meetings at their times, many of them in other rooms, by moves that break no rule."""
    instance, random = Instance(asked), Random(seed)  # noqa: S311 - repeatable
    state = state_of(instance, places_of(instance, meetings))
    for _ in range(10 * len(meetings)):
        index = random.randrange(len(state.places))
        place = state.places[index]
        if place is None:
            continue
        state.remove(index)
        cell = instance.cells.cell(place.start)
        assert cell is not None
        there = [room for room, mask in state.starts(index).items() if mask >> cell & 1]
        other = state.place_at(index, place.start, random.choice(there)) if there else None
        state.place(index, other or place)
    places = enumerate(state.places)
    return [instance.meeting(index, place) for index, place in places if place is not None]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_nobody_moves_no_rule_breaks_and_at_most_as_many_are_elsewhere_as_were(seed: int) -> None:
    asked = make_problem(
        seed=seed % 7, delegations=20, people=45, requests=80, days=1, rooms=7, zones=2, interpreters=4
    )
    plan = list(solve(asked, stop=FirstPlan(), explain=False).meetings)
    asked = replace(asked, baseline=tuple(plan), objective=DEFAULT_REPAIR_OBJECTIVE)
    mixed = shuffled(asked, plan, seed)
    was = {meeting.request: meeting.room for meeting in plan}
    before = sum(meeting.room != was[meeting.request] for meeting in mixed)
    incumbent = given_back(asked, mixed)

    assert not check_meetings(asked, meetings_of(incumbent))
    assert {m.request: m.start for m in meetings_of(incumbent)} == {m.request: m.start for m in mixed}
    assert incumbent.values[Aim.REROOMED] <= before
    assert incumbent.values[Aim.REROOMED] < before or before <= 3, "most of a shuffle can be undone"


def test_two_that_are_in_each_others_rooms_change_back() -> None:
    asked = problem(
        request("a", "anne"),
        request("b", "bert"),
        rooms=rooms("hall", "office"),
        baseline=(held("a", "09:00"), held("b", "09:00", room="office")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    incumbent = given_back(asked, [held("a", "09:00", room="office"), held("b", "09:00")])

    assert incumbent.values[Aim.REROOMED] == 0


@pytest.mark.parametrize("closed", [True, False])
def test_a_room_that_is_closed_is_left_alone(*, closed: bool) -> None:
    hall, office = rooms("hall", "office")
    asked = problem(
        request("a", "anne"),
        rooms=(replace(hall, closed=(span("09:00", "10:00"),) if closed else ()), office),
        baseline=(held("a", "09:00"),),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    incumbent = given_back(asked, [held("a", "09:00", room="office")])

    assert incumbent.values[Aim.REROOMED] == int(closed)
