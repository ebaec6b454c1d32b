"""What a plan version holds: the adopted one as its meetings stand now, any other as it was planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.models import Meeting, PlacedMeeting, PlanVersion, Request
from summitry.bilaterals.rules import Placement, Sight, sight_of
from summitry.bookings.actions import BOOKING_STATES
from summitry.conferences.models import Edition
from summitry.interpretation.models import Interpreter


@dataclass(frozen=True, slots=True)
class Held:
    """A request that a version holds; times in UTC."""

    request: Request
    start: datetime
    end: datetime
    room_id: int
    interpreters: tuple[Interpreter, ...]

    @property
    def placement(self) -> Placement:
        """What two versions are compared by."""
        return Placement(self.start, self.end, self.room_id, frozenset(one.pk for one in self.interpreters))


def held_in(version: PlanVersion | None) -> list[Held]:
    """Return what a version holds, by time, in five statements."""
    if version is None:
        return []
    if version.state == PlanVersion.State.ADOPTED:
        return _standing(version.edition_id)
    rows = (
        PlacedMeeting.objects.filter(plan=version)
        .select_related("request")
        .prefetch_related("interpreters__person", "request__parties")
        .order_by("starts_at", "room__order", "pk")
    )
    return [
        Held(row.request, row.starts_at, row.ends_at, row.room_id, tuple(row.interpreters.all()))
        for row in rows
    ]


def _standing(edition_id: int) -> list[Held]:
    rows = (
        Meeting.objects.filter(edition_id=edition_id, occasion__status__in=sorted(BOOKING_STATES))
        .select_related("request", "occasion")
        .prefetch_related("interpreters__person", "request__parties")
        .order_by("occasion__starts_at", "occasion__room__order", "pk")
    )
    return [
        Held(
            row.request,
            row.occasion.starts_at,
            row.occasion.ends_at,
            row.occasion.room_id,
            tuple(row.interpreters.all()),
        )
        for row in rows
        if row.occasion.room_id is not None
    ]


def placements(held: Iterable[Held]) -> Mapping[int, Placement]:
    """Return what is held by request, as the rules compare it."""
    return {one.request.pk: one.placement for one in held}


def sight(who: Actor, request: Request) -> Sight:
    """Return how much of a request's meeting `who` sees; its parties must be fetched."""
    own = who.delegations_in(request.edition_id)
    return sight_of(
        confidentiality=request.confidentiality,
        is_party=any(party.delegation_id in own for party in request.parties.all()),
        is_protocol=who.has_role(request.edition_id, Role.PROTOCOL, Role.ADMINISTRATOR),
        is_desk=who.has_role(request.edition_id, *DESKS),
    )


def standing_between(edition: Edition, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Return from when to when meetings stand between two times, and requests for that very time (UTC)."""
    meetings = Meeting.objects.filter(
        edition=edition,
        occasion__status__in=sorted(BOOKING_STATES),
        occasion__starts_at__lt=end,
        occasion__ends_at__gt=start,
    ).values_list("request_id", "occasion__starts_at", "occasion__ends_at")
    found = {request: (starts_at, ends_at) for request, starts_at, ends_at in meetings}
    fixed = Request.objects.filter(
        edition=edition,
        status__in=[Request.Status.SENT, Request.Status.ACCEPTED],
        fixed_at__gte=start,
        fixed_at__lt=end,
    )
    for request, fixed_at, minutes in fixed.values_list("pk", "fixed_at", "minutes"):
        assert fixed_at is not None
        found.setdefault(request, (fixed_at, fixed_at + timedelta(minutes=minutes)))
    return sorted(found.values())
