"""A desk that lives in a spreadsheet: a workbook of requests in, a plan as sheets out.

Examples
--------
>>> from pathlib import Path
>>> from summitry.planner import solve
>>> from summitry.workbook import read_problem, write_plan
>>> problem = read_problem(Path("requests.xlsx").read_bytes())  # doctest: +SKIP
>>> Path("plan.xlsx").write_bytes(write_plan(problem, solve(problem)))  # doctest: +SKIP
"""

from __future__ import annotations

from summitry.formats.forms import TooLong
from summitry.workbook.faults import BadCells
from summitry.workbook.plans import write_plan
from summitry.workbook.reading import read_plan_meetings, read_problem
from summitry.workbook.template import write_template
from summitry.workbook.writing import write_problem

__all__ = [
    "BadCells",
    "TooLong",
    "read_plan_meetings",
    "read_problem",
    "write_plan",
    "write_problem",
    "write_template",
]
