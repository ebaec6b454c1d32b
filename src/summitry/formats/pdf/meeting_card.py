"""One meeting's card: for the folder, the door and the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

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

_FEWEST_SIDES: Final = 2


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at the table.

    Attributes
    ----------
    name : str
        As on the nameplate.
    office : str
        What they hold, e.g. ``Deputy Minister of Justice``.
    leads : bool
        Whether they speak for their side.
    """

    name: str
    office: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One party of the meeting and who comes for it, in the order they are to be named."""

    party: Party
    participants: Sequence[Participant] = ()


@dataclass(frozen=True, slots=True)
class CardInterpreter:
    """An interpreter and what they interpret, e.g. ``French-English``."""

    name: str
    languages: str = ""


@dataclass(frozen=True, slots=True)
class BackgroundLine:
    """One thing to be known before the meeting, and what else of it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """What is to be known under one heading."""

    title: str
    lines: Sequence[BackgroundLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCard:
    """A meeting.

    Attributes
    ----------
    imprint : Imprint
        Its `handling` is the confidentiality line.
    start, end : datetime
        On the venue's clock.
    sides : sequence of Side
        Two or more.
    level : {"principal", "deputy", "expert"}, optional
        Who meets.
    room, zone, set_up : str
        Where, and how the room stands, e.g. ``16 seats, facing table``.
    subject : str
        What both sides know it is about.
    interpreters : sequence of CardInterpreter
        Who interprets.
    reference : str
        What the desk calls the meeting.
    background : sequence of Background
        What is to be known before it; on a sheet of its own behind the card.
    """

    imprint: Imprint
    start: datetime
    end: datetime
    sides: Sequence[Side]
    level: Level | None = None
    room: str = ""
    zone: str = ""
    set_up: str = ""
    subject: str = ""
    interpreters: Sequence[CardInterpreter] = ()
    reference: str = ""
    background: Sequence[Background] = ()

    def __post_init__(self) -> None:
        if len(self.sides) < _FEWEST_SIDES:
            raise ValueError(f"A meeting has at least two sides; this one has {len(self.sides)}.")


def meeting_card(data: MeetingCard) -> bytes:
    """Print one meeting's card."""
    return render(
        "meeting_card",
        {
            "imprint": imprint_data(data.imprint),
            "date": full_date(data.start, data.imprint.language),
            "start": clock_time(data.start),
            "end": clock_time(data.end),
            "flags": flag_pictures(side.party.flag for side in data.sides),
            "sides": [_side(side) for side in data.sides],
            "level": data.level,
            "room": data.room,
            "zone": data.zone,
            "set_up": data.set_up,
            "subject": data.subject,
            "interpreters": [{"name": one.name, "languages": one.languages} for one in data.interpreters],
            "reference": data.reference,
            "background": [
                {
                    "title": one.title,
                    "lines": [{"text": line.text, "note": line.note} for line in one.lines],
                }
                for one in data.background
            ],
        },
        moment=data.imprint.as_at,
    )


def _side(side: Side) -> dict[str, Any]:
    return {
        **party_data(side.party),
        "participants": [
            {"name": person.name, "office": person.office, "leads": person.leads}
            for person in side.participants
        ],
    }
