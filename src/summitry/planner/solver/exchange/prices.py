"""What it would cost to hold a request anywhere: for every start at once, in a few vector operations.

For somebody busy with items that each cover some cells of a sitting, two running totals
over the sitting are kept: the prices of the items that have begun by a cell, and of
those that are over by it. The items in the way of a meeting of ``length`` cells from
``cell`` are those begun by its last cell less those over by its first: one subtraction
of two slices tells it for every start.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from summitry.planner.solver.cells import Cells

Prices = npt.NDArray[np.float64]

# Larger than the price of anything that may be taken out, and exact in sums of floats.
NEVER = float(1 << 44)


class Spans:
    """Which cells an interval touches, as ``(first, end, stop)`` for each sitting it reaches.

    ``end`` is the cell after the last, ``stop`` the cell after the sitting's last.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._known: dict[tuple[int, int], tuple[tuple[int, int, int], ...]] = {}

    def of(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """Return the spans of the interval from ``start`` to ``end``, in minutes."""
        known = self._known.get((start, end))
        if known is None:
            cells, mask = self._cells, self._cells.touched(start, end)
            found = []
            for sitting, base in enumerate(cells.base):
                part = mask & cells.sitting(sitting)
                if part:
                    first = (part & -part).bit_length() - 1
                    found.append((first, part.bit_length(), base + cells.count[sitting]))
            known = self._known[start, end] = tuple(found)
        return known


class PriceTable:
    """The running totals of several owners (people, rooms, interpreters), each seen from several zones.

    Parameters
    ----------
    owners, zones, cells : int
        How many of each there are.
    longest : int
        The longest meeting, in cells.
    """

    def __init__(self, owners: int, zones: int, cells: int, longest: int) -> None:
        self.cells = cells
        width = cells + longest + 1
        self.begun: Prices = np.zeros((owners, zones, width))
        self.over: Prices = np.zeros((owners, zones, width))

    def add(self, owner: int, zone: int, spans: tuple[tuple[int, int, int], ...], price: float) -> None:
        """Let an item that covers ``spans`` cost ``price``."""
        for first, end, stop in spans:
            self.begun[owner, zone, first:stop] += price
            self.over[owner, zone, end:stop] += price

    def of(self, owner: Any, zone: int, length: int) -> Prices:
        """Return the price of each start for a meeting of ``length`` cells; ``owner`` may be several.

        Only starts from which a meeting ends within its sitting have a meaning.
        """
        begun: Prices = self.begun[owner, zone, ..., length - 1 : length - 1 + self.cells]
        return begun - self.over[owner, zone, ..., : self.cells]
