"""Itineraries: what somebody attends in one sitting, and the linear program that chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from summitry.planner.solver.exchange.boards import Ground, Held
from summitry.planner.solver.exchange.tables import Flags, Floats, Ints
from summitry.planner.solver.programs import quiet_solver

Meeting = tuple[int, int, int]
"""A request, a cell of the sitting, and a zone."""


@dataclass(slots=True)
class Attendance:
    """Somebody in short supply at one sitting."""

    person: int
    sitting: int
    requests: Ints
    """Those it could be for."""
    free: Flags
    """[which of them, zone, cell]: from where each could be held."""
    row: int
    columns: list[int] = field(default_factory=list)
    known: set[frozenset[int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Column:
    """An itinerary in the program."""

    attendance: Attendance
    meetings: tuple[Meeting, ...]


class Programme:
    """The linear program: each request held once at most, one itinerary at most for each attendance."""

    def __init__(self, rows: int) -> None:
        self._solver = quiet_solver(None)
        nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        for _ in range(rows):
            self._solver.addRow(-highspy.kHighsInf, 1.0, 0, *nothing)

    def add(self, worth: float, rows: Sequence[int]) -> None:
        """Add an itinerary."""
        index = np.array(rows, dtype=np.int32)
        self._solver.addCol(-worth, 0.0, highspy.kHighsInf, len(index), index, np.ones(len(index)))

    def bound(self, column: int, share: float) -> None:
        """Fix the share of an itinerary."""
        self._solver.changeColBounds(column, share, share)

    def solve(self) -> tuple[Floats, Floats]:
        """Return the prices of the rows and the shares of the columns."""
        self._solver.run()
        solution = self._solver.getSolution()
        return -np.array(solution.row_dual), np.array(solution.col_value)


def itinerary_of(
    ground: Ground, held: Held, owners: dict[int, int], person: int, sitting: int
) -> list[Meeting]:
    """Return the meetings that somebody attends in a sitting, of the requests that are theirs to plan."""
    rules = ground.rules
    begins, ends = int(rules.begins[sitting]), int(rules.ends[sitting])
    inside = np.flatnonzero((held.start >= begins) & (held.end <= ends)).tolist()
    return [
        (request, (int(held.start[request]) - begins) // rules.grid, int(rules.room_zone[held.room[request]]))
        for request in inside
        if owners.get(request) == person
    ]
