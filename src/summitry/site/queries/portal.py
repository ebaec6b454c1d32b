"""What one delegation has to do and has agreed: nothing of any other's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q
from django.http import Http404
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.models import Meeting, Request, RequestParty
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.delegations.queries import delegation_names
from summitry.programme.models import Session
from summitry.site.queries.readiness import STANDING
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A session that binds the delegation, or a meeting of its own, on the venue's clock."""

    starts: datetime
    ends: datetime
    title: str
    others: tuple[DisplayName, ...] = ()
    level: str = ""
    room: str = ""
    zone: str = ""
    topic: str = ""
    languages: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day it is on."""
        return self.starts.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """A request that the delegation made or was made to it; the requester's own brief is never among it."""

    request: Request
    others: tuple[DisplayName, ...]
    is_ours: bool
    starts: datetime | None
    room: str

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self.request.status == Request.Status.SENT

    @property
    def state(self) -> str:
        """How far it is, in words."""
        status = self.request.status
        if status == Request.Status.SENT:
            return _("waits for their answer") if self.is_ours else _("waits for our answer")
        if status == Request.Status.ACCEPTED:
            return _("planned") if self.starts else _("accepted, not planned yet")
        return str(self.request.get_status_display())

    @property
    def level(self) -> str:
        """The chip's level."""
        if self.waits:
            return "plain" if self.is_ours else "amber"
        if self.starts:
            return "done"
        return "" if self.request.status == Request.Status.ACCEPTED else "out"


def own_delegation(*, edition: Edition, who: Actor, public_id: UUID | None = None) -> Delegation:
    """Return the delegation that `who` belongs to; the first where there are several and none is named.

    Raises
    ------
    Http404
        Where `who` belongs to none, or not to the one named.
    """
    rows = visible(who, Delegation).filter(edition=edition, pk__in=who.delegations_in(edition.pk))
    if public_id is not None:
        rows = rows.filter(public_id=public_id)
    found = rows.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def own_agenda(
    *, edition: Edition, who: Actor, delegation: Delegation, language: str = "en"
) -> list[Happening]:
    """Return the sessions that bind a delegation's head or its speakers, and its meetings, in time; seven statements."""
    binding = Q(attendance__in=[Session.Attendance.HEADS, Session.Attendance.EVERYBODY])
    sessions = (
        visible(who, Session)
        .filter(
            binding | Q(speakers__member__delegation=delegation),
            edition=edition,
            occasion__status__in=STANDING,
        )
        .select_related("occasion__room__zone")
        .distinct()
    )
    meetings = list(
        visible(who, Meeting)
        .filter(edition=edition, request__parties__delegation=delegation, occasion__status__in=STANDING)
        .select_related("request", "occasion__room__zone")
        .prefetch_related(_parties("request__parties"))
    )
    names = _names(edition, language, [meeting.request for meeting in meetings])
    rows = [
        Happening(
            starts=clock.wall(edition, session.occasion.starts_at),
            ends=clock.wall(edition, session.occasion.ends_at),
            title=text_in(session.title, language),
            room=session.occasion.room.name if session.occasion.room else "",
            zone=session.occasion.room.zone.name if session.occasion.room else "",
        )
        for session in sessions
    ]
    rows += [
        Happening(
            starts=clock.wall(edition, meeting.occasion.starts_at),
            ends=clock.wall(edition, meeting.occasion.ends_at),
            title="",
            others=_others(meeting.request, delegation, names),
            level=str(meeting.request.get_level_display()),
            room=meeting.occasion.room.name if meeting.occasion.room else "",
            zone=meeting.occasion.room.zone.name if meeting.occasion.room else "",
            topic=meeting.request.topic,
            languages=tuple(meeting.request.languages),
        )
        for meeting in meetings
    ]
    return sorted(rows, key=lambda row: (row.starts, row.ends, row.title))


def own_requests(
    *, edition: Edition, who: Actor, delegation: Delegation, language: str = "en"
) -> list[AskRow]:
    """Return the requests that a delegation made or that were made to it, what waits first; seven statements."""
    requests = list(
        visible(who, Request)
        .filter(edition=edition, parties__delegation=delegation)
        .prefetch_related(_parties("parties"))
        .order_by("number")
    )
    meetings = {
        meeting.request_id: meeting.occasion
        for meeting in visible(who, Meeting)
        .filter(edition=edition, request__parties__delegation=delegation, occasion__status__in=STANDING)
        .select_related("occasion__room")
    }
    names = _names(edition, language, requests)
    rows = []
    for request in requests:
        occasion = meetings.get(request.pk)
        rows.append(
            AskRow(
                request=request,
                others=_others(request, delegation, names),
                is_ours=any(
                    party.delegation_id == delegation.pk and party.side == RequestParty.Side.REQUESTER
                    for party in request.parties.all()
                ),
                starts=clock.wall(edition, occasion.starts_at) if occasion else None,
                room=occasion.room.name if occasion and occasion.room else "",
            )
        )
    return sorted(rows, key=lambda row: (not row.waits, row.request.number))


def _parties(path: str) -> Prefetch[str]:
    return Prefetch(path, RequestParty.objects.order_by("order"))


def _names(edition: Edition, language: str, requests: list[Request]) -> dict[int, DisplayName]:
    parties = {party.delegation_id for request in requests for party in request.parties.all()}
    return delegation_names(edition, language=language, delegations=parties)


def _others(
    request: Request, delegation: Delegation, names: dict[int, DisplayName]
) -> tuple[DisplayName, ...]:
    return tuple(
        names[party.delegation_id] for party in request.parties.all() if party.delegation_id != delegation.pk
    )
