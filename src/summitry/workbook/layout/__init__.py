"""What stands where in a workbook of requests: sheets, columns, settings, each with its explanation."""

from __future__ import annotations

from summitry.workbook.layout.ground import CLOSURES, ROOMS, SITTINGS, WALKS
from summitry.workbook.layout.people import ENGAGEMENTS, INTERPRETERS, PARTIES, PEOPLE
from summitry.workbook.layout.requests import BY_DAY, EARLIER_PLAN, REQUESTS
from summitry.workbook.layout.settings import SETTINGS, SETTINGS_SHEET
from summitry.workbook.layout.shapes import SheetLayout, heading_key, passed_over
from summitry.workbook.layout.words import (
    AIMS,
    KINDS,
    LANGUAGE_WORDS,
    LISTS,
    NO_AIMS,
    READ_ME,
    meant_language,
)

__all__ = [
    "AIMS",
    "BY_DAY",
    "CLOSURES",
    "EARLIER_PLAN",
    "ENGAGEMENTS",
    "INTERPRETERS",
    "KINDS",
    "LANGUAGE_WORDS",
    "LISTS",
    "NO_AIMS",
    "PARTIES",
    "PEOPLE",
    "READ_ME",
    "REQUESTS",
    "ROOMS",
    "SETTINGS",
    "SETTINGS_SHEET",
    "SHEETS",
    "SITTINGS",
    "WALKS",
    "SheetLayout",
    "heading_key",
    "meant_language",
    "passed_over",
]

SHEETS = (
    SETTINGS_SHEET,
    SITTINGS,
    PARTIES,
    PEOPLE,
    ENGAGEMENTS,
    ROOMS,
    CLOSURES,
    WALKS,
    INTERPRETERS,
    REQUESTS,
    EARLIER_PLAN,
)
