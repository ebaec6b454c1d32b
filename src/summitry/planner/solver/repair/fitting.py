"""Putting meetings back with as few others moved as can be: first none, then one, each tried with all its rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Item, Place
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.seating import Reach, Seating
from summitry.planner.solver.state import State

TRIED = {Reach.ZONE: 16, Reach.NEARBY: 6, Reach.SITTING: 6}
"""Places looked at for one meeting."""
MOVED_FOR_ONE = 60
"""Other meetings tried for moving away."""


class Spot(NamedTuple):
    """A start and zone where a request's people are free; in order of how good it is to try."""

    moved: bool
    crowd: int
    cell: int
    zone: int


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

    def fit(self, request: int, reach: Reach = Reach.ZONE, *, only: int | None = None) -> bool:
        """Hold a request with everybody else at their times; return whether that was possible.

        ``only``: no start but that cell.
        """
        for spot in list(self._spots(request, reach, only))[: TRIED[reach]]:
            if self.stopped():
                return False
            if self._put(request, spot, reach):
                return True
        return False

    def fit_by_moving(self, request: int, others: int = 1) -> bool:
        """Hold a request after so many others went to other times; return whether that was possible."""
        for other in list(self._in_the_way(request, any_place=others > 1))[:MOVED_FOR_ONE]:
            if self.stopped():
                return False
            mark = len(self._done)
            self._remove(other)
            if self.fit(request) and (
                self.fit(other) or (others > 1 and self.fit_by_moving(other, others - 1))
            ):
                return True
            self._undo(mark)
        return False

    def put_back(self, request: int) -> bool:
        """Hold a meeting that was moved at its own time again if that is possible with all others at theirs."""
        cell = self.cells.get(request)
        if cell is None:
            return False
        mark = len(self._done)
        self._remove(request)
        if any(self.fit(request, reach, only=cell) for reach in (Reach.ZONE, Reach.NEARBY)):
            return True
        self._undo(mark)
        return False

    def _spots(self, request: int, reach: Reach = Reach.ZONE, only: int | None = None) -> Iterator[Spot]:
        """Yield, the best first, where a request's people and interpreters are free and rooms not all in use."""
        job, found = self.instance.jobs[request], []
        for zone, mask in self._free(request).items():
            spare = self.spare(zone) if reach is Reach.ZONE else self._spare_anywhere()
            for cell in bits(mask if only is None else mask & 1 << only):
                least = min(spare[cell : cell + job.cells])
                if least > 0:
                    found.append(Spot(self.cells.get(request) != cell, -least, cell, zone))
        yield from sorted(found)

    def spare(self, zone: int) -> list[int]:
        """Return for each cell how many more meetings the rooms of a zone could at most take."""
        known = self._spare.get(zone)
        if known is None:
            known = self._spare[zone] = self.seating.spare(zone)
        return known

    def _spare_anywhere(self) -> list[int]:
        return [sum(counts) for counts in zip(*map(self.spare, self.seating.zones), strict=True)]

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

    def _put(self, request: int, spot: Spot, reach: Reach) -> bool:
        state, job = self.state, self.instance.jobs[request]
        start = self.instance.cells.minutes[spot.cell]
        if self._tries:
            self._tries -= 1
        if not state.in_a_row(request, start):
            return False
        team = self._team(request, start, spot)
        rooms = None if team is None else self.seating.find(request, spot.cell, spot.zone, reach)
        if team is None or rooms is None:
            return False
        mine = rooms.pop(request)
        if reach is not Reach.ZONE and not self._may(team, start, start + job.length, rooms):
            return False
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

    def _may(self, team: tuple[int, ...], start: int, end: int, rooms: dict[int, int]) -> bool:
        """Return whether nobody who interprets the new meeting comes from a meeting that changes zones."""
        places, zone_of = self.state.places, self.instance.zone_of
        longest = max(max(row) for row in self.instance.walk)
        for other in self._changing(rooms):
            place = places[other]
            assert place is not None
            far = zone_of(place.room) != zone_of(rooms[other])
            near = start - longest < place.end and place.start < end + longest
            if far and near and not set(team).isdisjoint(place.interpreters):
                return False
        return True

    # ---- whom to move ----------------------------------------------------------------------

    def _in_the_way(self, request: int, *, any_place: bool) -> Iterator[int]:
        """Yield meetings that could go elsewhere and stand in a request's way: of its people, then in its rooms."""
        jobs, state = self.instance.jobs, self.state
        mates = {item.request for person in jobs[request].people for item in state.people[person].items}
        yield from (other for other in sorted(mates) if self._may_move(other, any_place=any_place))
        free = 0
        for mask in self._free(request).values():
            free |= mask
        wanted = 0
        for step in range(jobs[request].cells):
            wanted |= free << step
        near = []
        for room in range(len(self.instance.room_zone)):
            for start, end, other in state.room_items[room]:
                covered = (self.instance.cells.touched(start, end) & wanted).bit_count()
                if covered and other not in mates:
                    near.append((-covered, other))
        yield from (other for _, other in sorted(near) if self._may_move(other, any_place=any_place))

    def _may_move(self, request: int, *, any_place: bool) -> bool:
        """Return whether a meeting is not frozen and has somewhere else to go, ``any_place``: perhaps."""
        place = self.state.places[request]
        if place is None or self.instance.jobs[request].frozen is not None:
            return False
        cell = self.instance.cells.cell(place.start)
        return any_place or any(spot.cell != cell for spot in self._spots(request))
