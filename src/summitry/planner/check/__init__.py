"""The validator: every rule of the planner's formats, written a second time and as plainly as possible.

It shares no logic with the solver, so that the two can be held against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.planner.lazily import lazily

if TYPE_CHECKING:
    from summitry.planner.check.aims import score
    from summitry.planner.check.meetings import check_meetings
    from summitry.planner.check.plan import check_remedies
    from summitry.planner.check.violation import Rule, Violation
    from summitry.planner.plan import Plan
    from summitry.planner.problem import Problem
else:
    __getattr__ = lazily(
        __name__,
        {
            "Rule": "summitry.planner.check.violation",
            "Violation": "summitry.planner.check.violation",
            "check_meetings": "summitry.planner.check.meetings",
            "check_remedies": "summitry.planner.check.plan",
            "score": "summitry.planner.check.aims",
        },
    )

__all__ = ["Rule", "Violation", "check", "check_meetings", "check_remedies", "score"]


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
    from summitry.planner.check.plan import violations  # noqa: PLC0415 - loaded when asked for

    return violations(problem, plan)
