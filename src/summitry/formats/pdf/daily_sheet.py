"""The plan of a day, for the desk's wall and the protocol officer's folder."""

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
class DailyMeeting:
    """One meeting of the day.

    Attributes
    ----------
    start, end : datetime
        On the venue's clock.
    parties : sequence of Party
        Empty where the reader may know no more than that the room is occupied.
    level : {"principal", "deputy", "expert"}, optional
        Who meets; weighs on how the row is set.
    room, zone : str
        Where.
    languages : str
        What is interpreted, e.g. ``French-English``.
    interpreters : sequence of str
        Their names.
    note : str
        A line below the parties: what changed, who may know of it.
    """

    start: datetime
    end: datetime
    parties: Sequence[Party]
    level: Level | None = None
    room: str = ""
    zone: str = ""
    languages: str = ""
    interpreters: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySession:
    """What binds everybody and is printed as a band across the sheet: a plenary, a panel, a meal.

    Attributes
    ----------
    start, end : datetime
        On the venue's clock.
    title : str
        Its name.
    room : str
        Where.
    note : str
        Whom it binds, e.g. ``all heads of delegation``.
    """

    start: datetime
    end: datetime
    title: str
    room: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySheet:
    """A day of the conference.

    Attributes
    ----------
    imprint : Imprint
        Whose sheet, as at when.
    day : date
        The day, at the venue.
    meetings, sessions : sequence
        In any order; printed by time, a session before the meetings that start with it.
    subtitle : str
        Below the date, e.g. which version of the plan this is.
    """

    imprint: Imprint
    day: date
    meetings: Sequence[DailyMeeting]
    sessions: Sequence[DailySession] = ()
    subtitle: str = ""


def daily_sheet(data: DailySheet) -> bytes:
    """Print the plan of a day: by time, each meeting with parties, level, room and interpreters."""
    items: list[DailySession | DailyMeeting] = [*data.sessions, *data.meetings]
    items.sort(key=lambda item: (item.start, isinstance(item, DailyMeeting), item.room))
    return render(
        "daily_sheet",
        {
            "imprint": imprint_data(data.imprint),
            "title": full_date(data.day, data.imprint.language),
            "subtitle": data.subtitle,
            "flags": flag_pictures(party.flag for meeting in data.meetings for party in meeting.parties),
            "items": [_item(item) for item in items],
        },
        moment=data.imprint.as_at,
    )


def _item(item: DailySession | DailyMeeting) -> dict[str, Any]:
    common = {
        "start": clock_time(item.start),
        "end": clock_time(item.end),
        "room": item.room,
        "note": item.note,
    }
    if isinstance(item, DailySession):
        return {**common, "session": item.title}
    return {
        **common,
        "session": None,
        "parties": [party_data(party) for party in item.parties],
        "level": item.level,
        "zone": item.zone,
        "languages": item.languages,
        "interpreters": list(item.interpreters),
    }
