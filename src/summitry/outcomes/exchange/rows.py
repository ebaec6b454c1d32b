"""A row of a file that is read in: its cells asked for by their keys, and what is wrong with which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from summitry.formats.workbooks import Value, address
from summitry.outcomes.exchange import cells
from summitry.outcomes.exchange.cells import Wrong


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell, or with a row, and the mend."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        return f"{where}: {self.message}"


class Row:
    """A row, its cells asked for by their keys, and the faults found in it."""

    def __init__(
        self,
        sheet: str,
        number: int,
        columns: Mapping[str, int],
        values: Mapping[int, Value],
        faults: list[CellFault],
    ) -> None:
        self.number = number
        self._sheet = sheet
        self._columns = columns
        self._values = values
        self._faults = faults
        self.is_bad = False

    @property
    def columns(self) -> Collection[str]:
        """Keys of the columns that the file has."""
        return self._columns.keys()

    def value(self, key: str) -> Value | None:
        """Return what stands in a cell."""
        return self._values.get(self._columns.get(key, 0))

    def read(self, key: str, reader: Callable[[Value | None], Any], otherwise: Any = None) -> Any:
        """Read a cell; where it cannot be, note it."""
        try:
            return reader(self.value(key))
        except Wrong as wrong:
            self.fault(key, str(wrong))
            return otherwise

    def fault(self, key: str, message: str) -> None:
        """Note what is wrong with a cell; without that column, with the row."""
        column = self._columns.get(key)
        cell = address(self.number, column) if column else _("row %(number)d") % {"number": self.number}
        self._faults.append(CellFault(self._sheet, cell, message))
        self.is_bad = True


def required(read: Callable[[str], Any]) -> Callable[[Value | None], Any]:
    """Return a reader of a cell that has to be filled in."""

    def reader(value: Value | None) -> Any:
        written = cells.text(value)
        if not written:
            raise Wrong(_("is empty: it has to be filled in"))
        return read(written)

    return reader


def optional(read: Callable[[str], Any]) -> Callable[[Value | None], Any]:
    """Return a reader of a cell that may be empty."""

    def reader(value: Value | None) -> Any:
        written = cells.text(value)
        return read(written) if written else None

    return reader
