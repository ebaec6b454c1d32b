"""From a workbook of requests to a problem, with every cell that cannot be read named."""

from __future__ import annotations

import re

from summitry.formats.workbooks import NotAWorkbook, OpenedWorkbook
from summitry.planner import BadInput, Meeting, Problem, require_well_formed
from summitry.planner.documents import MOST_BYTES
from summitry.planner.documents.clock import Clock
from summitry.workbook.faults import Faults, TooManyFaults
from summitry.workbook.layout import BY_DAY, heading_key
from summitry.workbook.reading.book import Book
from summitry.workbook.reading.meetings import read_meetings
from summitry.workbook.reading.problem import Reading
from summitry.workbook.tables import Table
from summitry.workbook.writing import Writing

_PLACE = re.compile(r"(?P<list>[a-z_.]+)\[(?P<index>\d+)\]")


def open_workbook(data: bytes, name: str) -> OpenedWorkbook:
    """Open a file as a workbook.

    Raises
    ------
    BadInput
        If it is none.
    """
    if len(data) > MOST_BYTES:
        size = MOST_BYTES // 1024 // 1024
        raise BadInput(f"is larger than {size} MB; is it the right file?", name=name)
    try:
        return OpenedWorkbook(data)
    except NotAWorkbook as error:
        raise BadInput(str(error), name=name) from None


def read_problem(data: bytes, *, name: str = "requests.xlsx") -> Problem:
    """Read a workbook of requests, as `write_template` lays it out.

    Parameters
    ----------
    data
        The file.
    name
        What messages call it.

    Raises
    ------
    BadInput
        If it is no workbook.
    BadCells
        If cells cannot be read; the message has a line for each, with sheet, cell and mend.
    """
    opened = open_workbook(data, name)
    faults = Faults(name, opened.titles)
    try:
        reading = Reading(Book(opened, faults))
        problem = reading.problem()
    except TooManyFaults:
        problem = None
    except NotAWorkbook as error:
        raise BadInput(str(error), name=name) from None
    faults.require_none()
    assert problem is not None  # what is missing is a fault
    try:
        require_well_formed(problem)
    except BadInput as error:
        raise _placed(reading, error).named(name) from None
    return problem


def read_plan_meetings(data: bytes, problem: Problem, *, name: str = "plan.xlsx") -> tuple[Meeting, ...]:
    """Read the meetings of a plan that `write_plan` wrote, and that a desk may have changed by hand.

    Parameters
    ----------
    data
        The file; only its sheet By day is read.
    problem
        What the meetings are to be held against.
    name
        What messages call the file.

    Raises
    ------
    BadInput
        If it is no workbook, or has no such sheet.
    BadCells
        If cells cannot be read.
    """
    opened = open_workbook(data, name)
    faults = Faults(name, opened.titles)
    titles = {heading_key(title): title for title in opened.titles}
    title = titles.get(heading_key(BY_DAY.title))
    if title is None:
        raise BadInput(
            f"there is no sheet {BY_DAY.title}; name a workbook that summitry plan wrote", name=name
        )
    written = Writing(problem)
    meetings: list[Meeting] = []
    try:
        table = Table(BY_DAY, title, opened.read(title), faults)
        table.clock = Clock(problem.timezone)
        meetings = read_meetings(
            table, written.requests, written.rooms, written.interpreters, frozen_until=None
        )
    except TooManyFaults:
        pass
    except NotAWorkbook as error:
        raise BadInput(str(error), name=name) from None
    faults.require_none()
    return tuple(meetings)


def _placed(reading: Reading, error: BadInput) -> BadInput:
    """Say where in the workbook something stands that only the planner's own reader refuses."""
    found = _PLACE.match(error.place)
    if found is None or found["list"] not in reading.names.rows:
        return error
    title, numbers = reading.names.rows[found["list"]]
    return BadInput(error.message, f"sheet {title}, row {numbers[int(found['index'])]}")
