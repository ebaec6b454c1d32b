"""The problem put together from the edition's records."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from summitry.bilaterals.models import Meeting as HeldMeeting
from summitry.bilaterals.queries.problem import asks, people, places
from summitry.bilaterals.queries.problem.ids import request_id
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries.names import delegation_names
from summitry.planner.problem import (
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    Aim,
    Meeting,
    Problem,
    Sitting,
)
from summitry.world.fields import text_in


class Start(StrEnum):
    """What planning starts from.

    ``NOTHING``: as if nothing were planned and no time had passed (what is exported).
    ``AFRESH``: what has begun stays, everything else is free to move.
    ``REPAIR``: the adopted plan is kept as far as it can be; the fewest are told.
    """

    NOTHING = "nothing"
    AFRESH = "afresh"
    REPAIR = "repair"


def planning_problem(edition: Edition, *, start: Start = Start.NOTHING) -> Problem:
    """Return what the planner is asked: the accepted requests and everything that binds them.

    The same number of statements whatever the number of requests; the order of all lists
    depends on nothing but the records.

    Parameters
    ----------
    edition
        With its settings.
    start
        What planning starts from. Where no plan is adopted, `AFRESH` and `REPAIR` differ
        from `NOTHING` only in that nothing starts before the edition's now.
    """
    settings = edition.settings
    asked = asks.accepted(edition)
    venue = places.venue(edition)
    interpreters = people.Interpreters.of(edition)
    names = delegation_names(edition, language=edition.languages[0] if edition.languages else "en")
    sittings = tuple(
        Sitting(s.slug, clock.wall(edition, s.starts_at), clock.wall(edition, s.ends_at))
        for s in edition.sittings.order_by("starts_at")
    )
    baseline, frozen_until, objective = _standing(edition, start, interpreters, sittings)
    return Problem(
        title=text_in(edition.name, "en") or str(edition),
        timezone=edition.timezone,
        grid_minutes=settings.grid_minutes,
        break_minutes=settings.break_minutes,
        turnaround_minutes=settings.turnaround_minutes,
        sittings=sittings,
        parties=asks.parties(asked, names),
        people=people.people(edition, asked, venue.engagements),
        rooms=venue.rooms,
        walks=venue.walks,
        interpreters=interpreters.problem(edition, venue.engagements),
        requests=asks.requests(edition, asked),
        baseline=baseline,
        frozen_until=frozen_until,
        objective=objective,
    )


def _standing(
    edition: Edition, start: Start, interpreters: people.Interpreters, sittings: tuple[Sitting, ...]
) -> tuple[tuple[Meeting, ...] | None, datetime | None, tuple[Aim, ...]]:
    """Return the meetings that people hold already, until when nothing may change, and the aims."""
    if start is Start.NOTHING:
        return None, None, DEFAULT_OBJECTIVE
    frozen_until = _rounded_up(clock.wall(edition, clock.now(edition)), edition.settings.grid_minutes)
    begun = bool(sittings) and frozen_until > sittings[0].start
    baseline = _adopted(edition, interpreters)
    objective = DEFAULT_REPAIR_OBJECTIVE if baseline and start is Start.REPAIR else DEFAULT_OBJECTIVE
    return baseline or None, frozen_until if begun else None, objective


def _rounded_up(moment: datetime, minutes: int) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - (midnight - moment) // timedelta(minutes=minutes) * timedelta(minutes=minutes)


def _adopted(edition: Edition, interpreters: people.Interpreters) -> tuple[Meeting, ...]:
    """Return the meetings as they stand in the adopted plan, by time."""
    rows = (
        HeldMeeting.objects.filter(
            edition=edition,
            request__status="accepted",
            occasion__status__in=[Occasion.Status.FIRM, Occasion.Status.HELD],
        )
        .select_related("request", "occasion__room")
        .prefetch_related("interpreters")
        .order_by("occasion__starts_at", "request__number")
    )
    return tuple(
        Meeting(
            request=request_id(row.request),
            start=clock.wall(edition, row.occasion.starts_at),
            end=clock.wall(edition, row.occasion.ends_at),
            room=row.occasion.room.slug,
            interpreters=tuple(sorted(interpreters.ids[i.pk] for i in row.interpreters.all())),
        )
        for row in rows
        if row.occasion.room is not None
    )
