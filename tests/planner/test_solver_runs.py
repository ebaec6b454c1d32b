from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta

from summitry.planner.check import check
from summitry.planner.plan import Status
from summitry.planner.problem import Aim, Party, Person, Problem, Request, Room, Sitting
from summitry.planner.progress import Progress
from summitry.planner.solver import solve
from summitry.planner.stop import AllOf, AnyOf, Cancelled, FirstPlan, MaxSeconds

MORNING = datetime.fromisoformat("2019-10-15T09:00")


def crowded(*, delegations: int = 40, must: bool = False) -> Problem:
    """Everyone wants the same two hosts, who have time for a part of it."""
    names = [f"d{index}" for index in range(delegations)]
    return Problem(
        timezone="Europe/Warsaw",
        sittings=tuple(
            Sitting(f"s{day}", MORNING + timedelta(days=day), MORNING + timedelta(days=day, hours=3))
            for day in range(2)
        ),
        parties=tuple(Party(name, name) for name in names),
        people=tuple(Person(name, name) for name in names),
        rooms=(Room("a"), Room("b"), Room("c"), Room("d")),
        requests=tuple(
            Request(f"{host}-{name}", (host, name), (host, name), 20, weight=1 + index % 3, must=must)
            for host in names[:2]
            for index, name in enumerate(names[2:])
        ),
        turnaround_minutes=10,
    )


def test_where_all_can_be_held_that_is_found_and_proved() -> None:
    problem = crowded(delegations=16)
    plan = solve(problem, stop=MaxSeconds(4), explain=False)
    assert not check(problem, plan)
    assert plan.score[Aim.WEIGHT].value == plan.score[Aim.WEIGHT].bound


def test_what_must_be_held_and_cannot_is_proved_infeasible() -> None:
    problem = replace(
        crowded(delegations=3, must=True), sittings=(Sitting("s", MORNING, MORNING + timedelta(minutes=20)),)
    )
    plan = solve(problem)
    assert plan.status is Status.INFEASIBLE
    assert {item.request for item in plan.unscheduled} <= {request.id for request in problem.requests}
    assert not check(problem, plan)


def test_a_cancelled_run_ends_with_a_valid_plan_that_is_not_proved() -> None:
    problem, wish = crowded(), threading.Event()

    def cancel(now: Progress) -> None:
        if now.found:
            wish.set()

    plan = solve(problem, stop=Cancelled(wish), explain=False, on_progress=cancel)
    assert plan.status is Status.FEASIBLE
    assert not check(problem, plan)


def test_progress_only_gets_better_and_ends_with_the_plan() -> None:
    problem = crowded()
    reports: list[Progress] = []
    plan = solve(problem, stop=MaxSeconds(2), on_progress=reports.append, explain=False)
    weights = [report.score[Aim.WEIGHT].value for report in reports if report.found]
    assert weights == sorted(weights)
    assert reports[-1].score == plan.score
    assert reports[-1].held == len(plan.meetings)


def test_each_request_that_is_not_held_is_explained() -> None:
    problem = crowded()
    plan = solve(problem, stop=MaxSeconds(1))
    held = {meeting.request for meeting in plan.meetings}
    assert {item.request for item in plan.unscheduled} == {request.id for request in problem.requests} - held


def test_criteria_combine() -> None:
    begun, found = Progress(5.0, 0, 3, ""), Progress(5.0, 2, 3, "", found=True)
    assert AnyOf((MaxSeconds(9), FirstPlan())).reached(found)
    assert not AllOf((MaxSeconds(9), FirstPlan())).reached(found)
    assert not FirstPlan().reached(begun)
    assert AnyOf((MaxSeconds(9), FirstPlan())).seconds() == 9
    assert AllOf((MaxSeconds(9), FirstPlan())).seconds() is None


def test_importing_the_planner_loads_no_solver() -> None:
    code = "import summitry.planner, sys; print('ortools' in sys.modules or 'highspy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_run_stopped_at_once_has_a_plan_where_nothing_must_be_held() -> None:
    problem, wish = crowded(), threading.Event()
    wish.set()
    plan = solve(problem, stop=Cancelled(wish), explain=False)

    assert plan.status is Status.FEASIBLE
    assert not check(problem, plan)
