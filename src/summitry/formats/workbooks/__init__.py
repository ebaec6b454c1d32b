"""Workbooks that come in from outside: their cells as they are, read quickly and without trust.

Office Open XML (ISO/IEC 29500) as spreadsheet programs write it. Only values are read: what a formula came to
when it was last calculated, never the formula.
"""

from __future__ import annotations

from summitry.formats.workbooks.package import NotAWorkbook
from summitry.formats.workbooks.places import address, corners
from summitry.formats.workbooks.reading import Contents, OpenedWorkbook, Row
from summitry.formats.workbooks.values import Moment, Unreadable, Value, number_of

__all__ = [
    "Contents",
    "Moment",
    "NotAWorkbook",
    "OpenedWorkbook",
    "Row",
    "Unreadable",
    "Value",
    "address",
    "corners",
    "number_of",
]
