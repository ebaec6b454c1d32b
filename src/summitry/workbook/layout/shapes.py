"""What a sheet is made of: columns with headings that people know, or settings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitry.formats.forms import Choices, ColumnKind
from summitry.workbook.texts import fold

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def heading_key(text: str) -> str:
    """Return a heading as it is compared: without case, blanks, brackets and marks."""
    return fold(_IN_BRACKETS.sub(" ", text).replace("_", " ")).strip(" *:.")


def passed_over(text: str) -> bool:
    """Say whether a heading or the title of a sheet marks something as the desk's own."""
    return fold(text).startswith(("note", "remark"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    key : str
        What the code calls it.
    label, note : str
        Its heading, and what to write there.
    kind, width, choices, least
        As :class:`~summitry.formats.forms.FormColumn` has them.
    required : bool
        Whether the sheet must have it.
    aliases : tuple of str
        Other headings that mean the same.
    """

    key: str
    label: str
    note: str
    kind: ColumnKind = "text"
    width: float = 16
    required: bool = False
    choices: Choices | None = None
    least: int = 1
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet: what it is for, and its columns.

    Attributes
    ----------
    title, note : str
        Its name, and what it holds.
    columns : tuple of Column
        In their order.
    required : bool
        Whether the workbook must have it.
    aliases, ignored : tuple of str
        Other names of the sheet; headings that may stand in it and are not read.
    frozen : int
        How many columns stay when one scrolls to the side.
    """

    title: str
    note: str
    columns: tuple[Column, ...]
    required: bool = False
    aliases: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    frozen: int = 1

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)

    def position(self, key: str) -> int:
        """Return the number of a column as the template has it, from 1."""
        return 1 + next(index for index, column in enumerate(self.columns) if column.key == key)

    def keys(self) -> dict[str, str]:
        """Return the columns' keys by their headings, as `heading_key` writes them."""
        return {
            heading_key(heading): column.key
            for column in self.columns
            for heading in (column.label, column.key, *column.aliases)
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the sheet of settings."""

    key: str
    label: str
    note: str
    choices: Choices | None = None
    aliases: tuple[str, ...] = ()
