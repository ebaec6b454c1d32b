"""How cells are called: ``D7`` is row 7, column 4."""

from __future__ import annotations

from functools import lru_cache

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def address(row: int, column: int) -> str:
    """Return the name of a cell; both numbers count from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, len(_LETTERS))
        letters = _LETTERS[letter] + letters
    return f"{letters}{row}"


def column_of(reference: str) -> int:
    """Return the number of a cell's column."""
    return _column(reference.rstrip("0123456789"))


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * len(_LETTERS) + ord(letter.upper()) - ord("A") + 1
    return column


def corners(merged: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row and last column of a range such as ``B4:B6``."""
    first, _, last = merged.replace("$", "").partition(":")
    ends = [(int(end.lstrip(_LETTERS)), column_of(end)) for end in (first, last or first)]
    return (*ends[0], *ends[1])
