"""Occupying people and things: steps of the actions of the floors above.

These are plain functions, to be called inside an action (they enter nothing in the
ledger themselves), once for all occasions that the action changes: resource rows are
locked in the order of their ids, so that two actions wait for one another and never in
a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg import errors

from summitry.bookings.models import Booking, Occasion, Resource
from summitry.bookings.queries import Clash, clashes_with
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.records import RefusedError

#: Occasions of these states occupy what they need; others nothing.
BOOKING_STATES = frozenset({Occasion.Status.FIRM, Occasion.Status.HELD})


class ClashError(RefusedError):
    """Somebody or something would be in two places at once.

    Attributes
    ----------
    clashes
        Each pair of occasions that would overlap, with who or what they share.
    """

    def __init__(self, message: str, clashes: Sequence[Clash]) -> None:
        super().__init__(message)
        self.clashes = tuple(clashes)


def resources_for(*, edition_id: int, kind: Resource.Kind, records: Mapping[UUID, str]) -> dict[UUID, int]:
    """Return the resource ids of records, making those that are missing; two statements for any number.

    Parameters
    ----------
    kind
        What the records are.
    records
        Public id of each person, room or interpreter, and the name that a clash tells.
    """
    if not records:
        return {}
    rows = Resource.objects.filter(edition_id=edition_id, kind=kind, record_id__in=records)
    known = {row.record_id: row.pk for row in rows}
    if missing := records.keys() - known.keys():
        Resource.objects.bulk_create(
            [
                Resource(edition_id=edition_id, kind=kind, record_id=record_id, name=records[record_id])
                for record_id in sorted(missing)
            ],
            ignore_conflicts=True,  # another action may have been first
        )
        known = {row.record_id: row.pk for row in rows.all()}
    return known


def occupy(
    *, edition_id: int, occasions: Sequence[Occasion], resources: Mapping[int, Collection[int]]
) -> None:
    """Make the bookings of occasions exactly those resources, at the occasions' times as they are stored.

    A handful of statements, the same for one occasion and for hundreds. What an occasion
    had booked before and is not named any more is let go; a swap of two rooms is one call.

    Parameters
    ----------
    edition_id
        The edition of all of them.
    occasions
        Stored occasions that are firm or held.
    resources
        For each occasion's id, the ids of who and what it occupies.

    Raises
    ------
    ClashError
        Where a resource is occupied at that time already. Only what this call did is undone.
    ValueError
        Where an occasion is a draft or cancelled, or of another edition.
    """
    if not occasions:
        return
    ids = [occasion.pk for occasion in occasions]
    stored = {
        o.pk: o for o in Occasion.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    }
    for occasion in stored.values():
        if occasion.edition_id != edition_id or occasion.status not in BOOKING_STATES:
            message = f"'{occasion}' ({occasion.status}, edition {occasion.edition_id}) books nothing in {edition_id}"
            raise ValueError(message)
    wanted = {
        (pk, resource_id): DateTimeTZRange(occasion.starts_at, occasion.ends_at, "[)")
        for pk, occasion in stored.items()
        for resource_id in sorted(set(resources.get(pk, ())))
    }
    _lock({resource_id for _pk, resource_id in wanted}, ids)
    try:
        with transaction.atomic():
            _write(ids, wanted)
            _check_now()
    except IntegrityError as error:
        if not isinstance(error.__cause__, errors.ExclusionViolation):
            raise
        found = clashes_with(edition_id=edition_id, wanted=wanted)
        raise ClashError(_told(Edition.objects.get(pk=edition_id), found), found) from error


def vacate(*, occasions: Sequence[Occasion]) -> None:
    """Let go of everything that occasions occupy; two statements for any number."""
    ids = [occasion.pk for occasion in occasions]
    _lock(set(), ids)
    Booking.objects.filter(occasion__in=ids).delete()


def _lock(resource_ids: Collection[int], occasion_ids: Collection[int]) -> None:
    """Lock what is to be booked and what was booked, in the order of ids."""
    held = Booking.objects.filter(occasion__in=occasion_ids).values("resource")
    wanted = Resource.objects.filter(Q(pk__in=list(resource_ids)) | Q(pk__in=held)).order_by("pk")
    list(wanted.select_for_update(no_key=True).values_list("pk"))


def _write(occasion_ids: Collection[int], wanted: Mapping[tuple[int, int], DateTimeTZRange]) -> None:
    """Take away what is not wanted and add what is missing; a changed time is both."""
    there = {
        (booking.occasion_id, booking.resource_id): booking
        for booking in Booking.objects.filter(occasion__in=occasion_ids)
    }
    stale = [booking.pk for key, booking in there.items() if wanted.get(key) != booking.during]
    Booking.objects.filter(pk__in=stale).delete()
    Booking.objects.bulk_create(
        Booking(occasion_id=key[0], resource_id=key[1], during=during)
        for key, during in wanted.items()
        if key not in there or there[key].during != during
    )


def _check_now() -> None:
    """Have the database check now what it would check at the commit, then wait for the commit again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS booking_no_overlap, booking_once, booking_of_firm_occasion IMMEDIATE")
        cursor.execute("SET CONSTRAINTS booking_no_overlap, booking_once, booking_of_firm_occasion DEFERRED")


_TOLD_AT_MOST = 3


def _told(edition: Edition, found: Sequence[Clash]) -> str:
    """Say in words who or what would be in two places at once."""
    sentences = [
        _("%(what)s is needed by “%(one)s” (%(one_time)s) and by “%(other)s” (%(other_time)s).")
        % {
            "what": clash.resource,
            "one": clash.first.title,
            "one_time": _time(edition, clash.first),
            "other": clash.second.title,
            "other_time": _time(edition, clash.second),
        }
        for clash in found[:_TOLD_AT_MOST]
    ]
    if len(found) > _TOLD_AT_MOST:
        sentences.append(_("There are %(more)d more clashes.") % {"more": len(found) - _TOLD_AT_MOST})
    sentences.append(_("Choose another time, or somebody or something else."))
    return " ".join(sentences)


def _time(edition: Edition, occasion: Occasion) -> str:
    start, end = clock.local(edition, occasion.starts_at), clock.local(edition, occasion.ends_at)
    return f"{start:%Y-%m-%d} {start:%H:%M}–{end:%H:%M}"
