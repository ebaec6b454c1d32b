"""A whole plan against its problem."""

from __future__ import annotations

from summitry.planner.check.answer import WITHOUT_A_PLAN, answer_rules
from summitry.planner.check.facts import Facts
from summitry.planner.check.meetings import check_meetings
from summitry.planner.check.remedies import remedy_rules
from summitry.planner.check.violation import Violation
from summitry.planner.plan import Plan
from summitry.planner.problem import Meeting, Problem


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Do what :func:`summitry.planner.check` says."""
    facts = Facts(problem)
    known: dict[str, Meeting] = {}
    for meeting in plan.meetings:
        if meeting.request in facts.requests and meeting.room in facts.rooms:
            known.setdefault(meeting.request, meeting)
    broken: list[Violation] = []
    if plan.status not in WITHOUT_A_PLAN:
        broken += check_meetings(problem, plan.meetings)
    if not broken:
        broken += remedy_rules(facts, plan, known)
    return [*broken, *answer_rules(facts, plan, known)]


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
