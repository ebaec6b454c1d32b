"""The problem in whole minutes and small numbers: the ground that every explanation stands on.

Sets of starts are Python integers used as bit sets: bit *i* is the *i*-th start on the
grid. A day of 5-minute starts fits a machine word or two, so that covering and counting
stay in C whatever the number of meetings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from summitry.planner.problem import Fixed, Interpreter, Meeting, Person, Problem, Request, Room, Span

MINUTE = timedelta(minutes=1)
NOWHERE = 0


@dataclass(frozen=True, slots=True)
class Busy:
    """An engagement or a closure: minutes from and to, zone number, index in its owner's list."""

    start: int
    end: int
    zone: int
    index: int


class Starts:
    """Every start at which a meeting of one length lies wholly inside a sitting.

    Attributes
    ----------
    minutes : int
        The length of the meeting.
    times : list of int
        The starts in order, in minutes of the ground.
    every : int
        The set of all of them.
    by_sitting : list of int
        Those of each sitting.
    """

    def __init__(self, minutes: int, times: Sequence[Sequence[int]]) -> None:
        self.minutes = minutes
        self.times = [time for sitting in times for time in sitting]
        self._below = [(1 << count) - 1 for count in range(len(self.times) + 1)]
        self.every = self._below[-1]
        self.by_sitting = []
        reached = 0
        for sitting in times:
            self.by_sitting.append(self._below[reached + len(sitting)] ^ self._below[reached])
            reached += len(sitting)

    def inside(self, first: int, last: int) -> int:
        """Return the starts from ``first`` to ``last``, both included."""
        if last < first:
            return 0
        return self._below[bisect_right(self.times, last)] ^ self._below[bisect_left(self.times, first)]

    def touching(self, start: int, end: int, gap: int = 0) -> int:
        """Return the starts of meetings that leave less than ``gap`` minutes to something, or overlap it."""
        return self.inside(start - self.minutes - gap + 1, end + gap - 1)

    def listed(self, chosen: int) -> list[int]:
        """Return the positions of a set's members, in order."""
        return listed_bits(chosen)


def listed_bits(chosen: int) -> list[int]:
    """Return the positions of the bits of a set, in order."""
    positions = []
    while chosen:
        lowest = chosen & -chosen
        positions.append(lowest.bit_length() - 1)
        chosen ^= lowest
    return positions


class Ground:
    """A problem, numbered.

    People, rooms, interpreters, sittings and requests are numbered as the problem lists
    them; zones from 1, and 0 is an unknown one. Times are minutes from the midnight
    before the first sitting.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        first = min(sitting.start for sitting in problem.sittings)
        self.midnight = first.replace(hour=0, minute=0)
        self.request_number = {request.id: number for number, request in enumerate(problem.requests)}
        self.person_number = {person.id: number for number, person in enumerate(problem.people)}
        self.room_number = {room.id: number for number, room in enumerate(problem.rooms)}
        self.interpreter_number = {
            interpreter.id: number for number, interpreter in enumerate(problem.interpreters)
        }
        self._number_zones()
        self.sittings = [(self.minute(each.start), self.minute(each.end)) for each in problem.sittings]
        self.engagements = [self._busy(person.engagements) for person in problem.people]
        self.interpreter_engagements = [self._busy(each.engagements) for each in problem.interpreters]
        self.closed = [self._busy(room.closed) for room in problem.rooms]
        self.turnaround = [
            problem.turnaround_minutes if room.turnaround_minutes is None else room.turnaround_minutes
            for room in problem.rooms
        ]
        self.frozen_until = None if problem.frozen_until is None else self.minute(problem.frozen_until)
        self.baseline: dict[str, Meeting] = {
            held.request: held for held in problem.baseline or () if held.request in self.request_number
        }
        self._starts: dict[int, Starts] = {}

    def _number_zones(self) -> None:
        problem = self.problem
        named = {room.zone for room in problem.rooms}
        named |= {zone for walk in problem.walks for zone in (walk.from_zone, walk.to_zone)}
        named |= {span.zone for person in problem.people for span in person.engagements}
        named |= {span.zone for each in problem.interpreters for span in each.engagements}
        zones = sorted(zone for zone in named if zone is not None)
        self.zone_name: list[str | None] = [None, *zones]
        self._zone_number: dict[str | None, int] = {name: at for at, name in enumerate(self.zone_name)}
        self.walk = [[0] * len(self.zone_name) for _ in self.zone_name]
        for walk in problem.walks:
            one, other = self._zone_number[walk.from_zone], self._zone_number[walk.to_zone]
            if one != other:
                self.walk[one][other] = self.walk[other][one] = walk.minutes
        self.room_zone = [self._zone_number[room.zone] for room in problem.rooms]
        self.rooms_by_zone: dict[int, list[int]] = {}
        for number, zone in enumerate(self.room_zone):
            self.rooms_by_zone.setdefault(zone, []).append(number)

    def _busy(self, spans: Sequence[Span]) -> list[Busy]:
        return [
            Busy(
                self.minute(span.start), self.minute(span.end), self._zone_number.get(span.zone, NOWHERE), at
            )
            for at, span in enumerate(spans)
        ]

    def minute(self, time: datetime) -> int:
        """Return a wall-clock time in minutes of the ground."""
        return (time - self.midnight) // MINUTE

    def time(self, minute: int) -> datetime:
        """Return the wall-clock time of a minute of the ground."""
        return self.midnight + minute * MINUTE

    def sitting_of(self, start: int, end: int) -> int | None:
        """Find the sitting that holds a stretch of time whole."""
        for number, (first, last) in enumerate(self.sittings):
            if first <= start and end <= last:
                return number
        return None

    def starts(self, minutes: int) -> Starts:
        """Return the grid of starts for meetings of one length."""
        if minutes not in self._starts:
            times = [
                list(range(first, last - minutes + 1, self.problem.grid_minutes))
                for first, last in self.sittings
            ]
            ordered = sorted(range(len(times)), key=lambda number: self.sittings[number])
            found = Starts(minutes, [self._on_the_clock(times[number], minutes) for number in ordered])
            by_sitting = [0] * len(times)
            for place, number in enumerate(ordered):
                by_sitting[number] = found.by_sitting[place]
            found.by_sitting = by_sitting
            self._starts[minutes] = found
        return self._starts[minutes]

    def _on_the_clock(self, times: list[int], minutes: int) -> list[int]:
        """Leave out meetings that start or end at a time that the clock does not show exactly once."""
        if not times or self._steady:
            return times
        return [time for time in times if self._shown_once(time) and self._shown_once(time + minutes)]

    def _shown_once(self, minute: int) -> bool:
        time = self.time(minute).replace(tzinfo=self._zone)
        return time.utcoffset() == time.replace(fold=1).utcoffset()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.problem.timezone)

    @cached_property
    def _steady(self) -> bool:
        """Whether the clock never changes while there are sittings."""
        edges = [time for sitting in self.sittings for time in sitting]
        days = range(min(edges) - 1440, max(edges) + 2881, 720)
        return len({self.time(minute).replace(tzinfo=self._zone).utcoffset() for minute in days}) == 1

    def is_frozen(self, request: str) -> bool:
        """Say whether a request's meeting is in the part of the baseline that may not change."""
        held = self.baseline.get(request)
        until = self.problem.frozen_until
        return held is not None and until is not None and held.start < until

    def person(self, number: int) -> Person:
        """Return a person by number."""
        return self.problem.people[number]

    def room(self, number: int) -> Room:
        """Return a room by number."""
        return self.problem.rooms[number]

    def interpreter(self, number: int) -> Interpreter:
        """Return an interpreter by number."""
        return self.problem.interpreters[number]

    def request(self, number: int) -> Request:
        """Return a request by number."""
        return self.problem.requests[number]

    def people_of(self, request: Request) -> tuple[int, ...]:
        """Return the numbers of those who must be there."""
        return tuple(self.person_number[person] for person in request.people)

    @cached_property
    def _times_named(self) -> Counter[int]:
        return Counter(person for request in self.problem.requests for person in self.people_of(request))

    def named_without(self, request: str) -> set[int]:
        """Return the people named in any other request."""
        own = set(self.people_of(self.request(self.request_number[request])))
        return {person for person, times in self._times_named.items() if times > (person in own)}

    @cached_property
    def _later(self) -> dict[str, list[int]]:
        later: dict[str, list[int]] = {}
        for number, request in enumerate(self.problem.requests):
            for earlier in request.after:
                later.setdefault(earlier, []).append(number)
        return later

    def later_than(self, request: str) -> list[int]:
        """Return the numbers of the requests that name a request in their ``after``."""
        return self._later.get(request, [])

    def suits(self, request: Request, number: int) -> bool:
        """Say whether a room meets what a request asks of its room, whoever owns it."""
        room, fixed = self.room(number), request.fixed
        return (
            (not request.rooms or room.id in request.rooms)
            and (fixed is None or fixed.room in (None, room.id))
            and (request.seats is None or room.seats is None or room.seats >= request.seats)
            and request.features <= room.features
        )

    def lacks(self, request: Request, number: int) -> tuple[int, int, int]:
        """Measure how far a room is from what a request asks for: features, seats, and whether it was named."""
        room = self.room(number)
        short = 0 if request.seats is None or room.seats is None else max(0, request.seats - room.seats)
        elsewhere = bool(request.rooms) and room.id not in request.rooms
        return len(request.features - room.features), short, int(elsewhere)

    def owned_by_another(self, request: Request, number: int) -> bool:
        """Say whether a room belongs to a delegation that is not at this meeting."""
        party = self.room(number).party
        return party is not None and party not in request.parties

    def qualified(self, request: Request) -> list[int]:
        """Return the numbers of the interpreters who have both languages of a request."""
        if request.languages is None:
            return []
        wanted = set(request.languages)
        return [at for at, each in enumerate(self.problem.interpreters) if wanted <= each.languages]

    def allowed(self, request: Request, starts: Starts) -> int:
        """Return the starts inside a request's own windows and at its fixed time."""
        allowed = starts.every
        if request.windows:
            allowed = 0
            for window in request.windows:
                allowed |= starts.inside(self.minute(window.start), self.minute(window.end) - starts.minutes)
        fixed: Fixed | None = request.fixed
        if fixed is not None:
            allowed &= starts.inside(self.minute(fixed.start), self.minute(fixed.start))
        return allowed

    def in_sittings(self, request: Request, starts: Starts) -> int:
        """Return the starts in the sittings a request may use."""
        if not request.sittings:
            return starts.every
        allowed = 0
        for sitting, chosen in zip(self.problem.sittings, starts.by_sitting, strict=True):
            if sitting.id in request.sittings:
                allowed |= chosen
        return allowed
