"""The planning problem of an edition: what the planner is asked."""

from summitry.bilaterals.queries.problem.document import Start, planning_problem
from summitry.bilaterals.queries.problem.ids import Ids, ids_of, request_number

__all__ = ["Ids", "Start", "ids_of", "planning_problem", "request_number"]
