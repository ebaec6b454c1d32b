"""What people write in cells: numbers, yes and no, one of a few words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from summitry.formats.workbooks import Moment, Unreadable, Value
from summitry.planner.wording import near, shown
from summitry.workbook.texts import fold

MOST = 2**31 - 1  # the formats' ceiling for every number
_WHOLE = re.compile(r"[+-]?\d{1,12}(?:[.,]0{1,2})?")
_SOME_NUMBER = re.compile(r"(?<![\d.,])\d{1,9}(?:[.,]\d{1,2}(?!\d))?(?![.,]?\d)")
_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0", "-", "–"})


class Wrong(ValueError):  # noqa: N818 - said of a cell
    """A cell cannot be read; the message says why, and the mend."""


def said(value: Value) -> str:
    """Say what stands in a cell."""
    match value:
        case bool():
            return str(value).upper()
        case Moment():
            if value.is_time:
                return f"{value.time():%H:%M}"
            return value.datetime().isoformat(" ", "minutes").removesuffix(" 00:00")
        case Unreadable():
            return value.error or "a formula"
        case _:
            return shown(str(value))


def require_readable(value: Value) -> None:
    """Refuse what is no value.

    Raises
    ------
    Wrong
        If the cell shows an error, or a formula that was never calculated.
    """
    if isinstance(value, Unreadable):
        if value.error:
            raise Wrong(f"shows {value.error}; mend the formula, or write the value itself")
        raise Wrong(
            "holds a formula that was never calculated; open the file in a spreadsheet program and save it, "
            "or write the value itself"
        )


def read_word(value: Value) -> str:
    """Read a text; a number that stands for one is taken as it is written.

    Raises
    ------
    Wrong
        If it is a date or a time, into which spreadsheets turn some texts by themselves.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Moment):
        raise Wrong(f"is the date or time {said(value)}; format the cell as text and write it again")
    return str(value).upper() if isinstance(value, bool) else str(value)


def read_whole(value: Value, *, unit: str = "", least: int = 1, most: int = MOST) -> int:
    """Read a whole number.

    Raises
    ------
    Wrong
        If it is none, or out of its limits.
    """
    of = f" of {unit}" if unit else ""
    number: float | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and _WHOLE.fullmatch("".join(value.split())):
        number = float("".join(value.split()).replace(",", "."))
    if number is None or number != number // 1:
        raise Wrong(f"{said(value)} is not a whole number{of}; {_instead(value, least, most)}")
    if not least <= number <= most:
        limit = f"at least {least:,}" if number < least else f"at most {most:,}"
        raise Wrong(f"{said(value)} is out of bounds; write {limit}")
    return int(number)


def _instead(value: Value, least: int, most: int) -> str:
    """Guess the number that was meant."""
    guess: float | None = None
    if isinstance(value, Moment) and value.is_time:
        guess = value.days * 24 * 60
    elif not isinstance(value, bool | Moment):
        found = _SOME_NUMBER.search(str(value))
        guess = float(found[0].replace(",", ".")) if found else None
    if guess is None:
        return "write it in digits"
    return f"write {round(min(max(guess, least), most))}"


def read_flag(value: Value) -> bool:
    """Read yes or no.

    Raises
    ------
    Wrong
        If it is neither.
    """
    if isinstance(value, bool):
        return value
    word = fold(str(value)) if isinstance(value, str | int) else ""
    if word not in _YES | _NO:
        raise Wrong(f"{said(value)} is neither yes nor no; write yes or no")
    return word in _YES


def choose(text: str, words: Mapping[str, str], names: Collection[str]) -> str:
    """Return the one of a few words that is meant.

    Parameters
    ----------
    text
        What was written.
    words
        What may be written, folded, and what it means.
    names
        What a message offers.

    Raises
    ------
    Wrong
        If it is none of them.
    """
    found = words.get(fold(text).replace("_", " "))
    if found is None:
        offered = ", ".join(names)
        raise Wrong(f"{shown(text)} is none of {offered}{near(text, names) or '; choose one of them'}")
    return found
