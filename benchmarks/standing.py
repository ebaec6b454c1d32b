"""Whether a reason is minimal: a request alone with the obstacles that are named, and nothing else.

An obstacle is of a kind and has an id, as in the plan document. In the world of some
obstacles the meetings, engagements, closures, limits and terms that are not among them do
not exist. A reason holds if the request has no place in the world of all of them, and is
minimal if it has one in the world of all but any one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from benchmarks.board import Board
from summitry.planner import (
    Blocker,
    BlockerKind,
    Interpreter,
    Limits,
    Meeting,
    Person,
    Problem,
    Request,
    Room,
    Span,
)

Named = set[tuple[BlockerKind, str]]


class Standing:
    """One request beside the meetings that are held."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting], request: Request) -> None:
        self.problem = problem
        self.request = request
        self.meetings = {meeting.request: meeting for meeting in meetings}
        self.requests = {each.id: each for each in problem.requests}
        self.people = [person for person in problem.people if person.id in request.people]
        languages = set(request.languages or ())
        self.interpreters = [
            each for each in problem.interpreters if request.languages and languages <= each.languages
        ]

    def wrong(self, blockers: Sequence[Blocker]) -> str | None:
        """Say what is wrong with a reason; ``None`` if it holds and nothing of it can be spared."""
        place = self.place(blockers)
        if place is not None:
            return f"it does not hold: {place.start:%d %H:%M} in {place.room} is open"
        for blocker in blockers:
            rest = [other for other in blockers if other is not blocker]
            if self.place(rest, near=self._when(blocker)) is None:
                return f"{blocker.kind} {blocker.id} can be spared"
        return None

    def place(self, blockers: Collection[Blocker], *, near: datetime | None = None) -> Meeting | None:
        """Return a place that the request has while only these obstacles stand, looking first near a time."""
        named = {(blocker.kind, blocker.id) for blocker in blockers}
        request = self._asked(named)
        kept = [meeting for name, meeting in self.meetings.items() if (BlockerKind.MEETING, name) in named]
        problem = replace(
            self.problem,
            people=tuple(_person(person, named) for person in self.people),
            interpreters=tuple(_interpreter(each, named) for each in self.interpreters),
            rooms=tuple(_room(room, self.request, named) for room in self.problem.rooms),
            requests=(request, *(self._other(meeting.request, named) for meeting in kept)),
            frozen_until=self.problem.frozen_until if (BlockerKind.FROZEN, request.id) in named else None,
            limits=Limits(),
            baseline=None,
        )
        walkers = {name for kind, name in named if kind is BlockerKind.WALK}
        board = Board(problem, walkers=walkers)
        for meeting in kept:
            board.hold(self.requests[meeting.request], meeting)
        starts = list(board.starts(request))
        if near is not None:
            around = board.clock.minute(near)
            starts.sort(key=lambda start: abs(start - around))
        return next(board.places(request, starts), None)

    def _asked(self, named: Named) -> Request:
        """Return the request with only those of its terms that are named."""
        request = self.request
        own = {kind for kind, name in named if name == request.id}
        of_room, of_time = BlockerKind.ROOM in own, BlockerKind.WINDOW in own
        fixed, rooms = request.fixed, request.rooms if of_room else ()
        if fixed is not None and fixed.room is not None and of_room:
            rooms = (fixed.room,)
        if fixed is not None:
            fixed = replace(fixed, room=None) if of_time else None
        interpreted = BlockerKind.INTERPRETER in own
        return replace(
            request,
            windows=request.windows if of_time else (),
            fixed=fixed,
            sittings=request.sittings if BlockerKind.SITTING in own else (),
            rooms=rooms,
            seats=request.seats if of_room else None,
            features=request.features if of_room else frozenset(),
            languages=request.languages if interpreted else None,
            interpreters=request.interpreters if interpreted else 0,
            after=_orders(request, named),
        )

    def _other(self, name: str, named: Named) -> Request:
        """Return another request, bound to come after this one only where that is named."""
        other = self.requests[name]
        return replace(other, after=tuple(set(_orders(other, named)) & {self.request.id}))

    def _when(self, blocker: Blocker) -> datetime | None:
        """Return when an obstacle binds, where it is at a time."""
        if blocker.kind is BlockerKind.MEETING:
            held = self.meetings.get(blocker.id)
            return None if held is None else held.start
        spans = {
            BlockerKind.ENGAGEMENT: {
                each.id: each.engagements for owners in (self.people, self.interpreters) for each in owners
            },
            BlockerKind.CLOSED: {room.id: room.closed for room in self.problem.rooms},
        }.get(blocker.kind, {})
        owner, _, index = blocker.id.rpartition("#")
        of_owner = spans.get(owner, ())
        return of_owner[int(index)].start if index.isdecimal() and int(index) < len(of_owner) else None


def _orders(request: Request, named: Named) -> tuple[str, ...]:
    return tuple(
        earlier
        for index, earlier in enumerate(request.after)
        if (BlockerKind.AFTER, f"{request.id}#{index}") in named
    )


def _spans(kind: BlockerKind, owner: str, spans: Sequence[Span], named: Named) -> tuple[Span, ...]:
    return tuple(span for index, span in enumerate(spans) if (kind, f"{owner}#{index}") in named)


def _person(person: Person, named: Named) -> Person:
    limited = (BlockerKind.LIMIT, person.id) in named
    return replace(
        person,
        engagements=_spans(BlockerKind.ENGAGEMENT, person.id, person.engagements, named),
        max_meetings_per_sitting=person.max_meetings_per_sitting if limited else None,
        max_consecutive=person.max_consecutive if limited else None,
    )


def _interpreter(each: Interpreter, named: Named) -> Interpreter:
    limited, resting = (BlockerKind.LIMIT, each.id) in named, (BlockerKind.REST, each.id) in named
    return replace(
        each,
        engagements=_spans(BlockerKind.ENGAGEMENT, each.id, each.engagements, named),
        max_minutes_per_sitting=each.max_minutes_per_sitting if limited else None,
        max_minutes_per_day=each.max_minutes_per_day if limited else None,
        max_continuous_minutes=each.max_continuous_minutes if resting else None,
        rest_minutes=each.rest_minutes if resting else None,
    )


def _room(room: Room, request: Request, named: Named) -> Room:
    another = room.party is not None and room.party not in request.parties
    return replace(
        room,
        closed=_spans(BlockerKind.CLOSED, room.id, room.closed, named),
        party=None if another and (BlockerKind.ROOM, room.id) not in named else room.party,
    )
