"""Which starts one owner's obstacles forbid, for any choice of the obstacles that stand.

An obstacle is a bit. A rule of a *cover* forbids starts once all the obstacles it rests
on stand: a walk, for instance, rests on the walk itself and on the meeting at its other
end. Take away more obstacles and never more starts are forbidden; minimal reasons are
built on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.planner.explain.ground import NOWHERE, Ground, Starts

Timed = tuple[int, int, int]
"""Start, end, and the bit of the obstacle."""


@dataclass(frozen=True, slots=True)
class Count:
    """Forbids ``starts`` once the standing ``items`` (bit, amount) add up to ``full``."""

    needs: int
    items: tuple[tuple[int, int], ...]
    full: int
    starts: int

    def forbids(self, standing: int) -> int:
        """Return the starts forbidden under some obstacles."""
        if self.needs & ~standing:
            return 0
        amount = sum(size for bit, size in self.items if bit & standing)
        return self.starts if amount >= self.full else 0


@dataclass(frozen=True, slots=True)
class Run:
    """Forbids what would make too long a run of meetings with less than ``rest`` free minutes between them.

    A meeting weighs its minutes (``in_minutes``) or one; ``most`` is the limit. Free
    minutes are the gap less the engagements in it. Only ``starts`` are looked at.
    """

    needs: int
    meetings: tuple[Timed, ...]
    engagements: tuple[Timed, ...]
    rest: int
    most: int
    in_minutes: bool
    starts: int

    def forbids(self, grid: Starts, standing: int) -> int:
        """Return the starts forbidden under some obstacles."""
        if self.needs & ~standing:
            return 0
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


class Cover:
    """The rules of one owner: a person, an interpreter, a room, or the request itself."""

    def __init__(self, grid: Starts) -> None:
        self.grid = grid
        self.bits = 0
        self._plain: dict[int, int] = {}
        self._zoned: dict[int, dict[int, int]] = {}
        self._counts: list[Count] = []
        self._runs: list[Run] = []
        self._known: dict[tuple[int, int], int] = {}

    def forbid(self, needs: int, starts: int) -> None:
        """Forbid starts everywhere while all obstacles of ``needs`` stand."""
        if starts:
            self.bits |= needs
            self._plain[needs] = self._plain.get(needs, 0) | starts
            self._known.clear()

    def forbid_each(self, rules: Sequence[tuple[int, int]]) -> None:
        """Forbid starts for many obstacles at once (bit, starts), each of them new to the cover."""
        self._plain.update(rules)
        for bit, _ in rules:
            self.bits |= bit

    def forbid_in(self, zone: int, needs: int, starts: int) -> None:
        """Forbid starts in the rooms of one zone while all obstacles of ``needs`` stand."""
        if starts:
            self.bits |= needs
            rules = self._zoned.setdefault(zone, {})
            rules[needs] = rules.get(needs, 0) | starts
            self._known.clear()

    def count(self, rule: Count) -> None:
        """Add a rule on how much there may be."""
        self._counts.append(rule)
        self.bits |= rule.needs
        for bit, _ in rule.items:
            self.bits |= bit

    def run(self, rule: Run) -> None:
        """Add a rule on how much there may be without a rest."""
        self._runs.append(rule)
        self.bits |= rule.needs
        for _, _, bit in (*rule.meetings, *rule.engagements):
            self.bits |= bit

    def keep_away(self, ground: Ground, item: Timed, *, zone: int, walk: int) -> None:
        """Forbid overlapping something, and starting where no time is left to walk (bit ``walk``) to or from it."""
        start, end, bit = item
        overlapping = self.grid.touching(start, end)
        self.forbid(bit, overlapping)
        if zone == NOWHERE:
            return
        for other in ground.rooms_by_zone:
            minutes = ground.walk[zone][other]
            if minutes:
                self.forbid_in(other, bit | walk, self.grid.touching(start, end, minutes) & ~overlapping)

    def anywhere(self, standing: int) -> int:
        """Return the starts forbidden in all rooms."""
        key = (-1, standing & self.bits)
        forbidden = self._known.get(key)
        if forbidden is None:
            forbidden = self._of(self._plain, standing)
            for count in self._counts:
                forbidden |= count.forbids(standing)
            for run in self._runs:
                forbidden |= run.forbids(self.grid, standing)
            self._known[key] = forbidden
        return forbidden

    def within(self, zone: int, standing: int) -> int:
        """Return the starts forbidden in the rooms of a zone on top of those forbidden everywhere."""
        rules = self._zoned.get(zone)
        if not rules:
            return 0
        key = (zone, standing & self.bits)
        forbidden = self._known.get(key)
        if forbidden is None:
            forbidden = self._known[key] = self._of(rules, standing)
        return forbidden

    @staticmethod
    def _of(rules: dict[int, int], standing: int) -> int:
        forbidden = 0
        for needs, starts in rules.items():
            if not needs & ~standing:
                forbidden |= starts
        return forbidden

    @property
    def zones(self) -> set[int]:
        """The zones with rules of their own."""
        return set(self._zoned)
