"""Reading who and what is occupied when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from summitry.bookings.models import Booking, Occasion, Resource


@dataclass(frozen=True, slots=True)
class Clash:
    """Two occasions that need one resource at the same time; the earlier one first."""

    resource: Resource
    first: Occasion
    second: Occasion


def clashes_with(*, edition_id: int, wanted: Mapping[tuple[int, int], DateTimeTZRange]) -> list[Clash]:
    """Return the clashes that bookings would have, among themselves and with those there are.

    Parameters
    ----------
    wanted
        For each pair of occasion id and resource id, the time; they stand in the place
        of what these occasions have booked now.
    """
    if not wanted:
        return []
    occasion_ids = {occasion_id for occasion_id, _resource_id in wanted}
    resource_ids = {resource_id for _occasion_id, resource_id in wanted}
    span = DateTimeTZRange(min(t.lower for t in wanted.values()), max(t.upper for t in wanted.values()), "[)")
    there = (
        Booking.objects.filter(resource__in=resource_ids, during__overlap=span)
        .exclude(occasion__in=occasion_ids)
        .values_list("resource_id", "occasion_id", "during")
    )
    by_resource: dict[int, list[tuple[datetime, datetime, int]]] = {}
    for resource_id, occasion_id, during in there:
        by_resource.setdefault(resource_id, []).append((during.lower, during.upper, occasion_id))
    for (occasion_id, resource_id), during in wanted.items():
        by_resource.setdefault(resource_id, []).append((during.lower, during.upper, occasion_id))
    pairs = [
        (resource_id, one, other)
        for resource_id, times in by_resource.items()
        for one, other in overlapping(times)
    ]
    occasions = Occasion.objects.in_bulk({pk for _resource, one, other in pairs for pk in (one, other)})
    resources = Resource.objects.filter(edition_id=edition_id).in_bulk(
        {resource_id for resource_id, *_ in pairs}
    )
    found = [
        Clash(resources[resource_id], occasions[one], occasions[other])
        for resource_id, one, other in pairs
        if resource_id in resources
    ]
    return sorted(found, key=lambda clash: (clash.second.starts_at, clash.resource.name, clash.second.pk))


def overlapping(times: list[tuple[datetime, datetime, int]]) -> list[tuple[int, int]]:
    """Return the pairs of labels whose half-open times overlap, each time with the longest-lasting one before it.

    Parameters
    ----------
    times
        Start, end and label of each.
    """
    ordered = sorted(times)
    found: list[tuple[int, int]] = []
    lasting: tuple[datetime, int] | None = None
    for start, end, label in ordered:
        if lasting is not None and start < lasting[0]:
            found.append((lasting[1], label))
        if lasting is None or end > lasting[0]:
            lasting = (end, label)
    return found


def day_of(resource: Resource, start: datetime, end: datetime) -> QuerySet[Booking]:
    """Return what a resource does between two moments (a day's bounds), in order of time."""
    return (
        Booking.objects.filter(resource=resource, during__overlap=DateTimeTZRange(start, end, "[)"))
        .select_related("occasion__room")
        .order_by("during")
    )


def occupied(
    *, edition_id: int, kind: Resource.Kind, start: datetime, end: datetime
) -> dict[int, list[tuple[datetime, datetime, int]]]:
    """Return when each resource of a kind is occupied between two moments, in one statement.

    Returns
    -------
    For each resource's id: start, end and occasion id of each of its bookings, in order of time.
    """
    found: dict[int, list[tuple[datetime, datetime, int]]] = {}
    rows = Booking.objects.filter(
        resource__edition_id=edition_id,
        resource__kind=kind,
        during__overlap=DateTimeTZRange(start, end, "[)"),
    ).order_by("resource_id", "during")
    for resource_id, during, occasion_id in rows.values_list("resource_id", "during", "occasion_id"):
        found.setdefault(resource_id, []).append((during.lower, during.upper, occasion_id))
    return found


def conflicts(edition_id: int) -> list[tuple[int, int]]:
    """Return pairs of booking ids that overlap in spite of all: none, unless the database was tampered with."""
    rows = (
        Booking.objects.filter(resource__edition_id=edition_id)
        .order_by("resource_id", "during")
        .values_list("resource_id", "during", "pk")
    )
    return [
        (one[2], other[2])
        for one, other in pairwise(rows)
        if one[0] == other[0] and other[1].lower < one[1].upper
    ]
