from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from planner_support.bruteforce import best_plan, valid_plans
from planner_support.building import held, problem, request
from planner_support.strategies import problems
from summitry.planner import (
    Aim,
    AimScore,
    Blocker,
    BlockerKind,
    Meeting,
    Plan,
    Problem,
    Rule,
    Status,
    Unscheduled,
    check,
    score,
)
from summitry.planner.check import check_meetings

ASKED = problem(request("a", weight=5), request("b"), objective=(Aim.WEIGHT, Aim.BREAKS))
TRUE = Plan(
    Status.FEASIBLE,
    (held("a", "09:00"),),
    (Unscheduled("b", "nobody looked"),),
    {Aim.WEIGHT: AimScore(5, 6), Aim.BREAKS: AimScore(0, None)},
)


def broken(plan: Plan, asked: Problem = ASKED) -> set[Rule]:
    return {violation.rule for violation in check(asked, plan)}


def test_a_plan_that_is_valid_and_true_breaks_nothing() -> None:
    assert check(ASKED, TRUE) == []


def test_a_plan_breaks_what_its_meetings_break() -> None:
    assert broken(replace(TRUE, meetings=(held("a", "08:00"),))) == {Rule.SITTING}


def test_every_request_is_held_or_unscheduled_once() -> None:
    b = TRUE.unscheduled[0]

    assert broken(replace(TRUE, unscheduled=())) == {Rule.UNSCHEDULED}
    assert broken(replace(TRUE, unscheduled=(b, b))) == {Rule.UNSCHEDULED}
    assert broken(replace(TRUE, unscheduled=(b, Unscheduled("a", "held after all")))) == {Rule.UNSCHEDULED}
    assert broken(replace(TRUE, unscheduled=(b, Unscheduled("z", "who?")))) == {Rule.UNSCHEDULED}


def test_the_score_has_every_aim_in_order() -> None:
    turned = dict(reversed(TRUE.score.items()))

    assert broken(replace(TRUE, score=turned)) == {Rule.SCORE}
    assert broken(replace(TRUE, score={})) == {Rule.SCORE}
    assert broken(replace(TRUE, score={**TRUE.score, Aim.WALKING: AimScore(0, 0)})) == {Rule.SCORE}


def test_the_score_is_true() -> None:
    assert broken(replace(TRUE, score={**TRUE.score, Aim.WEIGHT: AimScore(6, 6)})) == {Rule.SCORE}


def test_no_value_is_better_than_its_bound() -> None:
    assert broken(replace(TRUE, score={**TRUE.score, Aim.WEIGHT: AimScore(5, 4)})) == {Rule.BOUND}
    assert broken(replace(TRUE, score={**TRUE.score, Aim.BREAKS: AimScore(0, 1)})) == {Rule.BOUND}


def test_a_plan_is_optimal_exactly_where_every_aim_is_at_its_bound() -> None:
    reached = {Aim.WEIGHT: AimScore(5, 5), Aim.BREAKS: AimScore(0, 0)}

    assert broken(replace(TRUE, status=Status.OPTIMAL, score=reached)) == set()
    assert broken(replace(TRUE, score=reached)) == {Rule.STATUS}
    assert broken(replace(TRUE, status=Status.OPTIMAL)) == {Rule.STATUS}


def test_without_an_objective_any_plan_is_optimal() -> None:
    assert broken(replace(TRUE, status=Status.OPTIMAL, score={}), replace(ASKED, objective=())) == set()


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_without_a_plan_there_are_no_meetings_and_no_score(status: Status) -> None:
    asked = problem(request("a", must=True))
    none = Plan(status, (), (Unscheduled("a", "it cannot be"),))

    assert broken(none, asked) == set()
    assert broken(replace(none, meetings=(held("a", "09:00"),)), asked) >= {Rule.STATUS}
    assert broken(replace(none, score={Aim.WEIGHT: AimScore(0, 0)}), asked) == {Rule.SCORE}


def test_a_contradiction_is_of_requests_that_must_be_held() -> None:
    asked = problem(request("a", must=True), request("b"))

    assert broken(Plan(Status.INFEASIBLE, (), (Unscheduled("b", ""),)), asked) == {Rule.UNSCHEDULED}
    assert broken(Plan(Status.INFEASIBLE), asked) == {Rule.UNSCHEDULED}
    assert broken(Plan(Status.UNKNOWN, (), (Unscheduled("a", ""), Unscheduled("b", ""))), asked) == set()


def test_a_blocker_names_something_of_the_problem() -> None:
    def blocked(kind: BlockerKind, name: str) -> set[Rule]:
        return broken(replace(TRUE, unscheduled=(Unscheduled("b", "", (Blocker(kind, name),)),)))

    assert blocked(BlockerKind.MEETING, "a") == set()
    assert blocked(BlockerKind.ENGAGEMENT, "of-b#0") == set()
    assert blocked(BlockerKind.SITTING, "morning") == set()
    assert blocked(BlockerKind.MEETING, "b") == {Rule.UNSCHEDULED}
    assert blocked(BlockerKind.ENGAGEMENT, "ghost#0") == {Rule.UNSCHEDULED}


@settings(deadline=None)
@given(problem=problems())
def test_the_best_of_all_plans_is_valid_and_optimal(problem: Problem) -> None:
    best = best_plan(problem)
    if best is None:
        return
    values, meetings = best
    plan = told(problem, meetings, {aim: AimScore(value, value) for aim, value in values.items()})

    assert check(problem, plan) == []


@settings(deadline=None)
@given(problem=problems(most_plans=200))
def test_no_valid_plan_is_better_than_the_best(problem: Problem) -> None:
    best = best_plan(problem)
    for meetings in valid_plans(problem):
        assert not check_meetings(problem, meetings)
        assert best is not None
        assert rank(score(problem, meetings)) >= rank(best[0])


def rank(values: dict[Aim, int]) -> list[int]:
    return [-value if aim is Aim.WEIGHT else value for aim, value in values.items()]


def told(problem: Problem, meetings: tuple[Meeting, ...], scores: dict[Aim, AimScore]) -> Plan:
    names = {meeting.request for meeting in meetings}
    rest = tuple(Unscheduled(request.id, "") for request in problem.requests if request.id not in names)
    return Plan(Status.OPTIMAL, meetings, rest, scores)
