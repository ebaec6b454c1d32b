"""What people's own time leaves of their requests."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner_support.bruteforce import best_plan
from planner_support.strategies import days_of_one, problems
from summitry.planner import Aim, Problem, Request, Span
from summitry.planner.solver.bounds import SittingRelaxation
from summitry.planner.solver.diaries import overfull
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State


def starts_of(instance: Instance) -> dict[int, int]:
    return {
        request: job.starts for request, job in enumerate(instance.jobs) if job.starts and job.frozen is None
    }


@settings(max_examples=150, deadline=None)
@given(days_of_one())
def test_one_persons_most_weight_is_that_of_the_best_plan_where_nothing_else_is_short(
    problem: Problem,
) -> None:
    people = tuple(replace(who, max_meetings_per_sitting=None) for who in problem.people)
    problem = replace(problem, people=people, walks=())
    instance, best = Instance(problem), best_plan(problem)
    assert best is not None
    starts = starts_of(instance)
    for requests, most in overfull(State(instance), starts):
        assert sorted(requests) == sorted(starts)
        assert most == best[0][Aim.WEIGHT]


@settings(max_examples=100, deadline=None)
@given(problems())
def test_no_plan_holds_more_of_anybodys_requests(problem: Problem) -> None:
    problem = replace(problem, objective=(Aim.WEIGHT,), baseline=None, frozen_until=None)
    instance, best = Instance(problem), best_plan(problem)
    if best is None:
        return
    held = {instance.request_index[meeting.request] for meeting in best[1]}
    for requests, most in overfull(State(instance), starts_of(instance)):
        assert sum(instance.jobs[each].weight for each in requests if each in held) <= most


@settings(max_examples=25, deadline=None)
@given(days_of_one(), st.integers(1, 9), st.integers(1, 9))
def test_of_two_that_lie_across_each_other_the_bound_holds_one(day: Problem, one: int, other: int) -> None:
    sitting, guest = day.sittings[0], day.requests[0].people
    step = (sitting.end - sitting.start) / 6
    windows = (
        Span(sitting.start, sitting.start + 3 * step),
        Span(sitting.start + step, sitting.start + 4 * step),
    )
    requests = tuple(
        Request(f"r{index}", ("host", "d0"), guest, 20, weight=weight, windows=(window,))
        for index, (weight, window) in enumerate(zip((one, other), windows, strict=True))
    )
    problem = replace(day, requests=requests)
    relaxation = SittingRelaxation(Instance(problem))
    assert relaxation.solve([one, other], whole=False) == one + other  # from 0 to 20 and from 20 to 40
    short = tuple(
        replace(each, windows=(Span(sitting.start, sitting.start + 3 * step),)) for each in requests
    )
    relaxation = SittingRelaxation(Instance(replace(problem, requests=short)))
    assert relaxation.solve([one, other], whole=True) == max(one, other)
