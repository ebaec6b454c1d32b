"""Every read about the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from summitry.accounts.access import Actor, visible
from summitry.bookings.actions import BOOKING_STATES
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries import delegation_names
from summitry.programme.models import Overrun, Session, Speaker
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

_STILL: Final = timedelta(hours=1)  # that a session went on is sometimes said only afterwards


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Somebody who speaks, with the office held on the day."""

    name: str
    part: str
    office: str
    organisation: str
    delegation: DisplayName


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of a list, on the venue's clock."""

    session: Session
    title: str
    starts: datetime
    ends: datetime
    room: str
    speakers: tuple[SpeakerRow, ...]
    overruns: datetime | None = None

    @property
    def day(self) -> date:
        """The day it is on."""
        return self.starts.date()

    @property
    def when(self) -> str:
        """From and to."""
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def spoken_by(self) -> str:
        """The speakers' names."""
        return ", ".join(speaker.name for speaker in self.speakers)


def session_rows(*, edition: Edition, who: Actor, language: str = "en") -> list[SessionRow]:
    """Return the sessions that `who` may see, in time, with rooms, speakers and overruns; eight statements."""
    sessions = list(
        visible(who, Session)
        .filter(edition=edition)
        .select_related("occasion__room")
        .order_by("occasion__starts_at", "pk")
    )
    speakers: dict[int, list[Speaker]] = {}
    for speaker in (
        visible(who, Speaker).filter(session__in=sessions).select_related("member__person").order_by("order")
    ):
        speakers.setdefault(speaker.session_id, []).append(speaker)
    late = dict(visible(who, Overrun).filter(session__in=sessions).values_list("session_id", "ends_at"))
    spoken = {speaker.member.delegation_id for rows in speakers.values() for speaker in rows}
    names = delegation_names(edition, language=language, delegations=spoken)
    return [
        SessionRow(
            session=session,
            title=text_in(session.title, language),
            starts=clock.wall(edition, session.occasion.starts_at),
            ends=clock.wall(edition, session.occasion.ends_at),
            room=session.occasion.room.name if session.occasion.room else "",
            overruns=clock.wall(edition, late[session.pk]) if session.pk in late else None,
            speakers=tuple(
                SpeakerRow(
                    name=speaker.member.person.display_name,
                    part=str(speaker.get_part_display()),
                    office=speaker.office,
                    organisation=speaker.organisation,
                    delegation=names[speaker.member.delegation_id],
                )
                for speaker in speakers.get(session.pk, ())
            ),
        )
        for session in sessions
    ]


def may_overrun(row: SessionRow, now: datetime) -> bool:
    """Tell whether a session can be said to overrun: it is firm, and not long over (`now` on the venue's clock)."""
    return row.session.occasion.status in BOOKING_STATES and row.ends + _STILL >= now
