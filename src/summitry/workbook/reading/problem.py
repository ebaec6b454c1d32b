"""Sheet by sheet, from the settings to the earlier plan."""

from __future__ import annotations

from summitry.planner import (
    BASELINE_AIMS,
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    Aim,
    Limits,
    Meeting,
    Problem,
)
from summitry.workbook.layout import AIMS, EARLIER_PLAN
from summitry.workbook.reading.book import Book
from summitry.workbook.reading.ground import enter_rooms, read_rooms, read_sittings, read_walks
from summitry.workbook.reading.meetings import read_meetings
from summitry.workbook.reading.names import Names
from summitry.workbook.reading.people import (
    enter_interpreters,
    enter_people,
    read_engagements,
    read_interpreters,
    read_parties,
    read_people,
)
from summitry.workbook.reading.requests import read_requests
from summitry.workbook.reading.settings import Settings, read_settings


class Reading:
    """One reading of a workbook.

    Attributes
    ----------
    names : Names
        What the sheets call each other by.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.names = Names(book)

    def problem(self) -> Problem:
        """Read all sheets; what is wrong is noted among the book's faults."""
        names = self.names
        settings = read_settings(self.book)
        sittings = read_sittings(names)
        parties = read_parties(names)
        rooms = enter_rooms(names)
        people, interpreters = enter_people(names), enter_interpreters(names)
        read = read_rooms(names, rooms)
        walks = read_walks(names)
        taken, interpreting = read_engagements(names)
        team = read_interpreters(names, interpreters, interpreting)
        requests = read_requests(names, grid=settings.grid, sittings=sittings)
        baseline = self._baseline(settings)
        return Problem(
            timezone=settings.timezone,
            sittings=tuple(sittings),
            parties=tuple(parties),
            people=tuple(read_people(names, people, taken)),
            rooms=tuple(read),
            requests=tuple(requests),
            title=settings.title,
            grid_minutes=settings.grid,
            break_minutes=settings.breaks or settings.grid,
            turnaround_minutes=settings.turnaround,
            walks=tuple(walks),
            interpreters=tuple(team),
            limits=Limits(settings.spread),
            baseline=baseline,
            frozen_until=settings.frozen_until,
            objective=_objective(settings, repair=baseline is not None),
        )

    def _baseline(self, settings: Settings) -> tuple[Meeting, ...] | None:
        table = self.names.table(EARLIER_PLAN, "baseline.meetings")
        if settings.baseline is False or (settings.baseline is None and not table):
            return None
        if table is None:
            return ()
        names = self.names
        return tuple(
            read_meetings(
                table, names.requests, names.rooms, names.interpreters, frozen_until=settings.frozen_until
            )
        )


def _objective(settings: Settings, *, repair: bool) -> tuple[Aim, ...]:
    if settings.objective is None:
        return DEFAULT_REPAIR_OBJECTIVE if repair else DEFAULT_OBJECTIVE
    for aim in settings.objective:
        if aim in BASELINE_AIMS and not repair:
            message = (
                f"{AIMS[aim]} needs an earlier plan; give one in the sheet Earlier plan, or leave the aim out"
            )
            settings.rows["objective"].wrong("value", message)
    return settings.objective
