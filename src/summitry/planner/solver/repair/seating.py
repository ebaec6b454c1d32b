"""Rooms for meetings at settled times: when one more comes, others may change rooms to make way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import pysolvers  # type: ignore[import-not-found]  # PySAT's compiled module has no types

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Item, Place
from summitry.planner.solver.state import State

CONFLICTS = 300
NEAR, FAR = 60, 1 << 20
"""Minutes around a new meeting within which others may change rooms: those nearby, or all of its sitting."""


class Seat(NamedTuple):
    """A meeting that is given a room; ``rooms`` are those it could have."""

    request: int
    start: int
    end: int
    rooms: tuple[int, ...]


class Seating:
    """Finds a room for one more meeting in a state, and for those who must change rooms for it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.instance = state.instance
        self.zones: dict[int, list[int]] = {}
        for room, zone in enumerate(self.instance.room_zone):
            self.zones.setdefault(zone, []).append(room)
        self._still = [job.frozen is not None for job in self.instance.jobs]
        self._longest = max(max(row) for row in self.instance.walk)

    def spare(self, zone: int) -> list[int]:
        """Return for each cell how many more meetings the rooms of a zone could at most take."""
        instance, state = self.instance, self.state
        counts = [0] * len(instance.cells.minutes)
        rooms = self.zones[zone]
        for room in rooms:
            for cell in bits(instance.cells.everything & ~instance.room_closed_cells[room]):
                counts[cell] += 1
        least = min(instance.turnaround[room] for room in rooms)
        for room in rooms:
            for start, end, _ in state.room_items[room]:
                for cell in bits(instance.cells.touched(start, end + least)):
                    counts[cell] -= 1
        return counts

    def find(self, request: int, cell: int, zone: int) -> dict[int, int] | None:
        """Return rooms for a request that starts at a cell in a zone, and for those who make way there.

        ``None`` where none were found. The people and interpreters of the request itself are not asked.
        """
        instance, state, job = self.instance, self.state, self.instance.jobs[request]
        start = instance.cells.minutes[cell]
        mine = tuple(room for room in job.rooms if instance.room_zone[room] == zone)
        was = job.baseline.room if job.baseline is not None else -1
        free = [room for room in mine if state.room_starts(request, room) >> cell & 1]
        if free:
            return {request: was if was in free else free[0]}
        new = Seat(request, start, start + job.length, mine)
        return self._shuffle(new, zone, NEAR) or self._shuffle(new, zone, FAR)

    def _shuffle(self, new: Seat, zone: int, margin: int) -> dict[int, int] | None:
        """Give the rooms of a zone anew around a new meeting."""
        instance, touched = self.instance, self.instance.cells.touched
        sitting = instance.cells.sitting_within(new.start, new.end)
        busy: dict[int, int] = {}
        loose: list[Seat] = []
        for room in self.zones[zone]:
            busy[room] = instance.room_closed_cells[room]
            gap = instance.turnaround[room]
            for start, end, other in self.state.room_items[room]:
                near = start < new.end + margin and new.start - margin < end
                if self._still[other] or not near or instance.cells.sitting_at(start) != sitting:
                    busy[room] |= touched(start - gap, end + gap)
                else:
                    loose.append(Seat(other, start, end, ()))
        seats = [self._seat(seat, busy) for seat in (*loose, new)]
        if not all(seat.rooms for seat in seats) or not self._room_enough(seats, busy):
            return None
        return self._colour(seats)

    def _seat(self, seat: Seat, busy: dict[int, int]) -> Seat:
        cells, rooms = (
            self.instance.cells.touched(seat.start, seat.end),
            self.instance.jobs[seat.request].rooms,
        )
        return seat._replace(rooms=tuple(room for room in rooms if room in busy and not busy[room] & cells))

    def zones_open_to(self, request: int) -> set[int]:
        """Return the zones in which a held meeting could be at its time while everybody else stays."""
        instance, place = self.instance, self.state.places[request]
        assert place is not None
        now = instance.room_zone[place.room]
        zones = {instance.room_zone[room] for room in instance.jobs[request].rooms}
        if zones == {now} or not self._longest:
            return zones
        around = list(self._around(request, place))
        return {
            zone
            for zone in zones
            if zone == now or not any(self._too_far(place, zone, item) for item in around)
        }

    def _around(self, request: int, place: Place) -> Iterator[Item]:
        """Yield what the people and interpreters of a meeting do besides."""
        state = self.state
        diaries = [state.people[person] for person in self.instance.jobs[request].people]
        diaries += [state.interpreters[who] for who in place.interpreters]
        for diary in diaries:
            yield from diary.actor.engagements
            yield from (item for item in diary.items if item.request != request)

    def _too_far(self, place: Place, zone: int, other: Item) -> bool:
        gap = self.instance.walk[zone][other.zone]
        return place.start - gap < other.end and other.start < place.end + gap

    def _room_enough(self, seats: Sequence[Seat], busy: dict[int, int]) -> bool:
        """Return whether at no time more meetings are held than there are rooms."""
        touched = self.instance.cells.touched
        counts: dict[int, int] = {}
        for seat in seats:
            for cell in bits(touched(seat.start, seat.end)):
                counts[cell] = counts.get(cell, 0) + 1
        return all(
            count <= sum(not mask >> cell & 1 for mask in busy.values()) for cell, count in counts.items()
        )

    def rooms_for(self, times: Mapping[int, tuple[int, int]], rooms: Sequence[int]) -> dict[int, int] | None:
        """Give each of some requests, not held, one of some rooms for its time (minutes); ``None`` where that fails."""
        busy = {room: self.state.room_busy[room] for room in rooms}
        seats = [self._seat(Seat(request, *time, ()), busy) for request, time in times.items()]
        if not all(seat.rooms for seat in seats) or not self._room_enough(seats, busy):
            return None
        return self._colour(seats)

    # ---- who gets which -----------------------------------------------------------------

    def _colour(self, seats: Sequence[Seat]) -> dict[int, int] | None:
        """Give each meeting one of its rooms; as many as the search happens to leave keep theirs."""
        literals: list[dict[int, int]] = []
        count = 0
        for seat in seats:
            literals.append({room: count + index + 1 for index, room in enumerate(seat.rooms)})
            count += len(seat.rooms)
        solver = pysolvers.minisat22_new()
        try:
            for row in self._rows(seats, literals):
                pysolvers.minisat22_add_cl(solver, row)
            pysolvers.minisat22_setphases(solver, self._as_now(seats, literals))
            pysolvers.minisat22_cbudget(solver, CONFLICTS)
            if pysolvers.minisat22_solve_lim(solver, [], 0, 0) != 1:
                return None
            true = {each for each in pysolvers.minisat22_model(solver) if each > 0}
        finally:
            pysolvers.minisat22_del(solver)
        return {
            seat.request: self._chosen(seat, rooms, true) for seat, rooms in zip(seats, literals, strict=True)
        }

    def _rows(self, seats: Sequence[Seat], literals: Sequence[dict[int, int]]) -> Iterator[list[int]]:
        """Yield the clauses: a room for each, and one meeting at a time in each."""
        gaps = self.instance.turnaround
        longest = max(gaps)
        for rooms in literals:
            yield list(rooms.values())
        for one, other in combinations(range(len(seats)), 2):
            space = max(seats[one].start, seats[other].start) - min(seats[one].end, seats[other].end)
            if space < longest:
                theirs = literals[other]
                for room, mine in literals[one].items():
                    if space < gaps[room] and room in theirs:
                        yield [-mine, -theirs[room]]

    def _as_now(self, seats: Sequence[Seat], literals: Sequence[dict[int, int]]) -> list[int]:
        """Return the literals that leave everybody where they are."""
        phases = []
        for seat, rooms in zip(seats, literals, strict=True):
            place = self.state.places[seat.request]
            place = self.instance.jobs[seat.request].baseline if place is None else place
            now = -1 if place is None else place.room
            phases += [each if room == now else -each for room, each in rooms.items()]
        return phases

    def _chosen(self, seat: Seat, rooms: dict[int, int], true: set[int]) -> int:
        place = self.state.places[seat.request]
        open_rooms = [room for room, each in rooms.items() if each in true]
        return place.room if place is not None and place.room in open_rooms else open_rooms[0]
