"""What is wrong in a workbook: every cell that has to be mended, in one error."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.formats.workbooks import address
from summitry.planner import BadInput

MOST_FAULTS = 200  # nobody mends more at once


class BadCells(BadInput):
    """Cells of a workbook that cannot be read.

    Attributes
    ----------
    faults : tuple of BadInput
        One for each cell, in the order of the workbook; each names sheet, cell and mend.
    complete : bool
        Whether these are all; reading ends after two hundred.
    """

    def __init__(self, faults: Sequence[BadInput], *, complete: bool) -> None:
        first = faults[0]
        super().__init__(first.message, first.place, first.name)
        self.faults = tuple(faults)
        self.complete = complete

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults]
        if not self.complete:
            lines.append(str(BadInput("and more; mend these first", name=self.name)))
        return "\n".join(lines)

    def named(self, name: str) -> BadCells:
        """Return the same error for a named file."""
        return BadCells([fault.named(name) for fault in self.faults], complete=self.complete)


class TooManyFaults(Exception):  # noqa: N818 - ends a reading; the faults are the error
    """Enough was found."""


class Faults:
    """Collects what is wrong.

    Parameters
    ----------
    name
        What messages call the file.
    titles
        The sheets in their order.
    """

    def __init__(self, name: str, titles: Sequence[str]) -> None:
        self._name = name
        self._order = {title: index for index, title in enumerate(titles)}
        self._found: dict[tuple[int, int, int], BadInput] = {}
        self._complete = True

    def add(self, message: str, sheet: str = "", row: int = 0, column: int = 0) -> None:
        """Note a fault of a cell, or of what is larger; a cell's first fault is its only one.

        Raises
        ------
        TooManyFaults
            If there are enough.
        """
        place = f"sheet {sheet}" if sheet else ""
        if row:
            place += f", cell {address(row, column)}" if column else f", row {row}"
        where = (self._order.get(sheet, -1), row, column)
        if row == 0:
            while where in self._found:
                where = (where[0], 0, where[2] + 1)
        elif where in self._found:
            return
        if len(self._found) >= MOST_FAULTS:
            self._complete = False
            raise TooManyFaults
        self._found[where] = BadInput(message, place, self._name)

    def require_none(self) -> None:
        """Refuse the workbook if anything was noted.

        Raises
        ------
        BadCells
            With everything that was noted.
        """
        if self._found:
            raise BadCells([self._found[where] for where in sorted(self._found)], complete=self._complete)
