"""Choosing anew for some meetings at a time: valid plans that hold no less, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from threading import Event

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import make_problem
from planner_support.bruteforce import best_plan
from planner_support.strategies import problems
from summitry.planner import Aim, Cancelled, Problem
from summitry.planner.check import check_meetings
from summitry.planner.solver import _plan
from summitry.planner.solver import neighbourhoods as neighbourhoods_module
from summitry.planner.solver.aims import Places
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.neighbourhoods import hold_more
from summitry.planner.solver.state import State


def crowded(**terms: int) -> Problem:
    """A day of which only part can be held."""
    sizes = {"delegations": 10, "people": 24, "requests": 60, "days": 1, "rooms": 4, "zones": 2}
    return make_problem(seed=0, interpreters=3, **(sizes | terms))


def started(problem: Problem, cancelled: Cancelled | None = None) -> Incumbent | None:
    """A greedy plan, where it holds all that must be held."""
    instance = Instance(problem)
    incumbent = Incumbent(instance, Clock(cancelled, None, len(instance.jobs)))
    greedy, state = Greedy(instance, Random(0)), State(instance)  # noqa: S311 - repeatable
    greedy.fill(state, greedy.order())
    places = state.places
    if any(job.must and place is None for job, place in zip(instance.jobs, places, strict=True)):
        return None
    return incumbent if incumbent.offer(places) else None


@contextmanager
def patience(tries: int) -> Iterator[None]:
    """Let a search end after so many tries without more weight."""
    before, neighbourhoods_module.PATIENCE = neighbourhoods_module.PATIENCE, tries
    try:
        yield
    finally:
        neighbourhoods_module.PATIENCE = before


class Seen(Incumbent):
    """Keeps every plan that is offered."""

    def __init__(self, first: Incumbent) -> None:
        assert first.places is not None
        self.offered: list[Places] = []
        super().__init__(first.instance, first.clock)
        self.offer(first.places)

    def offer(self, places: Places) -> bool:
        """Keep a plan, and take it if it is better."""
        self.offered.append(places)
        return super().offer(places)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 3))
def test_every_plan_on_the_way_is_valid_and_holds_no_less(problem: Problem, seed: int) -> None:
    problem = replace(problem, objective=(Aim.WEIGHT, Aim.WALKING))
    first = started(problem)
    if first is None:
        return
    seen = Seen(first)
    with patience(4):
        hold_more(seen, seed=seed, workers=1, seconds=None)
    kept = Incumbent(first.instance, first.clock)
    for places in seen.offered:
        kept.places = list(places)
        assert check_meetings(problem, _plan(kept, 0).meetings) == []
    best = best_plan(problem)
    assert best is not None
    assert first.values[Aim.WEIGHT] <= seen.values[Aim.WEIGHT] <= best[0][Aim.WEIGHT]


def test_a_crowded_day_holds_more_than_requests_one_after_the_other_leave() -> None:
    found = started(crowded())
    assert found is not None
    before = found.values[Aim.WEIGHT]
    with patience(5):
        hold_more(found, seed=0, workers=2, seconds=None)
    assert found.values[Aim.WEIGHT] > before
    assert check_meetings(found.instance.problem, _plan(found, 0).meetings) == []


def test_with_one_worker_and_no_limit_a_seed_gives_one_plan() -> None:
    plans = []
    for _ in range(2):
        found = started(crowded(requests=30, rooms=2))
        assert found is not None
        with patience(5):
            hold_more(found, seed=5, workers=1, seconds=None)
        plans.append(found.places)
    assert plans[0] == plans[1]


def test_what_an_earlier_aim_wants_as_it_was_stays() -> None:
    problem = crowded(requests=30, rooms=2)
    first = started(problem)
    assert first is not None
    baseline = _plan(first, 0).meetings[::2]
    asked = replace(problem, baseline=baseline, objective=(Aim.DROPPED, Aim.MOVED, Aim.WEIGHT))
    instance = Instance(asked)
    incumbent = Incumbent(instance, Clock(None, None, len(instance.jobs)))
    assert first.places is not None
    incumbent.offer(first.places)
    with patience(5):
        hold_more(incumbent, seed=0, workers=1, seconds=None)
    assert incumbent.values[Aim.WEIGHT] >= first.values[Aim.WEIGHT]
    assert set(baseline) <= set(_plan(incumbent, 0).meetings)


def test_a_run_that_is_cancelled_keeps_the_plan_it_has() -> None:
    signal = Event()
    found = started(crowded(), Cancelled(signal))
    assert found is not None
    before = found.places
    signal.set()
    hold_more(found, seed=0, workers=2, seconds=None)
    assert found.places == before
