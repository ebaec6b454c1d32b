"""Times from when until when something cannot be had: what is said of them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from summitry.conferences import clock
from summitry.conferences.models import Edition, Sitting
from summitry.records import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """From when until when (UTC) a room or a person cannot be had, and why."""

    starts_at: datetime
    ends_at: datetime
    reason: str = ""


def rest_of_day(edition: Edition, day: datetime | None = None) -> tuple[datetime, datetime]:
    """Return what is usually meant on the day: from now until the last sitting of the day ends (UTC).

    Where the day's sittings are over, until midnight; where `day` begins after now, or
    meetings are held only later, from that day's first sitting on.

    Parameters
    ----------
    day
        The beginning of another day that is meant (UTC).
    """
    now = clock.now(edition).replace(second=0, microsecond=0)
    wanted = max(now, day) if day else now
    later = Sitting.objects.filter(edition=edition, ends_at__gt=wanted).order_by("starts_at").first()
    if later is not None and clock.local(edition, later.starts_at).date() > clock.local(edition, now).date():
        wanted = later.starts_at
    _midnight, tomorrow = clock.day_bounds(edition, clock.local(edition, wanted).date())
    last = (
        Sitting.objects.filter(edition=edition, ends_at__gt=wanted, ends_at__lte=tomorrow)
        .order_by("-ends_at")
        .first()
    )
    return wanted, last.ends_at if last else tomorrow


def check_span(edition: Edition, away: Away) -> None:
    """Refuse a time that ends before it starts, or is past.

    Raises
    ------
    RefusedError
        Names the field and what mends it.
    """
    if away.ends_at <= away.starts_at:
        raise RefusedError(_("It ends before it starts. Give a later time."), field="ends_at")
    now = clock.now(edition)
    if away.ends_at <= now:
        raise RefusedError(
            _("This is past by now. Give a time after %(now)s.")
            % {"now": f"{clock.local(edition, now):%H:%M}"},
            field="ends_at",
        )


def check_beside(edition: Edition, away: Away, others: Iterable[tuple[datetime, datetime]]) -> None:
    """Refuse a time that overlaps one that was said already.

    Raises
    ------
    RefusedError
        Names the time that stands, and what mends it.
    """
    for start, end in others:
        if start < away.ends_at and away.starts_at < end:
            raise RefusedError(
                _("%(start)s–%(end)s is said already: take that back first, or give a time beside it.")
                % {
                    "start": f"{clock.local(edition, start):%a %d %b %H:%M}",
                    "end": f"{clock.local(edition, end):%H:%M}",
                },
                field="starts_at",
            )


def ended(edition: Edition, starts_at: datetime, ends_at: datetime) -> datetime | None:
    """Return when a time ends that is over from now on; none where it had not begun and goes altogether.

    Raises
    ------
    RefusedError
        Where it is past.
    """
    now = clock.now(edition)
    if ends_at <= now:
        raise RefusedError(_("This is past by now: there is nothing to take back."))
    end = now.replace(second=0, microsecond=0)
    return end if end - starts_at >= timedelta(minutes=1) else None
