"""Whole itineraries of people in short supply: the best of one sitting, days planned anew, sittings filled anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.strategies import DAY_CELLS, days_of_one, problems
from summitry.planner import Aim, Problem
from summitry.planner.check import check_meetings
from summitry.planner.solver import _plan
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.exchange import Ground, kernel
from summitry.planner.solver.exchange.boards import Held, beam_of
from summitry.planner.solver.exchange.days import plan_days
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.exchange.shortage import in_short_supply, people_in_short_supply
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State


def weight_of(ground: Ground, held: Held) -> int:
    return int(ground.rules.weight[held.start >= 0].sum())


def valid(problem: Problem, ground: Ground, held: Held) -> bool:
    incumbent = Incumbent(ground.instance, Clock(None, None, len(ground.instance.jobs)))
    incumbent.places, incumbent.values = ground.places(held), {}
    return check_meetings(problem, _plan(incumbent, 0).meetings) == []


def greedily(instance: Instance, *, seed: int = 0) -> State:
    greedy, state = Greedy(instance, Random(seed)), State(instance)  # noqa: S311 - repeatable
    greedy.fill(state, greedy.order())
    return state


@settings(max_examples=150, deadline=None)
@given(days_of_one())
def test_the_itinerary_worth_most_is_the_best_plan_of_somebodys_sitting(problem: Problem) -> None:
    best = best_plan(problem)
    assert best is not None
    ground = Ground(Instance(problem))
    rules, board = ground.rules, Exchange(ground, ground.held([None] * len(problem.requests)), seed=0).board
    requests = np.arange(len(problem.requests), dtype=np.int64)
    free = np.zeros((len(requests), rules.zones, DAY_CELLS), dtype=np.bool_)
    kernel.find_open(rules, board, requests, 0, free)
    beam, found = beam_of(rules, 4), np.zeros((4, DAY_CELLS, 3), dtype=np.int64)
    values = rules.weight[requests].astype(np.float64)
    kernel.best_itineraries(rules, board, beam, 0, 0, requests, values, free, found)
    assert beam.best_totals[0] == best[0][Aim.WEIGHT]
    for total, rows in zip(beam.best_totals.tolist(), found, strict=True):
        meetings = rows[rows[:, 0] >= 0]
        assert values[meetings[:, 0]].sum() == total
        held = Exchange(ground, ground.held([None] * len(requests)), seed=0)
        for request, cell, zone in meetings.tolist():
            assert kernel.hold_there(rules, held.board, request, cell, zone)
        assert valid(problem, ground, held.now())


@settings(max_examples=40, deadline=None)
@given(days_of_one())
def test_the_day_of_one_person_is_planned_to_the_best(problem: Problem) -> None:
    best = best_plan(problem)
    assert best is not None
    ground = Ground(Instance(problem))
    nothing = ground.held([None] * len(problem.requests))
    found = plan_days(ground, nothing, [0], seed=0, over=lambda: False, tries=1)
    assert weight_of(ground, found) == best[0][Aim.WEIGHT]
    assert valid(problem, ground, found)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 3), st.data())
def test_days_planned_anew_are_valid_and_hold_no_less_and_what_is_fixed_stays(
    problem: Problem, seed: int, data: st.DataObject
) -> None:
    problem = replace(problem, limits=replace(problem.limits, breaks_spread=None))
    instance = Instance(problem)
    places = greedily(instance).places
    if any(job.must and place is None for job, place in zip(instance.jobs, places, strict=True)):
        return
    ground = Ground(instance)
    before = ground.held(places)
    fixed = [
        request for request, place in enumerate(places) if place is not None and data.draw(st.booleans())
    ]
    people = data.draw(st.lists(st.sampled_from(range(len(problem.people))), unique=True, min_size=1))
    after = plan_days(ground, before, people, seed=seed, fixed=fixed, over=lambda: False, tries=3)
    assert valid(problem, ground, after)
    assert weight_of(ground, after) >= weight_of(ground, before)
    assert (after.start[fixed] == before.start[fixed]).all()
    assert (after.room[fixed] == before.room[fixed]).all()
    assert all(after.start[request] >= 0 for request, job in enumerate(instance.jobs) if job.must)


def conference(seed: int) -> Problem:
    """A conference with rooms and interpreters enough, where the time of a few is short."""
    return make_problem(
        delegations=16, people=40, requests=160, days=1, rooms=20, zones=3, interpreters=30, seed=seed
    )


def test_days_planned_anew_hold_more_than_a_greedy_plan() -> None:
    ground = Ground(Instance(conference(3)))
    theirs = set(in_short_supply(ground.instance))
    places = greedily(ground.instance).places
    before = ground.held([place if request in theirs else None for request, place in enumerate(places)])
    short = people_in_short_supply(ground.instance)
    after = plan_days(ground, before, short, seed=0, over=lambda: False, tries=8)
    assert weight_of(ground, after) > weight_of(ground, before)
    assert valid(ground.instance.problem, ground, after)


def test_days_are_left_as_they_are_once_it_is_over() -> None:
    ground = Ground(Instance(conference(1)))
    short = people_in_short_supply(ground.instance)
    before = ground.held(greedily(ground.instance).places)
    assert plan_days(ground, before, short, seed=0, over=lambda: True) is before


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 60))
def test_a_sitting_filled_anew_leaves_the_plan_valid(seed: int, turns: int) -> None:
    problem = conference(seed)
    ground = Ground(Instance(problem))
    assert len(ground.rules.hurried)
    assert not ground.rules.rooms_lacking
    exchange = Exchange(ground, ground.held(greedily(ground.instance).places), seed)
    for _ in range(turns):
        exchange.steps(1, 2.0, 2.0)  # the first of a run of steps fills a sitting anew
    assert valid(problem, ground, exchange.now())
    assert exchange.best_weight == weight_of(ground, exchange.best())
