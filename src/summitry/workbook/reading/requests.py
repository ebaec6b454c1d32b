"""The meetings asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from summitry.planner import Fixed, Request, Sitting, Span
from summitry.planner.wording import clock as written
from summitry.planner.wording import shown
from summitry.workbook.layout import REQUESTS
from summitry.workbook.reading.names import Names, language_words, require_distinct, words
from summitry.workbook.tables import Row

MOST_WEIGHT = 1_000_000
_PARTIES = ("party_1", "party_2", "parties")
_PEOPLE = ("person_1", "person_2", "people")
_LANGUAGES = ("language_1", "language_2")
_PAIR = 2


def read_requests(names: Names, *, grid: int, sittings: list[Sitting]) -> list[Request]:
    """Read the requests."""
    entered = names.enter(REQUESTS, names.requests, "requests", prefix="r")
    return [_request(names, row, id_, grid, sittings) for row, id_, _ in entered]


def _request(names: Names, row: Row, id_: str, grid: int, sittings: list[Sitting]) -> Request:
    parties = require_distinct(row, _PARTIES, names.parties)
    people = require_distinct(row, _PEOPLE, names.people)
    _require_some(row, _PARTIES, len(parties), _PAIR, "a meeting needs two delegations; name another")
    _require_some(row, _PEOPLE, len(people), 1, "a meeting needs somebody who must be there; name a person")
    languages = _languages(names, row)
    interpreters = row.whole("interpreters", unit="interpreters")
    if interpreters is not None and languages is None and row.faulty.isdisjoint(_LANGUAGES):
        row.wrong("interpreters", "needs two languages; name them, or clear this cell")
    return Request(
        id=id_,
        parties=parties,
        people=people,
        minutes=_minutes(row, grid),
        weight=row.whole("weight", most=MOST_WEIGHT) or 1,
        must=row.flag("must") or False,
        seats=row.whole("seats", unit="seats"),
        features=frozenset(words(row, "features", names.features)),
        rooms=require_distinct(row, ("rooms",), names.rooms),
        sittings=require_distinct(row, ("sittings",), names.sittings),
        windows=tuple(Span(*window) for window in row.windows("windows")),
        languages=languages,
        interpreters=interpreters or 1 if languages else 0,
        after=require_distinct(row, ("after",), names.requests),
        fixed=_fixed(names, row, grid, sittings),
    )


def _require_some(row: Row, keys: tuple[str, ...], found: int, least: int, message: str) -> None:
    """Note that too few are named, in the first cell that could name one more."""
    if found >= least or not row.faulty.isdisjoint(keys):
        return
    present = [key for key in keys if key in row.table.columns]
    empty = [key for key in present if row.value(key) is None]
    if present and (empty or found):
        row.wrong((empty or present)[0], message)
    elif not present:
        label = row.table.layout.column(keys[0]).label
        row.table.faults.add(f"has no column {shown(label)}; {message}", row.table.title)


def _minutes(row: Row, grid: int) -> int:
    minutes = row.whole("minutes", unit="minutes")
    if row.value("minutes") is None:
        row.missing("minutes", "write how long the meeting lasts")
    elif minutes is not None and minutes % grid:
        down = minutes - minutes % grid
        choice = f"{down} or {down + grid}" if down else str(grid)
        row.wrong("minutes", f"{minutes} is no multiple of the grid, {grid} minutes; write {choice}")
    return minutes or grid


def _languages(names: Names, row: Row) -> tuple[str, str] | None:
    found = [language for key in _LANGUAGES for language in language_words(row, key, names.languages)]
    filled = [key for key in _LANGUAGES if row.value(key) is not None]
    if not filled or not row.faulty.isdisjoint(_LANGUAGES):
        return None
    if len(found) == _PAIR and found[0] != found[1]:
        return found[0], found[1]
    if found and (len(found) < _PAIR or len(found) == len(filled)):
        same = len(found) == _PAIR
        present = [key for key in _LANGUAGES if key in row.table.columns]
        empty = [key for key in present if row.value(key) is None]
        message = "is the same language again; name another" if same else "name the other language as well"
        row.wrong(filled[-1] if same or not empty else empty[0], message)
    elif found:
        row.wrong(filled[-1], "there are more than two languages; a meeting is interpreted between two")
    return None


def _fixed(names: Names, row: Row, grid: int, sittings: list[Sitting]) -> Fixed | None:
    start = row.time("fixed_start")
    room = names.rooms.one(row, "fixed_room")
    if row.value("fixed_room") is not None and row.value("fixed_start") is None:
        row.wrong(
            "fixed_start" if "fixed_start" in row.table.columns else "fixed_room",
            "has no fixed start; give the start, or name the room under Rooms",
        )
    if start is None:
        return None
    _require_on_grid(row, start, grid, sittings)
    return Fixed(start, room)


def _require_on_grid(row: Row, start: datetime, grid: int, sittings: list[Sitting]) -> None:
    for sitting in sittings:
        if sitting.start <= start < sitting.end and (start - sitting.start) % timedelta(minutes=grid):
            message = f"{written(start)} is off the grid: sitting {shown(sitting.id)} starts at {written(sitting.start)}"
            row.wrong("fixed_start", f"{message} and meetings start every {grid} minutes")
