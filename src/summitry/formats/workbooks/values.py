"""What stands in a cell, and how the XML of a cell says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from lxml import etree

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH: Final = datetime.fromisoformat("1899-12-30")
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_A_DATE: Final = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general", re.IGNORECASE)
_MOST_DIGITS: Final = 15  # that a spreadsheet keeps
_MOST_EXACT: Final = 10**_MOST_DIGITS


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell that is formatted as a date or a time holds.

    Attributes
    ----------
    days : float
        Days since 30 December 1899; a time of day alone is at most one (24:00).
    """

    days: float

    @property
    def is_time(self) -> bool:
        """Whether it is a time of day alone."""
        return self.days <= 1

    def time(self) -> time:
        """Return the time of day, to the second."""
        return self.datetime().time()

    def datetime(self) -> datetime:
        """Return the date and time, to the second: spreadsheets calculate with fractions."""
        return _EPOCH + timedelta(seconds=round(self.days * 86_400))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value that could be read: an error such as ``#N/A``, or a formula nobody has calculated."""

    error: str = ""


Value = str | int | float | bool | Moment | Unreadable


def date_styles(styles: etree._Element) -> frozenset[str]:
    """Return the numbers of the cell styles that show a date or a time."""
    dates = set(_DATE_FORMATS)
    for shown in styles.iterfind("{*}numFmts/{*}numFmt"):
        number = int(shown.get("numFmtId", "0"))
        if re.search("[dmyhs]", _NOT_A_DATE.sub("", shown.get("formatCode", "")), re.IGNORECASE):
            dates.add(number)
        else:
            dates.discard(number)
    return frozenset(
        str(index)
        for index, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
        if int(style.get("numFmtId", "0")) in dates
    )


def text_of(element: etree._Element, space: str) -> str:
    """Join the runs of a text; how it is pronounced is no part of it.

    Parameters
    ----------
    element
        One with ``t`` or with runs.
    space
        The namespace of its children, in braces.
    """
    plain, run = f"{space}t", f"{space}r"
    texts = [
        child.text if child.tag == plain else child.findtext(plain)
        for child in element
        if child.tag in {plain, run}
    ]
    return unescaped("".join(text or "" for text in texts))


def unescaped(text: str) -> str:
    """Put back the characters that XML cannot hold (ISO/IEC 29500-1, 22.9.2.19)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return found[0] if "\ud800" <= character <= "\udfff" else character


def days_of(text: str) -> float:
    """Return a date or a time as ISO 8601 writes it in days since the epoch."""
    plain = text.strip().removeprefix("T").removesuffix("Z")
    if ":" in plain[:3]:
        plain = f"{_EPOCH.date()}T{plain}"
    return (datetime.fromisoformat(plain) - _EPOCH) / timedelta(days=1)


def number_of(text: str) -> int | float:
    """Return a number, whole where it is: spreadsheets know only one kind."""
    if len(text) <= _MOST_DIGITS and text.isdecimal():
        return int(text)
    number = float(text)
    return int(number) if abs(number) < _MOST_EXACT and number == int(number) else number
