"""Requests and meetings as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.models import Meeting, Request, RequestParty
from summitry.bilaterals.rules import may_read_brief
from summitry.bookings.actions import BOOKING_STATES
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.delegations.queries.names import delegation_names
from summitry.world.rules import DisplayName

_PRIORITIES = {1: "A", 2: "B", 3: "C"}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request of a list; times are the venue's."""

    request: Request
    requester: DisplayName
    counterparts: tuple[DisplayName, ...]
    starts: datetime | None
    ends: datetime | None
    room: str
    brief: str

    @property
    def number(self) -> int:
        """What people call it by."""
        return self.request.number

    @property
    def parties(self) -> tuple[DisplayName, ...]:
        """Who meets, the requester first."""
        return (self.requester, *self.counterparts)

    @property
    def shown(self) -> tuple[DisplayName, ...]:
        """Whom the column of the counterparts shows."""
        return self.counterparts

    @property
    def with_whom(self) -> str:
        """The counterparts in a line."""
        return ", ".join(name.short for name in self.counterparts)

    @property
    def priority(self) -> str:
        """The priority's letter."""
        return _PRIORITIES[self.request.priority]

    @property
    def is_planned(self) -> bool:
        """Whether the adopted plan holds it."""
        return self.starts is not None


def request_rows(*, edition: Edition, who: Actor, language: str = "en") -> list[RequestRow]:
    """Return the requests that `who` may see, by number; eight statements."""
    return _rows(edition, visible(who, Request).filter(edition=edition), who, language)


def request_row(*, edition: Edition, request: Request, who: Actor, language: str = "en") -> RequestRow:
    """Return one request."""
    return _rows(edition, Request.objects.filter(pk=request.pk), who, language)[0]


def requests_of(delegation: Delegation, *, who: Actor, language: str = "en") -> list[RequestRow]:
    """Return the requests made by and to a delegation that `who` may see, by number; eight statements."""
    of_it = RequestParty.objects.filter(delegation=delegation).values("request")
    rows = visible(who, Request).filter(pk__in=of_it)
    return _rows(delegation.edition, rows, who, language)


def meetings_of(delegation: Delegation, *, who: Actor, language: str = "en") -> list[RequestRow]:
    """Return a delegation's meetings in the adopted plan that `who` may see, by time; eight statements."""
    rows = [row for row in requests_of(delegation, who=who, language=language) if row.starts is not None]
    return sorted(rows, key=lambda row: (row.starts is None, row.starts, row.number))


def _rows(edition: Edition, rows: QuerySet[Request], who: Actor, language: str) -> list[RequestRow]:
    found = list(rows.order_by("number").prefetch_related("parties"))
    names = delegation_names(
        edition,
        language=language,
        delegations={party.delegation_id for row in found for party in row.parties.all()},
    )
    meetings = {
        meeting.request_id: meeting
        for meeting in Meeting.objects.filter(
            request__in=[row.pk for row in found], occasion__status__in=sorted(BOOKING_STATES)
        ).select_related("occasion__room")
    }
    own = who.delegations_in(edition.pk)
    return [_row(edition, row, meetings.get(row.pk), names, own) for row in found]


def _row(
    edition: Edition,
    request: Request,
    meeting: Meeting | None,
    names: dict[int, DisplayName],
    own: frozenset[int],
) -> RequestRow:
    parties = list(request.parties.all())
    occasion = meeting.occasion if meeting else None
    return RequestRow(
        request=request,
        requester=names[parties[0].delegation_id],
        counterparts=tuple(names[party.delegation_id] for party in parties[1:]),
        starts=clock.wall(edition, occasion.starts_at) if occasion else None,
        ends=clock.wall(edition, occasion.ends_at) if occasion else None,
        room=occasion.room.name if occasion and occasion.room else "",
        brief=request.brief if may_read_brief(requester=parties[0].delegation_id, delegations=own) else "",
    )


def windows_of(edition: Edition, request: Request) -> list[tuple[datetime, datetime]]:
    """Return when a request may be held, on the venue's clock; none: at any time."""
    return [
        (clock.wall(edition, window.starts_at), clock.wall(edition, window.ends_at))
        for window in request.windows.all()
    ]
