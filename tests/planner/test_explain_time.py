"""How long explaining takes: what a run leaves for it, and what is given up where there is little."""

from __future__ import annotations

from threading import Event

import pytest

from planner_support.building import held, problem, request
from summitry.planner import AnyOf, Cancelled, FirstPlan, MaxSeconds, explain
from summitry.planner.explain import explanations, time_to_explain
from summitry.planner.explain.explanations import NOT_LOOKED_INTO
from summitry.planner.solver import CANCELLED, _time_to_explain
from summitry.planner.solver.clock import Clock
from summitry.planner.stop import StoppingCriterion


def left(stop: StoppingCriterion | None) -> tuple[float | None, bool]:
    """The seconds for explaining, and whether it can still be stopped."""
    seconds, should_stop = _time_to_explain(Clock(stop, None, 1))
    return seconds, should_stop is not None


def test_a_run_keeps_a_tenth_of_its_time_and_two_seconds_at_most() -> None:
    assert time_to_explain(5) == 0.5
    assert time_to_explain(600) == 2


def test_a_run_that_is_done_early_has_all_that_is_left_and_can_still_be_stopped() -> None:
    assert left(None) == (None, True)
    seconds, can_stop = left(MaxSeconds(30))
    assert seconds is not None
    assert 29 < seconds <= 30
    assert can_stop


def test_a_run_that_is_cancelled_ends_at_once() -> None:
    signal = Event()
    signal.set()
    assert left(Cancelled(signal)) == (CANCELLED, False)
    assert left(AnyOf((Cancelled(signal), MaxSeconds(100)))) == (CANCELLED, False)


def test_a_run_whose_time_is_up_gives_its_reasons_in_a_moment() -> None:
    assert left(MaxSeconds(0)) == (CANCELLED, False)
    assert left(AnyOf((FirstPlan(), MaxSeconds(0)))) == (CANCELLED, False)


def test_what_would_take_longer_to_read_than_there_is_time_is_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = problem(request("new", "x"), request("old", "x", minutes=180), request("late", "x", minutes=300))
    plan = [held("old", "09:00", minutes=180), held("late", "12:00", minutes=300)]
    assert explain(asked, plan, seconds=0.2)[0].blockers
    monkeypatch.setattr(explanations, "LARGE", 1)
    assert explain(asked, plan, seconds=0.2)[0].reason == NOT_LOOKED_INTO
    assert explain(asked, plan)[0].blockers
