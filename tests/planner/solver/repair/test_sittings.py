"""A sitting chosen anew: what cannot stay is counted right, and who need not be elsewhere comes back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.disturb import KINDS, scenario
from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.building import held, problem, request, span
from planner_support.strategies import problems
from summitry.planner import Aim, FirstPlan, Problem, solve
from summitry.planner.check import check_meetings
from summitry.planner.problem import DEFAULT_REPAIR_OBJECTIVE
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.exchange import Exchange
from summitry.planner.solver.exchange import Ground as Board
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.repair.at_own_starts import at_own_starts
from summitry.planner.solver.repair.booleans import Booleans
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.leaving import Leaving
from summitry.planner.solver.repair.relaxation import Relaxation
from summitry.planner.solver.repair.sittings import Sittings
from summitry.planner.solver.state import State, state_of

WORTH, STAY = 10_000, 20


def clock() -> Clock:
    return Clock(None, None, 0)


@cache
def conference(kind: str, seed: int) -> Problem:
    """A conference whose plan has come to harm."""
    asked = make_problem(
        seed=seed, delegations=30, people=70, requests=120, days=2, rooms=8, zones=2, interpreters=5
    )
    return scenario(asked, solve(asked, stop=FirstPlan(), explain=False).meetings, kind, seed)


def valid(asked: Problem, state: State) -> bool:
    instance = state.instance
    places = enumerate(state.places)
    meetings = [instance.meeting(index, place) for index, place in places if place is not None]
    return {str(each.rule) for each in check_meetings(asked, meetings)} <= {"must"}


def moved(state: State) -> int:
    jobs = zip(state.instance.jobs, state.places, strict=True)
    return sum(
        place is not None and job.baseline is not None and place.start != job.baseline.start
        for job, place in jobs
    )


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_more_are_said_to_leave_their_start_than_the_best_plan_moves(asked: Problem) -> None:
    asked = replace(asked, baseline=asked.baseline or (), objective=DEFAULT_REPAIR_OBJECTIVE)
    best = best_plan(asked)
    instance = Instance(asked)
    ground = Ground(instance)
    relaxation = Relaxation(Incumbent(instance, clock()), ground, 0)
    if best is None or best[0][Aim.DROPPED] > sum(instance.jobs[each].weight for each in relaxation.lost):
        return
    leaving = Leaving(Sittings(ground, relaxation.lost, clock()), relaxation)
    leaving.rest(None)

    assert relaxation.leaving <= best[0][Aim.MOVED]


def test_one_of_two_meetings_in_the_room_that_is_left_must_leave_its_start() -> None:
    asked = problem(
        request("a", "anne"),
        request("b", "bert"),
        baseline=(held("a", "09:00"), held("b", "09:00", room="lost")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    ground = Ground(Instance(asked))
    sittings = Sittings(ground, set(), clock())

    assert [sittings.leaving(sitting, None) for sitting in sittings.touched] == [1]


def test_who_need_not_be_elsewhere_comes_back_and_what_waits_is_held() -> None:
    asked = problem(
        request("a", "anne"),
        request("b", "bert"),
        request("c", "cleo", windows=(span("10:00", "10:30"),)),
        baseline=(held("a", "09:00"), held("b", "11:00"), held("c", "12:00")),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    ground = Ground(Instance(asked))
    state = State(ground.instance)
    a, b, _ = ground.instance.jobs
    assert a.baseline is not None
    assert b.baseline is not None
    state.place(0, a.baseline._replace(start=600, end=630))
    state.place(1, b.baseline)
    sittings = Sittings(ground, set(), clock())
    gained = [sittings.anew(state, sitting, [2], None) for sitting in sorted(sittings.of)]

    assert any(gained)
    assert [place.start for place in state.places if place is not None] == [540, 660, 600]
    assert valid(asked, state)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_exchange_moved_in_vain_comes_back_and_the_plan_stays_valid(seed: int) -> None:
    asked = conference("a room lost", seed)
    instance = Instance(asked)
    ground, board = Ground(instance), Board(instance)
    search = Exchange(board, board.held(ground.kept.places), 0, candidates=ground.asked)
    search.steps(2_000, 1.0, 0.0)
    state = state_of(instance, board.places(search.best()))
    sittings = Sittings(ground, set(), clock())
    before = moved(state)
    for sitting in sorted(sittings.of):
        places, count = list(state.places), moved(state)
        if not sittings.anew(state, sitting, [], None):
            assert (state.places, moved(state)) == (places, count)
        assert valid(asked, state)

    assert moved(state) < before


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 500), st.sampled_from(list(KINDS)[:2]))
def test_what_is_held_and_who_stays_is_counted_right_at_every_step(seed: int, steps: int, kind: str) -> None:
    asked = conference(kind, 0)
    instance = Instance(asked)
    board = Board(instance, worth=WORTH, stay=STAY)
    ground = Ground(instance)
    search = Exchange(board, board.held(ground.kept.places), seed, candidates=ground.asked)
    search.steps(steps, 30.0, 5.0)
    for plan in (search.now(), search.best()):
        state = state_of(instance, board.places(plan))
        assert valid(asked, state)
    weight = sum(job.weight for job, start in zip(instance.jobs, plan.start, strict=True) if start >= 0)
    held_ = [request for request in ground.asked if plan.start[request] >= 0]
    stays = len(held_) - moved(state)

    assert search.best_weight == WORTH * weight + STAY * stays


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_more_keep_their_start_when_they_may_change_rooms_and_none_has_another(seed: int) -> None:
    asked = conference("a room lost", seed)
    instance = Instance(asked)
    ground = Ground(instance)
    board = Board(at_own_starts(instance, ground.cells))
    search = Exchange(board, board.held(ground.kept.places), 0, candidates=ground.asked)
    search.steps(5_000, 20.0, 0.0)
    state = state_of(instance, board.places(search.best()))

    assert valid(asked, state)
    assert moved(state) == 0
    count = sum(place is not None for place in state.places)
    assert count > sum(place is not None for place in ground.kept.places)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_both_solvers_find_the_same_least_cost(data: st.DataObject) -> None:
    model, count = Booleans(), data.draw(st.integers(1, 6))
    variables = model.variables(count)
    literals = st.sampled_from([*variables, *(~each for each in variables)])
    for _ in range(data.draw(st.integers(0, 5))):
        some = data.draw(st.lists(literals, min_size=1, max_size=3, unique_by=lambda each: max(each, ~each)))
        data.draw(st.sampled_from([model.at_most_one, model.exactly_one, model.clause]))(some)
    again = data.draw(st.lists(st.sampled_from(variables), max_size=5))
    model.at_most(again, data.draw(st.integers(0, 5)))
    weights = data.draw(st.lists(st.integers(-3, 3), min_size=count, max_size=count))
    model.at_most(list(variables), data.draw(st.integers(-2, 4)), weights)
    costs = data.draw(st.lists(st.integers(-5, 5), min_size=count, max_size=count))
    model.minimise(zip(variables, costs, strict=True), 7)
    one, other = model.solve(clock(), 0, 100.0, None), model.branch(clock(), None)

    assert one.impossible == other.impossible
    if not one.impossible:
        assert one.best
        assert other.best
        assert one.value == other.value
