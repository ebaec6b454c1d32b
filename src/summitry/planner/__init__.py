"""The planner: a problem in, the best plan in the time given out; usable alone.

Examples
--------
>>> from summitry.planner import MaxSeconds, read_problem, solve
>>> plan = solve(read_problem(text), stop=MaxSeconds(10))  # doctest: +SKIP
"""

from __future__ import annotations

from summitry.planner.plan import AimScore, Plan, Status, Unscheduled
from summitry.planner.problem import Aim, Meeting, Problem, Request
from summitry.planner.progress import Progress
from summitry.planner.solver import feasible, solve
from summitry.planner.stop import AllOf, AnyOf, Cancelled, FirstPlan, MaxSeconds, StoppingCriterion

__all__ = [
    "Aim",
    "AimScore",
    "AllOf",
    "AnyOf",
    "Cancelled",
    "FirstPlan",
    "MaxSeconds",
    "Meeting",
    "Plan",
    "Problem",
    "Progress",
    "Request",
    "Status",
    "StoppingCriterion",
    "Unscheduled",
    "feasible",
    "solve",
]
