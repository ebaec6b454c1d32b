"""The rooms, the walks and everything that occupies people, rooms and interpreters beside the meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Greatest

from summitry.bilaterals.kinds import HOST_ROOM
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room, Walk
from summitry.delegations.models import Delegation
from summitry.planner import problem as planner

Engagements = Mapping[tuple[str, UUID], list[planner.Span]]


@dataclass(frozen=True, slots=True)
class Venue:
    """Where meetings may be held, and who and what is occupied by other things, by resource kind and record."""

    rooms: tuple[planner.Room, ...]
    walks: tuple[planner.Walk, ...]
    engagements: Engagements


def venue(edition: Edition) -> Venue:
    """Return the venue of the problem, in five statements."""
    engagements = _engagements(edition)
    return Venue(rooms=_rooms(edition, engagements), walks=_walks(edition), engagements=engagements)


def _engagements(edition: Edition) -> Engagements:
    """Return what is booked beside the meetings: sessions, overruns that are announced included, and whatever else is firm."""
    found: dict[tuple[str, UUID], list[planner.Span]] = defaultdict(list)
    rows = (
        Booking.objects.filter(resource__edition=edition)
        .exclude(occasion__kind=Occasion.Kind.MEETING)
        .annotate(until=Greatest("occasion__ends_at", "occasion__session__overrun__ends_at"))
        .order_by("resource_id", "occasion__starts_at", "occasion_id")
        .values_list(  # a booking's time is its occasion's; a conference has thousands, so no objects are made
            "resource__kind",
            "resource__record_id",
            "occasion__starts_at",
            "until",
            "occasion__title",
            "occasion__room__zone__slug",
        )
    )
    for kind, record, starts_at, ends_at, title, zone in rows:
        span = planner.Span(clock.wall(edition, starts_at), clock.wall(edition, ends_at), title, zone)
        found[kind, record].append(span)
    return found


def _rooms(edition: Edition, engagements: Engagements) -> tuple[planner.Room, ...]:
    host = Delegation.objects.filter(edition=edition, is_host=True).select_related("entity").first()
    rows = (
        Room.objects.filter(edition=edition, purpose=Room.Purpose.BILATERAL)
        .select_related("zone")
        .prefetch_related("closures")
        .order_by("zone__order", "order", "slug")
    )
    return tuple(
        _room(edition, row, engagements.get((Resource.Kind.ROOM, row.public_id), []), host) for row in rows
    )


def _room(edition: Edition, row: Room, taken: list[planner.Span], host: Delegation | None) -> planner.Room:
    closed = [
        planner.Span(
            clock.wall(edition, closure.starts_at),
            clock.wall(edition, closure.ends_at),
            closure.label or None,
        )
        for closure in row.closures.all()
    ]
    closed += [planner.Span(span.start, span.end, span.label) for span in taken]
    return planner.Room(
        id=row.slug,
        name=row.name,
        seats=row.seats,
        zone=row.zone.slug,
        features=frozenset(row.features),
        closed=tuple(sorted(closed, key=lambda span: (span.start, span.end))),
        turnaround_minutes=row.turnaround_minutes,
        party=host.entity.code if host and HOST_ROOM in row.features else None,
    )


def _walks(edition: Edition) -> tuple[planner.Walk, ...]:
    rows = Walk.objects.filter(from_zone__edition=edition).select_related("from_zone", "to_zone")
    return tuple(
        planner.Walk(row.from_zone.slug, row.to_zone.slug, row.minutes)
        for row in rows.order_by("from_zone__order", "to_zone__order")
    )
