"""A file as rows of cells: a workbook or comma-separated values, read without trust."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from summitry.formats.sheets import FORMULA_STARTS
from summitry.formats.workbooks import NotAWorkbook, OpenedWorkbook, Value
from summitry.outcomes.exchange.columns import COLUMNS, ExchangeColumn, headings
from summitry.records import RefusedError
from summitry.world.rules.sorting import fold

LARGEST_FILE: Final = 10 * 1024 * 1024  # bytes
MOST_ROWS: Final = 5_000
_ARCHIVE: Final = b"PK\x03\x04"
_LONGEST_CELL: Final = 200_000  # characters
_FEWEST: Final = 2  # columns that make a heading row


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet that was found: its name, where its columns stand, and its rows by their numbers.

    Attributes
    ----------
    columns
        The column of each key, from 1.
    rows
        Number of the row, and its cells by column.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, Mapping[int, Value]]]


def read_grid(data: bytes, columns: Sequence[ExchangeColumn] = COLUMNS) -> Grid:
    """Read the first sheet that has the headings of `columns`.

    Raises
    ------
    RefusedError
        Where the file is none that can be read, or has no such sheet.
    """
    if len(data) > LARGEST_FILE:
        raise RefusedError(
            _("This file is larger than %(most)d MB: divide it.") % {"most": LARGEST_FILE // 1024 // 1024},
            field="file",
        )
    sheets = _workbook(data) if data.startswith(_ARCHIVE) else [("", _separated(data))]
    names = headings(columns)
    read = {column.key: column for column in columns if column.is_read}
    best: Grid | None = None
    for title, rows in sheets:
        if not rows:
            continue
        found = _columns(rows[0][1], names, read)
        if len(found) >= _FEWEST and (best is None or len(found) > len(best.columns)):
            best = Grid(title, found, rows[1:])
    if best is None:
        raise RefusedError(
            _("No sheet of this file has the expected headings in its first row: take the template."),
            field="file",
        )
    missing = [str(c.label) for c in read.values() if c.required and c.key not in best.columns]
    if missing:
        raise RefusedError(
            _("The columns %(names)s are missing.") % {"names": ", ".join(missing)}, field="file"
        )
    if len(best.rows) > MOST_ROWS:
        raise RefusedError(
            _("This file has more than %(most)d rows: divide it.") % {"most": MOST_ROWS}, field="file"
        )
    return best


def _columns(
    heads: Mapping[int, Value], names: Mapping[str, str], read: Mapping[str, ExchangeColumn]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, head in heads.items():
        key = names.get(fold(str(head).strip()))
        if key is None:
            continue
        if key in found and key in read:
            raise RefusedError(_("The column “%(name)s” stands there twice.") % {"name": head}, field="file")
        found[key] = number
    return found


def _workbook(data: bytes) -> list[tuple[str, list[tuple[int, Mapping[int, Value]]]]]:
    try:
        book = OpenedWorkbook(data)
        return [(title, [(row.number, row.cells) for row in book.read(title).rows]) for title in book.titles]
    except NotAWorkbook as error:
        raise RefusedError(_("This file %(why)s.") % {"why": error}, field="file") from error


def _separated(data: bytes) -> list[tuple[int, Mapping[int, Value]]]:
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(
            _("This is neither a workbook (.xlsx) nor text in UTF-8: save it as one of them."), field="file"
        ) from None
    first = written.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[tuple[int, Mapping[int, Value]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter), 1):
            kept: dict[int, Value] = {
                column: _unguarded(cell) for column, cell in enumerate(cells, 1) if cell.strip()
            }
            if kept:
                rows.append((number, kept))
    except csv.Error as error:
        raise RefusedError(_("This file is damaged (%(error)s).") % {"error": error}, field="file") from error
    return rows


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a text from being read as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
