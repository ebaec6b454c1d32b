"""A plan as sheets: what came of it, who meets whom by day, delegation, room and interpreter, and what found no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from summitry.formats.sheets import CellValue, Sheet, SheetColumn, write_xlsx
from summitry.planner import Meeting, Plan, Problem, Request, Unscheduled
from summitry.planner.explain.words import LANGUAGES, day_and_time
from summitry.workbook.layout import BY_DAY
from summitry.workbook.summaries import summary
from summitry.workbook.writing import Writing

Rows = list[list[CellValue]]
_WHEN = (SheetColumn("Date", "date"), SheetColumn("Start", "time"), SheetColumn("End", "time"))


def write_plan(problem: Problem, plan: Plan) -> bytes:
    """Write a plan as a workbook.

    Parameters
    ----------
    problem
        The problem it answers.
    plan
        The plan.

    Returns
    -------
    bytes
        With the sheets Summary, By day, By delegation, By room, By interpreter (where there are interpreters) and Unplanned.
    """
    sheets = _Sheets(problem, plan)
    found = [summary(problem, plan), sheets.by_day(), sheets.by_delegation(), sheets.by_room()]
    if problem.interpreters:
        found.append(sheets.by_interpreter())
    return write_xlsx([*found, sheets.unplanned()])


class _Sheets:
    """The sheets of one plan."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.written = Writing(problem)
        self.requests = {request.id: request for request in problem.requests}
        self.earlier = {held.request: held for held in problem.baseline or ()}
        self.parties = {party.id: party.name for party in problem.parties}
        self.people = {person.id: person.name or person.id for person in problem.people}
        self.party_of = {person.id: person.party for person in problem.people}
        self.rooms = {room.id: room.name or room.id for room in problem.rooms}
        self.interpreters = {one.id: one.name or one.id for one in problem.interpreters}
        self.meetings = sorted(plan.meetings, key=lambda held: (held.start, held.end, self.rooms[held.room]))

    def by_day(self) -> Sheet:
        """List the meetings by their times; this sheet can be read again as an earlier plan."""
        rows = []
        for held in self.meetings:
            request = self.requests[held.request]
            row: list[CellValue] = [
                *_when(held),
                self.written.rooms.reference(held.room),
                self._delegations(request),
                self._people(request.people),
                _languages(request),
                self.written.interpreters.references(held.interpreters),
                self.written.requests.reference(held.request),
                request.minutes,
                request.weight,
            ]
            rows.append([*row, self._change(held)] if self.earlier else row)
        columns = [
            *_WHEN,
            SheetColumn("Room"),
            SheetColumn("Delegations"),
            SheetColumn("People"),
            SheetColumn("Languages"),
            SheetColumn("Interpreters"),
            SheetColumn("Request"),
            SheetColumn("Minutes", "number"),
            SheetColumn("Weight", "number"),
        ]
        return Sheet(BY_DAY.title, [*columns, SheetColumn("Change")] if self.earlier else columns, rows)

    def by_delegation(self) -> Sheet:
        """List each delegation's meetings; one that asked and has none is said to have none."""
        held_by: dict[str, list[Meeting]] = {}
        for held in self.meetings:
            for name in self.requests[held.request].parties:
                held_by.setdefault(name, []).append(held)
        asking = {name for request in self.problem.requests for name in request.parties}
        rows: Rows = []
        for party in self.problem.parties:
            rows += [self._of_delegation(party.id, held) for held in held_by.get(party.id, ())]
            if party.id in asking and party.id not in held_by:
                rows.append([party.name, None, None, None, None, "no meeting", None, None, None, None])
        columns = [
            SheetColumn("Delegation"),
            *_WHEN,
            SheetColumn("Room"),
            SheetColumn("With"),
            SheetColumn("Its people"),
            SheetColumn("Others"),
            SheetColumn("Languages"),
            SheetColumn("Request"),
        ]
        return Sheet("By delegation", columns, rows)

    def by_room(self) -> Sheet:
        """List each room's meetings."""
        rows: Rows = []
        of_room: dict[str, list[Meeting]] = {}
        for held in self.meetings:
            of_room.setdefault(held.room, []).append(held)
        for room in self.problem.rooms:
            for held in of_room.get(room.id, ()):
                request = self.requests[held.request]
                rows.append(
                    [
                        self.rooms[room.id],
                        *_when(held),
                        self._delegations(request),
                        self._people(request.people),
                        len(request.people),
                        self._team(held),
                        held.request,
                    ]
                )
        columns = [
            SheetColumn("Room"),
            *_WHEN,
            SheetColumn("Delegations"),
            SheetColumn("People"),
            SheetColumn("How many", "number"),
            SheetColumn("Interpreters"),
            SheetColumn("Request"),
        ]
        return Sheet("By room", columns, rows)

    def by_interpreter(self) -> Sheet:
        """List each interpreter's meetings."""
        of_interpreter: dict[str, list[Meeting]] = {}
        for held in self.meetings:
            for one in held.interpreters:
                of_interpreter.setdefault(one, []).append(held)
        rows: Rows = [
            [
                self.interpreters[one.id],
                *_when(held),
                self.rooms[held.room],
                _languages(self.requests[held.request]),
                self._delegations(self.requests[held.request]),
                held.request,
            ]
            for one in self.problem.interpreters
            for held in of_interpreter.get(one.id, ())
        ]
        columns = [
            SheetColumn("Interpreter"),
            *_WHEN,
            SheetColumn("Room"),
            SheetColumn("Languages"),
            SheetColumn("Delegations"),
            SheetColumn("Request"),
        ]
        return Sheet("By interpreter", columns, rows)

    def unplanned(self) -> Sheet:
        """List what found no place, with the reason and what would help."""
        columns = [
            SheetColumn("Request"),
            SheetColumn("Delegations", width=26),
            SheetColumn("People", width=26),
            SheetColumn("Minutes", "number"),
            SheetColumn("Weight", "number"),
            SheetColumn("Must be held"),
            SheetColumn("Why not", width=42),
            SheetColumn("What stands in the way", width=42),
            SheetColumn("What would help", width=42),
        ]
        rows = [list(self._unplanned(one)) for one in self.plan.unscheduled]
        if self.earlier:
            columns.insert(6, SheetColumn("Was to be", width=24))
            for row, one in zip(rows, self.plan.unscheduled, strict=True):
                held = self.earlier.get(one.request)
                row.insert(6, None if held is None else self._place(held))
        return Sheet("Unplanned", columns, rows)

    def _unplanned(self, one: Unscheduled) -> Iterator[CellValue]:
        request = self.requests[one.request]
        yield one.request
        yield self._delegations(request)
        yield self._people(request.people)
        yield request.minutes
        yield request.weight
        yield "yes" if request.must else None
        yield one.reason
        yield _lines(blocker.detail or f"{blocker.kind} {blocker.id}" for blocker in one.blockers)
        yield _lines(remedy.text for remedy in one.remedies)

    def _of_delegation(self, party: str, held: Meeting) -> list[CellValue]:
        request = self.requests[held.request]
        return [
            self.parties[party],
            *_when(held),
            self.rooms[held.room],
            " – ".join(self.parties[other] for other in request.parties if other != party),
            self._people(person for person in request.people if self.party_of[person] == party),
            self._people(person for person in request.people if self.party_of[person] != party),
            _languages(request),
            held.request,
        ]

    def _delegations(self, request: Request) -> str:
        return " – ".join(self.parties[party] for party in request.parties)

    def _people(self, people: Iterable[str]) -> str | None:
        return "; ".join(self.people[person] for person in people) or None

    def _team(self, held: Meeting) -> str | None:
        return "; ".join(self.interpreters[one] for one in held.interpreters) or None

    def _place(self, held: Meeting) -> str:
        return f"{day_and_time(held.start)}, {self.rooms.get(held.room, held.room)}"

    def _change(self, held: Meeting) -> str | None:
        """Say what is other than people have been told."""
        earlier = self.earlier.get(held.request)
        if earlier is None:
            return "new"
        changes = []
        if earlier.start != held.start:
            changes.append(f"was {day_and_time(earlier.start)}")
        if earlier.room != held.room:
            changes.append(f"was in {self.rooms.get(earlier.room, earlier.room)}")
        if set(earlier.interpreters) != set(held.interpreters):
            changes.append("other interpreters")
        return "; ".join(changes) or None


def _when(held: Meeting) -> tuple[date, time, time | datetime]:
    """Return date, start and end; an end on another day has its date."""
    day = held.start.date()
    return day, held.start.time(), held.end.time() if held.end.date() == day else held.end


def _languages(request: Request) -> str | None:
    return "; ".join(LANGUAGES.get(code, code) for code in request.languages or ()) or None


def _lines(texts: Iterable[str]) -> str | None:
    """Give several texts a number and a line each."""
    found = list(texts)
    if len(found) < 2:  # noqa: PLR2004 - one needs no number
        return "".join(found) or None
    return "\n".join(f"{number}. {text}" for number, text in enumerate(found, 1))
