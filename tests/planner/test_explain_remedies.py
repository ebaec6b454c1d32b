from __future__ import annotations

import jsonpatch
from hypothesis import event, given, settings

from planner_support.held import problems_with_meetings
from summitry.planner.check import check_meetings, score
from summitry.planner.documents.problem import to_problem
from summitry.planner.documents.writing import problem_document
from summitry.planner.explain import explain
from summitry.planner.plan import Change
from summitry.planner.problem import Meeting, Problem


def applied(
    problem: Problem, meetings: tuple[Meeting, ...], change: Change
) -> tuple[Problem, tuple[Meeting, ...]]:
    document = jsonpatch.apply_patch(problem_document(problem), list(change.problem))
    replaced = {meeting.request for meeting in change.meetings} | set(change.drop)
    kept = [meeting for meeting in meetings if meeting.request not in replaced]
    return to_problem(document), (*kept, *change.meetings)


@settings(max_examples=100, deadline=None)
@given(problems_with_meetings())
def test_every_remedy_gives_a_valid_plan_that_holds_the_request_at_the_cost_it_names(
    given_plan: tuple[Problem, tuple[Meeting, ...]],
) -> None:
    problem, meetings = given_plan
    before = score(problem, meetings)
    for unscheduled in explain(problem, meetings):
        event(f"{len(unscheduled.remedies)} remedies")
        for remedy in unscheduled.remedies:
            changed, after = applied(problem, meetings, remedy.change)
            assert not check_meetings(changed, after), remedy.text
            assert unscheduled.request in {meeting.request for meeting in after}
            assert not set(remedy.change.drop) & {meeting.request for meeting in after}
            now = score(changed, after)
            assert remedy.change.cost == {aim: now[aim] - before[aim] for aim in before}
            assert remedy.text
            assert remedy.text[0].isupper()


@settings(max_examples=100, deadline=None)
@given(problems_with_meetings())
def test_every_request_left_out_is_explained_in_one_line(
    given_plan: tuple[Problem, tuple[Meeting, ...]],
) -> None:
    problem, meetings = given_plan
    held = {meeting.request for meeting in meetings}
    explained = explain(problem, meetings)
    assert [each.request for each in explained] == [
        request.id for request in problem.requests if request.id not in held
    ]
    for each in explained:
        assert each.reason[0].isupper()
        assert each.reason.endswith(".")
        assert "\n" not in each.reason
        assert "  " not in each.reason
        assert len(each.reason) <= 400
        assert all(blocker.detail for blocker in each.blockers)
