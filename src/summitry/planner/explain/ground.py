"""The problem in whole minutes and small numbers: the ground that every explanation stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from summitry.planner.explain.starts import Shadow, Starts
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


class Ground:
    """A problem, numbered.

    People, rooms, interpreters, sittings and requests are numbered as the problem lists
    them; zones from 1, and 0 is an unknown one. Times are minutes from the midnight
    before the first sitting. What only some explanations need is worked out when asked for.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        first = min(sitting.start for sitting in problem.sittings)
        self.midnight = first.replace(hour=0, minute=0)
        self.request_number = {request.id: number for number, request in enumerate(problem.requests)}
        self.person_number = {person.id: number for number, person in enumerate(problem.people)}
        self.room_number = {room.id: number for number, room in enumerate(problem.rooms)}
        self.interpreter_number = {each.id: number for number, each in enumerate(problem.interpreters)}
        self._number_zones()
        self.sittings = [(self.minute(each.start), self.minute(each.end)) for each in problem.sittings]
        self.frozen_until = None if problem.frozen_until is None else self.minute(problem.frozen_until)
        self.baseline: dict[str, Meeting] = {
            held.request: held for held in problem.baseline or () if held.request in self.request_number
        }
        self._starts: dict[int, Starts] = {}
        self._engagements: dict[int, list[Busy]] = {}

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
        self.longest_walk = max(max(row) for row in self.walk)
        self.room_zone = [self._zone_number[room.zone] for room in problem.rooms]
        self.zones = sorted(set(self.room_zone))

    # ---- the same ground, a little changed --------------------------------------------

    def released(self, engagements: Collection[tuple[int, int]]) -> Ground:
        """Return a ground on which some people are released from engagements, by person and index."""
        people = list(self.problem.people)
        for number, index in sorted(engagements, reverse=True):
            spans = people[number].engagements
            people[number] = replace(people[number], engagements=(*spans[:index], *spans[index + 1 :]))
        changed = {number for number, _ in engagements}
        return self._with(
            problem=replace(self.problem, people=tuple(people)),
            _engagements={at: busy for at, busy in self._engagements.items() if at not in changed},
        )

    def longer(self, minutes: int) -> Ground:
        """Return a ground on which each sitting ends later by so much, or when the next one starts."""
        starts = sorted(start for start, _ in self.sittings)
        ends = [
            min([end + minutes, *(start for start in starts if start >= end)]) for _, end in self.sittings
        ]
        return self.ending(dict(enumerate(ends)))

    def ending(self, ends: dict[int, int]) -> Ground:
        """Return a ground on which sittings, by number, end at other times."""
        sittings = [
            replace(sitting, end=self.time(ends[number])) if number in ends else sitting
            for number, sitting in enumerate(self.problem.sittings)
        ]
        return self._with(
            problem=replace(self.problem, sittings=tuple(sittings)),
            sittings=[(self.minute(each.start), self.minute(each.end)) for each in sittings],
            _starts={},
        )

    def _with(self, **changed: object) -> Ground:
        """Return the same ground, what was worked out included, but for what changes."""
        other = object.__new__(Ground)
        other.__dict__.update(self.__dict__ | changed)
        return other

    # ---- times ----------------------------------------------------------------------

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

    def shadow(self, starts: Starts, start: int, end: int, zone: int) -> Shadow:
        """Return what something at a time and in a zone forbids of whoever it binds.

        The starts that overlap it; and by zone those too near to walk there or back.
        """
        key = (start, end, zone)
        known = starts.shadows.get(key)
        if known is None:
            overlapping = starts.touching(start, end)
            around = tuple(
                (other, near)
                for other in (self.zones if zone != NOWHERE else ())
                if self.walk[zone][other]
                and (near := starts.touching(start, end, self.walk[zone][other]) & ~overlapping)
            )
            known = starts.shadows[key] = (overlapping, around)
        return known

    def _on_the_clock(self, times: list[int], minutes: int) -> list[int]:
        """Leave out meetings that start or end at a time that the clock does not show exactly once."""
        if not times or self._steady:
            return times
        return [time for time in times if self.shown_once(time) and self.shown_once(time + minutes)]

    def shown_once(self, minute: int) -> bool:
        """Say whether the clock shows a time exactly once."""
        time = self.time(minute).replace(tzinfo=self._zone)
        return time.utcoffset() == time.replace(fold=1).utcoffset()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.problem.timezone)

    @cached_property
    def _steady(self) -> bool:
        """Whether the clock never changes while there are sittings, or in the days around them."""
        edges = [time for sitting in self.sittings for time in sitting]
        days = range(min(edges) - 1440, max(edges) + 2881, 720)
        return len({self.time(minute).replace(tzinfo=self._zone).utcoffset() for minute in days}) == 1

    # ---- records by number ------------------------------------------------------------

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

    def engagements(self, number: int) -> list[Busy]:
        """Return what binds a person outside meetings."""
        known = self._engagements.get(number)
        if known is None:
            known = self._engagements[number] = self._busy(self.person(number).engagements)
        return known

    @cached_property
    def interpreter_engagements(self) -> list[list[Busy]]:
        """What binds each interpreter outside meetings."""
        return [self._busy(each.engagements) for each in self.problem.interpreters]

    @cached_property
    def closed(self) -> list[list[Busy]]:
        """When each room is closed."""
        return [self._busy(room.closed) for room in self.problem.rooms]

    def _busy(self, spans: Sequence[Span]) -> list[Busy]:
        return [
            Busy(self.minute(one.start), self.minute(one.end), self._zone_number.get(one.zone, NOWHERE), at)
            for at, one in enumerate(spans)
        ]

    def turnaround(self, number: int) -> int:
        """Return the least gap between two meetings in a room."""
        own = self.room(number).turnaround_minutes
        return self.problem.turnaround_minutes if own is None else own

    def is_frozen(self, request: str) -> bool:
        """Say whether a request's meeting is in the part of the baseline that may not change."""
        held = self.baseline.get(request)
        until = self.problem.frozen_until
        return held is not None and until is not None and held.start < until

    @cached_property
    def people_of_party(self) -> dict[str, list[int]]:
        """The numbers of the people of each delegation."""
        found: dict[str, list[int]] = {}
        for number, person in enumerate(self.problem.people):
            found.setdefault(person.party, []).append(number)
        return found

    @cached_property
    def times_named(self) -> Counter[int]:
        """How many requests name each person."""
        return Counter(person for request in self.problem.requests for person in self.people_of(request))

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

    # ---- what a request asks for --------------------------------------------------------

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
            allowed &= starts.bit(self.minute(fixed.start))
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
