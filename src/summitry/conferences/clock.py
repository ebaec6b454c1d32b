"""An edition's time: its clock, and conversion between UTC and the venue's zone, in one place."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from summitry.conferences.models import Edition


def now(edition: Edition) -> datetime:
    """Return what time it is for an edition (UTC): the machine's time and the edition's offset."""
    return timezone.now() + (edition.clock_offset or timedelta())


def zone(edition: Edition) -> ZoneInfo:
    """Return the venue's time zone."""
    return ZoneInfo(edition.timezone)


def local(edition: Edition, moment: datetime) -> datetime:
    """Return `moment` on the venue's clock (aware)."""
    return moment.astimezone(zone(edition))


def wall(edition: Edition, moment: datetime) -> datetime:
    """Return `moment` as the venue's wall clock shows it (naive), as the planner reckons."""
    return local(edition, moment).replace(tzinfo=None)


def from_wall(edition: Edition, moment: datetime) -> datetime:
    """Return the UTC time of a naive wall-clock time at the venue."""
    return moment.replace(tzinfo=zone(edition)).astimezone(UTC)


def today(edition: Edition) -> date:
    """Return the venue's date now."""
    return local(edition, now(edition)).date()


def day_bounds(edition: Edition, day: date) -> tuple[datetime, datetime]:
    """Return the beginning and the end of a venue's day in UTC."""
    start = datetime.combine(day, time(), tzinfo=zone(edition))
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone(edition))
    return start.astimezone(UTC), end.astimezone(UTC)
