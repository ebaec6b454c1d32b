"""The meetings of the adopted plan that can no longer stand because somebody or something is not to be had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.models import Meeting, Request
from summitry.bookings.actions import BOOKING_STATES
from summitry.bookings.models import Booking
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Member
from summitry.delegations.queries.names import delegation_names
from summitry.interpretation.models import Interpreter
from summitry.programme.models import Overrun
from summitry.world.rules import DisplayName

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A meeting that can no longer stand; times are the venue's. A confidential one tells no parties."""

    number: int
    public_id: str
    parties: tuple[DisplayName, ...]
    start: datetime
    end: datetime
    room: str
    has_begun: bool


def hits_in_room(
    edition: Edition, room: Room, spans: Iterable[Span], *, who: Actor, language: str
) -> list[Hit]:
    """Return the meetings in a room while it is closed; a constant number of statements."""
    meetings = _standing(edition).filter(_overlapping(spans), occasion__room=room)
    return _hits(edition, meetings, who, language)


def hits_of_interpreter(
    edition: Edition, interpreter: Interpreter, spans: Iterable[Span], *, who: Actor, language: str
) -> list[Hit]:
    """Return the meetings given to an interpreter who is away; a constant number of statements."""
    meetings = _standing(edition).filter(_overlapping(spans), interpreters=interpreter)
    return _hits(edition, meetings, who, language)


def hits_of_member(edition: Edition, member: Member, *, who: Actor, language: str) -> list[Hit]:
    """Return the meetings that name a member before it arrives or after it leaves; a constant number of statements."""
    arrives = member.arrives_at or member.delegation.arrives_at
    departs = member.departs_at or member.delegation.departs_at
    absent = _NEVER
    if arrives:
        absent |= Q(occasion__starts_at__lt=arrives)
    if departs:
        absent |= Q(occasion__ends_at__gt=departs)
    meetings = _standing(edition).filter(absent, request__people__member=member)
    return _hits(edition, meetings, who, language)


def hits_of_overrun(edition: Edition, overrun: Overrun, *, who: Actor, language: str) -> list[Hit]:
    """Return the meetings of whom and what a session binds while it overruns; a constant number of statements."""
    bound = Booking.objects.filter(occasion=overrun.session.occasion_id).values("resource")
    meetings = _standing(edition).filter(
        _overlapping([(overrun.planned_ends_at, overrun.ends_at)]), occasion__bookings__resource__in=bound
    )
    return _hits(edition, meetings.distinct(), who, language)


_NEVER = Q(pk__in=[])


def _standing(edition: Edition) -> QuerySet[Meeting]:
    """Return the meetings that are not over."""
    return Meeting.objects.filter(
        edition=edition,
        occasion__status__in=sorted(BOOKING_STATES),
        occasion__ends_at__gt=clock.now(edition),
    )


def _overlapping(spans: Iterable[Span]) -> Q:
    found = _NEVER
    for start, end in spans:
        found |= Q(occasion__starts_at__lt=end, occasion__ends_at__gt=start)
    return found


def _hits(edition: Edition, meetings: QuerySet[Meeting], who: Actor, language: str) -> list[Hit]:
    """Return meetings as the reader may see them: what is no desk's and not the reader's own is left out."""
    rows = list(
        meetings.select_related("request", "occasion__room")
        .prefetch_related("request__parties")
        .order_by("occasion__starts_at", "pk")
    )
    seen = set(
        visible(who, Request).filter(pk__in=[row.request_id for row in rows]).values_list("pk", flat=True)
    )
    names = delegation_names(edition, language=language)
    now, counts_all = clock.now(edition), who.has_role(edition.pk, *DESKS)
    return [
        _hit(edition, row, names if row.request_id in seen else None, now)
        for row in rows
        if counts_all or row.request_id in seen
    ]


def _hit(edition: Edition, row: Meeting, names: dict[int, DisplayName] | None, now: datetime) -> Hit:
    parties: Sequence[DisplayName] = (
        [names[party.delegation_id] for party in row.request.parties.all()] if names is not None else []
    )
    return Hit(
        number=row.request.number if names is not None else 0,
        public_id=str(row.request.public_id) if names is not None else "",
        parties=tuple(parties),
        start=clock.wall(edition, row.occasion.starts_at),
        end=clock.wall(edition, row.occasion.ends_at),
        room=row.occasion.room.name if row.occasion.room else "",
        has_begun=row.occasion.starts_at < now,
    )
