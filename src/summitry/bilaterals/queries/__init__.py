"""Every read about bilaterals, each with a constant number of statements."""

from summitry.bilaterals.queries.problem import Start, planning_problem

__all__ = ["Start", "planning_problem"]
