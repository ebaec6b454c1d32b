"""The search by exchange: prices, validity, bounds, and two processes."""

from __future__ import annotations

import threading
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.strategies import problems
from summitry.planner import Aim, Cancelled, MaxSeconds, Problem, check, solve
from summitry.planner.check import check_meetings
from summitry.planner.solver import _plan
from summitry.planner.solver.bounds import SittingRelaxation
from summitry.planner.solver.cells import bits
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.exchange import hold_most, place_all
from summitry.planner.solver.exchange.board import Board
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance, Place
from summitry.planner.solver.run import state_of
from summitry.planner.solver.state import State


def crowded(seed: int = 0, **terms: int) -> Problem:
    """A conference of which only part can be held."""
    sizes = {"delegations": 10, "people": 24, "requests": 60, "days": 1, "rooms": 4, "zones": 2}
    return make_problem(seed=seed, interpreters=3, **(sizes | terms))


def greedy_places(instance: Instance) -> list[Place | None]:
    greedy, state = Greedy(instance, Random(0)), State(instance)  # noqa: S311 - repeatable
    greedy.fill(state, greedy.order())
    return state.places


@settings(max_examples=50, deadline=None)
@given(problems())
def test_a_place_costs_nothing_just_where_nobody_and_nothing_stands_in_the_way(problem: Problem) -> None:
    instance = Instance(problem)
    places = greedy_places(instance)
    board, state = Board(instance, places), state_of(instance, places)
    for request, job in enumerate(instance.jobs):
        limited = any(person in board.people for person in job.people)
        if places[request] is not None or job.need or limited or job.after or job.before:
            continue
        free = state.starts(request)
        for room in job.rooms:
            zone = board.zone_number.get(instance.room_zone[room], 0)
            price = board.closed(request) + board.room_prices.of(room, 0, job.cells)
            for person in job.people:
                price = price + board.person_prices.of(person, zone, job.cells)
            for cell in bits(job.starts):
                assert (price[cell] == 0) == bool(free.get(room, 0) >> cell & 1)


@settings(max_examples=30, deadline=None)
@given(problems(), st.integers(0, 3))
def test_every_plan_on_the_way_is_valid(problem: Problem, seed: int) -> None:
    problem = replace(problem, limits=replace(problem.limits, breaks_spread=None))
    instance = Instance(problem)
    incumbent = Incumbent(instance, Clock(None, None, len(instance.jobs)))
    places = greedy_places(instance)
    if any(job.must and place is None for job, place in zip(instance.jobs, places, strict=True)):
        return
    exchange = Exchange(instance, places, seed)
    for _ in range(30):
        if not exchange.unheld:
            break
        exchange.step(2.0)
        exchange.tidy()
        incumbent.places = list(exchange.board.where)
        incumbent.values = {}
        assert check_meetings(problem, _plan(incumbent, 0).meetings) == []


@settings(max_examples=30, deadline=None)
@given(problems())
def test_the_relaxation_is_never_below_the_best_plan(problem: Problem) -> None:
    problem = replace(problem, objective=(Aim.WEIGHT,), baseline=None, frozen_until=None)
    best = best_plan(problem)
    if best is None:
        return
    relaxation = SittingRelaxation(Instance(problem))
    weights = [request.weight for request in problem.requests]
    for whole in (False, True):
        assert relaxation.solve(weights, whole=whole) >= best[0][Aim.WEIGHT]


def test_it_holds_more_than_the_first_plan_and_the_plan_is_valid() -> None:
    problem = crowded()
    instance = Instance(problem)
    incumbent = Incumbent(instance, Clock(None, None, len(instance.jobs)))
    incumbent.offer(greedy_places(instance))
    first = incumbent.values[Aim.WEIGHT]
    hold_most(incumbent, seed=1, workers=1, seconds=None)
    assert incumbent.values[Aim.WEIGHT] > first
    assert check_meetings(problem, _plan(incumbent, 0).meetings) == []


def test_the_same_seed_gives_the_same_plan() -> None:
    found = []
    for _ in range(2):
        instance = Instance(crowded(2))
        incumbent = Incumbent(instance, Clock(None, None, len(instance.jobs)))
        incumbent.offer(greedy_places(instance))
        hold_most(incumbent, seed=7, workers=1, seconds=None)
        found.append(incumbent.places)
    assert found[0] == found[1]


def test_two_processes_put_their_parts_together_to_a_valid_plan() -> None:
    problem = crowded(3, requests=400, people=80, delegations=30, days=2, rooms=8)
    plan = solve(problem, stop=MaxSeconds(4), workers=2)
    assert check(problem, plan) == []


def test_a_first_plan_of_a_large_problem_holds_what_must_be_held() -> None:
    problem = crowded(4)
    held = {meeting.request for meeting in solve(problem, stop=MaxSeconds(1), explain=False).meetings}
    musts = sorted(held)[::4]
    requests = tuple(replace(request, must=request.id in musts) for request in problem.requests)
    instance = Instance(replace(problem, requests=requests))
    incumbent = Incumbent(instance, Clock(None, None, len(instance.jobs)))
    order = Greedy(instance, Random(0)).order()  # noqa: S311 - repeatable
    place_all(incumbent, order, seed=0)
    assert incumbent.places is not None
    meetings = _plan(incumbent, 0).meetings
    assert set(musts) <= {meeting.request for meeting in meetings}
    assert check_meetings(instance.problem, meetings) == []


def test_a_cancelled_search_ends_at_once_with_a_valid_plan() -> None:
    problem = crowded(5, requests=400, people=80, delegations=30, days=2, rooms=8)
    cancelled = threading.Event()
    plan = solve(
        problem,
        stop=Cancelled(cancelled),
        on_progress=lambda progress: cancelled.set() if progress.found else None,
        workers=2,
        explain=False,
    )
    assert plan.meetings
    assert check_meetings(problem, plan.meetings) == []
