"""The problem compiled to small integers: what the solver works on.

Requests, people, rooms, interpreters, parties and zones become indices; times become
minutes from the first day's midnight, and sets of times become bits (see
:mod:`summitry.planner.solver.cells`). All that concerns one request alone is decided
here once: in which rooms, from which cells, by which interpreters it could be held.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitry.planner.problem import Aim, Meeting, Problem, Request, Room, Span
from summitry.planner.solver.cells import MINUTES_PER_DAY, Busy, Cells, erode, union


class Place(NamedTuple):
    """Where one request is held: minutes, room and interpreters (``room`` -1: unknown to the problem)."""

    start: int
    end: int
    room: int
    interpreters: tuple[int, ...] = ()


class Item(NamedTuple):
    """Something that keeps somebody busy: an engagement (``request`` -1) or a meeting."""

    start: int
    end: int
    zone: int
    request: int


IN_ORDER = itemgetter(0, 1, 3)
"""Of items: by start, then end, then as the requests are listed (only frozen meetings can be at one time)."""


@dataclass(slots=True)
class Actor:
    """Somebody who is in one place at a time: a person or an interpreter."""

    engagements: tuple[Item, ...]
    busy: Busy
    max_meetings: int | None = None
    max_minutes: int | None = None
    max_consecutive: int | None = None
    max_minutes_per_day: int | None = None
    max_run: int | None = None
    rest: int = 0
    languages: frozenset[str] = frozenset()


@dataclass(slots=True)
class Job:
    """One request; ``starts`` are the cells its own rules and the frozen part's time allow."""

    length: int
    cells: int
    weight: int
    must: bool
    people: tuple[int, ...]
    parties: tuple[int, ...]
    rooms: tuple[int, ...]
    need: int
    interpreters: tuple[int, ...]
    after: tuple[int, ...]
    starts: int
    before: list[int] = field(default_factory=list)
    frozen: Place | None = None
    baseline: Place | None = None


@dataclass(slots=True)
class RoomClass:
    """Rooms that no rule tells apart, used as one resource of that capacity."""

    rooms: tuple[int, ...]
    zone: int
    turnaround: int


class Instance:
    """A compiled problem; immutable once built."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.objective = problem.objective
        order = sorted(range(len(problem.sittings)), key=lambda index: problem.sittings[index].start)
        self.sitting_ids = [problem.sittings[index].id for index in order]
        spans = [(problem.sittings[index].start, problem.sittings[index].end) for index in order]
        self.cells = Cells(spans, problem.grid_minutes)
        self._off_clock = self._cells_off_the_clock()
        self.grid = problem.grid_minutes
        self.break_minutes = problem.break_minutes
        self.tick = math.gcd(
            self.grid, *(start - self.cells.sitting_starts[0] for start in self.cells.sitting_starts)
        )
        self.zero = self.cells.sitting_starts[0]
        self._number_zones()
        self.party_index = {party.id: index for index, party in enumerate(problem.parties)}
        self.person_index = {person.id: index for index, person in enumerate(problem.people)}
        self.room_index = {room.id: index for index, room in enumerate(problem.rooms)}
        self.interpreter_index = {who.id: index for index, who in enumerate(problem.interpreters)}
        self.request_index = {request.id: index for index, request in enumerate(problem.requests)}
        self._read_actors()
        self.room_zone = [self.zone(room.zone) for room in problem.rooms]
        self.turnaround = [
            problem.turnaround_minutes if room.turnaround_minutes is None else room.turnaround_minutes
            for room in problem.rooms
        ]
        self.closed = [[self.span(span) for span in room.closed] for room in problem.rooms]
        self.room_closed_cells = [
            union(self.cells.touched(start, end) for start, end in closed) for closed in self.closed
        ]
        self._owners = frozenset(room.party for room in problem.rooms if room.party)
        self._fitting: dict[tuple[object, ...], tuple[int, ...]] = {}
        self.jobs = [self._job(request) for request in problem.requests]
        for index, job in enumerate(self.jobs):
            for earlier in job.after:
                self.jobs[earlier].before.append(index)
        self._read_baseline()
        self.classes = self._room_classes()
        self.class_of_room = {room: index for index, kind in enumerate(self.classes) for room in kind.rooms}
        self.spread = problem.limits.breaks_spread
        self.named_people = sorted({person for job in self.jobs for person in job.people})
        self.named_parties = sorted({party for job in self.jobs for party in job.parties})

    # ---- reading -------------------------------------------------------------------

    def _number_zones(self) -> None:
        problem = self.problem
        names = {room.zone for room in problem.rooms}
        names |= {span.zone for person in problem.people for span in person.engagements}
        names |= {span.zone for who in problem.interpreters for span in who.engagements}
        self.zones = {name: index for index, name in enumerate(sorted(name for name in names if name))}
        self.nowhere = len(self.zones)
        self.walk = [[0] * (self.nowhere + 1) for _ in range(self.nowhere + 1)]
        for walk in problem.walks:
            a, b = self.zones.get(walk.from_zone), self.zones.get(walk.to_zone)
            if a is not None and b is not None and a != b:
                self.walk[a][b] = self.walk[b][a] = walk.minutes
        self.walking = any(any(row) for row in self.walk)
        self.room_zones = sorted({self.zone(room.zone) for room in problem.rooms})

    def zone(self, name: str | None) -> int:
        """Return the index of a zone; ``nowhere`` where it is not known."""
        return self.zones[name] if name else self.nowhere

    def span(self, span: Span) -> tuple[int, int]:
        """Return a span in minutes."""
        return self.cells.minute(span.start), self.cells.minute(span.end)

    def _engagements(self, spans: Sequence[Span]) -> tuple[tuple[Item, ...], Busy]:
        items = tuple(
            sorted(
                (Item(*self.span(span), self.zone(span.zone), -1) for span in spans),
                key=lambda item: item[:2],
            )
        )
        return items, Busy([item[:2] for item in items])

    def _read_actors(self) -> None:
        self.people = [
            Actor(
                *self._engagements(person.engagements),
                max_meetings=person.max_meetings_per_sitting,
                max_consecutive=person.max_consecutive,
            )
            for person in self.problem.people
        ]
        self.interpreters = [
            Actor(
                *self._engagements(who.engagements),
                max_minutes=who.max_minutes_per_sitting,
                max_minutes_per_day=who.max_minutes_per_day,
                max_run=who.max_continuous_minutes,
                rest=who.rest_minutes or 0,
                languages=who.languages,
            )
            for who in self.problem.interpreters
        ]

    def _job(self, request: Request) -> Job:
        interpreters: tuple[int, ...] = ()
        if request.languages:
            spoken = frozenset(request.languages)
            interpreters = tuple(
                index
                for index, who in enumerate(self.interpreters)
                if spoken <= who.languages and (who.max_run is None or request.minutes <= who.max_run)
            )
        return Job(
            length=request.minutes,
            cells=request.minutes // self.grid,
            weight=request.weight,
            must=request.must,
            people=tuple(self.person_index[person] for person in request.people),
            parties=tuple(self.party_index[party] for party in request.parties),
            rooms=self._rooms(request),
            need=request.interpreters if request.languages else 0,
            interpreters=interpreters,
            after=tuple(self.request_index[earlier] for earlier in request.after),
            starts=self._starts(request),
        )

    def _rooms(self, request: Request) -> tuple[int, ...]:
        key = (
            request.seats,
            request.features,
            request.rooms,
            self._owners & set(request.parties),
            request.fixed.room if request.fixed else None,
        )
        known = self._fitting.get(key)
        if known is None:
            rooms = enumerate(self.problem.rooms)
            known = self._fitting[key] = tuple(index for index, room in rooms if _fits(request, room))
        return known

    def _starts(self, request: Request) -> int:
        cells = self.cells
        allowed = cells.everything
        if request.sittings:
            named = set(request.sittings)
            allowed = union(
                cells.sitting(index) for index, name in enumerate(self.sitting_ids) if name in named
            )
        length = request.minutes
        starts = erode(allowed, length // self.grid)
        if request.windows:
            spans = [self.span(window) for window in request.windows]
            starts &= union(cells.starting(low, high - length) for low, high in spans)
        if request.fixed is not None:
            minute = cells.minute(request.fixed.start)
            starts &= cells.starting(minute, minute)
        if self.problem.frozen_until is not None:
            starts &= cells.starting(cells.minute(self.problem.frozen_until), cells.minutes[-1])
        if self._off_clock:
            starts &= ~(self._off_clock | self._off_clock >> length // self.grid)
        return 0 if request.id in request.after else starts

    def _cells_off_the_clock(self) -> int:
        """Return the cells, ends of sittings included, at a time that the zone's clock skips or shows twice."""
        zone = ZoneInfo(self.problem.timezone)
        day = MINUTES_PER_DAY

        def offset(minute: int) -> timedelta | None:
            return self.cells.time(minute).replace(tzinfo=zone).utcoffset()

        if all(offset(start - day) == offset(end + day) for start, end in self.cells.sittings):
            return 0
        mask = 0
        for cell, minute in enumerate(self.cells.minutes):
            time = self.cells.time(minute).replace(tzinfo=zone)
            if time.utcoffset() != time.replace(fold=1).utcoffset():
                mask |= 1 << cell
        return mask

    def _read_baseline(self) -> None:
        limit = self.problem.frozen_until
        for meeting in self.problem.baseline or ():
            index = self.request_index.get(meeting.request)
            if index is None:
                continue
            job = self.jobs[index]
            job.baseline = self._place(meeting)
            if limit is not None and meeting.start < limit:
                job.frozen = job.baseline

    def _place(self, meeting: Meeting) -> Place:
        known = (self.interpreter_index.get(name) for name in meeting.interpreters)
        return Place(
            self.cells.minute(meeting.start),
            self.cells.minute(meeting.end),
            self.room_index.get(meeting.room, -1),
            tuple(index for index in known if index is not None),
        )

    def _room_classes(self) -> list[RoomClass]:
        asked: list[list[int]] = [[] for _ in self.problem.rooms]
        for index, rooms in enumerate(sorted({job.rooms for job in self.jobs})):
            for room in rooms:
                asked[room].append(index)
        named = {job.frozen.room for job in self.jobs if job.frozen}
        if Aim.REROOMED in self.objective:
            named |= {job.baseline.room for job in self.jobs if job.baseline}
        groups: dict[tuple[object, ...], list[int]] = {}
        for room in range(len(self.problem.rooms)):
            key = (
                self.room_zone[room],
                self.turnaround[room],
                self.room_closed_cells[room],
                tuple(asked[room]),
                room if room in named else -1,
            )
            groups.setdefault(key, []).append(room)
        return [
            RoomClass(tuple(rooms), self.room_zone[rooms[0]], self.turnaround[rooms[0]])
            for rooms in groups.values()
        ]

    # ---- answering -----------------------------------------------------------------

    def zone_of(self, room: int) -> int:
        """Return the zone of a room."""
        return self.room_zone[room] if room >= 0 else self.nowhere

    @staticmethod
    def date(minute: int) -> int:
        """Return the day a minute falls on, 0 for the first."""
        return minute // MINUTES_PER_DAY

    def to_tick(self, minute: int) -> int:
        """Return the solver's time unit at or after ``minute``."""
        return -((self.zero - minute) // self.tick)

    def meeting(self, request: int, place: Place) -> Meeting:
        """Return a placed request as the plan's meeting."""
        problem = self.problem
        if self.jobs[request].frozen is not None and problem.baseline:
            name = problem.requests[request].id
            return next(meeting for meeting in problem.baseline if meeting.request == name)
        return Meeting(
            request=problem.requests[request].id,
            start=self.cells.time(place.start),
            end=self.cells.time(place.end),
            room=problem.rooms[place.room].id,
            interpreters=tuple(problem.interpreters[who].id for who in place.interpreters),
        )


def _fits(request: Request, room: Room) -> bool:
    """Return whether a request may be held in a room as far as the room's own attributes go."""
    return (
        (request.seats is None or room.seats is None or request.seats <= room.seats)
        and request.features <= room.features
        and (room.party is None or room.party in request.parties)
        and (not request.rooms or room.id in request.rooms)
        and (request.fixed is None or request.fixed.room is None or request.fixed.room == room.id)
    )
