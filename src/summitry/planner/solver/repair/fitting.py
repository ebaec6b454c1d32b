"""Putting meetings back: one by one with the others at their times, or some at once and others free to move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Item, Place
from summitry.planner.solver.repair.ground import Ground, cost_of
from summitry.planner.solver.repair.seating import Seating
from summitry.planner.solver.state import State

TRIED = 16
"""Places looked at for one meeting."""
PUSHED, PUSHES = 2, 300
"""Meetings that one takes the place of, at most, and how many such places are looked at."""


class Spot(NamedTuple):
    """A start and zone where a request's people are free; in order of how good it is to try."""

    moved: bool
    crowd: int
    cell: int
    zone: int


def is_open(state: State, request: int, place: Place) -> bool:
    """Return whether a request's people, its room, its interpreters and the order leave it that place."""
    zone, cell = state.instance.room_zone[place.room], state.instance.cells.cell(place.start)
    mask = state.starts_in_zone(request, zone) & state.room_starts(request, place.room)
    mask &= state.after_cells(request)
    for who in place.interpreters:
        mask &= state.interpreter_starts(request, who, zone)
    return cell is not None and bool(mask >> cell & 1)


class Fitting:
    """A state into which requests are put; what was done can be taken back."""

    def __init__(
        self, ground: Ground, state: State, stopped: Callable[[], bool], tries: int | None = None
    ) -> None:
        self.state = state
        self.instance = state.instance
        self.cells = ground.cells
        self._stopped = stopped
        self._tries = tries
        self.seating = Seating(state)
        self._spare: dict[int, list[int]] = {}
        self._done: list[tuple[int, Place | None]] = []

    def stopped(self) -> bool:
        """Return whether no more is to be tried."""
        return self._tries == 0 or self._stopped()

    # ---- changing, and taking back -------------------------------------------------------

    def _place(self, request: int, place: Place) -> None:
        self._done.append((request, None))
        self._set(request, place)

    def _remove(self, request: int) -> Place:
        place = self.state.places[request]
        assert place is not None
        self._done.append((request, place))
        self._set(request, None)
        return place

    def _set(self, request: int, place: Place | None) -> None:
        if place is None:
            place = self.state.remove(request)
        else:
            self.state.place(request, place)
        self._spare.pop(self.instance.zone_of(place.room), None)

    def _undo(self, mark: int) -> None:
        while len(self._done) > mark:
            request, before = self._done.pop()
            self._set(request, before)

    # ---- putting in ----------------------------------------------------------------------

    def fit(self, request: int) -> bool:
        """Hold a request with everybody else at their times and in their zones; return whether that was possible."""
        for spot in self._spots(request)[:TRIED]:
            if self.stopped():
                return False
            if self._put(request, spot):
                return True
        return False

    def push(self, request: int, stopped: Callable[[], bool]) -> bool:
        """Hold a request in the place of one or two others that fit elsewhere; return whether that was possible."""
        for out, start, spot, room in self._pushes(request)[:PUSHES]:
            if self.stopped() or stopped():
                return False
            mark = len(self._done)
            for other in out:
                self._remove(other)
            place = Place(start, start + self.instance.jobs[request].length, room)
            if self._hold(request, place, spot) and all(self._fit_beside(other) for other in out):
                return True
            self._undo(mark)
        return False

    def _pushes(self, request: int) -> list[tuple[tuple[int, ...], int, Spot, int]]:
        """Return whom a request could push out, from which start, spot and room: first where the fewest move."""
        instance, job = self.instance, self.instance.jobs[request]
        found = []
        for cell in bits(self.state.after_cells(request) & job.starts):
            start = instance.cells.minutes[cell]
            moved = self.cells.get(request) != cell
            mates = {
                item.request
                for person in job.people
                for item in self.state.people[person].items
                if item.start < start + job.length and start < item.end
            }
            for room in job.rooms if len(mates) <= PUSHED else ():
                out = mates | self._in_room(room, start, start + job.length)
                if len(out) <= PUSHED and all(self._may_move(other) for other in out):
                    spot = Spot(moved, len(out), cell, instance.room_zone[room])
                    found.append((moved + len(out), tuple(sorted(out)), start, spot, room))
        return [push[1:] for push in sorted(found)]

    def _fit_beside(self, request: int) -> bool:
        """Hold a request in a room that is free, all others staying where they are; return whether that was possible."""
        minutes, own = self.instance.cells.minutes, self.cells.get(request)
        places = (
            (cell != own, cell, room)
            for room, mask in self.state.starts(request).items()
            for cell in bits(mask)
        )
        for _, cell, room in sorted(places)[:TRIED]:
            place = self.state.place_at(request, minutes[cell], room)
            if place is not None:
                self._place(request, place)
                return True
        return False

    def _in_room(self, room: int, start: int, end: int) -> set[int]:
        """Return whose meetings in a room, or the turnaround around them, stand in the way of one there."""
        gap = self.instance.turnaround[room]
        items = self.state.room_items[room]
        return {other for low, high, other in items if low - gap < end and start < high + gap}

    def _may_move(self, request: int) -> bool:
        job = self.instance.jobs[request]
        return job.frozen is None and not job.must

    def _hold(self, request: int, place: Place, spot: Spot) -> bool:
        """Hold a request there, if that is possible, and return whether it was."""
        if not is_open(self.state, request, place) or not self.state.in_a_row(request, place.start):
            return False
        team = self._team(request, place.start, spot)
        if team is not None:
            self._place(request, place._replace(interpreters=team))
        return team is not None

    def fit_together(self, requests: Sequence[int], others: Sequence[int], seconds: float | None) -> bool:
        """Hold as much of some requests as can be, with some others free to move and the rest to change rooms.

        Returns whether less is dropped than before, or as much and fewer moved; if not, all is as before.
        """
        from summitry.planner.solver.repair.assignment import Assignment  # noqa: PLC0415 - loads HiGHS

        mark, before = len(self._done), cost_of(self.state, (*requests, *others))
        for other in others:
            self._remove(other)
        wanted = [*others, *requests]
        found = Assignment(self.state, self._free).places(wanted, seconds)
        if found is not None and self._take(found, wanted):
            musts = all(
                self.state.places[other] is not None for other in others if self.instance.jobs[other].must
            )
            if musts and cost_of(self.state, wanted) < before:
                return True
        self._undo(mark)
        return False

    def _take(self, found: dict[int, Place], wanted: Iterable[int]) -> bool:
        """Change rooms and hold what was asked for; return whether all could change that should."""
        changing = [other for other in found if self.state.places[other] is not None]
        for other in changing:
            self._remove(other)
        for other in changing:
            if not is_open(self.state, other, found[other]):
                return False
            self._place(other, found[other])
        for request in wanted:
            place = found.get(request)
            cell = None if place is None else self.instance.cells.cell(place.start)
            if place is not None and cell is not None:
                self._hold(
                    request,
                    place,
                    Spot(moved=True, crowd=0, cell=cell, zone=self.instance.room_zone[place.room]),
                )
        return True

    def beside(self, request: int) -> list[int]:
        """Return the held meetings that may move and share people, or a time and zone, with a request.

        First those of its people, then those in rooms when its people are free or when it was.
        """
        jobs, state = self.instance.jobs, self.state
        mates = {item.request for person in jobs[request].people for item in state.people[person].items}
        wanted = 0
        for mask in self._free(request).values():
            wanted |= mask
        if request in self.cells:
            wanted |= 1 << self.cells[request]
        covered = wanted
        for step in range(1, jobs[request].cells):
            covered |= wanted << step
        near = {
            other
            for items in state.room_items
            for start, end, other in items
            if self.instance.cells.touched(start, end) & covered
        }
        return [
            other
            for other in (*sorted(mates), *sorted(near - mates))
            if other != request and jobs[other].frozen is None and jobs[other].baseline is not None
        ]

    def _spots(self, request: int) -> list[Spot]:
        """Return, the best first, where a request's people and interpreters are free and rooms not all in use."""
        job, found = self.instance.jobs[request], []
        for zone, mask in self._free(request).items():
            spare = self.spare(zone)
            for cell in bits(mask):
                least = min(spare[cell : cell + job.cells])
                if least > 0:
                    found.append(Spot(self.cells.get(request) != cell, -least, cell, zone))
        return sorted(found)

    def spare(self, zone: int) -> list[int]:
        """Return for each cell how many more meetings the rooms of a zone could at most take."""
        known = self._spare.get(zone)
        if known is None:
            known = self._spare[zone] = self.seating.spare(zone)
        return known

    def _free(self, request: int) -> dict[int, int]:
        """Return for each zone the cells at which a request's people and interpreters are free."""
        state, job = self.state, self.instance.jobs[request]
        allowed = state.after_cells(request) & job.starts
        found: dict[int, int] = {}
        if not allowed:
            return found
        for zone in sorted({self.instance.room_zone[room] for room in job.rooms}):
            mask = allowed & state.starts_in_zone(request, zone)
            if mask and job.need:
                mask &= state.enough_interpreters(request, zone)
            if mask:
                found[zone] = mask
        return found

    def _put(self, request: int, spot: Spot) -> bool:
        state, job = self.state, self.instance.jobs[request]
        start = self.instance.cells.minutes[spot.cell]
        if self._tries:
            self._tries -= 1
        if not state.in_a_row(request, start):
            return False
        team = self._team(request, start, spot)
        rooms = None if team is None else self.seating.find(request, spot.cell, spot.zone)
        if team is None or rooms is None:
            return False
        mine = rooms.pop(request)
        before = {other: self._remove(other) for other in self._changing(rooms)}
        for other, place in before.items():
            self._place(other, place._replace(room=rooms[other]))
        self._place(request, Place(start, start + job.length, mine, team))
        return True

    def _team(self, request: int, start: int, spot: Spot) -> tuple[int, ...] | None:
        """Return interpreters for a request: those it had, if they can."""
        state, job = self.state, self.instance.jobs[request]
        had = () if job.baseline is None else tuple(sorted(job.baseline.interpreters))
        if not job.need or len(had) != job.need or not set(had) <= set(job.interpreters):
            return state.team(request, start, spot.zone)
        item = Item(start, start + job.length, spot.zone, request)
        for who in had:
            free = state.interpreter_starts(request, who, spot.zone) >> spot.cell & 1
            if not free or not state.interpreters[who].run_holds(item):
                return state.team(request, start, spot.zone)
        return had

    def _changing(self, rooms: dict[int, int]) -> list[int]:
        places = self.state.places
        return [
            other
            for other, room in rooms.items()
            if (place := places[other]) is not None and place.room != room
        ]
