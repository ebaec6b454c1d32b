"""A problem in which nothing stands in a request's way but the blockers named: everything else is taken away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from planner_support.bruteforce import candidates
from summitry.planner.check import check_meetings
from summitry.planner.plan import Blocker, BlockerKind
from summitry.planner.problem import Interpreter, Limits, Meeting, Person, Problem, Request, Room, Span

Named = set[tuple[BlockerKind, str]]


def fits_beside(
    problem: Problem, meetings: Collection[Meeting], request: Request, blockers: Collection[Blocker]
) -> bool:
    """Whether the request has a place when only these blockers stand."""
    named = {(blocker.kind, blocker.id) for blocker in blockers}
    kept = [meeting for meeting in meetings if (BlockerKind.MEETING, meeting.request) in named]
    world = _reduced(problem, request, named)
    reduced = next(each for each in world.requests if each.id == request.id)
    already = {str(violation) for violation in check_meetings(world, kept)}
    return any(
        {str(violation) for violation in check_meetings(world, [*kept, way])} <= already
        for way in candidates(world, reduced)
    )


def _reduced(problem: Problem, request: Request, named: Named) -> Problem:
    return replace(
        problem,
        people=tuple(_person(person, named) for person in problem.people),
        rooms=tuple(_room(room, request, named) for room in problem.rooms),
        interpreters=tuple(_interpreter(each, named) for each in problem.interpreters),
        requests=tuple(_request(each, request, named) for each in problem.requests),
        walks=problem.walks if any(kind is BlockerKind.WALK for kind, _ in named) else (),
        limits=Limits(),
    )


def _engagements(owner: Person | Interpreter, named: Named) -> tuple[Span, ...]:
    return tuple(
        span
        for index, span in enumerate(owner.engagements)
        if (BlockerKind.ENGAGEMENT, f"{owner.id}#{index}") in named
    )


def _person(person: Person, named: Named) -> Person:
    limited = (BlockerKind.LIMIT, person.id) in named
    return replace(
        person,
        engagements=_engagements(person, named),
        max_meetings_per_sitting=person.max_meetings_per_sitting if limited else None,
        max_consecutive=person.max_consecutive if limited else None,
    )


def _interpreter(each: Interpreter, named: Named) -> Interpreter:
    limited, resting = (BlockerKind.LIMIT, each.id) in named, (BlockerKind.REST, each.id) in named
    return replace(
        each,
        engagements=_engagements(each, named),
        max_minutes_per_sitting=each.max_minutes_per_sitting if limited else None,
        max_minutes_per_day=each.max_minutes_per_day if limited else None,
        max_continuous_minutes=each.max_continuous_minutes if resting else None,
        rest_minutes=each.rest_minutes if resting else None,
    )


def _room(room: Room, request: Request, named: Named) -> Room:
    owned = room.party is not None and room.party not in request.parties
    return replace(
        room,
        closed=tuple(
            span
            for index, span in enumerate(room.closed)
            if (BlockerKind.CLOSED, f"{room.id}#{index}") in named
        ),
        party=None if owned and (BlockerKind.ROOM, room.id) not in named else room.party,
    )


def _request(each: Request, request: Request, named: Named) -> Request:
    after = tuple(
        earlier
        for index, earlier in enumerate(each.after)
        if (BlockerKind.AFTER, f"{each.id}#{index}") in named
    )
    if each.id != request.id:
        return replace(each, after=tuple(x for x in each.after if x != request.id or x in after))
    own = {kind for kind, name in named if name == each.id}
    fixed = each.fixed
    rooms = each.rooms
    if fixed is not None and BlockerKind.WINDOW not in own:
        if fixed.room is not None and BlockerKind.ROOM in own:
            rooms = tuple({fixed.room} & set(rooms or {fixed.room})) or ("nowhere",)
        fixed = None
    elif fixed is not None and BlockerKind.ROOM not in own:
        fixed = replace(fixed, room=None)
    return replace(
        each,
        after=after,
        fixed=fixed,
        rooms=rooms if BlockerKind.ROOM in own else (),
        seats=each.seats if BlockerKind.ROOM in own else None,
        features=each.features if BlockerKind.ROOM in own else frozenset(),
        windows=each.windows if BlockerKind.WINDOW in own else (),
        sittings=each.sittings if BlockerKind.SITTING in own else (),
        languages=each.languages if BlockerKind.INTERPRETER in own else None,
        interpreters=each.interpreters if BlockerKind.INTERPRETER in own else 0,
    )
