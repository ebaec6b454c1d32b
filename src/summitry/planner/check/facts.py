"""The problem by name, and the few measures of time that every rule needs."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from summitry.planner.documents import Records
from summitry.planner.problem import Meeting, Problem, Request, Room, Sitting, Span

MINUTE = timedelta(minutes=1)


def minutes(start: datetime, end: datetime) -> int:
    """Return the minutes from one wall-clock time to another, negative if it lies before."""
    return (end - start) // MINUTE


def free_minutes(start: datetime, end: datetime, engagements: Iterable[Span]) -> int:
    """Return the minutes from ``start`` to ``end`` less the union of the engagements in between."""
    free, reached = minutes(start, end), start
    for span in sorted(engagements, key=lambda span: span.start):
        taken_from, taken_to = max(span.start, reached), min(span.end, end)
        if taken_from < taken_to:
            free -= minutes(taken_from, taken_to)
            reached = taken_to
    return free


class Facts:
    """The records of a problem by their ids.

    Attributes
    ----------
    problem
        What is asked of it are only the rules of the whole; its records stand in the dictionaries.
    baseline
        The baseline's meetings whose requests are still present, by request.
    frozen
        Those of them that start before ``frozen_until``.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.requests: dict[str, Request] = {request.id: request for request in problem.requests}
        self.rooms: dict[str, Room] = {room.id: room for room in problem.rooms}
        self.people = {person.id: person for person in problem.people}
        self.interpreters = {interpreter.id: interpreter for interpreter in problem.interpreters}
        self.walks = {frozenset((walk.from_zone, walk.to_zone)): walk.minutes for walk in problem.walks}
        self.longest_walk = max(self.walks.values(), default=0)
        self.zone = ZoneInfo(problem.timezone)
        self.baseline = {
            held.request: held for held in problem.baseline or () if held.request in self.requests
        }
        self.frozen = {
            request: held
            for request, held in self.baseline.items()
            if problem.frozen_until is not None and held.start < problem.frozen_until
        }

    def with_records(self, records: Records) -> Facts:
        """Return the facts with some records in place of those of the same ids."""
        changed = copy(self)
        changed.requests = {**self.requests, **records.requests}
        changed.people = {**self.people, **records.people}
        changed.rooms = {**self.rooms, **records.rooms}
        changed.interpreters = {**self.interpreters, **records.interpreters}
        return changed

    def walk(self, one: str | None, other: str | None) -> int:
        """Return the minutes between two zones; 0 where one is unknown, they are the same, or no walk is given."""
        if one is None or other is None or one == other:
            return 0
        return self.walks.get(frozenset((one, other)), 0)

    def zone_of(self, meeting: Meeting) -> str | None:
        """Return the zone of a meeting's room."""
        return self.rooms[meeting.room].zone

    def sitting_of(self, meeting: Meeting) -> Sitting | None:
        """Find the sitting that a meeting lies wholly inside, if any."""
        for sitting in self.problem.sittings:
            if sitting.start <= meeting.start and meeting.end <= sitting.end:
                return sitting
        return None

    def turnaround(self, room: Room) -> int:
        """Return the least gap between two meetings in a room, in minutes."""
        return self.problem.turnaround_minutes if room.turnaround_minutes is None else room.turnaround_minutes

    def is_frozen(self, meeting: Meeting) -> bool:
        """Say whether this is a frozen meeting of the baseline, kept as it was."""
        held = self.frozen.get(meeting.request)
        return held is not None and same_meeting(held, meeting)

    def is_on_the_clock(self, time: datetime) -> bool:
        """Say whether a wall-clock time exists exactly once in the problem's time zone."""
        first = time.replace(tzinfo=self.zone, fold=0).utcoffset()
        return first == time.replace(tzinfo=self.zone, fold=1).utcoffset()


def same_meeting(one: Meeting, other: Meeting) -> bool:
    """Say whether two meetings agree in everything; the order of the interpreters says nothing."""
    return (one.request, one.start, one.end, one.room, sorted(one.interpreters)) == (
        other.request,
        other.start,
        other.end,
        other.room,
        sorted(other.interpreters),
    )
