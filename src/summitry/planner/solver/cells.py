"""Time as bits: one bit for each grid step of each sitting.

A meeting starts on the grid and lasts a multiple of it, so that it covers whole cells
and meets any interval of minutes exactly where it meets a cell that the interval
touches. Sets of cells are Python integers: a few machine words, and every question
"when could this be?" is a handful of ``&``, ``|`` and ``>>``. One empty bit after each
sitting keeps meetings from running on into the next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

MINUTES_PER_DAY = 24 * 60


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the set bits of ``mask``, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def erode(mask: int, length: int) -> int:
    """Return the cells from which ``length`` cells of ``mask`` follow one another, the first included."""
    done = 1
    while done < length:
        step = min(done, length - done)
        mask &= mask >> step
        done += step
    return mask


def union(masks: Iterable[int]) -> int:
    """Return the cells in any of ``masks``."""
    together = 0
    for mask in masks:
        together |= mask
    return together


class Cells:
    """The grid cells of all sittings, in order of time; minutes count from the first day's midnight."""

    def __init__(self, sittings: Sequence[tuple[datetime, datetime]], grid: int) -> None:
        self.grid = grid
        first = min(start for start, _ in sittings)
        self.origin = first.replace(hour=0, minute=0)
        self.sittings = [(self.minute(start), self.minute(end)) for start, end in sittings]
        self.sitting_starts = [start for start, _ in self.sittings]
        self.base: list[int] = []
        self.count: list[int] = []
        self.minutes: list[int] = []
        self.sitting_of: list[int] = []
        self.everything = 0
        for index, (start, end) in enumerate(self.sittings):
            count = (end - start) // grid
            self.base.append(len(self.minutes))
            self.count.append(count)
            self.everything |= ((1 << count) - 1) << len(self.minutes)
            self.minutes += range(start, start + (count + 1) * grid, grid)
            self.sitting_of += [index] * (count + 1)
        self._touched: dict[tuple[int, int], int] = {}

    def minute(self, time: datetime) -> int:
        """Return ``time`` as minutes from the origin."""
        return int((time - self.origin).total_seconds()) // 60

    def time(self, minute: int) -> datetime:
        """Return the wall-clock time of ``minute``."""
        return self.origin + timedelta(minutes=minute)

    def sitting(self, index: int) -> int:
        """Return the cells of one sitting."""
        return ((1 << self.count[index]) - 1) << self.base[index]

    def sitting_at(self, minute: int) -> int | None:
        """Return the sitting during which ``minute`` falls."""
        index = bisect_right(self.sitting_starts, minute) - 1
        return index if index >= 0 and minute < self.sittings[index][1] else None

    def sitting_within(self, start: int, end: int) -> int | None:
        """Return the sitting that an interval lies wholly inside."""
        index = self.sitting_at(start)
        return index if index is not None and end <= self.sittings[index][1] else None

    def cell(self, minute: int) -> int | None:
        """Return the cell that starts at ``minute``, if it lies on a sitting's grid."""
        index = self.sitting_at(minute)
        if index is None:
            return None
        step, rest = divmod(minute - self.sittings[index][0], self.grid)
        return self.base[index] + step if rest == 0 and step < self.count[index] else None

    def touched(self, start: int, end: int) -> int:
        """Return the cells that the interval from ``start`` to ``end`` (minutes) touches."""
        if start >= end:
            return 0
        known = self._touched.get((start, end))
        if known is None:
            known = self._touched[start, end] = self._touching(start, end)
        return known

    def _touching(self, start: int, end: int) -> int:
        mask = 0
        index = max(0, bisect_right(self.sitting_starts, start) - 1)
        while index < len(self.sittings) and self.sittings[index][0] < end:
            begin = self.sittings[index][0]
            low = max(0, (start - begin) // self.grid)
            high = min(self.count[index], -((begin - end) // self.grid))
            if low < high:
                mask |= ((1 << (high - low)) - 1) << (self.base[index] + low)
            index += 1
        return mask

    def starting(self, low: int, high: int) -> int:
        """Return the cells that start at a minute from ``low`` to ``high``, both included."""
        first, last = self._bisect_left(low), self._bisect_right(high)
        return (((1 << max(0, last - first)) - 1) << first) & self.everything

    def _bisect_left(self, minute: int) -> int:
        index = bisect_right(self.sitting_starts, minute) - 1
        if index < 0:
            return 0
        step = -((self.sittings[index][0] - minute) // self.grid)
        return self.base[index] + min(step, self.count[index] + 1)

    def _bisect_right(self, minute: int) -> int:
        index = bisect_right(self.sitting_starts, minute) - 1
        if index < 0:
            return 0
        step = (minute - self.sittings[index][0]) // self.grid + 1
        return self.base[index] + min(step, self.count[index] + 1)


class Busy:
    """The union of somebody's engagements, and how much of any interval it takes."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._before: list[int] = []
        total = 0
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                total += max(0, end - self.ends[-1])
                self.ends[-1] = max(self.ends[-1], end)
                continue
            self.starts.append(start)
            self.ends.append(end)
            self._before.append(total)
            total += end - start

    def until(self, minute: int) -> int:
        """Return the engaged minutes before ``minute``."""
        index = bisect_left(self.starts, minute) - 1
        if index < 0:
            return 0
        return self._before[index] + min(minute, self.ends[index]) - self.starts[index]

    def within(self, start: int, end: int) -> int:
        """Return the engaged minutes between ``start`` and ``end``."""
        return self.until(end) - self.until(start) if start < end else 0
