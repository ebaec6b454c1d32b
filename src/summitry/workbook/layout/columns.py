"""Columns and drop-downs that several sheets share."""

from __future__ import annotations

from summitry.formats.forms import Choices
from summitry.workbook.layout.shapes import Column
from summitry.workbook.layout.words import LISTS

SEVERAL = "Several are separated by semicolons."
YES_NO = Choices(("yes", "no"), only=True)
NOTE = Column("note", "Note", "For yourself: columns whose heading begins with Note are not read.", width=30)
TIME_ZONES = Choices(sheet=LISTS, column=1)
LANGUAGE_NAMES = Choices(sheet=LISTS, column=2)
WHEN = (
    Column("date", "Date", "The day, where Start and End are times alone.", "date", 12, aliases=("day",)),
    Column(
        "start",
        "Start",
        "A time (09:30), or a date and a time (2019-10-15 09:30).",
        "time",
        16,
        required=True,
        aliases=("from",),
    ),
    Column(
        "end",
        "End",
        "A time of the same day, or a date and a time.",
        "time",
        16,
        required=True,
        aliases=("to", "until"),
    ),
)
ID = Column(
    "id", "Id", "A short name that stays the same. Left empty: the name.", width=14, aliases=("code", "key")
)


def named(title: str) -> Choices:
    """Offer what the first column of a sheet names."""
    return Choices(sheet=title)
