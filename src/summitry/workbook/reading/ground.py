"""When and where: sittings, rooms and what closes them, walks."""

from __future__ import annotations

from itertools import pairwise

from summitry.formats.workbooks import address
from summitry.planner import Room, Sitting, Span, Walk
from summitry.planner.wording import clock as written
from summitry.planner.wording import shown
from summitry.workbook.layout import CLOSURES, ROOMS, SITTINGS, WALKS
from summitry.workbook.reading.names import Entered, Names, word, words
from summitry.workbook.tables import Row


def read_sittings(names: Names) -> list[Sitting]:
    """Read the sittings."""
    found: list[tuple[Sitting, Row]] = []
    for row, id_, _ in names.enter(SITTINGS, names.sittings, "sittings", prefix="s"):
        span = row.span()
        if span is not None:
            found.append((Sitting(id_, *span), row))
    names.require_some(SITTINGS, names.sittings)
    for (before, _), (after, row) in pairwise(sorted(found, key=lambda one: (one[0].start, one[0].end))):
        if after.start < before.end:
            message = (
                f"{written(after.start)} is before sitting {shown(before.id)} ends, {written(before.end)}"
            )
            row.wrong("start", f"{message}; sittings may touch but not overlap")
    return [sitting for sitting, _ in found]


def enter_rooms(names: Names) -> list[Entered]:
    """Enter the rooms, so that others may name them."""
    entered = names.enter(ROOMS, names.rooms, "rooms")
    names.require_some(ROOMS, names.rooms)
    return entered


def read_rooms(names: Names, entered: list[Entered]) -> list[Room]:
    """Read the rooms and what closes them."""
    closed = _closures(names)
    return [
        Room(
            id=id_,
            name=name,
            seats=row.whole("seats", unit="seats"),
            zone=word(row, "zone", names.zones),
            features=frozenset(words(row, "features", names.features)),
            closed=tuple(closed.get(id_, ())),
            turnaround_minutes=row.whole("turnaround_minutes", unit="minutes", least=0),
            party=names.parties.one(row, "party"),
        )
        for row, id_, name in entered
    ]


def _closures(names: Names) -> dict[str, list[Span]]:
    table = names.book.table(CLOSURES)
    closed: dict[str, list[Span]] = {}
    for row in table.rows() if table is not None else ():
        if row.value("room") is None:
            row.missing("room", "name the room")
        ids, span, label = names.rooms.several(row, "room"), row.span(), row.text("label")
        if span is not None:
            for id_ in ids:
                closed.setdefault(id_, []).append(Span(*span, label))
    return closed


def read_walks(names: Names) -> list[Walk]:
    """Read the walking times."""
    table = names.table(WALKS, "walks")
    seen: dict[frozenset[str], str] = {}
    walks = []
    for row in table.rows() if table is not None else ():
        walk = _walk(names, row)
        if walk is None:
            continue
        pair = frozenset((walk.from_zone, walk.to_zone))
        if len(pair) == 1 and walk.minutes:
            row.wrong("to", "is the same zone: within one there is no walk; name another")
        elif pair in seen:
            row.wrong("from", f"the walk between the two is in {seen[pair]} already; it counts both ways")
        seen.setdefault(pair, address(row.number, row.table.place("from")))
        walks.append(walk)
    return walks


def _walk(names: Names, row: Row) -> Walk | None:
    for key, wanted in (("from", "name a zone"), ("to", "name a zone"), ("minutes", "write the minutes")):
        if row.value(key) is None:
            row.missing(key, wanted)
    one, other = word(row, "from", names.zones), word(row, "to", names.zones)
    minutes = row.whole("minutes", unit="minutes", least=0)
    return None if one is None or other is None or minutes is None else Walk(one, other, minutes)
