"""Limits of one owner: how much there may be, and how much without a rest, for any choice of what stands.

Take more obstacles away and never more starts are forbidden; minimal reasons are built on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from summitry.planner.explain.starts import Starts
from summitry.planner.plan import BlockerKind

Timed = tuple[int, int, int]
"""Start, end, and the bit of the obstacle."""


@dataclass(frozen=True, slots=True)
class Count:
    """Forbids ``starts`` once the standing ``items`` (bit, amount) add up to ``full``."""

    items: tuple[tuple[int, int], ...]
    full: int
    starts: int
    kind: ClassVar[BlockerKind] = BlockerKind.LIMIT

    def forbids(self, _grid: Starts, standing: int) -> int:
        """Return the starts forbidden under some obstacles."""
        amount = sum(size for bit, size in self.items if bit & standing)
        return self.starts if amount >= self.full else 0


@dataclass(frozen=True, slots=True)
class Run:
    """Forbids what would make too long a run of meetings with less than ``rest`` free minutes between them.

    A meeting weighs its minutes (``in_minutes``) or one; ``most`` is the limit. Free
    minutes are the gap less the engagements in it. Only ``starts`` are looked at.
    """

    kind: BlockerKind
    meetings: tuple[Timed, ...]
    engagements: tuple[Timed, ...]
    rest: int
    most: int
    in_minutes: bool
    starts: int

    def forbids(self, grid: Starts, standing: int) -> int:
        """Return the starts forbidden under some obstacles."""
        own = grid.minutes if self.in_minutes else 1
        if own > self.most:
            return self.starts
        away = union((start, end) for start, end, bit in self.engagements if bit & standing)
        room_left = self.most - own
        forbidden = near_earlier = earlier = 0
        for run in self._joined([each for each in self.meetings if each[2] & standing], away):
            near = grid.inside(self._latest(run.start, away) - grid.minutes + 1, run.start - grid.minutes)
            if run.amount > room_left:
                forbidden |= near | grid.inside(run.start, run.end - grid.minutes)
            if earlier + run.amount > room_left:
                forbidden |= near_earlier & near
            near_earlier = grid.inside(run.end, self._rested(run.end, away) - 1)
            if run.amount > room_left:
                forbidden |= near_earlier
            earlier = run.amount
        return forbidden & self.starts

    def _joined(self, meetings: Sequence[Timed], away: Sequence[tuple[int, int]]) -> list[_Stretch]:
        """Return the runs, each from its first start to its last end."""
        stretches: list[_Stretch] = []
        for start, end, _ in meetings:
            weight = end - start if self.in_minutes else 1
            if stretches and self._free(stretches[-1].end, start, away) < self.rest:
                joined = stretches[-1]
                stretches[-1] = _Stretch(joined.start, max(joined.end, end), joined.amount + weight)
            else:
                stretches.append(_Stretch(start, end, weight))
        return stretches

    @staticmethod
    def _free(start: int, end: int, away: Sequence[tuple[int, int]]) -> int:
        taken = sum(max(0, min(end, to) - max(start, since)) for since, to in away)
        return end - start - taken

    def _rested(self, time: int, away: Sequence[tuple[int, int]]) -> int:
        """Return when ``rest`` free minutes have passed since a time."""
        needed = self.rest
        for since, to in away:
            if to <= time:
                continue
            if since - time >= needed:
                break
            needed -= max(0, since - time)
            time = to
        return time + needed

    def _latest(self, time: int, away: Sequence[tuple[int, int]]) -> int:
        """Return the last moment from which ``rest`` free minutes are left before a time."""
        needed = self.rest
        for since, to in reversed(away):
            if since >= time:
                continue
            if time - to >= needed:
                break
            needed -= max(0, time - to)
            time = since
        return time - needed


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    amount: int


def union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join overlapping and touching spans, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
