"""What was said of a day to be lost or late: rooms, interpreters, members, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Closure, Edition
from summitry.delegations.models import Member
from summitry.delegations.rules import OUT
from summitry.interpretation.models import Absence
from summitry.programme.models import Overrun


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a day goes without: who or what, when on the venue's clock, and where it is taken back."""

    what: str
    when: str
    url: str


def said_of(*, edition: Edition, who: Actor, day: date) -> list[Said]:
    """Return what is lost or late on a day and not over yet, in four statements."""
    start, end = clock.day_bounds(edition, day)
    start = max(start, clock.now(edition))
    during = Q(starts_at__lt=end, ends_at__gt=start)

    def page(name: str, key: object) -> str:
        return f"{reverse(f'bilaterals:{name}', args=[edition.slug, key])}?day={day}"

    def span(one: Closure | Absence) -> str:
        return f"{_time(edition, one.starts_at, day)}–{_time(edition, one.ends_at, day)}"

    closures = visible(who, Closure).filter(during, room__edition=edition).select_related("room")
    found = [
        Said(one.room.name, span(one), page("closed", one.room.slug))
        for one in closures.order_by("starts_at")
    ]
    absences = visible(who, Absence).filter(during, interpreter__edition=edition)
    found += [
        Said(str(one.interpreter), span(one), page("away", one.interpreter.public_id))
        for one in absences.select_related("interpreter__person").order_by("starts_at")
    ]
    members = visible(who, Member).filter(
        Q(arrives_at__gt=start, arrives_at__lt=end) | Q(departs_at__gt=start, departs_at__lt=end),
        edition=edition,
    )
    found += [
        Said(str(one), _presence(edition, one, day), page("member", one.public_id))
        for one in members.exclude(accreditation__in=OUT).select_related("person").order_by("pk")
    ]
    overruns = visible(who, Overrun).filter(
        session__edition=edition, ends_at__gt=start, planned_ends_at__lt=end
    )
    found += [
        Said(
            one.session.occasion.title,
            _("until %(time)s") % {"time": _time(edition, one.ends_at, day)},
            page("overrun", one.session.public_id),
        )
        for one in overruns.select_related("session__occasion").order_by("ends_at")
    ]
    return found


def _time(edition: Edition, moment: datetime, day: date) -> str:
    """Write a time of a day; another day's with its date."""
    wall = clock.wall(edition, moment)
    return f"{wall:%H:%M}" if wall.date() == day else f"{wall:%a} {wall.day} {wall:%H:%M}"


def _presence(edition: Edition, member: Member, day: date) -> str:
    parts = []
    if member.arrives_at and clock.local(edition, member.arrives_at).date() == day:
        parts.append(_("from %(time)s") % {"time": _time(edition, member.arrives_at, day)})
    if member.departs_at and clock.local(edition, member.departs_at).date() == day:
        parts.append(_("until %(time)s") % {"time": _time(edition, member.departs_at, day)})
    return ", ".join(parts)
