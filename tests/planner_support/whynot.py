"""Whether a reason is one: a second reading of the format, that shares no code with the planner.

Every start and room is gone through, minute by minute, and asked which of the blockers
named keep a request out of it: all must be closed by what is named, and for each blocker
one that it alone keeps closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from summitry.planner.plan import BlockerKind, Unscheduled
from summitry.planner.problem import Interpreter, Meeting, Person, Problem, Request, Room, Span

Name = tuple[BlockerKind, str]
Names = frozenset[Name]
MEETING, ENGAGEMENT, CLOSED = BlockerKind.MEETING, BlockerKind.ENGAGEMENT, BlockerKind.CLOSED
WALK, LIMIT, REST = BlockerKind.WALK, BlockerKind.LIMIT, BlockerKind.REST


@dataclass(frozen=True)
class Item:
    """Something that binds somebody: from, to, in which zone, and how it is named."""

    start: int
    end: int
    zone: str | None
    name: Name


@dataclass
class WhyNot:
    """A plan, to hold reasons against; without a limit on the spread of breaks."""

    problem: Problem
    meetings: Collection[Meeting]
    of_person: dict[str, list[Item]] = field(init=False)
    of_interpreter: dict[str, list[Item]] = field(init=False)
    of_room: dict[str, list[Item]] = field(init=False)

    def __post_init__(self) -> None:
        problem = self.problem
        assert problem.limits.breaks_spread is None
        self.requests = {request.id: request for request in problem.requests}
        self.people = {person.id: person for person in problem.people}
        self.rooms = {room.id: room for room in problem.rooms}
        self.held = {meeting.request: meeting for meeting in self.meetings}
        self.first = min(sitting.start for sitting in problem.sittings)
        self.walks = {frozenset((walk.from_zone, walk.to_zone)): walk.minutes for walk in problem.walks}
        self.of_person = {person: [] for person in self.people}
        self.of_interpreter = {interpreter.id: [] for interpreter in problem.interpreters}
        self.of_room = {room: [] for room in self.rooms}
        for meeting in self.meetings:
            item = Item(
                self.minute(meeting.start),
                self.minute(meeting.end),
                self.rooms[meeting.room].zone,
                (MEETING, meeting.request),
            )
            self.of_room[meeting.room].append(item)
            for person in self.requests[meeting.request].people:
                self.of_person[person].append(item)
            for interpreter in meeting.interpreters:
                self.of_interpreter[interpreter].append(item)

    def minute(self, time: datetime) -> int:
        return int((time - self.first).total_seconds()) // 60

    def complaints(self, unscheduled: Unscheduled) -> list[str]:
        """Return what is wrong with the blockers of a request, nothing if they are a minimal reason."""
        names: Names = frozenset((one.kind, one.id) for one in unscheduled.blockers)
        request = self.requests[unscheduled.request]
        if (BlockerKind.SITTING, request.id) in names and not list(self.starts(request)):
            return [] if len(names) == 1 else ["no sitting is long enough, and more is named"]
        needed: set[Name] = set()
        for start in self.starts(request):
            of_people = [
                sub for person in request.people for sub in self.away(self.people[person], start, request)
            ]
            for room in self.problem.rooms:
                subs = [sub for sub in of_people if sub.zone in (None, room.zone)]
                subs += self.closing(request, room, start)
                closing = [sub.names for sub in subs if sub.names <= names]
                if not closing and not self.limited(request, room, start, names):
                    return [f"{room.id} at minute {start} is open"]
                alone = frozenset.intersection(*closing) if closing else names
                needed |= {
                    name for name in alone - needed if not self.limited(request, room, start, names - {name})
                }
        return [f"{kind} {name} is not needed" for kind, name in names - needed]

    def starts(self, request: Request) -> Iterator[int]:
        """List the starts on the grid of each sitting."""
        for sitting in self.problem.sittings:
            first, last = self.minute(sitting.start), self.minute(sitting.end)
            yield from range(first, last - request.minutes + 1, self.problem.grid_minutes)

    def away(self, person: Person, start: int, request: Request) -> list[Sub]:
        """List what keeps somebody from coming, limits aside."""
        items = [*self.engagements(person), *self.of_person[person.id]]
        return list(self.kept(items, (WALK, person.id), start, request))

    def engagements(self, owner: Person | Interpreter) -> list[Item]:
        return [
            Item(self.minute(one.start), self.minute(one.end), one.zone, (ENGAGEMENT, f"{owner.id}#{at}"))
            for at, one in enumerate(owner.engagements)
        ]

    def kept(self, items: Sequence[Item], walk: Name, start: int, request: Request) -> Iterator[Sub]:
        end = start + request.minutes
        zones = {room.zone for room in self.problem.rooms}
        for item in items:
            if start < item.end and item.start < end:
                yield Sub(frozenset({item.name}))
                continue
            gap = start - item.end if item.end <= start else item.start - end
            for zone in zones:
                if zone and item.zone and gap < self.walks.get(frozenset((zone, item.zone)), 0):
                    yield Sub(frozenset({item.name, walk}), zone)

    def closing(self, request: Request, room: Room, start: int) -> Iterator[Sub]:
        """List what keeps the request itself, or its room, from this place."""
        end = start + request.minutes
        yield from self.own(request, start)
        fixed = request.fixed
        if (
            (request.rooms and room.id not in request.rooms)
            or (fixed and fixed.room not in (None, room.id))
            or (request.seats and room.seats is not None and room.seats < request.seats)
            or not request.features <= room.features
        ):
            yield Sub(frozenset({(BlockerKind.ROOM, request.id)}))
        if room.party is not None and room.party not in request.parties:
            yield Sub(frozenset({(BlockerKind.ROOM, room.id)}))
        for at, one in enumerate(room.closed):
            if start < self.minute(one.end) and self.minute(one.start) < end:
                yield Sub(frozenset({(CLOSED, f"{room.id}#{at}")}))
        gap = self.problem.turnaround_minutes
        gap = gap if room.turnaround_minutes is None else room.turnaround_minutes
        for item in self.of_room[room.id]:
            if start < item.end + gap and item.start < end + gap:
                yield Sub(frozenset({item.name}))

    def own(self, request: Request, start: int) -> Iterator[Sub]:
        end = start + request.minutes
        fixed = request.fixed is not None and self.minute(request.fixed.start) != start
        if fixed or (request.windows and not any(self.inside(one, start, end) for one in request.windows)):
            yield Sub(frozenset({(BlockerKind.WINDOW, request.id)}))
        chosen = [one for one in self.problem.sittings if one.id in request.sittings]
        if chosen and not any(self.minute(one.start) <= start < self.minute(one.end) for one in chosen):
            yield Sub(frozenset({(BlockerKind.SITTING, request.id)}))
        until = self.problem.frozen_until
        if until is not None and start < self.minute(until):
            yield Sub(frozenset({(BlockerKind.FROZEN, request.id)}))
        for at, earlier in enumerate(request.after):
            if earlier == request.id:
                yield Sub(frozenset({(BlockerKind.AFTER, f"{request.id}#{at}")}))
            elif earlier in self.held and start < self.minute(self.held[earlier].end):
                yield Sub(frozenset({(BlockerKind.AFTER, f"{request.id}#{at}"), (MEETING, earlier)}))
        for later in self.problem.requests:
            for at, earlier in enumerate(later.after):
                bound = (
                    earlier == request.id != later.id
                    and later.id in self.held
                    and not self.is_frozen(later.id)
                )
                if bound and self.minute(self.held[later.id].start) < end:
                    yield Sub(frozenset({(BlockerKind.AFTER, f"{later.id}#{at}"), (MEETING, later.id)}))

    def is_frozen(self, request: str) -> bool:
        until = self.problem.frozen_until
        return any(
            held.request == request and until is not None and held.start < until
            for held in self.problem.baseline or ()
        )

    def inside(self, window: Span, start: int, end: int) -> bool:
        return self.minute(window.start) <= start and end <= self.minute(window.end)

    # ---- what counts: limits, rests, teams ------------------------------------------------

    def limited(self, request: Request, room: Room, start: int, names: Names) -> bool:
        """Whether limits among the names close a place, or the lack of interpreters."""
        if any(self.at_limit(self.people[person], request, start, names) for person in request.people):
            return True
        if (BlockerKind.INTERPRETER, request.id) not in names:
            return False
        free = [
            one
            for one in self.problem.interpreters
            if set(request.languages or ()) <= one.languages
            and self.is_free(one, request, room, start, names)
        ]
        return len(free) < request.interpreters

    def sitting_of(self, start: int) -> range:
        return next(
            range(self.minute(one.start), self.minute(one.end))
            for one in self.problem.sittings
            if self.minute(one.start) <= start < self.minute(one.end)
        )

    def at_limit(self, person: Person, request: Request, start: int, names: Names) -> bool:
        if (LIMIT, person.id) not in names:
            return False
        sitting = self.sitting_of(start)
        theirs = [one for one in self.of_person[person.id] if one.name in names]
        items = [one for one in theirs if one.start in sitting and one.end <= sitting.stop]
        most, in_a_row = person.max_meetings_per_sitting, person.max_consecutive
        if most is not None and len(items) >= most:
            return True
        if in_a_row is None:
            return False
        own = (start, start + request.minutes)
        row: list[tuple[int, int]] = []
        rows: list[list[tuple[int, int]]] = []
        for begins, ends in sorted([own, *((one.start, one.end) for one in items)]):
            if row and begins - row[-1][1] >= self.problem.break_minutes:
                rows.append(row)
                row = []
            row.append((begins, ends))
        return any(own in each and len(each) > in_a_row for each in [*rows, row])

    def is_free(self, one: Interpreter, request: Request, room: Room, start: int, names: Names) -> bool:
        meetings = [item for item in self.of_interpreter[one.id] if item.name in names]
        engagements = [item for item in self.engagements(one) if item.name in names]
        subs = self.kept([*engagements, *meetings], (WALK, one.id), start, request)
        if any(sub.names <= names and sub.zone in (None, room.zone) for sub in subs):
            return False
        if (LIMIT, one.id) in names and self.is_tired(one, request, start, meetings):
            return False
        return (REST, one.id) not in names or self.rests(one, request, start, meetings, engagements)

    def is_tired(self, one: Interpreter, request: Request, start: int, meetings: Sequence[Item]) -> bool:
        sitting, day = self.sitting_of(start), self.day(start)
        inside = [item for item in meetings if item.start in sitting and item.end <= sitting.stop]
        in_sitting = sum(item.end - item.start for item in inside)
        in_day = sum(item.end - item.start for item in meetings if self.day(item.start) == day)
        most, most_a_day = one.max_minutes_per_sitting, one.max_minutes_per_day
        return (most is not None and in_sitting + request.minutes > most) or (
            most_a_day is not None and in_day + request.minutes > most_a_day
        )

    def day(self, minute: int) -> int:
        return (minute + self.first.hour * 60 + self.first.minute) // 1440

    def rests(
        self, one: Interpreter, request: Request, start: int, meetings: Sequence[Item], away: Sequence[Item]
    ) -> bool:
        most, rest = one.max_continuous_minutes, one.rest_minutes
        assert most is not None
        assert rest is not None
        busy = {minute for item in away for minute in range(item.start, item.end)}
        work, reached = 0, None
        for begins, ends in sorted(
            [(start, start + request.minutes), *((item.start, item.end) for item in meetings)]
        ):
            free = 0 if reached is None else sum(minute not in busy for minute in range(reached, begins))
            work = ends - begins + (work if reached is None or free < rest else 0)
            reached = ends
            if work > most:
                return False
        return True


@dataclass(frozen=True)
class Sub:
    """Names that together keep a request out, in one zone or, where that is ``None``, everywhere."""

    names: Names
    zone: str | None = None
