"""What no longer fits of a plan that people already hold, meeting by meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import pairwise

from summitry.planner.problem import Interpreter, Meeting, Person, Problem, Request, Room, Span


class Gravity(IntEnum):
    """How much a trouble matters: somebody hurries, or the meeting cannot be held as it stands."""

    WARNING = 1
    IMPOSSIBLE = 2


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one meeting, in words."""

    gravity: Gravity
    text: str


def troubles(problem: Problem, meetings: Sequence[Meeting]) -> dict[str, list[Trouble]]:
    """Hold each meeting against what binds its people, its room and its interpreters now.

    Parameters
    ----------
    problem
        As things stand now.
    meetings
        As they were planned.

    Returns
    -------
    dict
        By request, only of meetings that have any trouble.
    """
    desk = _Desk(problem)
    found: dict[str, list[Trouble]] = defaultdict(list)
    for meeting in meetings:
        request = desk.requests.get(meeting.request)
        if request is None:
            continue  # no longer asked for: its meeting is cancelled with it
        found[meeting.request] += desk.of_people(request, meeting)
        found[meeting.request] += desk.of_room(request, meeting)
        found[meeting.request] += desk.of_interpreters(request, meeting)
    for request_id, trouble in desk.of_walks(meetings):
        found[request_id].append(trouble)
    return {request: listed for request, listed in found.items() if listed}


@dataclass(frozen=True, slots=True)
class _Item:
    start: datetime
    end: datetime
    zone: str | None
    label: str
    request: str | None


class _Desk:
    """The problem by ids."""

    def __init__(self, problem: Problem) -> None:
        self.requests: Mapping[str, Request] = {one.id: one for one in problem.requests}
        self.people: Mapping[str, Person] = {one.id: one for one in problem.people}
        self.rooms: Mapping[str, Room] = {one.id: one for one in problem.rooms}
        self.interpreters: Mapping[str, Interpreter] = {one.id: one for one in problem.interpreters}
        self.walks = {frozenset((one.from_zone, one.to_zone)): one.minutes for one in problem.walks}

    def of_people(self, request: Request, meeting: Meeting) -> Iterator[Trouble]:
        for person_id in request.people:
            person = self.people[person_id]
            for span in _overlapping(person.engagements, meeting):
                yield Trouble(Gravity.IMPOSSIBLE, f"{person.name or person.id}: {span.label or 'not free'}")

    def of_room(self, request: Request, meeting: Meeting) -> Iterator[Trouble]:
        room = self.rooms.get(meeting.room)
        if room is None:
            yield Trouble(Gravity.IMPOSSIBLE, "The room is no longer one for meetings")
            return
        for span in _overlapping(room.closed, meeting):
            yield Trouble(Gravity.IMPOSSIBLE, f"{room.name or room.id}: {span.label or 'closed'}")
        if request.seats and room.seats and room.seats < request.seats:
            yield Trouble(
                Gravity.WARNING, f"{room.name or room.id} has {room.seats} seats, {request.seats} are needed"
            )

    def of_interpreters(self, request: Request, meeting: Meeting) -> Iterator[Trouble]:
        missing = request.interpreters - len(meeting.interpreters)
        if missing > 0:
            yield Trouble(Gravity.IMPOSSIBLE, "An interpreter is missing")
        for interpreter_id in meeting.interpreters:
            interpreter = self.interpreters.get(interpreter_id)
            if interpreter is None:
                yield Trouble(Gravity.IMPOSSIBLE, "An interpreter is no longer there")
                continue
            for span in _overlapping(interpreter.engagements, meeting):
                yield Trouble(
                    Gravity.IMPOSSIBLE, f"{interpreter.name or interpreter.id}: {span.label or 'not free'}"
                )

    def of_walks(self, meetings: Iterable[Meeting]) -> Iterator[tuple[str, Trouble]]:
        """Find who has less time between two places than the walk takes; said of the later meeting."""
        for person_id, items in self._days(meetings).items():
            name = self.people[person_id].name or person_id
            items.sort(key=lambda item: (item.start, item.end))
            for earlier, later in pairwise(items):
                walk = self.walks.get(frozenset((earlier.zone or "", later.zone or "")), 0)
                gap = later.start - earlier.end
                request = later.request or earlier.request
                if request and timedelta() <= gap < timedelta(minutes=walk):
                    minutes = gap // timedelta(minutes=1)
                    yield (
                        request,
                        Trouble(
                            Gravity.WARNING,
                            f"{name} has {minutes} min from {earlier.label} to {later.label}, the walk takes {walk}",
                        ),
                    )

    def _days(self, meetings: Iterable[Meeting]) -> dict[str, list[_Item]]:
        days: dict[str, list[_Item]] = defaultdict(list)
        for meeting in meetings:
            request, room = self.requests.get(meeting.request), self.rooms.get(meeting.room)
            if request and room:
                for person in request.people:
                    label = room.name or room.id
                    days[person].append(_Item(meeting.start, meeting.end, room.zone, label, meeting.request))
        for person, items in days.items():
            items += [
                _Item(span.start, span.end, span.zone, span.label or "", None)
                for span in self.people[person].engagements
            ]
        return days


def _overlapping(spans: Iterable[Span], meeting: Meeting) -> list[Span]:
    return [span for span in spans if span.start < meeting.end and meeting.start < span.end]
