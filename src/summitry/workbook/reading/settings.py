"""The sheet of settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from summitry.formats.workbooks import Value, address
from summitry.planner import Aim, BadInput
from summitry.planner.documents.clock import Clock
from summitry.planner.wording import near, shown
from summitry.workbook.layout import AIMS, NO_AIMS, SETTINGS, SETTINGS_SHEET, heading_key
from summitry.workbook.reading.book import Book
from summitry.workbook.tables import Row
from summitry.workbook.texts import fold, read_items, read_text
from summitry.workbook.times import read_time
from summitry.workbook.values import Wrong, choose, read_flag, read_whole, read_word

DEFAULT_GRID = 5
_AIM_WORDS = {fold(word): aim for aim, name in AIMS.items() for word in (name, aim.value.replace("_", " "))}
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole event; ``None`` is not given."""

    timezone: str
    title: str | None
    grid: int
    breaks: int | None
    turnaround: int
    spread: int | None
    objective: tuple[Aim, ...] | None
    baseline: bool | None
    frozen_until: datetime | None
    rows: dict[str, Row]


def read_settings(book: Book) -> Settings:
    """Read the settings; the book's clock is then the event's."""
    rows = _rows(book)

    def read(key: str, reader: Callable[[Value], Found]) -> Found | None:
        return rows[key].read("value", reader) if key in rows else None

    timezone = read("timezone", lambda value: read_text(read_word(value))) or ""
    book.clock = _clock(book, rows, timezone)
    frozen_until = read("frozen_until", read_time)
    if frozen_until is not None:
        rows["frozen_until"].table.clock = book.clock
        rows["frozen_until"].time("value")
    return Settings(
        timezone=timezone,
        title=read("title", lambda value: read_text(read_word(value))),
        grid=read("grid_minutes", lambda value: read_whole(value, unit="minutes")) or _grid_otherwise(rows),
        breaks=read("break_minutes", lambda value: read_whole(value, unit="minutes")),
        turnaround=read("turnaround_minutes", lambda value: read_whole(value, unit="minutes", least=0)) or 0,
        spread=read("breaks_spread", lambda value: read_whole(value, least=0)),
        objective=read("objective", _objective),
        baseline=read("baseline", read_flag),
        frozen_until=frozen_until,
        rows=rows,
    )


def _grid_otherwise(rows: dict[str, Row]) -> int:
    """Return the grid where none could be read: one that every length fits, where one is given but wrong."""
    wrong = "grid_minutes" in rows and rows["grid_minutes"].value("value") is not None
    return 1 if wrong else DEFAULT_GRID


def _rows(book: Book) -> dict[str, Row]:
    table = book.table(SETTINGS_SHEET)
    keys = {heading_key(name): one.key for one in SETTINGS for name in (one.label, one.key, *one.aliases)}
    found: dict[str, Row] = {}
    for row in table.rows() if table is not None else ():
        label = row.text("setting")
        if label is None:
            row.missing("setting", "name the setting, or clear the value")
            continue
        key = keys.get(heading_key(label))
        if key is None:
            labels = [one.label for one in SETTINGS]
            hint = near(label, labels) or f"; the settings are {', '.join(labels)}"
            row.wrong("setting", f"there is no setting {shown(label)}{hint}")
        elif key in found:
            earlier = address(found[key].number, row.table.place("setting"))
            row.wrong("setting", f"the setting {shown(label)} is there already, in {earlier}; keep one")
        else:
            found[key] = row
    return found


def _clock(book: Book, rows: dict[str, Row], timezone: str) -> Clock | None:
    if timezone:
        try:
            return Clock(timezone)
        except BadInput as error:
            rows["timezone"].wrong("value", error.message)
    elif "timezone" not in rows:
        if book.has(SETTINGS_SHEET):
            book.faults.add(
                "has no row with the setting Time zone; add it, with a name like Europe/Warsaw",
                SETTINGS_SHEET.title,
            )
    elif rows["timezone"].value("value") is None:
        rows["timezone"].missing("value", "write the time zone, a name like Europe/Warsaw")
    return None


def _objective(value: Value) -> tuple[Aim, ...]:
    words = [item.text for item in read_items(read_word(value))]
    if [fold(word) for word in words] == [NO_AIMS]:
        return ()
    aims = [Aim(choose(word, _AIM_WORDS, list(AIMS.values()))) for word in words]
    for index, aim in enumerate(aims):
        if aim in aims[:index]:
            raise Wrong(f"{AIMS[aim]} is named twice; keep one")
    return tuple(aims)
