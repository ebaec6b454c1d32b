"""Sessions that last longer than they were planned to.

A session that overruns into confirmed meetings of those it binds cannot be booked longer: nobody is in two
places at once. So the overrun is announced; what plans meetings counts with it, and whoever adopts a plan that
keeps the time free books it (:func:`book_overruns`). Where nothing stands in the way it is booked at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.bookings.actions import BOOKING_STATES, occupy
from summitry.bookings.models import Booking, Occasion
from summitry.bookings.queries import Clash, clashes_with
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.programme.models import Overrun, Session
from summitry.records import RefusedError


@action
def announce_overrun(*, session: Session, ends_at: datetime, reason: str, by: Actor) -> Overrun:
    """Say that a session lasts until later; it is booked at once where no meeting stands in the way.

    Said again, the new time stands in the place of the one before.

    Raises
    ------
    RefusedError
        Where the session books nothing, the time is no later than planned or past, it lies on
        another day, or another session follows with the same room or people.
    PermissionDenied
        Where `by` may not say so.
    """
    require(by, "announce_overrun", session)
    edition = session.edition
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=session.occasion_id)
    overrun = Overrun.objects.filter(session=session).first()
    planned = overrun.planned_ends_at if overrun else occasion.ends_at
    _check(edition, occasion, planned, ends_at)
    before = _told(overrun) if overrun else None
    _set_end(occasion, planned)  # what was booked of a time said before is let go
    if overrun is None:
        overrun = Overrun(session=session, planned_ends_at=planned)
    overrun.ends_at, overrun.reason = ends_at, reason
    overrun.version += 1
    overrun.save()
    clashes = _clashes(occasion, ends_at)
    _check_sessions(edition, occasion, clashes)
    if not clashes:
        _set_end(occasion, ends_at)
    record(
        by=by,
        verb="announce_overrun",
        target=session,
        edition_id=edition.pk,
        before=before,
        after={**_told(overrun), "booked": not clashes},
    )
    return overrun


@action
def withdraw_overrun(*, overrun: Overrun, by: Actor) -> None:
    """Take an overrun back: the session ends when it was planned to.

    Raises
    ------
    PermissionDenied
        Where `by` may not say so.
    """
    require(by, "withdraw_overrun", overrun)
    session = overrun.session
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=session.occasion_id)
    _set_end(occasion, overrun.planned_ends_at)
    before = _told(overrun)
    overrun.delete()
    record(by=by, verb="withdraw_overrun", target=session, edition_id=session.edition_id, before=before)


def waiting_overruns(edition: Edition) -> list[Overrun]:
    """Return the overruns that are announced and not booked, and lock their sessions' occasions.

    To be asked before anything is booked: whoever announces an overrun locks the same first.
    """
    found = {
        overrun.session.occasion_id: overrun
        for overrun in Overrun.objects.filter(
            session__edition=edition,
            ends_at__gt=F("session__occasion__ends_at"),
            session__occasion__status__in=sorted(BOOKING_STATES),
        ).select_related("session")
    }
    locked = Occasion.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("pk")
    for occasion in locked:
        found[occasion.pk].session.occasion = occasion
    return list(found.values())


def book_overruns(waiting: Sequence[Overrun]) -> list[str]:
    """Book the announced overruns in whose way nothing stands any more; return the sessions' titles.

    A plain step within the action that adopts a plan. One whose time is still taken stays announced.
    """
    booked = []
    for overrun in waiting:
        occasion = overrun.session.occasion
        if not _clashes(occasion, overrun.ends_at):
            _set_end(occasion, overrun.ends_at)
            booked.append(occasion.title)
    return booked


def _check(edition: Edition, occasion: Occasion, planned: datetime, ends_at: datetime) -> None:
    if occasion.status not in BOOKING_STATES:
        raise RefusedError(_("Only a firm session overruns: this one books nothing."))
    if ends_at <= planned:
        raise RefusedError(
            _("It is planned to end at %(end)s: give a later time, or take the overrun back.")
            % {"end": f"{clock.local(edition, planned):%H:%M}"},
            field="ends_at",
        )
    now = clock.now(edition)
    if ends_at <= now:
        raise RefusedError(
            _("This is past by now. Give a time after %(now)s.")
            % {"now": f"{clock.local(edition, now):%H:%M}"},
            field="ends_at",
        )
    if clock.local(edition, ends_at).date() != clock.local(edition, planned).date():
        raise RefusedError(
            _("A session overruns on its own day. Give a time before midnight."), field="ends_at"
        )


def _clashes(occasion: Occasion, ends_at: datetime) -> Sequence[Clash]:
    during = DateTimeTZRange(occasion.starts_at, ends_at, "[)")
    wanted = {(occasion.pk, resource): during for resource in _resources(occasion)}
    return clashes_with(edition_id=occasion.edition_id, wanted=wanted)


def _resources(occasion: Occasion) -> list[int]:
    return list(Booking.objects.filter(occasion=occasion).values_list("resource_id", flat=True))


def _check_sessions(edition: Edition, occasion: Occasion, clashes: Sequence[Clash]) -> None:
    """Refuse to run into what no plan of meetings can move."""
    for clash in clashes:
        other = clash.second if clash.first.pk == occasion.pk else clash.first
        if other.kind != Occasion.Kind.MEETING:
            raise RefusedError(
                _(
                    "“%(other)s” begins at %(time)s and needs %(what)s: give it a later time first, or end by then."
                )
                % {
                    "other": other.title,
                    "time": f"{clock.local(edition, other.starts_at):%H:%M}",
                    "what": clash.resource.name,
                },
                field="ends_at",
            )


def _set_end(occasion: Occasion, ends_at: datetime) -> None:
    """Let an occasion end at another time, and book exactly that."""
    if occasion.ends_at == ends_at:
        return
    held = _resources(occasion)
    occasion.ends_at = ends_at
    occasion.version += 1
    occasion.sequence += 1
    occasion.save(update_fields=["ends_at", "version", "sequence"])
    occupy(edition_id=occasion.edition_id, occasions=[occasion], resources={occasion.pk: held})


def _told(overrun: Overrun) -> dict[str, Any]:
    return {
        "planned_ends_at": overrun.planned_ends_at,
        "ends_at": overrun.ends_at,
        "reason": overrun.reason,
    }
