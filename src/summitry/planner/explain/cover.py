"""Which starts one owner's obstacles forbid, for any choice of the obstacles that stand.

An obstacle is a bit of its cover. A rule forbids starts once all the obstacles it rests
on stand: a walk, for instance, rests on the walk itself and on the meeting at its other
end. Take away more obstacles and never more starts are forbidden; minimal reasons are
built on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summitry.planner.explain.ground import Ground
from summitry.planner.explain.limits import Count, Run, Timed
from summitry.planner.explain.obstacle import Obstacle
from summitry.planner.explain.starts import Starts, listed_bits
from summitry.planner.explain.tally import Tally, less, more, some

EVERYWHERE = -1
Rule = tuple[int, int, int]
"""The obstacles it rests on, the zone (or ``EVERYWHERE``), and the starts it forbids there."""


class Cover:
    """The rules of one owner: a person, an interpreter, a room, or the request itself.

    Attributes
    ----------
    items : list of Obstacle
        What forbids, by bit.
    """

    def __init__(self, grid: Starts) -> None:
        self.grid = grid
        self.items: list[Obstacle] = []
        self._rules: list[Rule] = []
        self._limits: list[tuple[int, Count | Run]] = []

    def bit(self, obstacle: Obstacle) -> int:
        """Add an obstacle, and return its bit."""
        self.items.append(obstacle)
        return 1 << (len(self.items) - 1)

    def forbid(self, needs: int, starts: int, zone: int = EVERYWHERE) -> None:
        """Forbid starts, in the rooms of one zone or everywhere, while all obstacles of ``needs`` stand."""
        if starts:
            self._rules.append((needs, zone, starts))

    def limit(self, rule: Count | Run, needs: int) -> None:
        """Add a rule on how much there may be, that binds as long as ``needs`` stands."""
        self._limits.append((needs, rule))

    def keep_away(self, ground: Ground, item: Timed, *, zone: int, walk: int) -> None:
        """Forbid overlapping something, and starting where no time is left to walk (bit ``walk``) to or from it."""
        start, end, bit = item
        overlapping, around = ground.shadow(self.grid, start, end, zone)
        self.forbid(bit, overlapping)
        for other, starts in around:
            self.forbid(bit | walk, starts, other)

    # ---- what stands of it -----------------------------------------------------------------

    @cached_property
    def whole(self) -> Standing:
        """It with all obstacles standing."""
        return self.standing((1 << len(self.items)) - 1)

    def standing(self, bits: int) -> Standing:
        """Return it with some obstacles standing."""
        tallies: dict[int, Tally] = {}
        for needs, zone, starts in self._rules:
            if not needs & ~bits:
                tallies[zone] = more(tallies.get(zone, ()), starts)
        return Standing(self, bits, tallies, self.limited(bits))

    def limited(self, standing: int) -> int:
        """Return the starts that limits forbid."""
        forbidden = 0
        for needs, rule in self._limits:
            if needs & standing:
                forbidden |= rule.forbids(self.grid, standing)
        return forbidden

    # ---- one by one ------------------------------------------------------------------------

    @cached_property
    def rules_of(self) -> list[list[Rule]]:
        """The rules that rest on each obstacle."""
        found: list[list[Rule]] = [[] for _ in self.items]
        for rule in self._rules:
            for at in listed_bits(rule[0]):
                found[at].append(rule)
        return found

    @cached_property
    def reach(self) -> list[int]:
        """The starts that each obstacle has a part in forbidding, in some zone or everywhere, limits aside."""
        reached = [0] * len(self.items)
        for at, rules in enumerate(self.rules_of):
            for _, _, starts in rules:
                reached[at] |= starts
        return reached

    @cached_property
    def by_start(self) -> dict[int, list[int]]:
        """The obstacles, by their places in ``items``, that have a part in forbidding each start."""
        found: dict[int, list[int]] = {}
        for at, starts in enumerate(self.reach):
            for position in listed_bits(starts):
                found.setdefault(position, []).append(at)
        return found

    def items_at(self, at: int, zone: int) -> list[Obstacle]:
        """Return what forbids the start in position ``at`` in a zone, limits aside."""
        needed = 0
        for item in self.by_start.get(at, ()):
            for needs, there, starts in self.rules_of[item]:
                if there in (zone, EVERYWHERE) and starts >> at & 1:
                    needed |= needs
        return [self.items[item] for item in listed_bits(needed)]


@dataclass(frozen=True, slots=True)
class Standing:
    """A cover with some of its obstacles standing, and how many of them forbid each start."""

    cover: Cover
    bits: int
    tallies: dict[int, Tally]
    limited: int

    @property
    def everywhere(self) -> int:
        """The starts forbidden in all rooms."""
        return some(self.tallies.get(EVERYWHERE, ())) | self.limited

    def within(self, zone: int) -> int:
        """Return the starts forbidden in the rooms of a zone on top of those forbidden everywhere."""
        return some(self.tallies.get(zone, ()))

    def less(self, bits: int) -> Standing:
        """Return it with some more obstacles taken away."""
        tallies, standing = dict(self.tallies), self.bits
        for at in listed_bits(bits & standing):
            for needs, zone, starts in self.cover.rules_of[at]:
                if not needs & ~standing:
                    tallies[zone] = less(tallies[zone], starts)
            standing &= ~(1 << at)
        return Standing(self.cover, standing, tallies, self.limited and self.cover.limited(standing))
