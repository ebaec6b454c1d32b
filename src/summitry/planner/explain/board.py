"""Who and what is where, for a set of held meetings, and the same with a few of them changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from summitry.planner.explain.ground import Ground, Starts
from summitry.planner.problem import Meeting, Request


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting in its place, in the numbers of the ground."""

    request: int
    start: int
    end: int
    room: int
    zone: int
    sitting: int | None
    people: tuple[int, ...]
    interpreters: tuple[int, ...]

    @property
    def minutes(self) -> int:
        """The length."""
        return self.end - self.start


def in_order(held: Held) -> tuple[int, int]:
    """Order meetings by start, then end."""
    return held.start, held.end


class Board:
    """The meetings held, by request, person, room and interpreter, each list in order of time.

    A board never changes: :meth:`changed` returns another that shares what it can.
    ``breaks`` and ``walking`` are notes of what has been counted for a person.
    """

    def __init__(self, ground: Ground, meetings: Sequence[Meeting]) -> None:
        self.ground = ground
        self.held: dict[int, Held] = {}
        self.of_person: list[list[Held]] = [[] for _ in ground.problem.people]
        self.of_room: list[list[Held]] = [[] for _ in ground.problem.rooms]
        self.of_interpreter: list[list[Held]] = [[] for _ in ground.problem.interpreters]
        self.breaks: list[int | None] = [None] * len(ground.problem.people)
        self.walking: list[int | None] = [None] * len(ground.problem.people)
        self._taken: dict[tuple[int, int], tuple[list[Held], list[tuple[Held, int]]]] = {}
        for meeting in meetings:
            held = self._read(meeting)
            self.held[held.request] = held
            for of_one in self._lists(held):
                of_one.append(held)
        for of_kind in (self.of_person, self.of_room, self.of_interpreter):
            for of_one in of_kind:
                of_one.sort(key=in_order)

    def _lists(self, held: Held) -> list[list[Held]]:
        return [
            *(self.of_person[person] for person in held.people),
            self.of_room[held.room],
            *(self.of_interpreter[interpreter] for interpreter in held.interpreters),
        ]

    def _read(self, meeting: Meeting) -> Held:
        number = self.ground.request_number[meeting.request]
        start, end = self.ground.minute(meeting.start), self.ground.minute(meeting.end)
        room = self.ground.room_number[meeting.room]
        return Held(
            request=number,
            start=start,
            end=end,
            room=room,
            zone=self.ground.room_zone[room],
            sitting=self.ground.sitting_of(start, end),
            people=self.ground.people_of(self.ground.request(number)),
            interpreters=tuple(self.ground.interpreter_number[name] for name in meeting.interpreters),
        )

    def place(self, request: Request, *, start: int, room: int, interpreters: tuple[int, ...]) -> Held:
        """Put a request somewhere, without looking whether it fits."""
        end = start + request.minutes
        return Held(
            request=self.ground.request_number[request.id],
            start=start,
            end=end,
            room=room,
            zone=self.ground.room_zone[room],
            sitting=self.ground.sitting_of(start, end),
            people=self.ground.people_of(request),
            interpreters=interpreters,
        )

    def changed(self, *, without: Iterable[int] = (), plus: Iterable[Held] = ()) -> Board:
        """Return the board less the meetings of some requests, plus some others."""
        other = object.__new__(Board)
        other.ground = self.ground
        other.held = dict(self.held)
        other.of_person = list(self.of_person)
        other.of_room = list(self.of_room)
        other.of_interpreter = list(self.of_interpreter)
        other.breaks = list(self.breaks)
        other.walking = list(self.walking)
        other._taken = dict(self._taken)
        for number in without:
            other._rewrite(other.held.pop(number), stays=False)
        for held in plus:
            other.held[held.request] = held
            other._rewrite(held, stays=True)
        return other

    def _rewrite(self, held: Held, *, stays: bool) -> None:
        for person in held.people:
            self.breaks[person] = self.walking[person] = None
        for lists, owners in (
            (self.of_person, held.people),
            (self.of_room, (held.room,)),
            (self.of_interpreter, held.interpreters),
        ):
            for owner in owners:
                rest = [other for other in lists[owner] if other is not held]
                lists[owner] = sorted([*rest, held], key=in_order) if stays else rest

    def taken(self, room: int, grid: Starts) -> list[tuple[Held, int]]:
        """Return the meetings of a room, each with the starts of one length that it forbids there.

        Boards share the lists of rooms they agree on, and with them what has been worked out for one.
        """
        meetings = self.of_room[room]
        known = self._taken.get((room, grid.minutes))
        if known is not None and known[0] is meetings:
            return known[1]
        gap = self.ground.turnaround[room]
        found = []
        for held in meetings:
            starts = grid.touching(held.start, held.end, gap)
            if starts:
                found.append((held, starts))
        self._taken[room, grid.minutes] = (meetings, found)
        return found

    @cached_property
    def meetings_of_party(self) -> Counter[str]:
        """How many meetings each party holds."""
        requests = self.ground.problem.requests
        return Counter(party for number in self.held for party in requests[number].parties)

    def meeting(self, held: Held) -> Meeting:
        """Return a meeting as the plan writes it."""
        ground = self.ground
        return Meeting(
            request=ground.request(held.request).id,
            start=ground.time(held.start),
            end=ground.time(held.end),
            room=ground.room(held.room).id,
            interpreters=tuple(ground.interpreter(number).id for number in held.interpreters),
        )
