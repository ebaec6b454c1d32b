"""The day and the meeting on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.bilaterals.annexes import Annex
from summitry.bilaterals.queries import Board, Card, CardOfMeeting
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.formats import pdf
from summitry.world.fields import text_in
from summitry.world.rules import DisplayName


def _imprint(edition: Edition, language: str, *, handling: str) -> pdf.Imprint:
    return pdf.Imprint(
        edition=text_in(edition.name, language),
        as_at=clock.local(edition, clock.now(edition)),
        language=language,
        notice=_("Demonstration: people, rooms and times are generated") if edition.generated else "",
        handling=handling,
    )


def _party(name: DisplayName) -> pdf.Party:
    return pdf.Party(name.marked, name.flag)


def daily_sheet(edition: Edition, day: Board, language: str) -> bytes:
    """Print the plan of a day as the reader may see it."""
    sheet = pdf.DailySheet(
        imprint=_imprint(edition, language, handling=_("For the host's desks")),
        day=day.day,
        meetings=[
            _meeting(card, column.room, zone.name)
            for zone in day.zones
            for column in zone.columns
            for card in column.cards
        ],
        sessions=[_session(day, band.title, band.room, band.row, band.rows) for band in day.bands],
        subtitle=_version(day),
    )
    return pdf.daily_sheet(sheet)


def _version(day: Board) -> str:
    if day.version is None:
        return ""
    words = {"number": day.version.number, "state": day.version.get_state_display(), "count": day.meetings}
    said = ngettext(
        "Plan %(number)d, %(state)s; %(count)d meeting",
        "Plan %(number)d, %(state)s; %(count)d meetings",
        day.meetings,
    )
    return said % words


def _meeting(card: Card, room: Room, zone: str) -> pdf.DailyMeeting:
    return pdf.DailyMeeting(
        start=card.start,
        end=card.end,
        parties=[_party(name) for name in card.parties],
        level=cast("pdf.Level", card.level) if card.level else None,
        room=room.name,
        zone=zone,
        languages=card.tongue.upper(),
        interpreters=card.interpreters,
        note=_("confidential") if card.is_confidential and not card.is_occupied else "",
    )


def _session(day: Board, title: str, room: str, row: int, rows: int) -> pdf.DailySession:
    start = day.first + timedelta(minutes=5 * (row - 1))
    return pdf.DailySession(start=start, end=start + timedelta(minutes=5 * rows), title=title, room=room)


def meeting_card(
    edition: Edition, card: CardOfMeeting, language: str, annexes: Sequence[Annex] = ()
) -> bytes:
    """Print one meeting's card; what other floors add to it stands on a sheet behind it.

    Raises
    ------
    ValueError
        Where no plan holds it.
    """
    held = card.held
    if held is None:
        raise ValueError("Only a meeting that is planned has a card.")
    request = card.request
    tongues = "–".join(code.upper() for code in request.languages)
    return pdf.meeting_card(
        pdf.MeetingCard(
            imprint=_imprint(edition, language, handling=handling(request.confidentiality)),
            start=held.start,
            end=held.end,
            sides=[
                pdf.Side(
                    _party(side.name),
                    [
                        pdf.Participant(member.person.display_name, member.functional_title, leads=not place)
                        for place, member in enumerate(side.people)
                    ],
                )
                for side in card.sides
            ],
            level=cast("pdf.Level", request.level),
            room=held.room.name,
            zone=held.room.zone.name,
            set_up=ngettext("%(seats)d seat, %(set_up)s", "%(seats)d seats, %(set_up)s", held.room.seats)
            % {"seats": held.room.seats, "set_up": held.room.get_set_up_display().lower()},
            subject=request.topic,
            interpreters=[pdf.CardInterpreter(one.name, tongues) for one in held.interpreters],
            reference=_("Request %(number)d") % {"number": request.number},
            background=[
                pdf.Background(
                    annex.title, [pdf.BackgroundLine(line.text, line.note) for line in annex.lines]
                )
                for annex in annexes
                if annex.lines
            ],
        )
    )


def handling(confidentiality: int) -> str:
    """Say who may know of a meeting."""
    return {
        Occasion.Confidentiality.PUBLIC: _("Public"),
        Occasion.Confidentiality.CONFERENCE: _("For the conference"),
        Occasion.Confidentiality.PARTIES: _("For the parties and the host's desks"),
        Occasion.Confidentiality.CHIEF_OF_PROTOCOL: _("For the parties and protocol alone"),
    }[Occasion.Confidentiality(confidentiality)]


def file_name(what: str, moment: datetime) -> str:
    """Return what a printed page is saved as."""
    return f"{what}-{moment:%Y-%m-%d}.pdf"
