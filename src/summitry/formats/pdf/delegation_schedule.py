"""One delegation's own schedule: what a focal point hands to the head of delegation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from summitry.formats.pdf.engine import render
from summitry.formats.pdf.flags import flag_pictures
from summitry.formats.pdf.imprint import (
    Imprint,
    Level,
    Party,
    clock_time,
    full_date,
    imprint_data,
    party_data,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleEntry:
    """Something the delegation takes part in: a meeting with others, or a session.

    Attributes
    ----------
    start, end : datetime
        On the venue's clock.
    counterparts : sequence of Party
        Whom a meeting is with; empty for a session.
    title : str
        The session's name, or the subject of the meeting.
    level : {"principal", "deputy", "expert"}, optional
        Of a meeting.
    room, zone : str
        Where.
    members : sequence of str
        Who of the delegation takes part; nobody is named where all do.
    languages : str
        What is interpreted, e.g. ``French-English``.
    interpreters : sequence of str
        Their names.
    note : str
        What the reader must not miss, e.g. ``Moved from 11:10``.
    """

    start: datetime
    end: datetime
    counterparts: Sequence[Party] = ()
    title: str = ""
    level: Level | None = None
    room: str = ""
    zone: str = ""
    members: Sequence[str] = ()
    languages: str = ""
    interpreters: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleDay:
    """A day and what happens in it, in any order."""

    day: date
    entries: Sequence[ScheduleEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationSchedule:
    """A delegation's days.

    Attributes
    ----------
    imprint : Imprint
        Whose conference, as at when.
    delegation : Party
        Whose schedule.
    days : sequence of ScheduleDay
        In the order they are to be printed; a day without entries says so.
    subtitle : str
        Below the name, e.g. the head of delegation.
    """

    imprint: Imprint
    delegation: Party
    days: Sequence[ScheduleDay]
    subtitle: str = ""


def delegation_schedule(data: DelegationSchedule) -> bytes:
    """Print the schedule of one delegation, day by day."""
    counterparts = [party for day in data.days for entry in day.entries for party in entry.counterparts]
    return render(
        "delegation_schedule",
        {
            "imprint": imprint_data(data.imprint),
            "delegation": party_data(data.delegation),
            "subtitle": data.subtitle,
            "flags": flag_pictures(party.flag for party in (data.delegation, *counterparts)),
            "days": [
                {
                    "title": full_date(day.day, data.imprint.language),
                    "entries": [
                        _entry(entry) for entry in sorted(day.entries, key=lambda entry: entry.start)
                    ],
                }
                for day in data.days
            ],
        },
        moment=data.imprint.as_at,
    )


def _entry(entry: ScheduleEntry) -> dict[str, Any]:
    return {
        "start": clock_time(entry.start),
        "end": clock_time(entry.end),
        "counterparts": [party_data(party) for party in entry.counterparts],
        "title": entry.title,
        "level": entry.level,
        "room": entry.room,
        "zone": entry.zone,
        "members": list(entry.members),
        "languages": entry.languages,
        "interpreters": list(entry.interpreters),
        "note": entry.note,
    }
