"""Printed pages: typed data in, a PDF out, set in our own type and the same every time.

>>> from summitry.formats.pdf import daily_sheet, delegation_schedule, meeting_card, table

Each of them takes one frozen dataclass of its own module. Whatever people wrote reaches the page as data, never
as markup, and no font, clock or locale of the machine is asked.
"""

from summitry.formats.pdf.daily_sheet import DailyMeeting, DailySession, DailySheet, daily_sheet
from summitry.formats.pdf.delegation_schedule import (
    DelegationSchedule,
    ScheduleDay,
    ScheduleEntry,
    delegation_schedule,
)
from summitry.formats.pdf.engine import PrintError, render
from summitry.formats.pdf.flags import has_flag
from summitry.formats.pdf.imprint import Imprint, Level, Party
from summitry.formats.pdf.meeting_card import (
    Background,
    BackgroundLine,
    CardInterpreter,
    MeetingCard,
    Participant,
    Side,
    meeting_card,
)
from summitry.formats.pdf.release import ReleaseSheet, release_sheet
from summitry.formats.pdf.table import Table, table

__all__ = [
    "Background",
    "BackgroundLine",
    "CardInterpreter",
    "DailyMeeting",
    "DailySession",
    "DailySheet",
    "DelegationSchedule",
    "Imprint",
    "Level",
    "MeetingCard",
    "Participant",
    "Party",
    "PrintError",
    "ReleaseSheet",
    "ScheduleDay",
    "ScheduleEntry",
    "Side",
    "Table",
    "daily_sheet",
    "delegation_schedule",
    "has_flag",
    "meeting_card",
    "release_sheet",
    "render",
    "table",
]
