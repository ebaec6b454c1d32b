from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from planner_support.bruteforce import best_plan
from planner_support.strategies import problems
from summitry.planner.check import check
from summitry.planner.plan import Status
from summitry.planner.problem import Problem
from summitry.planner.solver import feasible, solve
from summitry.planner.solver import run as run_module
from summitry.planner.solver.aims import better
from summitry.planner.stop import FirstPlan


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_plan_of_a_small_problem_is_the_best_of_all_plans(problem: Problem) -> None:
    plan = solve(problem, explain=False)
    best = best_plan(problem)
    assert not check(problem, plan)
    if best is None:
        assert plan.status is Status.INFEASIBLE
    else:
        assert plan.status is Status.OPTIMAL
        assert {aim: score.value for aim, score in plan.score.items()} == best[0]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_every_bound_is_true_of_a_plan_that_was_stopped_early(problem: Problem) -> None:
    plan = solve(problem, stop=FirstPlan(), explain=False)
    assert not check(problem, plan)
    best = best_plan(problem)
    if best is None or not plan.score:
        return
    for aim, value in best[0].items():
        bound = plan.score[aim].bound
        assert bound is None or not better(aim, value, bound)
        if value != plan.score[aim].value:
            break


@settings(max_examples=40, deadline=None)
@given(problems())
def test_searching_and_proving_larger_problems_ends_with_true_bounds(problem: Problem) -> None:
    small, stalled, steps = run_module.SMALL, run_module.STALLED, run_module.STEPS
    run_module.SMALL, run_module.STALLED, run_module.STEPS = -1, 30, 0.5
    try:
        plan = solve(problem, explain=False)
    finally:
        run_module.SMALL, run_module.STALLED, run_module.STEPS = small, stalled, steps
    assert not check(problem, plan)
    best = best_plan(problem)
    if best is None:
        assert plan.status is Status.INFEASIBLE
    elif plan.status is Status.OPTIMAL:
        assert {aim: score.value for aim, score in plan.score.items()} == best[0]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_feasible_says_whether_all_named_requests_can_be_held(problem: Problem) -> None:
    wanted = [request.id for request in problem.requests[:2]]
    requests = tuple(replace(request, must=request.id in wanted) for request in problem.requests)
    expected = best_plan(replace(problem, requests=requests, objective=())) is not None
    assert feasible(problem, wanted) is expected


@settings(max_examples=20, deadline=None)
@given(problems())
def test_one_seed_gives_one_plan(problem: Problem) -> None:
    one, other = solve(problem, seed=3, explain=False), solve(problem, seed=3, explain=False)
    assert replace(one, seconds=0.0) == replace(other, seconds=0.0)
