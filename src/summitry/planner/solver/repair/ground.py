"""What a disturbance left standing, and which of the other meetings cannot be as they were in any plan."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.planner.solver.instance import Instance, Item, Place
from summitry.planner.solver.state import State


class Ground:
    """The baseline of a problem, held against the problem as it is now.

    Attributes
    ----------
    frozen : State
        The frozen meetings alone.
    kept : State
        Those, and every baseline meeting that can stay exactly as it was.
    asked : list of int
        The requests of the baseline that are not frozen.
    displaced : list of int
        Those of them that are not in ``kept``, what must be held first, then by weight.
    cells : dict of int to int
        The cell at which each of them started, where it lies on the grid.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.frozen = State(instance)
        self.kept = State(instance)
        jobs = instance.jobs
        found = [
            request for request, job in enumerate(jobs) if job.frozen is None and job.baseline is not None
        ]
        self.asked = sorted(
            found, key=lambda request: (not jobs[request].must, -jobs[request].weight, request)
        )
        self.cells: dict[int, int] = {}
        for request in self.asked:
            baseline = jobs[request].baseline
            cell = None if baseline is None else instance.cells.cell(baseline.start)
            if cell is not None:
                self.cells[request] = cell
        self.displaced = []
        for request in self.asked:
            place = self._as_it_was(request)
            if place is None:
                self.displaced.append(request)
            else:
                self.kept.place(request, place)

    def _as_it_was(self, request: int) -> Place | None:
        """Return a baseline meeting's place if it can be held there beside what is kept already."""
        instance, kept, job = self.instance, self.kept, self.instance.jobs[request]
        cell, was = self.cells.get(request), job.baseline
        if cell is None or was is None or was.room not in job.rooms:
            return None
        zone = instance.room_zone[was.room]
        open_now = kept.starts_in_zone(request, zone) & kept.room_starts(request, was.room)
        allowed = open_now & kept.after_cells(request) & job.starts
        if not allowed >> cell & 1 or not kept.in_a_row(request, was.start):
            return None
        team = tuple(sorted(set(was.interpreters)))
        if len(team) != job.need or not set(team) <= set(job.interpreters):
            return None
        place = Place(was.start, was.start + job.length, was.room, team)
        item = Item(place.start, place.end, zone, request)
        for who in team:
            free = kept.interpreter_starts(request, who, zone) >> cell & 1
            if not free or not kept.interpreters[who].run_holds(item):
                return None
        return place

    def somewhere(self, request: int) -> int:
        """Return the cells from which a request could be held if only the frozen meetings were.

        Rooms are taken to be open whenever one of them is, so that no plan holds it from another cell.
        """
        frozen, job = self.frozen, self.instance.jobs[request]
        by_zone: dict[int, int] = {}
        for room in job.rooms:
            zone = self.instance.room_zone[room]
            by_zone[zone] = by_zone.get(zone, 0) | frozen.room_starts(request, room)
        found = 0
        for zone, rooms in by_zone.items():
            here = rooms & frozen.starts_in_zone(request, zone)
            if here and job.need:
                here &= frozen.enough_interpreters(request, zone)
            found |= here
        allowed = found & job.starts & frozen.after_cells(request)
        cell = self.cells.get(request)
        if cell is not None and allowed >> cell & 1:
            start = self.instance.cells.minutes[cell]
            if not frozen.in_a_row(request, start):
                allowed &= ~(1 << cell)
        return allowed


def cost_of(state: State, requests: Iterable[int]) -> tuple[int, int]:
    """Return the weight of these that is not held, and how many are held at another start than they had."""
    dropped = moved = 0
    for request in requests:
        job, place = state.instance.jobs[request], state.places[request]
        if place is None:
            dropped += job.weight
        else:
            moved += job.baseline is not None and place.start != job.baseline.start
    return dropped, moved
