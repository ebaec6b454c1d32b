from __future__ import annotations

from hypothesis import assume, event, given, settings

from planner_support.held import problems_with_meetings
from planner_support.standing import fits_beside
from planner_support.whynot import WhyNot
from summitry.planner.explain import explain
from summitry.planner.explain.minimal import smallest
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Meeting, Problem


@settings(max_examples=100, deadline=None)
@given(problems_with_meetings())
def test_the_blockers_alone_leave_no_place_and_any_of_them_taken_away_opens_one(
    given_plan: tuple[Problem, tuple[Meeting, ...]],
) -> None:
    problem, meetings = given_plan
    assume(problem.frozen_until is None)
    for unscheduled in explain(problem, meetings):
        request = next(each for each in problem.requests if each.id == unscheduled.request)
        blockers = unscheduled.blockers
        kinds = {blocker.kind for blocker in blockers}
        longest = max(sitting.end - sitting.start for sitting in problem.sittings)
        no_sitting = longest.total_seconds() < request.minutes * 60
        one_spread = any((each.kind, each.id) == (BlockerKind.LIMIT, request.id) for each in blockers)
        walks = sum(each.kind is BlockerKind.WALK for each in blockers)
        if one_spread or no_sitting:
            continue  # the world of only these blockers cannot be written as a problem
        if walks:
            assert not fits_beside(problem, meetings, request, blockers)
            continue  # whose walks stand and whose do not cannot be written either
        event(f"{len(blockers)} blockers, {sorted(kinds)}")
        if not blockers:
            assert fits_beside(problem, meetings, request, [])
            continue
        assert not fits_beside(problem, meetings, request, blockers)
        for blocker in blockers:
            others = [other for other in blockers if other != blocker]
            assert fits_beside(problem, meetings, request, others)


@settings(max_examples=100, deadline=None)
@given(problems_with_meetings())
def test_a_second_reading_of_the_format_finds_each_reason_minimal(
    given_plan: tuple[Problem, tuple[Meeting, ...]],
) -> None:
    problem, meetings = given_plan
    assume(problem.limits.breaks_spread is None)
    why_not = WhyNot(problem, meetings)
    for unscheduled in explain(problem, meetings):
        event(f"{len(unscheduled.blockers)} blockers, {sorted({one.kind for one in unscheduled.blockers})}")
        if unscheduled.blockers:
            assert why_not.complaints(unscheduled) == []


def test_a_smallest_set_prefers_what_comes_first() -> None:
    def enough(bits: int) -> bool:
        return bits & 0b0011 == 0b0011 or bits & 0b1100 == 0b1100

    assert smallest(enough, [1, 2, 4, 8]) == 0b0011
    assert smallest(enough, [8, 4, 2, 1]) == 0b1100
    assert smallest(enough, [4, 1, 8, 2]) == 0b1100


def test_nothing_is_needed_where_what_is_given_is_enough() -> None:
    assert smallest(lambda bits: bool(bits & 1), [2, 4], given=1) == 0
