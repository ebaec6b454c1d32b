"""The rules of one place for one more meeting, written once more for the benchmarks alone.

Shares nothing with the solver, the validator or the explanations: what these claim is
measured against it, and the peers that know no such rules are held to them by it.
Minutes are counted from midnight of the first sitting's day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from summitry.planner import Interpreter, Meeting, Person, Problem, Request, Room

MINUTE = timedelta(minutes=1)
DAY = 1440


class Item(NamedTuple):
    """Something that takes somebody's time; no zone, no walk."""

    start: int
    end: int
    zone: str | None


class Clock:
    """Minutes, sittings and walks of a problem."""

    def __init__(self, problem: Problem) -> None:
        first = min(sitting.start for sitting in problem.sittings)
        self.origin = first.replace(hour=0, minute=0)
        self.sittings = [
            (self.minute(sitting.start), self.minute(sitting.end), sitting.id) for sitting in problem.sittings
        ]
        self.break_minutes = problem.break_minutes
        self.walks: dict[tuple[str, str], int] = {}
        for walk in problem.walks:
            self.walks[walk.from_zone, walk.to_zone] = walk.minutes
            self.walks[walk.to_zone, walk.from_zone] = walk.minutes

    def minute(self, time: datetime) -> int:
        """Return a time in minutes."""
        return (time - self.origin) // MINUTE

    def time(self, minute: int) -> datetime:
        """Return minutes as a time."""
        return self.origin + minute * MINUTE

    def sitting(self, minute: int) -> str | None:
        """Return the sitting that a minute lies in."""
        for start, end, name in self.sittings:
            if start <= minute < end:
                return name
        return None

    def walk(self, one: str | None, other: str | None) -> int:
        """Return the minutes from zone to zone."""
        return 0 if one is None or other is None or one == other else self.walks.get((one, other), 0)


class Agenda:
    """What binds one person or interpreter, and whether one more meeting may."""

    def __init__(self, owner: Person | Interpreter, clock: Clock, *, walks: bool = True) -> None:
        self.owner = owner
        self.clock = clock
        self.walks = walks
        self.engagements = [
            Item(clock.minute(span.start), clock.minute(span.end), span.zone) for span in owner.engagements
        ]
        self.meetings: list[Item] = []
        self.taken = 0
        for item in self.engagements:
            self.taken |= _mask(item.start, item.end)

    def hold(self, item: Item) -> None:
        """Add a meeting."""
        self.meetings.append(item)
        self.taken |= _mask(item.start, item.end)

    def free(self, new: Item) -> bool:
        """Say whether one more meeting keeps every rule of its owner."""
        start, end, zone = new
        if self.taken >> start & _ones(end - start):
            return False
        for items in (self.meetings, self.engagements) if self.walks and zone is not None else ():
            for item in items:
                away = self.clock.walk(zone, item.zone)
                if away and item.start < end + away and start < item.end + away:
                    return False
        if isinstance(self.owner, Person):
            return self._within_limits(self.owner, new)
        return self._within_hours(self.owner, new)

    def _within_limits(self, person: Person, new: Item) -> bool:
        most, in_a_row = person.max_meetings_per_sitting, person.max_consecutive
        if most is None and in_a_row is None:
            return True
        sitting = self.clock.sitting(new.start)
        held = sorted([new, *(item for item in self.meetings if self.clock.sitting(item.start) == sitting)])
        if most is not None and len(held) > most:
            return False
        row = longest = 1
        for before, after in pairwise(held):
            row = row + 1 if after.start - before.end < self.clock.break_minutes else 1
            longest = max(longest, row)
        return in_a_row is None or longest <= in_a_row

    def _within_hours(self, interpreter: Interpreter, new: Item) -> bool:
        clock, held = self.clock, sorted([new, *self.meetings])
        sitting, day = clock.sitting(new.start), new.start // DAY
        most = interpreter.max_minutes_per_sitting
        if most is not None and _work(item for item in held if clock.sitting(item.start) == sitting) > most:
            return False
        most = interpreter.max_minutes_per_day
        if most is not None and _work(item for item in held if item.start // DAY == day) > most:
            return False
        most, rest = interpreter.max_continuous_minutes, interpreter.rest_minutes
        if most is None or rest is None:
            return True
        run = longest = held[0].end - held[0].start
        for before, after in pairwise(held):
            length = after.end - after.start
            run = run + length if self._rested(before.end, after.start) < rest else length
            longest = max(longest, run)
        return longest <= most

    def _rested(self, since: int, until: int) -> int:
        rested, reached = until - since, since
        for item in sorted(self.engagements):
            taken = min(item.end, until) - max(item.start, reached)
            if taken > 0:
                rested -= taken
                reached = max(reached, item.end)
        return rested


def _ones(length: int) -> int:
    return (1 << length) - 1


def _mask(start: int, end: int) -> int:
    """Return minutes as bits; what lies before the event's first day is of no matter."""
    start, end = max(start, 0), max(end, 0)
    return _ones(end - start) << start


def _work(items: Iterable[Item]) -> int:
    return sum(item.end - item.start for item in items)


class RoomDiary:
    """When a room is taken or closed."""

    def __init__(self, room: Room, clock: Clock, turnaround: int) -> None:
        self.room = room
        self.turnaround = turnaround if room.turnaround_minutes is None else room.turnaround_minutes
        self.closed = [(clock.minute(span.start), clock.minute(span.end)) for span in room.closed]
        self.taken = self.made_up = 0
        for since, until in self.closed:
            self.taken |= _mask(since, until)

    def hold(self, start: int, end: int) -> None:
        """Add a meeting; what would start or end within the turnaround of it overlaps it."""
        self.taken |= _mask(start, end)
        self.made_up |= _mask(start, end + self.turnaround)

    def free(self, start: int, end: int) -> bool:
        """Say whether one more meeting finds the room open and made up."""
        length = end - start
        return not (
            self.made_up >> start & _ones(length + self.turnaround) or self.taken >> start & _ones(length)
        )


class Board:
    """Meetings that are held, and the places where one more may be.

    Parameters
    ----------
    problem
        What the meetings are held by; nothing of a baseline is looked at but ``frozen_until``.
    walkers
        The people and interpreters whose walks count; ``None``: everybody's.
    """

    def __init__(self, problem: Problem, *, walkers: Collection[str] | None = None) -> None:
        self.problem = problem
        self.clock = Clock(problem)

        def agenda(owner: Person | Interpreter) -> Agenda:
            return Agenda(owner, self.clock, walks=walkers is None or owner.id in walkers)

        self.people = {person.id: agenda(person) for person in problem.people}
        self.interpreters = {each.id: agenda(each) for each in problem.interpreters}
        self.rooms = {
            room.id: RoomDiary(room, self.clock, problem.turnaround_minutes) for room in problem.rooms
        }
        self.held: dict[str, Meeting] = {}
        self.followers: dict[str, list[str]] = defaultdict(list)
        for request in problem.requests:
            for earlier in request.after:
                self.followers[earlier].append(request.id)

    def starts(self, request: Request) -> Iterator[int]:
        """Walk over the starts that a request's own terms allow, in order of time."""
        clock, length = self.clock, request.minutes
        windows = [(clock.minute(each.start), clock.minute(each.end)) for each in request.windows]
        fixed = None if request.fixed is None else clock.minute(request.fixed.start)
        until = self.problem.frozen_until
        first = None if until is None else clock.minute(until)
        for begins, ends, name in sorted(clock.sittings):
            if request.sittings and name not in request.sittings:
                continue
            for start in range(begins, ends - length + 1, self.problem.grid_minutes):
                in_time = first is None or start >= first
                in_window = not windows or any(
                    since <= start and start + length <= to for since, to in windows
                )
                if in_time and in_window and fixed in (None, start):
                    yield start

    def suitable(self, request: Request) -> list[RoomDiary]:
        """Return the rooms that a request may be held in, whenever they are free."""
        fixed = None if request.fixed is None else request.fixed.room
        return [
            diary
            for diary in self.rooms.values()
            if (not request.rooms or diary.room.id in request.rooms)
            and fixed in (None, diary.room.id)
            and (diary.room.party is None or diary.room.party in request.parties)
            and (request.seats is None or diary.room.seats is None or request.seats <= diary.room.seats)
            and request.features <= diary.room.features
        ]

    def in_order(self, request: Request, start: int) -> bool:
        """Say whether a start keeps the order by ``after`` among the meetings held."""
        begins, ends = self.clock.time(start), self.clock.time(start + request.minutes)
        return all(
            begins >= self.held[earlier].end for earlier in request.after if earlier in self.held
        ) and all(
            ends <= self.held[later].start for later in self.followers[request.id] if later in self.held
        )

    def team(self, request: Request, item: Item) -> tuple[str, ...] | None:
        """Return the first interpreters who may serve, ``None`` where they are too few."""
        found: list[str] = []
        for name, agenda in self.interpreters.items():
            if len(found) == request.interpreters:
                break
            languages = agenda.owner.languages if isinstance(agenda.owner, Interpreter) else frozenset()
            if languages.issuperset(request.languages or ()) and agenda.free(item):
                found.append(name)
        return tuple(found) if len(found) == request.interpreters else None

    def places(self, request: Request, starts: Iterable[int] | None = None) -> Iterator[Meeting]:
        """Walk over starts and rooms that keep every rule beside the meetings held, one team for each.

        Nothing may be held while the walk goes on.
        """
        rooms, clock = self.suitable(request), self.clock
        people = [self.people[name] for name in request.people]
        taken = 0
        for agenda in people:
            taken |= agenda.taken
        for start in self.starts(request) if starts is None else starts:
            end = start + request.minutes
            if taken >> start & _ones(request.minutes) or not self.in_order(request, start):
                continue
            teams: dict[str, tuple[str, ...] | None] = {}
            for diary in rooms:
                if not diary.free(start, end):
                    continue
                zone = diary.room.zone or ""
                if zone not in teams:
                    item = Item(start, end, zone or None)
                    everybody = all(agenda.free(item) for agenda in people)
                    teams[zone] = self.team(request, item) if everybody else None
                team = teams[zone]
                if team is not None:
                    yield Meeting(request.id, clock.time(start), clock.time(end), diary.room.id, team)

    def hold(self, request: Request, meeting: Meeting) -> None:
        """Hold a meeting; whom and what the board does not know is passed over."""
        start, end = self.clock.minute(meeting.start), self.clock.minute(meeting.end)
        self.held[request.id] = meeting
        diary = self.rooms.get(meeting.room)
        item = Item(start, end, None if diary is None else diary.room.zone)
        if diary is not None:
            diary.hold(start, end)
        for agendas, names in (
            (self.people, request.people),
            (self.interpreters, meeting.interpreters),
        ):
            for name in names:
                if name in agendas:
                    agendas[name].hold(item)
