"""Who and what is where, for a set of held meetings, and the same with a few of them changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from summitry.planner.explain.cover import Cover
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.housing import Housing
from summitry.planner.explain.obstacle import Held, Owner, in_order
from summitry.planner.problem import Meeting, Request

Whose = tuple[Owner, int]


class Away(NamedTuple):
    """The starts at which somebody is not to be had: in all rooms, and in those of a zone; and if limits count."""

    everywhere: int
    by_zone: dict[int, int]
    is_limited: bool


class Part:
    """The meetings of one person, room or interpreter in order of time, with notes of what was worked out.

    Attributes
    ----------
    away, covers, taken : dict
        By length of a meeting: when they are not to be had, all in all and obstacle by
        obstacle; of a room, when it is not free, and when on account of one meeting alone.
    breaks, walking : int or None
        What has been counted for a person.
    """

    def __init__(
        self, held: Sequence[Held], index: _Index | None = None, numbers: Sequence[int] = ()
    ) -> None:
        self._read = None if index else held
        self._index = index
        self._numbers = numbers
        self.away: dict[int, Away] = {}
        self.covers: dict[int, Cover] = {}
        self.taken: dict[int, tuple[int, int]] = {}
        self.breaks: int | None = None
        self.walking: int | None = None

    @property
    def held(self) -> Sequence[Held]:
        """The meetings."""
        if self._read is None:
            assert self._index is not None
            self._read = sorted(map(self._index.held, self._numbers), key=in_order)
        return self._read

    @property
    def times(self) -> Iterator[tuple[int, int]]:
        """When each meeting starts and ends, in any order; of many rooms nothing else is ever asked."""
        if self._index is None:
            return ((held.start, held.end) for held in self.held)
        return map(self._index.times, self._numbers)


class _Index:
    """The meetings of a plan by request, person, room and interpreter, each read when it is asked for."""

    def __init__(self, ground: Ground, meetings: Sequence[Meeting]) -> None:
        self.ground = ground
        self.meetings: dict[int, Meeting] = {}
        self.numbers: dict[Whose, list[int]] = {}
        self._read: dict[int, Held] = {}
        requests, people = ground.problem.requests, ground.person_number
        rooms, interpreters = ground.room_number, ground.interpreter_number
        for meeting in meetings:
            number = ground.request_number[meeting.request]
            self.meetings[number] = meeting
            self.numbers.setdefault((Owner.ROOM, rooms[meeting.room]), []).append(number)
            for person in requests[number].people:
                self.numbers.setdefault((Owner.PERSON, people[person]), []).append(number)
            for interpreter in meeting.interpreters:
                whose = (Owner.INTERPRETER, interpreters[interpreter])
                self.numbers.setdefault(whose, []).append(number)

    def part(self, whose: Whose) -> Part:
        return Part((), self, self.numbers.get(whose, ()))

    def times(self, number: int) -> tuple[int, int]:
        meeting = self.meetings[number]
        return self.ground.minute(meeting.start), self.ground.minute(meeting.end)

    def held(self, number: int) -> Held:
        known = self._read.get(number)
        if known is None:
            known = self._read[number] = self._in_numbers(number)
        return known

    def _in_numbers(self, number: int) -> Held:
        meeting, ground = self.meetings[number], self.ground
        start, end = self.times(number)
        room = ground.room_number[meeting.room]
        return Held(
            request=number,
            start=start,
            end=end,
            room=room,
            zone=ground.room_zone[room],
            sitting=ground.sitting_of(start, end),
            people=ground.people_of(ground.request(number)),
            interpreters=tuple(ground.interpreter_number[name] for name in meeting.interpreters),
        )

    @cached_property
    def meetings_of_party(self) -> Counter[str]:
        requests = self.ground.problem.requests
        return Counter(party for number in self.meetings for party in requests[number].parties)


class Board:
    """The meetings held, by request, person, room and interpreter.

    A board never changes: :meth:`changed` returns another that shares all it can.
    """

    def __init__(self, ground: Ground, meetings: Sequence[Meeting]) -> None:
        self._set(ground, _Index(ground, meetings))
        self.housing = Housing(ground)

    def _set(self, ground: Ground, index: _Index) -> None:
        self.ground = ground
        self._index = index
        self._parts: dict[Whose, Part] = {}
        self._changed: dict[int, Held | None] = {}
        self._changed_parts: dict[Whose, Part] = {}

    # ---- what is held -------------------------------------------------------------------

    def held(self, number: int) -> Held | None:
        """Return the meeting of a request, ``None`` where it is not held."""
        if number in self._changed:
            return self._changed[number]
        return self._index.held(number) if number in self._index.meetings else None

    def __contains__(self, number: int) -> bool:
        """Say whether a request is held."""
        if number in self._changed:
            return self._changed[number] is not None
        return number in self._index.meetings

    def part(self, owner: Owner, number: int) -> Part:
        """Return the meetings of a person, room or interpreter, with the notes on them."""
        whose = (owner, number)
        part = self._changed_parts.get(whose) or self._parts.get(whose)
        if part is None:
            part = self._parts[whose] = self._index.part(whose)
        return part

    def of_person(self, number: int) -> Sequence[Held]:
        """Return the meetings of a person in order of time."""
        return self.part(Owner.PERSON, number).held

    def of_room(self, number: int) -> Sequence[Held]:
        """Return the meetings in a room in order of time."""
        return self.part(Owner.ROOM, number).held

    def of_interpreter(self, number: int) -> Sequence[Held]:
        """Return the meetings of an interpreter in order of time."""
        return self.part(Owner.INTERPRETER, number).held

    @property
    def changed_people(self) -> list[int]:
        """The people whose meetings differ from those of the board at the outset."""
        return [number for owner, number in self._changed_parts if owner is Owner.PERSON]

    @property
    def all_held(self) -> Iterator[Held]:
        """Every meeting."""
        numbers = {*self._index.meetings, *self._changed}
        return (held for number in sorted(numbers) if (held := self.held(number)) is not None)

    def meetings_of(self, party: str) -> int:
        """Return how many meetings a party holds."""
        requests = self.ground.problem.requests
        return self._index.meetings_of_party[party] + sum(
            (held is not None) - (number in self._index.meetings)
            for number, held in self._changed.items()
            if party in requests[number].parties
        )

    # ---- other boards -------------------------------------------------------------------

    def place(self, request: Request, *, start: int, room: int, interpreters: tuple[int, ...] = ()) -> Held:
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
        other.housing = self.housing
        other._index = self._index
        other._parts = self._parts
        other._changed = dict(self._changed)
        other._changed_parts = dict(self._changed_parts)
        for number in without:
            held = other.held(number)
            assert held is not None
            other._changed[number] = None
            other._rewrite(held, stays=False)
        for held in plus:
            other._changed[held.request] = held
            other._rewrite(held, stays=True)
        return other

    def _rewrite(self, held: Held, *, stays: bool) -> None:
        for owner, numbers in (
            (Owner.PERSON, held.people),
            (Owner.ROOM, (held.room,)),
            (Owner.INTERPRETER, held.interpreters),
        ):
            for number in numbers:
                rest = [other for other in self.part(owner, number).held if other is not held]
                if stays:
                    rest.append(held)
                    rest.sort(key=in_order)
                self._changed_parts[owner, number] = Part(rest)

    def _renew(self, people: Collection[int]) -> None:
        """Forget what was worked out for some people."""
        for number in people:
            self._changed_parts[Owner.PERSON, number] = Part(self.of_person(number))

    def on(self, ground: Ground, people: Collection[int] | None = None) -> Board:
        """Return the board on a ground that was changed.

        Parameters
        ----------
        ground
            The ground.
        people
            Whose engagements differ; ``None``: the sittings do.
        """
        if people is None:
            other = object.__new__(Board)
            other._set(ground, self._index)
            other.housing = self.housing
            other._changed = dict(self._changed)
            parts = {whose: Part(part.held) for whose, part in self._changed_parts.items()}
            other._changed_parts = parts
            return other
        other = self.changed()
        other.ground = ground
        other._renew(people)  # noqa: SLF001 - another board
        return other

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
