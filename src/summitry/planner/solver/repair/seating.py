"""Rooms for meetings at settled times: when one more comes, others may change rooms to make way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import combinations
from typing import NamedTuple

import pysolvers  # type: ignore[import-not-found]  # PySAT's compiled module has no types

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Item
from summitry.planner.solver.state import State

NEAR, FAR = 60, 1 << 20
"""Minutes around a new meeting within which others may change rooms: those nearby, or all of its sitting."""


class Reach(Enum):
    """Who may change rooms: in the zone of the new meeting, everywhere at about its time, everywhere in its sitting."""

    ZONE = auto()
    NEARBY = auto()
    SITTING = auto()


CONFLICTS = {Reach.ZONE: 300, Reach.NEARBY: 300, Reach.SITTING: 5_000}
"""What a search for rooms may cost."""


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

    def find(self, request: int, cell: int, zone: int, reach: Reach) -> dict[int, int] | None:
        """Return rooms for a request that starts at a cell in a zone, and for those who make way.

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
        everywhere = range(len(instance.room_zone))
        match reach:
            case Reach.ZONE:
                rooms = self.zones[zone]
                return self._shuffle(new, rooms, NEAR, reach) or self._shuffle(new, rooms, FAR, reach)
            case Reach.NEARBY:
                return self._shuffle(new, everywhere, NEAR, reach)
            case Reach.SITTING:
                return self._shuffle(new, everywhere, FAR, reach)

    def _shuffle(self, new: Seat, pool: Sequence[int], margin: int, reach: Reach) -> dict[int, int] | None:
        """Give the rooms of a pool anew around a new meeting."""
        instance, touched = self.instance, self.instance.cells.touched
        sitting = instance.cells.sitting_within(new.start, new.end)
        busy: dict[int, int] = {}
        loose: list[tuple[int, int, int, int]] = []
        for room in pool:
            busy[room] = instance.room_closed_cells[room]
            gap = instance.turnaround[room]
            for start, end, other in self.state.room_items[room]:
                near = start < new.end + margin and new.start - margin < end
                if self._still[other] or not near or instance.cells.sitting_at(start) != sitting:
                    busy[room] |= touched(start - gap, end + gap)
                else:
                    loose.append((start, end, other, room))
        moving = {other for _, _, other, _ in loose} | {new.request}
        seats = []
        for start, end, other, now in loose:
            zones = self._zones(other, Item(start, end, instance.room_zone[now], other), busy, moving)
            seats.append(self._seat(Seat(other, start, end, ()), busy, zones))
        seats.append(self._seat(new, busy, {instance.room_zone[new.rooms[0]]} if new.rooms else set()))
        if not all(seat.rooms for seat in seats) or not self._room_enough(seats, busy):
            return None
        return self._colour(seats, CONFLICTS[reach])

    def _seat(self, seat: Seat, busy: dict[int, int], zones: set[int]) -> Seat:
        cells = self.instance.cells.touched(seat.start, seat.end)
        rooms = self.instance.jobs[seat.request].rooms
        zone_of = self.instance.room_zone
        return seat._replace(
            rooms=tuple(
                room for room in rooms if room in busy and zone_of[room] in zones and not busy[room] & cells
            )
        )

    def _zones(self, request: int, item: Item, busy: dict[int, int], moving: set[int]) -> set[int]:
        """Return the zones to which a meeting could change as far as those go who stay where they are."""
        instance = self.instance
        zones = {instance.room_zone[room] for room in instance.jobs[request].rooms if room in busy}
        if len(zones) <= 1 or not self._longest:
            return zones
        for zone in zones - {item.zone}:
            if any(self._too_far(item, zone, other) for other in self._around(request, moving)):
                zones = zones - {zone}
        return zones

    def _around(self, request: int, moving: set[int]) -> Iterator[Item]:
        """Yield what the people and interpreters of a meeting do besides, but for those who move."""
        state, place = self.state, self.state.places[request]
        diaries = [state.people[person] for person in self.instance.jobs[request].people]
        if place is not None:
            diaries += [state.interpreters[who] for who in place.interpreters]
        for diary in diaries:
            yield from diary.actor.engagements
            yield from (item for item in diary.items if item.request not in moving)

    def _too_far(self, item: Item, zone: int, other: Item) -> bool:
        gap = self.instance.walk[zone][other.zone]
        return item.start - gap < other.end and other.start < item.end + gap

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

    # ---- who gets which -----------------------------------------------------------------

    def _colour(self, seats: Sequence[Seat], conflicts: int) -> dict[int, int] | None:
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
            pysolvers.minisat22_cbudget(solver, conflicts)
            if pysolvers.minisat22_solve_lim(solver, [], 0, 0) != 1:
                return None
            true = {each for each in pysolvers.minisat22_model(solver) if each > 0}
        finally:
            pysolvers.minisat22_del(solver)
        return {
            seat.request: self._chosen(seat, rooms, true) for seat, rooms in zip(seats, literals, strict=True)
        }

    def _rows(self, seats: Sequence[Seat], literals: Sequence[dict[int, int]]) -> Iterator[list[int]]:
        """Yield the clauses: a room for each, one meeting at a time in each, and time to walk between."""
        gaps, jobs = self.instance.turnaround, self.instance.jobs
        longest = max(gaps)
        for rooms in literals:
            yield list(rooms.values())
        who = [self._presence(seat.request, jobs[seat.request].people) for seat in seats]
        for one, other in combinations(range(len(seats)), 2):
            a, b = seats[one], seats[other]
            space = max(a.start, b.start) - min(a.end, b.end)
            if space < longest:
                theirs = literals[other]
                for room, mine in literals[one].items():
                    if space < gaps[room] and room in theirs:
                        yield [-mine, -theirs[room]]
            if 0 <= space < self._longest and not who[one].isdisjoint(who[other]):
                yield from self._walks(literals[one], literals[other], space)

    def _presence(self, request: int, people: Sequence[int]) -> set[int]:
        """Return a meeting's people, and its interpreters as numbers below 0."""
        place = self.state.places[request]
        return {*people, *(-1 - who for who in (place.interpreters if place is not None else ()))}

    def _walks(self, one: dict[int, int], other: dict[int, int], space: int) -> Iterator[list[int]]:
        walk, zone_of = self.instance.walk, self.instance.room_zone
        for room, mine in one.items():
            for there, theirs in other.items():
                if walk[zone_of[room]][zone_of[there]] > space:
                    yield [-mine, -theirs]

    def _as_now(self, seats: Sequence[Seat], literals: Sequence[dict[int, int]]) -> list[int]:
        """Return the literals that leave everybody where they are."""
        phases = []
        for seat, rooms in zip(seats, literals, strict=True):
            place = self.state.places[seat.request]
            now = -1 if place is None else place.room
            phases += [each if room == now else -each for room, each in rooms.items()]
        return phases

    def _chosen(self, seat: Seat, rooms: dict[int, int], true: set[int]) -> int:
        place = self.state.places[seat.request]
        open_rooms = [room for room, each in rooms.items() if each in true]
        return place.room if place is not None and place.room in open_rooms else open_rooms[0]
