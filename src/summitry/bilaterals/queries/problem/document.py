"""The problem put together from the edition's records."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from summitry.bilaterals.models import Meeting as HeldMeeting
from summitry.bilaterals.queries.problem import asks, people, places
from summitry.bilaterals.queries.problem.ids import request_id
from summitry.bilaterals.rules import Gravity, troubles
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries.names import delegation_names
from summitry.planner.problem import (
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    KEEPING_TIMES_OBJECTIVE,
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
    ``REPAIR``: the adopted plan is kept as far as it can be: as little as can be is dropped, then moved.
    ``KEEP_TIMES``: so is it, but nobody is told another time: what does not fit where it was is dropped.
    """

    NOTHING = "nothing"
    AFRESH = "afresh"
    REPAIR = "repair"
    KEEP_TIMES = "keep_times"


_OBJECTIVES = {Start.REPAIR: DEFAULT_REPAIR_OBJECTIVE, Start.KEEP_TIMES: KEEPING_TIMES_OBJECTIVE}


def planning_problem(edition: Edition, *, start: Start = Start.NOTHING) -> Problem:
    """Return what the planner is asked: the accepted requests and everything that binds them.

    The same number of statements whatever the number of requests; the order of all lists
    depends on nothing but the records.

    Parameters
    ----------
    edition
        With its settings.
    start
        What planning starts from. Where no plan is adopted, all others differ from
        `NOTHING` only in that nothing starts before the edition's now and its lead time.
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
    problem = Problem(
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
    return _told_late(problem, clock.wall(edition, clock.now(edition)))


def _told_late(problem: Problem, now: datetime) -> Problem:
    """Let meetings go that begin within the lead time and cannot be held: all others of that time stay as they are.

    The planner's format holds every meeting of the baseline that begins before
    `frozen_until` exactly where it was. One that can no longer stand is therefore asked
    for as if it stood at the first time that people can still be told of, in its room: it
    keeps what holding on to a meeting is worth. Where no such time is left, it is asked for
    anew. What has begun stays in any case.
    """
    if problem.baseline is None or problem.frozen_until is None:
        return problem
    near = [meeting for meeting in problem.baseline if now <= meeting.start < problem.frozen_until]
    listed = troubles(problem, near)
    hit = {
        request for request, ones in listed.items() if any(one.gravity is Gravity.IMPOSSIBLE for one in ones)
    }
    if not hit:
        return problem
    found = [
        meeting if meeting.request not in hit or meeting not in near else _later(problem, meeting)
        for meeting in problem.baseline
    ]
    kept = sorted((one for one in found if one is not None), key=lambda one: (one.start, one.request))
    return replace(problem, baseline=tuple(kept) or None)


def _later(problem: Problem, meeting: Meeting) -> Meeting | None:
    """Return a meeting at the first start of the grid from `frozen_until` on where it fits into a sitting."""
    assert problem.frozen_until is not None
    length, grid = meeting.end - meeting.start, timedelta(minutes=problem.grid_minutes)
    for sitting in problem.sittings:
        begun = max(problem.frozen_until - sitting.start, timedelta())
        start = sitting.start - (-begun // grid) * grid
        if start + length <= sitting.end:
            return replace(meeting, start=start, end=start + length)
    return None


def _standing(
    edition: Edition, start: Start, interpreters: people.Interpreters, sittings: tuple[Sitting, ...]
) -> tuple[tuple[Meeting, ...] | None, datetime | None, tuple[Aim, ...]]:
    """Return the meetings that people hold already, until when nothing may change, and the aims."""
    if start is Start.NOTHING:
        return None, None, DEFAULT_OBJECTIVE
    told = clock.wall(edition, clock.now(edition)) + timedelta(minutes=edition.settings.lead_minutes)
    frozen_until = _rounded_up(told, edition.settings.grid_minutes)
    begun = bool(sittings) and frozen_until > sittings[0].start
    baseline = _adopted(edition, interpreters)
    objective = _OBJECTIVES.get(start, DEFAULT_OBJECTIVE) if baseline else DEFAULT_OBJECTIVE
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
