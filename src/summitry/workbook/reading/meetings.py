"""Meetings that stand in a workbook: the earlier plan of a problem, or a plan by day."""

from __future__ import annotations

from datetime import datetime

from summitry.formats.workbooks import address
from summitry.planner import Meeting
from summitry.planner.wording import shown
from summitry.workbook.names import Register
from summitry.workbook.tables import Row, Table


def read_meetings(
    table: Table,
    requests: Register,
    rooms: Register,
    interpreters: Register,
    *,
    frozen_until: datetime | None,
) -> list[Meeting]:
    """Read meetings; of requests that are gone, what is written is taken as it is.

    Parameters
    ----------
    table
        The sheet.
    requests, rooms, interpreters
        What the meetings may name.
    frozen_until
        Meetings before it must be of a request that is there.
    """
    seen: dict[str, str] = {}
    found = []
    for row in table.rows():
        request = _one(row, "request", requests)
        if request is None:
            continue
        span = row.span()
        if request in seen:
            row.wrong("request", f"{shown(request)} is in {seen[request]} already; keep one")
        seen[request] = address(row.number, table.place("request"))
        gone = request not in requests.ids
        if gone and frozen_until is not None and span is not None and span[0] < frozen_until:
            message = f"there is no request {shown(request)}, but its meeting starts before the time frozen"
            row.wrong("request", f"{message}; keep the request, or take the meeting out")
        if row.value("room") is None:
            row.missing("room", "name the room")
        room = _one(row, "room", rooms) if gone else rooms.one(row, "room")
        team = (
            interpreters.loosely(row, "interpreters") if gone else interpreters.several(row, "interpreters")
        )
        if len(set(team)) < len(team):
            row.wrong("interpreters", "names an interpreter twice; keep one")
        if span is not None and room is not None:
            found.append(Meeting(request, *span, room, tuple(team)))
    return found


def _one(row: Row, key: str, register: Register) -> str | None:
    if row.value(key) is None:
        row.missing(key, f"name the {register.what}")
        return None
    named = register.loosely(row, key)
    if len(named) > 1:
        row.wrong(key, f"names {len(named)}; name one {register.what} here")
    return named[0] if named else None
