"""Reading an edition: its days, its venue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from summitry.conferences import clock
from summitry.conferences.models import Day, Edition, Room, Sitting, Walk, Zone


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day and its sittings, on the venue's wall clock (naive)."""

    date: date
    is_conference: bool
    sittings: Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class VenueZone:
    """A part of the venue with its rooms, and the minutes to walk to other parts by their names."""

    zone: Zone
    rooms: Sequence[Room]
    walks: Sequence[tuple[str, int]]


def calendar_of(edition: Edition) -> list[CalendarDay]:
    """Return the days of an edition with their sittings, in two statements."""
    by_day: dict[date, list[tuple[datetime, datetime]]] = {}
    for sitting in Sitting.objects.filter(edition=edition).order_by("starts_at"):
        start, end = clock.wall(edition, sitting.starts_at), clock.wall(edition, sitting.ends_at)
        by_day.setdefault(start.date(), []).append((start, end))
    return [
        CalendarDay(day.date, day.is_conference, by_day.get(day.date, []))
        for day in Day.objects.filter(edition=edition).order_by("date")
    ]


def venue_of(edition: Edition) -> list[VenueZone]:
    """Return the zones of an edition's venue with rooms and walks, in three statements."""
    zones = list(Zone.objects.filter(edition=edition).order_by("order", "pk"))
    rooms: dict[int, list[Room]] = {}
    for room in Room.objects.filter(edition=edition).order_by("order", "pk"):
        rooms.setdefault(room.zone_id, []).append(room)
    names = {zone.pk: zone.name for zone in zones}
    walks: dict[int, list[tuple[str, int]]] = {}
    for walk in Walk.objects.filter(from_zone__edition=edition).order_by("minutes", "pk"):
        walks.setdefault(walk.from_zone_id, []).append((names[walk.to_zone_id], walk.minutes))
        walks.setdefault(walk.to_zone_id, []).append((names[walk.from_zone_id], walk.minutes))
    return [VenueZone(zone, rooms.get(zone.pk, []), walks.get(zone.pk, [])) for zone in zones]
