"""The planner: a problem in, the best plan in the time given out; usable alone.

Examples
--------
>>> from summitry.planner import MaxSeconds, read_problem, solve
>>> plan = solve(read_problem(text), stop=MaxSeconds(10))  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.planner.check import check
from summitry.planner.documents import (
    BadInput,
    plan_document,
    problem_document,
    read_plan,
    read_problem,
    require_well_formed,
    write_plan,
    write_problem,
)
from summitry.planner.explain import explain
from summitry.planner.files import load
from summitry.planner.lazily import lazily
from summitry.planner.plan import (
    AimScore,
    Blocker,
    BlockerKind,
    Change,
    Plan,
    Remedy,
    Status,
    Unscheduled,
)
from summitry.planner.problem import (
    BASELINE_AIMS,
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    KEEPING_TIMES_OBJECTIVE,
    Aim,
    Fixed,
    Interpreter,
    Limits,
    Meeting,
    Party,
    PartyKind,
    Person,
    Problem,
    Request,
    Room,
    Sitting,
    Span,
    Walk,
)
from summitry.planner.progress import Progress
from summitry.planner.solver import feasible, solve
from summitry.planner.stop import AllOf, AnyOf, Cancelled, FirstPlan, MaxSeconds, StoppingCriterion

if TYPE_CHECKING:
    from summitry.planner.check import Rule, Violation, score
    from summitry.planner.explain import Explainer, contradiction, explain_one
else:
    __getattr__ = lazily(
        __name__,
        {
            "Explainer": "summitry.planner.explain",
            "Rule": "summitry.planner.check",
            "Violation": "summitry.planner.check",
            "contradiction": "summitry.planner.explain",
            "explain_one": "summitry.planner.explain",
            "score": "summitry.planner.check",
        },
    )

__all__ = [
    "BASELINE_AIMS",
    "DEFAULT_OBJECTIVE",
    "DEFAULT_REPAIR_OBJECTIVE",
    "KEEPING_TIMES_OBJECTIVE",
    "Aim",
    "AimScore",
    "AllOf",
    "AnyOf",
    "BadInput",
    "Blocker",
    "BlockerKind",
    "Cancelled",
    "Change",
    "Explainer",
    "FirstPlan",
    "Fixed",
    "Interpreter",
    "Limits",
    "MaxSeconds",
    "Meeting",
    "Party",
    "PartyKind",
    "Person",
    "Plan",
    "Problem",
    "Progress",
    "Remedy",
    "Request",
    "Room",
    "Rule",
    "Sitting",
    "Span",
    "Status",
    "StoppingCriterion",
    "Unscheduled",
    "Violation",
    "Walk",
    "check",
    "contradiction",
    "explain",
    "explain_one",
    "feasible",
    "load",
    "plan_document",
    "problem_document",
    "read_plan",
    "read_problem",
    "require_well_formed",
    "score",
    "solve",
    "write_plan",
    "write_problem",
]
