from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from planner_support.bruteforce import best_plan
from planner_support.building import at, person, problem, request, rooms, span
from planner_support.compact import MORNING, compact_problems, scattered_problems
from planner_support.strategies import problems
from summitry.planner.check import check
from summitry.planner.plan import Plan, Status
from summitry.planner.problem import Aim, Limits, Party, Person, Problem, Request, Room, Sitting
from summitry.planner.progress import Progress
from summitry.planner.solver import run as run_module
from summitry.planner.solver import solve
from summitry.planner.solver.compact import cadical, race, search
from summitry.planner.solver.compact.case import compact_case
from summitry.planner.solver.compact.narrowing import narrowed
from summitry.planner.solver.instance import Instance
from summitry.planner.stop import FirstPlan, MaxSeconds


def is_compact(asked: Problem) -> bool:
    return compact_case(Instance(asked)) is not None


def assert_best(asked: Problem, plan: Plan) -> None:
    assert not check(asked, plan)
    best = best_plan(asked)
    if best is None:
        assert plan.status is Status.INFEASIBLE
    else:
        assert plan.status is Status.OPTIMAL
        assert {aim: score.value for aim, score in plan.score.items()} == best[0]


@contextmanager
def set_to(module: object, **values: object) -> Iterator[None]:
    kept = {name: getattr(module, name) for name in values}
    for name, value in values.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(module, name, value)


@settings(max_examples=100, deadline=None)
@given(compact_problems() | scattered_problems())
def test_the_plan_of_a_compact_problem_is_the_best_of_all_plans(asked: Problem) -> None:
    assert_best(asked, solve(asked, explain=False))


@settings(max_examples=40, deadline=None)
@given(compact_problems(most_plans=5_000) | scattered_problems())
def test_counting_twice_from_the_beginning_finds_the_best_plan_too(asked: Problem) -> None:
    with set_to(search, LEAN_PAIRS=-1):
        assert_best(asked, solve(asked, explain=False))


@settings(max_examples=25, deadline=None)
@given(compact_problems(most_plans=5_000) | scattered_problems())
def test_bounds_that_are_hard_end_with_the_best_plan_too(asked: Problem) -> None:
    with set_to(cadical, LEAST_CONFLICTS=1, MOST_CONFLICTS=1), set_to(race, FIRST_SHARE=1):
        assert_best(asked, solve(asked, explain=False))
        assert_best(asked, solve(asked, explain=False, workers=2))


@settings(max_examples=25, deadline=None)
@given(compact_problems(most_requests=9, most_slots=6, most_plans=None))
def test_the_general_way_finds_nothing_better(asked: Problem) -> None:
    plan = solve(asked, explain=False)
    with set_to(run_module, solve_compact=lambda *_, **__: False):
        general = solve(asked, explain=False)
    assert not check(asked, plan)
    assert (plan.status, plan.score) == (general.status, general.score)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_what_is_not_compact_is_left_alone(asked: Problem) -> None:
    held = all(request.must and request.minutes == asked.grid_minutes for request in asked.requests)
    assert not is_compact(asked) or (held and not any(request.languages for request in asked.requests))


@settings(max_examples=40, deadline=None)
@given(compact_problems(most_plans=5_000) | scattered_problems())
def test_narrowing_takes_no_slot_that_a_valid_plan_uses(asked: Problem) -> None:
    instance = Instance(asked)
    case = compact_case(instance)
    if case is None:
        return
    best, narrow = best_plan(replace(asked, objective=())), narrowed(case)
    if best is None:
        return
    assert narrow is not None
    for meeting in best[1]:
        cell = instance.cells.cell(instance.cells.minute(meeting.start))
        assert cell is not None
        assert narrow.starts[instance.request_index[meeting.request]] >> cell & 1


@settings(max_examples=20, deadline=None)
@given(compact_problems(most_requests=9, most_slots=6, most_plans=None) | scattered_problems())
def test_one_seed_gives_one_plan(asked: Problem) -> None:
    one, other = solve(asked, seed=3, explain=False), solve(asked, seed=3, explain=False)
    assert replace(one, seconds=0.0) == replace(other, seconds=0.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"must": False},
        {"minutes": 60},
        {"languages": ("en", "fr"), "interpreters": 1},
    ],
)
def test_a_request_of_another_kind_makes_a_problem_not_compact(changes: dict[str, object]) -> None:
    plain = problem(request("a", must=True), request("b", must=True), grid_minutes=30)
    assert is_compact(plain)
    other = replace(plain.requests[1], **changes)  # type: ignore[arg-type]  # the changes of a parametrised test
    assert not is_compact(replace(plain, requests=(plain.requests[0], other)))


def test_turnarounds_walks_and_long_breaks_make_a_problem_not_compact() -> None:
    plain = problem(request("a", must=True), grid_minutes=30)
    assert not is_compact(replace(plain, turnaround_minutes=5))
    assert not is_compact(replace(plain, break_minutes=40))
    assert is_compact(replace(plain, break_minutes=30))


def test_rooms_that_cross_make_a_problem_not_compact() -> None:
    first, second = request("a", must=True, rooms=("x", "y")), request("b", must=True, rooms=("y", "z"))
    asked = problem(first, second, rooms=rooms("x", "y", "z"), grid_minutes=30)
    assert not is_compact(asked)
    inside = replace(second, rooms=("y",))
    assert is_compact(replace(asked, requests=(first, inside)))


def test_a_meeting_with_few_rooms_gets_one_of_them() -> None:
    asked = problem(
        *(request(f"r{index}", must=True, rooms=("x",) if index == 2 else ()) for index in range(3)),
        rooms=rooms("x", "y", "z"),
        sittings=(Sitting("s", at("09:00"), at("09:30")),),
        grid_minutes=30,
    )
    plan = solve(asked)
    assert plan.status is Status.OPTIMAL
    assert not check(asked, plan)
    assert next(meeting.room for meeting in plan.meetings if meeting.request == "r2") == "x"


def test_an_engagement_that_fills_the_waiting_is_no_break() -> None:
    asked = problem(
        request("a", "anna", must=True),
        request("b", "anna", must=True),
        people=(person("anna", engagements=(span("09:30", "10:00"),)),),
        sittings=(Sitting("s", at("09:00"), at("10:30")),),
        grid_minutes=30,
    )
    assert is_compact(asked)
    assert solve(asked).score[Aim.BREAKS].value == 0


def test_an_engagement_that_leaves_less_than_a_break_is_told_by_the_general_way() -> None:
    asked = problem(
        request("a", "anna", must=True),
        request("b", "anna", must=True),
        people=(person("anna", engagements=(span("09:30", "09:55"),)),),
        sittings=(Sitting("s", at("09:00"), at("10:30")),),
        grid_minutes=30,
        break_minutes=10,
    )
    assert not is_compact(asked)
    assert solve(asked).score[Aim.BREAKS].value == 0


def tournament(players: int, slots: int, *, tables: int, spread: int | None = 2) -> Problem:
    """Everybody is to meet everybody else."""
    names = [f"p{index}" for index in range(players)]
    return Problem(
        timezone="Europe/Warsaw",
        sittings=(Sitting("s", MORNING, MORNING + timedelta(minutes=20 * slots)),),
        parties=tuple(Party(name, name) for name in names),
        people=tuple(Person(name, name) for name in names),
        rooms=tuple(Room(f"t{index}") for index in range(tables)),
        requests=tuple(
            Request(f"{one}-{other}", (one, other), (one, other), 20, must=True)
            for index, one in enumerate(names)
            for other in names[index + 1 :]
        ),
        grid_minutes=20,
        break_minutes=20,
        limits=Limits(spread),
        objective=(Aim.BREAKS,),
    )


def test_a_tournament_without_a_free_slot_is_planned_without_breaks() -> None:
    plan = solve(tournament(8, 7, tables=4))
    assert plan.status is Status.OPTIMAL
    assert plan.score[Aim.BREAKS].value == 0


def test_too_few_tables_are_proved_before_any_search() -> None:
    phases: list[str] = []
    plan = solve(
        tournament(16, 40, tables=2), explain=False, on_progress=lambda now: phases.append(now.phase)
    )
    assert plan.status is Status.INFEASIBLE
    assert "closing breaks" not in phases


def test_a_run_that_is_stopped_has_a_valid_plan_and_true_bounds() -> None:
    asked = tournament(14, 17, tables=6)
    for workers in (1, 2):
        plan = solve(asked, stop=MaxSeconds(1.0), workers=workers, explain=False)
        assert plan.status is not Status.INFEASIBLE
        assert not check(asked, plan)


def test_the_first_plan_is_enough_where_no_more_is_asked() -> None:
    asked = tournament(10, 13, tables=4)
    plan = solve(asked, stop=FirstPlan(), explain=False)
    assert plan.meetings
    assert not check(asked, plan)


def test_bounds_rise_while_it_works_and_end_at_the_value() -> None:
    reports: list[Progress] = []
    plan = solve(tournament(9, 10, tables=4), on_progress=reports.append, stop=MaxSeconds(20), explain=False)
    bounds = [report.score[Aim.BREAKS].bound or 0 for report in reports if report.found]
    assert bounds == sorted(bounds)
    assert reports[-1].score == plan.score
