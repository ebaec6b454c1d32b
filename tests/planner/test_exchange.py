"""The search by exchange: what is free, validity, bounds, and two threads."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.strategies import problems
from summitry.planner import (
    Aim,
    Cancelled,
    MaxSeconds,
    Party,
    Person,
    Problem,
    Request,
    Room,
    Span,
    check,
    solve,
)
from summitry.planner.check import check_meetings
from summitry.planner.solver import _plan
from summitry.planner.solver.bounds import SittingRelaxation
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.exchange import Ground, hold_most, place_all
from summitry.planner.solver.exchange.rounds import _Search
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.exchange.shortage import in_short_supply
from summitry.planner.solver.exchange.tables import Flags
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance, Place
from summitry.planner.solver.state import State, state_of
from summitry.planner.solver.weighing import Weighing


def crowded(seed: int = 0, **terms: int) -> Problem:
    """A conference of which only part can be held."""
    sizes = {"delegations": 10, "people": 24, "requests": 60, "days": 1, "rooms": 4, "zones": 2}
    return make_problem(seed=seed, interpreters=3, **(sizes | terms))


def greedy_places(instance: Instance) -> list[Place | None]:
    greedy, state = Greedy(instance, Random(0)), State(instance)  # noqa: S311 - repeatable
    greedy.fill(state, greedy.order())
    return state.places


def incumbent_of(instance: Instance) -> Incumbent:
    return Incumbent(instance, Clock(None, None, len(instance.jobs)))


@settings(max_examples=50, deadline=None)
@given(problems())
def test_a_request_is_held_just_where_nobody_and_nothing_stands_in_the_way(problem: Problem) -> None:
    instance = Instance(problem)
    places = greedy_places(instance)
    held = [request for request, place in enumerate(places) if place is not None]
    ground = Ground(instance)
    for left_out in held[:3]:
        if instance.jobs[left_out].frozen is not None:
            continue
        some = [None if request in (left_out, *held[3:]) else place for request, place in enumerate(places)]
        state = state_of(instance, some)
        for request, job in enumerate(instance.jobs):
            limited = any(instance.people[who].max_consecutive is not None for who in job.people)
            limited |= any(instance.people[who].max_meetings is not None for who in job.people)
            if some[request] is not None or job.frozen is not None or limited or job.need:
                continue
            exchange = Exchange(ground, ground.held(some), seed=0)
            exchange.fill([request], [-1])
            assert (exchange.now().start[request] >= 0) == bool(list(state.options(request)))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 400))
def test_the_bits_say_which_rooms_are_free(seed: int, steps: int) -> None:
    instance = Instance(crowded(seed))
    ground = Ground(instance)
    exchange = Exchange(ground, ground.held(greedy_places(instance)), seed)
    exchange.steps(steps, 2.0, 1.0)
    state = state_of(instance, ground.places(exchange.now()))
    rules, vacant = ground.rules, exchange.board.vacant
    for request in range(len(instance.jobs)):
        if state.places[request] is not None:
            continue
        for room in instance.jobs[request].rooms:
            free = vacant[rules.span_of[request], :, rules.room_word[room]] & rules.room_bit[room] != 0
            assert (bits_of(free) ^ state.room_starts(request, room)) & instance.jobs[request].starts == 0


def bits_of(flags: Flags) -> int:
    return sum(1 << cell for cell in np.flatnonzero(flags).tolist())


def test_people_asked_for_longer_than_they_are_there_come_first_with_what_must_be_held() -> None:
    problem = crowded(requests=40, days=2)
    instance = Instance(problem)
    busiest = max(problem.people, key=lambda who: sum(who.id in each.people for each in problem.requests))
    for minutes in (60, 0):
        leaves = Span(problem.sittings[0].start + timedelta(minutes=minutes), problem.sittings[-1].end)
        people = tuple(
            replace(who, engagements=(leaves,)) if who is busiest else replace(who, engagements=())
            for who in problem.people
        )
        instance = Instance(replace(problem, people=people))
        theirs = [request for request, each in enumerate(problem.requests) if busiest.id in each.people]
        assert in_short_supply(instance) == theirs


def test_nobody_comes_first_where_nobody_is_short_of_time() -> None:
    assert in_short_supply(Instance(crowded(requests=10, days=3))) == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_in_whole_numbers_the_bound_is_no_higher_and_still_above_every_plan(seed: int) -> None:
    instance = Instance(crowded(seed))
    weights = [job.weight for job in instance.jobs]
    relaxation = SittingRelaxation(instance)
    shared = relaxation.solve(weights, whole=False)
    whole = relaxation.solve(weights, whole=True)
    ground = Ground(instance)
    exchange = Exchange(ground, ground.held(greedy_places(instance)), seed)
    exchange.steps(5_000, 2.0, 0.0)
    assert exchange.best_weight <= whole <= shared


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 3))
def test_every_plan_on_the_way_is_valid(problem: Problem, seed: int) -> None:
    problem = replace(problem, limits=replace(problem.limits, breaks_spread=None))
    instance = Instance(problem)
    incumbent = incumbent_of(instance)
    places = greedy_places(instance)
    if any(job.must and place is None for job, place in zip(instance.jobs, places, strict=True)):
        return
    ground = Ground(instance)
    exchange = Exchange(ground, ground.held(places), seed)
    for _ in range(30):
        if exchange.done():
            break
        exchange.steps(2, 2.0, 2.0)
        for held in (exchange.now(), exchange.best()):
            incumbent.places = ground.places(held)
            incumbent.values = {}
            assert check_meetings(problem, _plan(incumbent, 0).meetings) == []
    weights = [job.weight for job in instance.jobs]
    assert exchange.best_weight == sum(
        weight for weight, start in zip(weights, exchange.best().start, strict=True) if start >= 0
    )


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 3))
def test_what_is_taken_over_from_another_plan_leaves_the_plan_valid(problem: Problem, seed: int) -> None:
    problem = replace(problem, limits=replace(problem.limits, breaks_spread=None))
    instance = Instance(problem)
    places = greedy_places(instance)
    if any(job.must and place is None for job, place in zip(instance.jobs, places, strict=True)):
        return
    ground = Ground(instance)
    mine, theirs = (Exchange(ground, ground.held(places), each) for each in (seed, seed + 10))
    for each in (mine, theirs):
        if not each.done():
            each.steps(20, 3.0, 1.0)
    whole = Exchange(ground, mine.now(), seed=0)
    whole.adopt(theirs.now(), theirs.now().start != mine.now().start)
    free = np.array([not job.must for job in instance.jobs], dtype=bool)
    if not (whole.now().start[~free] >= 0).all():
        return
    incumbent = incumbent_of(instance)
    incumbent.places, incumbent.values = ground.places(whole.now()), {}
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
    incumbent = incumbent_of(instance)
    incumbent.offer(greedy_places(instance))
    first = incumbent.values[Aim.WEIGHT]
    hold_most(incumbent, Ground(instance), seed=1, workers=1, seconds=None)
    assert incumbent.values[Aim.WEIGHT] > first
    assert check_meetings(problem, _plan(incumbent, 0).meetings) == []


def test_the_same_seed_gives_the_same_plan() -> None:
    found = []
    for _ in range(2):
        instance = Instance(crowded(2))
        incumbent = incumbent_of(instance)
        incumbent.offer(greedy_places(instance))
        hold_most(incumbent, Ground(instance), seed=7, workers=1, seconds=None)
        found.append(incumbent.places)
    assert found[0] == found[1]


def test_two_threads_put_their_parts_together_to_a_valid_plan() -> None:
    problem = crowded(3, requests=400, people=80, delegations=30, days=2, rooms=8)
    plan = solve(problem, stop=MaxSeconds(4), workers=2)
    assert check(problem, plan) == []


def test_a_first_plan_of_a_large_problem_holds_what_must_be_held() -> None:
    problem = crowded(4)
    held = {meeting.request for meeting in solve(problem, stop=MaxSeconds(1), explain=False).meetings}
    musts = sorted(held)[::4]
    requests = tuple(replace(request, must=request.id in musts) for request in problem.requests)
    instance = Instance(replace(problem, requests=requests))
    incumbent = incumbent_of(instance)
    order = Greedy(instance, Random(0)).order()  # noqa: S311 - repeatable
    place_all(incumbent, Ground(instance), order, seed=0)
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


def test_two_parts_that_clash_over_what_must_be_held_are_not_put_together() -> None:
    problem = crowded(requests=2)
    plain = [
        Request(each.id, each.parties, (problem.people[0].id,), 15, weight=each.weight)
        for each in problem.requests
    ]
    must, other = replace(plain[0], must=True), plain[1]
    people = tuple(replace(who, engagements=()) for who in problem.people)
    instance = Instance(replace(problem, requests=(must, other), people=people))
    incumbent, ground = incumbent_of(instance), Ground(instance)
    begins = instance.cells.sittings[0][0]

    def held(*starts: int) -> list[Place | None]:
        return [Place(begins + start, begins + start + 15, instance.jobs[0].rooms[0], ()) for start in starts]

    incumbent.offer(held(0, 60))
    search = _Search(incumbent, ground, seed=0)
    together = search._together(ground.held(held(0, 30)), ground.held(held(30, 60)))

    assert ground.places(together) == held(0, 30)


def test_what_no_step_is_spent_on_is_held_where_it_stands_in_nobodys_way() -> None:
    problem = crowded(requests=12, days=2)
    instance = Instance(problem)
    incumbent, everything = incumbent_of(instance), frozenset(range(len(instance.jobs)))
    incumbent.offer([None] * len(instance.jobs))
    weighing = Weighing(incumbent, rooms_are_many=True)
    weighing.hopeless = everything

    hold_most(incumbent, Ground(instance), seed=0, workers=1, seconds=None, weighing=weighing)

    assert incumbent.places is not None
    state = state_of(instance, incumbent.places)
    left = [request for request, place in enumerate(incumbent.places) if place is None]
    assert len(left) < len(everything)
    assert not any(list(state.options(request)) for request in left)
    assert check_meetings(problem, _plan(incumbent, 0).meetings) == []


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_the_relaxation_holds_nothing_that_it_calls_hopeless(seed: int) -> None:
    instance = Instance(crowded(seed, requests=90))
    relaxation = SittingRelaxation(instance)
    weights = [job.weight for job in instance.jobs]
    relaxation.solve(weights, whole=False)
    hopeless = relaxation.hopeless(weights)
    assert relaxation.shares is not None
    for (request, _), share in zip(relaxation.columns, relaxation.shares, strict=True):
        assert request not in hopeless or share < 0.01


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1000))
def test_the_bound_is_the_same_before_the_search_and_beside_it(seed: int) -> None:
    instance = Instance(crowded(seed, requests=90))
    before, beside = incumbent_of(instance), incumbent_of(instance)
    Weighing(before, rooms_are_many=True).before()
    beside.offer(greedy_places(instance))
    weighing = Weighing(beside, rooms_are_many=True)
    with weighing.beside():
        hold_most(beside, Ground(instance), seed=0, workers=1, seconds=0.2, weighing=weighing)
    assert not weighing.going_on()
    assert beside.bound_of(Aim.WEIGHT) == before.bound_of(Aim.WEIGHT)


def test_a_run_that_is_stopped_looks_for_no_bound() -> None:
    instance = Instance(crowded())
    stop = threading.Event()
    stop.set()
    incumbent = Incumbent(instance, Clock(Cancelled(stop), None, len(instance.jobs)))
    weighing = Weighing(incumbent, rooms_are_many=True)
    with weighing.beside():
        pass
    assert incumbent.bound_of(Aim.WEIGHT) == sum(job.weight for job in instance.jobs)
    assert weighing.hopeless == frozenset()


def test_a_meeting_goes_to_the_room_that_few_may_use() -> None:
    problem = crowded(seed=1, requests=40, zones=1, days=2)
    own = Room("own", party="x", zone=problem.rooms[0].zone)
    theirs = Request("theirs", ("x", problem.parties[0].id), ("x-1",), 15)
    instance = Instance(
        replace(
            problem,
            parties=(*problem.parties, Party("x", "X")),
            people=(*problem.people, Person("x-1", "x")),
            rooms=(*problem.rooms, own),
            requests=(*problem.requests, theirs),
        )
    )
    ground = Ground(instance)
    for seed in range(5):
        exchange = Exchange(ground, ground.held([None] * len(instance.jobs)), seed)
        exchange.fill([len(problem.requests)], [-1])
        assert exchange.now().room[-1] == len(problem.rooms)
