"""The sittings of an edition: the times when meetings may be held, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences import clock
from summitry.conferences.models import Day, Edition, Sitting
from summitry.ledger.actions import action, record
from summitry.records import RefusedError

#: What stands in an edition between two times, each from when to when (UTC).
Occupancy = Callable[[Edition, datetime, datetime], Sequence[tuple[datetime, datetime]]]
_occupancies: dict[str, Occupancy] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when to when a sitting lasts, on the venue's clock."""

    day: date
    start: time
    end: time


def register_occupancy(name: str, occupancy: Occupancy) -> None:
    """Let something stand in sittings, so that they are not taken from under it; an app does so at its start."""
    _occupancies[name] = occupancy


def standing_in(sitting: Sitting) -> list[tuple[datetime, datetime]]:
    """Return what stands in a sitting, from when to when (UTC)."""
    return [
        span
        for occupancy in _occupancies.values()
        for span in occupancy(sitting.edition, sitting.starts_at, sitting.ends_at)
    ]


@action
def add_sitting(*, edition: Edition, hours: Hours, by: Actor) -> Sitting:
    """Let meetings be held at a time.

    Raises
    ------
    RefusedError
        Where it ends before it starts, lies on no day of the edition or overlaps another sitting.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    require(by, "change", edition)
    starts_at, ends_at = _checked(edition, hours)
    sitting = Sitting.objects.create(
        edition=edition, slug=_slug(edition, hours), starts_at=starts_at, ends_at=ends_at
    )
    record(by=by, verb="add_sitting", target=sitting, edition_id=edition.pk, after=_told(sitting))
    return sitting


@action
def change_sitting(*, sitting: Sitting, hours: Hours, by: Actor, version: int) -> None:
    """Give a sitting another time; what stands in it must stay within it and on its grid.

    Raises
    ------
    RefusedError
        As for a new one; where a meeting would stand outside or off the grid; or where
        somebody else has changed it since `version`.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    require(by, "change", sitting)
    starts_at, ends_at = _checked(sitting.edition, hours, apart_from=sitting)
    locked = Sitting.objects.select_for_update().filter(pk=sitting.pk, version=version).first()
    if locked is None:
        raise RefusedError(_("Somebody has changed this sitting meanwhile. Look at it and choose again."))
    grid = timedelta(minutes=sitting.edition.settings.grid_minutes)
    for start, end in standing_in(locked):
        if start < starts_at or end > ends_at:
            raise RefusedError(
                _("A meeting stands at %(start)s–%(end)s: keep that time, or move the meeting first.")
                % _span(locked.edition, start, end),
                field="start" if start < starts_at else "end",
            )
        if (start - starts_at) % grid:
            raise RefusedError(
                _(
                    "Meetings start every %(grid)d minutes from the sitting’s start, and one stands at %(start)s."
                )
                % {"grid": locked.edition.settings.grid_minutes, **_span(locked.edition, start, end)},
                field="start",
            )
    before = _told(locked)
    locked.starts_at, locked.ends_at = starts_at, ends_at
    locked.version += 1
    locked.save(update_fields=["starts_at", "ends_at", "version"])
    record(
        by=by,
        verb="change_sitting",
        target=locked,
        edition_id=locked.edition_id,
        before=before,
        after=_told(locked),
    )


@action
def remove_sitting(*, sitting: Sitting, by: Actor) -> None:
    """Let no meetings be held any more at a sitting's time.

    Raises
    ------
    RefusedError
        Where a meeting stands in it, or it is gone already.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    require(by, "change", sitting)
    Edition.objects.select_for_update(no_key=True).get(pk=sitting.edition_id)
    locked = Sitting.objects.select_for_update().filter(pk=sitting.pk).first()
    if locked is None:
        raise RefusedError(_("This sitting is gone already."))
    if spans := standing_in(locked):
        start, end = min(spans)
        raise RefusedError(
            _("A meeting stands at %(start)s–%(end)s: move or cancel what stands in the sitting first.")
            % _span(locked.edition, start, end)
        )
    before = _told(locked)
    locked.delete()
    record(by=by, verb="remove_sitting", target=sitting, edition_id=sitting.edition_id, before=before)


def _checked(
    edition: Edition, hours: Hours, *, apart_from: Sitting | None = None
) -> tuple[datetime, datetime]:
    """Return a sitting's times in UTC; the edition is locked, so that two at once cannot overlap."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if hours.end <= hours.start:
        raise RefusedError(_("The sitting ends before it starts. Give a later time."), field="end")
    if not Day.objects.filter(edition=edition, date=hours.day).exists():
        raise RefusedError(_("Choose a day of the edition."), field="day")
    starts_at = clock.from_wall(edition, datetime.combine(hours.day, hours.start))
    ends_at = clock.from_wall(edition, datetime.combine(hours.day, hours.end))
    others = Sitting.objects.filter(edition=edition, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if apart_from is not None:
        others = others.exclude(pk=apart_from.pk)
    other = others.first()
    if other is not None:
        raise RefusedError(
            _("There is a sitting at %(start)s–%(end)s already. Give a time beside it.")
            % _span(edition, other.starts_at, other.ends_at),
            field="start",
        )
    return starts_at, ends_at


def _slug(edition: Edition, hours: Hours) -> str:
    """Return a name for a new sitting, made of its day and start, which no other of the edition has."""
    slug = f"{hours.day:%Y-%m-%d}-{hours.start:%H%M}"
    taken = set(Sitting.objects.filter(edition=edition, slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    free = slug
    while free in taken:  # one that was changed since keeps the name of its first time
        free, number = f"{slug}-{number}", number + 1
    return free


def _span(edition: Edition, start: datetime, end: datetime) -> dict[str, str]:
    return {"start": f"{clock.local(edition, start):%H:%M}", "end": f"{clock.local(edition, end):%H:%M}"}


def _told(sitting: Sitting) -> dict[str, Any]:
    return {"slug": sitting.slug, "starts_at": sitting.starts_at, "ends_at": sitting.ends_at}
