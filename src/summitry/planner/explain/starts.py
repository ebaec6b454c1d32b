"""Sets of starts: Python integers used as bit sets, in which bit *i* is the *i*-th start on the grid.

A day of 5-minute starts fits a machine word or two, so that covering and counting stay in C
whatever the number of meetings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Shadow = tuple[int, tuple[tuple[int, int], ...]]
"""A set of starts, and for some zones another."""


class Starts:
    """Every start at which a meeting of one length lies wholly inside a sitting.

    Attributes
    ----------
    minutes : int
        The length of the meeting.
    times : list of int
        The starts in order, in minutes of the ground.
    every : int
        The set of all of them.
    by_sitting : list of int
        Those of each sitting.
    shadows : dict
        Notes of what was worked out for a time and a zone.
    """

    def __init__(self, minutes: int, times: Sequence[Sequence[int]]) -> None:
        self.minutes = minutes
        self.times = [time for sitting in times for time in sitting]
        self._below = [(1 << count) - 1 for count in range(len(self.times) + 1)]
        self.every = self._below[-1]
        self.by_sitting = []
        self._known: dict[tuple[int, int], int] = {}
        self.shadows: dict[tuple[int, int, int], Shadow] = {}
        reached = 0
        for sitting in times:
            self.by_sitting.append(self._below[reached + len(sitting)] ^ self._below[reached])
            reached += len(sitting)

    def inside(self, first: int, last: int) -> int:
        """Return the starts from ``first`` to ``last``, both included."""
        if last < first:
            return 0
        return self._below[bisect_right(self.times, last)] ^ self._below[bisect_left(self.times, first)]

    def touching(self, start: int, end: int, gap: int = 0) -> int:
        """Return the starts of meetings that leave less than ``gap`` minutes to something, or overlap it."""
        first, last = start - self.minutes - gap + 1, end + gap - 1
        known = self._known.get((first, last))
        if known is None:
            known = self._known[first, last] = self.inside(first, last)
        return known

    def at(self, chosen: int) -> list[int]:
        """Return the times of a set's members, in order."""
        return [self.times[position] for position in listed_bits(chosen)]

    def bit(self, time: int) -> int:
        """Return the set of one start, empty where no meeting may start then."""
        return self.inside(time, time)


def listed_bits(chosen: int) -> list[int]:
    """Return the positions of the bits of a set, in order."""
    positions = []
    while chosen:
        lowest = chosen & -chosen
        positions.append(lowest.bit_length() - 1)
        chosen ^= lowest
    return positions
