"""A whole plan against its problem."""

from __future__ import annotations

from summitry.planner.check.answer import WITHOUT_A_PLAN, answer_rules
from summitry.planner.check.facts import Facts
from summitry.planner.check.meetings import check_meetings
from summitry.planner.check.remedies import remedy_rules
from summitry.planner.check.violation import Violation
from summitry.planner.plan import Plan
from summitry.planner.problem import Meeting, Problem


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Hold a plan against every rule of its problem, and against what it says of itself.

    Parameters
    ----------
    problem
        A well-formed problem.
    plan
        The plan to check, whoever made it.

    Returns
    -------
    list of Violation
        Empty if the plan is valid and true to its score.
    """
    facts = Facts(problem)
    known: dict[str, Meeting] = {}
    for meeting in plan.meetings:
        if meeting.request in facts.requests and meeting.room in facts.rooms:
            known.setdefault(meeting.request, meeting)
    violations: list[Violation] = []
    if plan.status not in WITHOUT_A_PLAN:
        violations += check_meetings(problem, plan.meetings)
    if not violations:
        violations += remedy_rules(facts, plan, known)
    return [*violations, *answer_rules(facts, plan, known)]


def check_remedies(problem: Problem, plan: Plan) -> list[Violation]:
    """Apply each remedy of a plan, and ask that it gives a valid plan that holds the request at the cost it names.

    Parameters
    ----------
    problem
        A well-formed problem.
    plan
        A plan whose meetings are valid.
    """
    facts = Facts(problem)
    return list(remedy_rules(facts, plan, {meeting.request: meeting for meeting in plan.meetings}))
