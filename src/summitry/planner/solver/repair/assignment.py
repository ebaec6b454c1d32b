"""Places for what was displaced and rooms for all around it at once, as one linear program.

Whoever is held stays at their time and may change rooms; whoever is not may get any start that
their people leave. With the wish that everybody keep their room the linear relaxation is nearly always
whole, where the question without it, who goes where, is a hard one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import highspy
import numpy as np

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Place
from summitry.planner.solver.repair.seating import Seating
from summitry.planner.solver.state import State

MOST_COLUMNS = 60_000
WHOLE = 1e-6
FEASIBLE = 2  # of HiGHS, for a primal solution


class Column(NamedTuple):
    """One way to hold a request; ``group`` is its number among those asked about."""

    group: int
    start: int
    end: int
    room: int
    worth: int


class Assignment:
    """Asks for places of requests amid a state in which they are not held.

    Parameters
    ----------
    free : callable
        Tells for a request, by zone, from which cells its people and interpreters are free.
    """

    def __init__(self, state: State, free: Callable[[int], dict[int, int]]) -> None:
        self.state = state
        self.instance = state.instance
        self.free = free
        self.seating = Seating(state)

    def places(self, wanted: Sequence[int], seconds: float | None) -> dict[int, Place] | None:
        """Return new places for those who change or are put in; ``None`` where nothing was found.

        Interpreters are not given; of meetings that are held, those they have.
        """
        options = {request: self.free(request) for request in wanted}
        sittings = {
            self.instance.cells.sitting_of[cell]
            for by_zone in options.values()
            for mask in by_zone.values()
            for cell in bits(mask)
        }
        held = self._held(sittings)
        columns = list(self._columns(held, wanted, options))
        if not columns or len(columns) > MOST_COLUMNS:
            return None
        groups = [*held, *wanted]
        chosen = self._solve(
            columns, len(held), len(groups), self._people(columns, groups, len(held)), seconds
        )
        if chosen is None:
            return None
        found: dict[int, Place] = {}
        for column in chosen:
            request = groups[column.group]
            before = self.state.places[request]
            if before is None:
                found[request] = Place(column.start, column.end, column.room)
            elif before.room != column.room:
                found[request] = before._replace(room=column.room)
        return found

    def _held(self, sittings: set[int]) -> list[int]:
        """Return the meetings of some sittings that may change rooms."""
        jobs, sitting_at = self.instance.jobs, self.instance.cells.sitting_at
        return [
            request
            for request, place in enumerate(self.state.places)
            if place is not None and jobs[request].frozen is None and sitting_at(place.start) in sittings
        ]

    def _columns(
        self, held: Sequence[int], wanted: Sequence[int], options: dict[int, dict[int, int]]
    ) -> Iterable[Column]:
        instance, touched = self.instance, self.instance.cells.touched
        zone_of, jobs = instance.room_zone, instance.jobs
        busy = self._busy(set(held))
        many = len(held) + len(wanted) + 1
        for group, request in enumerate(held):
            place = self.state.places[request]
            assert place is not None
            zones = self.seating.zones_open_to(request)
            for room in jobs[request].rooms:
                if zone_of[room] in zones and not busy[room] & touched(place.start, place.end):
                    yield Column(group, place.start, place.end, room, int(room == place.room))
        for group, request in enumerate(wanted, len(held)):
            job = jobs[request]
            for room in job.rooms:
                for cell in bits(options[request].get(zone_of[room], 0)):
                    start = instance.cells.minutes[cell]
                    if not busy[room] & touched(start, start + job.length):
                        kept = job.baseline is not None and job.baseline.start == start
                        worth = many * (job.weight * (len(wanted) + 1) + kept)
                        yield Column(group, start, start + job.length, room, worth)

    def _busy(self, moving: set[int]) -> list[int]:
        """Return for each room the cells lost to closures, and to meetings that do not change."""
        instance, busy = self.instance, list(self.instance.room_closed_cells)
        for room, items in enumerate(self.state.room_items):
            gap = instance.turnaround[room]
            for start, end, other in items:
                if other not in moving:
                    busy[room] |= instance.cells.touched(start - gap, end + gap)
        return busy

    # ---- rows ------------------------------------------------------------------------------

    def _people(self, columns: Sequence[Column], groups: Sequence[int], held: int) -> list[list[int]]:
        """Return the columns of which one person could take only one, for those who are put in."""
        of_person: dict[int, list[int]] = {}
        for number, column in enumerate(columns):
            if column.group >= held:
                for person in self.instance.jobs[groups[column.group]].people:
                    of_person.setdefault(person, []).append(number)
        found = []
        for numbers in of_person.values():
            if len({columns[number].group for number in numbers}) > 1:
                found += _at_once(columns, numbers, 0)
        return found

    def _solve(
        self,
        columns: Sequence[Column],
        held: int,
        groups: int,
        rows: list[list[int]],
        seconds: float | None,
    ) -> list[Column] | None:
        by_group: list[list[int]] = [[] for _ in range(groups)]
        by_room: dict[int, list[int]] = {}
        for number, column in enumerate(columns):
            by_group[column.group].append(number)
            by_room.setdefault(column.room, []).append(number)
        for room, numbers in by_room.items():
            rows += _at_once(columns, numbers, self.instance.turnaround[room])
        rows = [*by_group, *rows]
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(columns), len(rows)
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = np.array([column.worth for column in columns], dtype=float)
        program.col_lower_, program.col_upper_ = np.zeros(len(columns)), np.ones(len(columns))
        least = np.full(len(rows), -highspy.kHighsInf)
        least[:held] = 1.0
        program.row_lower_, program.row_upper_ = least, np.ones(len(rows))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
        program.a_matrix_.index_ = np.array([number for row in rows for number in row])
        program.a_matrix_.value_ = np.ones(sum(len(row) for row in rows))
        for whole in (False, True):
            if whole:
                program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
            values = _run(program, seconds)
            if values is None:
                return None
            if bool(np.all(np.abs(values - np.round(values)) < WHOLE)):
                return [columns[number] for number in np.flatnonzero(values > 1 - WHOLE).tolist()]
        return None


def _at_once(columns: Sequence[Column], numbers: Sequence[int], gap: int) -> list[list[int]]:
    """Return the largest sets of columns that meet, each with ``gap`` minutes behind it."""
    found: list[list[int]] = []
    live: list[int] = []
    grown = False
    for number in sorted(numbers, key=lambda each: columns[each].start):
        start = columns[number].start
        still = [each for each in live if columns[each].end + gap > start]
        if grown and len(still) < len(live):
            found.append(live)
            grown = False
        live = [*still, number]
        grown = True
    if grown and len(live) > 1:
        found.append(live)
    return [each for each in found if len(each) > 1]


def _run(
    program: highspy.HighsLp, seconds: float | None
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    if seconds is not None:
        solver.setOptionValue("time_limit", float(seconds))
    solver.passModel(program)
    solver.run()
    values = np.array(solver.getSolution().col_value)
    return (
        values
        if len(values) == program.num_col_ and solver.getInfo().primal_solution_status == FEASIBLE
        else None
    )
