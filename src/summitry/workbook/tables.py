"""A sheet of a workbook as rows of named cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from summitry.formats.workbooks import Contents, Value, address, corners
from summitry.formats.workbooks import Row as SheetRow
from summitry.planner import BadInput
from summitry.planner.documents.clock import Clock
from summitry.planner.wording import clock as written
from summitry.planner.wording import near, shown
from summitry.workbook.faults import Faults
from summitry.workbook.layout import SheetLayout, heading_key, passed_over
from summitry.workbook.texts import Item, read_items, read_text
from summitry.workbook.times import on_day, read_date, read_point, read_time, read_window
from summitry.workbook.values import MOST, Wrong, read_flag, read_whole, read_word, require_readable

_HEADINGS_WITHIN = 20  # rows from the top; above them may stand a title
Found = TypeVar("Found")


def _blank(value: Value | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class Table:
    """The rows of a sheet below its headings.

    Parameters
    ----------
    layout
        What the sheet should hold.
    title
        What the workbook calls it.
    contents
        What stands in it.
    faults
        Where faults are noted.

    Attributes
    ----------
    columns : dict of str to int
        The columns by their keys.
    """

    def __init__(self, layout: SheetLayout, title: str, contents: Contents, faults: Faults) -> None:
        self.layout = layout
        self.title = title
        self.faults = faults
        self.clock: Clock | None = None
        self.columns: dict[str, int] = {}
        heading = self._heading_row(contents)
        if heading is None:
            wanted = [column.label for column in layout.columns if column.required] or [
                layout.columns[0].label
            ]
            if contents.rows or layout.required:
                faults.add(f"has no row of headings; it needs the columns {', '.join(wanted)}", title)
            self._rows: list[SheetRow] = []
            return
        self._read_headings(heading)
        known = frozenset(self.columns.values())
        self._rows = []
        for row in contents.rows:
            if row.number > heading.number:
                used = [column for column, value in row.cells.items() if not _blank(value)]
                if not known.isdisjoint(used):
                    self._rows.append(row)
                self._refuse_unheaded(heading, row, used)
        self._refuse_merged(heading, contents.merged)

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> Iterator[Row]:
        """Walk over the rows in which something is filled in."""
        for row in self._rows:
            yield Row(self, row)

    def place(self, key: str) -> int:
        """Return the number of a column, or of the first where the sheet has none of that key."""
        return self.columns.get(key) or min(self.columns.values(), default=1)

    def _heading_row(self, contents: Contents) -> SheetRow | None:
        """Find the row near the top that has the most headings: two of them, or nothing else."""
        known = self.layout.keys()
        best, most = None, 0
        for row in contents.rows[:_HEADINGS_WITHIN]:
            filled = [str(value) for value in row.cells.values() if not _blank(value)]
            hits = len({known[key] for text in filled if (key := heading_key(text)) in known})
            others = sum(heading_key(text) not in known and not passed_over(text) for text in filled)
            if hits > most and (hits > 1 or not others):
                best, most = row, hits
        return best

    def _read_headings(self, heading: SheetRow) -> None:
        known = self.layout.keys()
        ignored = {heading_key(label) for label in self.layout.ignored}
        for column, value in sorted(heading.cells.items()):
            text = str(value)
            key = known.get(heading_key(text))
            if _blank(value) or passed_over(text) or (key is None and heading_key(text) in ignored):
                continue
            if key is None:
                labels = [one.label for one in self.layout.columns]
                hint = near(text, labels) or "; begin its heading with Note to have it passed over"
                self.faults.add(
                    f"there is no column {shown(text)} in this sheet{hint}",
                    self.title,
                    heading.number,
                    column,
                )
            elif key in self.columns:
                earlier = address(heading.number, self.columns[key])
                message = f"the column {shown(text)} is there already, in {earlier}; keep one"
                self.faults.add(message, self.title, heading.number, column)
            else:
                self.columns[key] = column
        for one in self.layout.columns:
            if one.required and one.key not in self.columns:
                self.faults.add(
                    f"has no column {shown(one.label)}; add it to the headings in row {heading.number}",
                    self.title,
                )

    def _refuse_unheaded(self, heading: SheetRow, row: SheetRow, used: list[int]) -> None:
        for column in used:
            if _blank(heading.cells.get(column)):
                message = "stands in a column without a heading; clear it, or give the column a heading that begins with Note"
                self.faults.add(message, self.title, row.number, column)

    def _refuse_merged(self, heading: SheetRow, merged: tuple[str, ...]) -> None:
        known = set(self.columns.values())
        for cells in merged:
            top, left, bottom, right = corners(cells)
            if bottom > heading.number and not known.isdisjoint(range(left, right + 1)):
                message = f"{cells} is merged; unmerge it and write the value into each cell"
                self.faults.add(message, self.title, max(top, heading.number), left)


class Row:
    """One row of a table, asked for its cells by their keys.

    What cannot be read is noted as a fault and returned as nothing; ``faulty`` are the keys of such cells.
    """

    __slots__ = ("_cells", "faulty", "number", "table")

    def __init__(self, table: Table, row: SheetRow) -> None:
        self.table = table
        self.number = row.number
        self.faulty: set[str] = set()
        self._cells: Mapping[int, Value] = row.cells

    def value(self, key: str) -> Value | None:
        """Return what stands in a cell, if anything."""
        column = self.table.columns.get(key)
        if column is None:
            return None
        value = self._cells.get(column)
        return None if value is None or _blank(value) else value

    def wrong(self, key: str, message: str) -> None:
        """Note a fault of a cell."""
        self.faulty.add(key)
        self.table.faults.add(message, self.table.title, self.number, self.table.place(key))

    def missing(self, key: str, why: str) -> None:
        """Note that a cell should not be empty, unless its whole column is missing, which is said once."""
        if key in self.table.columns or not self.table.layout.column(key).required:
            self.wrong(key, f"is empty; {why}")

    def read(self, key: str, reader: Callable[[Value], Found]) -> Found | None:
        """Read a cell, if it is filled in."""
        value = self.value(key)
        if value is None:
            return None
        try:
            require_readable(value)
            return reader(value)
        except Wrong as error:
            self.wrong(key, str(error))
        return None

    def text(self, key: str) -> str | None:
        """Read a text."""
        return self.read(key, lambda value: read_text(read_word(value)))

    def items(self, key: str) -> tuple[Item, ...]:
        """Read the texts of a cell."""
        return self.read(key, lambda value: read_items(read_word(value))) or ()

    def whole(self, key: str, *, unit: str = "", least: int = 1, most: int = MOST) -> int | None:
        """Read a whole number."""
        return self.read(key, partial(read_whole, unit=unit, least=least, most=most))

    def flag(self, key: str) -> bool | None:
        """Read yes or no."""
        return self.read(key, read_flag)

    def time(self, key: str) -> datetime | None:
        """Read a date with a time that clocks show once."""
        found = self.read(key, read_time)
        if found is not None:
            self._require_shown_once(key, found)
        return found

    def _require_shown_once(self, key: str, *times: datetime) -> None:
        """Refuse times that clocks skip or show twice."""
        if self.table.clock is None:
            return
        for time in times:
            try:
                self.table.clock.require_shown_once(time, "")
            except BadInput as error:
                self.wrong(key, error.message)

    def windows(self, key: str) -> list[tuple[datetime, datetime]]:
        """Read stretches of time, several in a cell."""
        found = self.read(
            key, lambda value: [read_window(item.text) for item in read_items(read_word(value))]
        )
        for window in found or ():
            self._require_shown_once(key, *window)
        return found or []

    def span(self) -> tuple[datetime, datetime] | None:
        """Read date, start and end."""
        day = self.read("date", read_date)
        start, end = self.read("start", read_point), self.read("end", read_point)
        for key in ("start", "end"):
            if self.value(key) is None:
                self.missing(key, "write a time like 09:30, or a date and a time")
        if start is None or end is None:
            return None
        if isinstance(start, timedelta):
            if day is None:
                if self.value("date") is None:
                    self.wrong(
                        "date" if "date" in self.table.columns else "start", "has no date; give the day"
                    )
                return None
            start = on_day(day, start)
        elif day is not None and day != start.date():
            self.wrong("date", f"is another day than Start, {written(start)}; keep one of them")
            return None
        if isinstance(end, timedelta):
            end = on_day(start.date(), end)
        if end <= start:
            self.wrong("end", f"{written(end)} is not after the start, {written(start)}")
            return None
        self._require_shown_once("start", start)
        self._require_shown_once("end", end)
        return start, end
