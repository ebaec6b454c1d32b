"""Sheets and their cells, out of the parts of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from summitry.formats.workbooks.package import NotAWorkbook, Package, damage_named
from summitry.formats.workbooks.places import column_of
from summitry.formats.workbooks.values import (
    Moment,
    Unreadable,
    Value,
    date_styles,
    days_of,
    number_of,
    text_of,
    unescaped,
)

MOST_CELLS: Final = 5_000_000
_DAYS_TO_1904: Final = 1462
_DAYS_TO_10000: Final = 2_958_466


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that hold something, by the number of their column (from 1)."""

    number: int
    cells: Mapping[int, Value]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a sheet.

    Attributes
    ----------
    rows : tuple of Row
        Those that hold something, from the top; hidden ones too.
    merged : tuple of str
        Ranges of cells that were merged, such as ``B4:B6``.
    """

    rows: tuple[Row, ...]
    merged: tuple[str, ...]


class OpenedWorkbook:
    """A workbook whose sheets are read when they are asked for.

    Parameters
    ----------
    data
        The file.

    Attributes
    ----------
    titles : tuple of str
        Its sheets, in their order, hidden ones too; charts are none.

    Raises
    ------
    NotAWorkbook
        If it is something else, damaged, protected by a password, or larger than any event needs.
    """

    def __init__(self, data: bytes) -> None:
        self._cells_left = MOST_CELLS
        with damage_named():
            self._package = Package(data)
            part = self._package.book()
            self._related = self._package.relations(part)
            book = self._package.tree(part)
            settings = book.find("{*}workbookPr")
            self._from_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
            self._sheets = dict(self._found(sheet) for sheet in book.iterfind("{*}sheets/{*}sheet"))
            styles = self._part("/styles")
            self._dates = frozenset() if styles is None else date_styles(self._package.tree(styles))
        self.titles = tuple(title for title, (kind, _) in self._sheets.items() if kind.endswith("/worksheet"))

    def read(self, title: str) -> Contents:
        """Read one sheet.

        Raises
        ------
        NotAWorkbook
            If it is damaged or too large.
        """
        rows: list[Row] = []
        merged: list[str] = []
        with damage_named():
            number = 0
            for element in self._package.elements(self._sheets[title][1], "{*}row", "{*}mergeCell"):
                if str(element.tag).endswith("mergeCell"):
                    merged.append(element.get("ref", ""))
                    continue
                number = int(element.get("r") or number + 1)
                cells = self._cells(element)
                if cells:
                    rows.append(Row(number, cells))
        return Contents(tuple(rows), tuple(merged))

    def _found(self, sheet: etree._Element) -> tuple[str, tuple[str, str]]:
        for key, name in sheet.attrib.items():
            if str(key).endswith("}id"):
                return unescaped(sheet.get("name", "")), self._related[str(name)]
        raise ValueError("a sheet has no part")

    def _part(self, kind: str) -> str | None:
        return next((target for found, target in self._related.values() if found.endswith(kind)), None)

    @cached_property
    def _strings(self) -> list[str]:
        """The texts that cells name by their number."""
        part = self._part("/sharedStrings")
        if part is None:
            return []
        found = self._package.elements(part, "{*}si")
        return [text_of(element, str(element.tag)[: -len("si")]) for element in found]

    def _cells(self, row: etree._Element) -> dict[int, Value]:
        self._cells_left -= len(row)
        if self._cells_left < 0:
            raise NotAWorkbook(
                f"has more than {MOST_CELLS:,} cells, more than any event; is it the right file?"
            )
        found: dict[int, Value] = {}
        column = 0
        space = str(row.tag)[: -len("row")]
        for cell in row:
            reference = cell.get("r")
            column = column + 1 if reference is None else column_of(reference)
            if len(cell):
                value = self._value(cell, space)
                if value is not None and value != "":
                    found[column] = value
        return found

    def _value(self, cell: etree._Element, space: str) -> Value | None:
        kind = cell.get("t", "n")
        children = {child.tag: child for child in cell}
        if kind == "inlineStr":
            inline = children.get(f"{space}is")
            return None if inline is None else text_of(inline, space)
        value = children.get(f"{space}v")
        if value is not None and value.text:
            return self._typed(kind, value.text, cell.get("s", ""))
        return Unreadable() if kind != "str" and f"{space}f" in children else None

    def _typed(self, kind: str, text: str, style: str) -> Value:
        if kind in _OTHER_KINDS:
            return _OTHER_KINDS[kind](text)
        if kind == "s":
            return self._strings[int(text)]
        number = number_of(text)
        if style not in self._dates:
            return number
        return _moment(number + _DAYS_TO_1904 if self._from_1904 and number > 1 else number)


def _moment(days: float) -> Moment | Unreadable:
    return Moment(days) if 0 <= days < _DAYS_TO_10000 else Unreadable("#######")


_OTHER_KINDS: Final[Mapping[str, Callable[[str], Value]]] = {
    "str": unescaped,
    "b": lambda text: text.strip() in {"1", "true"},
    "e": Unreadable,
    "d": lambda text: _moment(days_of(text)),
}
