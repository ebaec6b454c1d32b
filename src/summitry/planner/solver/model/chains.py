"""Who does what after what: circuits through one person's or interpreter's meetings.

Breaks, walks, meetings in a row and interpreters' runs all speak of neighbours in time.
A chain has one node for each free meeting that may belong to it, one for each fixed
item (kept meetings; engagements where they count), and one literal for each pair that
may be neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Actor, Item
from summitry.planner.solver.model.core import Core, Literal

ENDS = -1


@dataclass(slots=True)
class Link:
    """A place in a chain: a free request with its presence, or a fixed item."""

    request: int
    present: Literal | None = None
    minutes: list[int] = field(default_factory=list)
    item: Item | None = None

    @property
    def frozen_item(self) -> Item:
        """Return the fixed item of a link that is not free."""
        assert self.item is not None
        return self.item


class Chain:
    """The neighbours in time among links; ``arcs`` maps (before, after) to a literal, ``ENDS`` at either end."""

    def __init__(self, core: Core, fixed: Iterable[Item], free: dict[int, tuple[Literal, int]]) -> None:
        self.core = core
        minutes = core.instance.cells.minutes
        self.links = [Link(item.request, item=item) for item in fixed]
        self.count = len(self.links)
        self.links += [
            Link(request, literal, [minutes[cell] for cell in bits(mask)])
            for request, (literal, mask) in free.items()
        ]
        self.arcs: dict[tuple[int, int], Literal] = {}
        self._connect()

    def _connect(self) -> None:
        core = self.core
        starts = [link.frozen_item.start for link in self.links[: self.count]]
        between: list[list[int]] = [[] for _ in range(self.count + 1)]
        for index in range(self.count, len(self.links)):
            link = self.links[index]
            for gap in sorted({bisect_left(starts, minute) for minute in link.minutes}):
                between[gap].append(index)
        for gap, members in enumerate(between):
            before = gap - 1 if gap else ENDS
            after = gap if gap < self.count else ENDS
            self._arc(before, after)
            for a in members:
                self._bound(self._arc(before, a), a, after_link=before)
                self._bound(self._arc(a, after), a, before_link=after)
                for b in members:
                    if a != b and (a, b) not in self.arcs and self._may_follow(a, b):
                        x, y = self.links[a].request, self.links[b].request
                        core.model.add(core.start[y] >= core.start[x] + core.length(x)).only_enforce_if(
                            self._arc(a, b)
                        )
        circuit: list[tuple[int, int, Any]] = [
            (u + 1, v + 1, literal) for (u, v), literal in self.arcs.items()
        ]
        for index in range(self.count, len(self.links)):
            present = self.links[index].present
            assert present is not None
            circuit.append((index + 1, index + 1, present.negated()))
        if len(self.links) > self.count:
            core.model.add_circuit(circuit)
        else:
            for literal in self.arcs.values():
                core.model.add(literal == 1)

    def _arc(self, u: int, v: int) -> Literal:
        literal = self.core.model.new_bool_var("")
        self.arcs[u, v] = literal
        return literal

    def _bound(self, arc: Literal, free: int, *, after_link: int = ENDS, before_link: int = ENDS) -> None:
        """Keep a free link on its side of a fixed one."""
        core, instance = self.core, self.core.instance
        link = self.links[free]
        if after_link != ENDS and link.minutes[0] <= self.links[after_link].frozen_item.start:
            limit = instance.to_tick(self.links[after_link].frozen_item.start + 1)
            core.model.add(core.start[link.request] >= limit).only_enforce_if(arc)
        if before_link != ENDS and link.minutes[-1] >= self.links[before_link].frozen_item.start:
            limit = instance.to_tick(self.links[before_link].frozen_item.start) - 1
            core.model.add(core.start[link.request] <= limit).only_enforce_if(arc)

    def _may_follow(self, a: int, b: int) -> bool:
        x, y = self.links[a], self.links[b]
        return y.minutes[-1] >= x.minutes[0] + self.core.instance.jobs[x.request].length

    def pairs(self) -> list[tuple[int, int, Literal]]:
        """Return every arc between two links."""
        return [(u, v, arc) for (u, v), arc in self.arcs.items() if ENDS not in {u, v}]

    def zones(self, index: int) -> list[tuple[int, list[Literal]]]:
        """Return each zone a link may be in, with the literals that put it there."""
        link = self.links[index]
        if link.item is not None:
            return [(link.item.zone, [])]
        zones = self.core.zones(link.request)
        if len(zones) == 1:
            return [(zones[0], [])]
        return [(zone, [self.core.in_zone(link.request, zone)]) for zone in zones]


class FreeTime:
    """Minutes of somebody's time that no engagement takes, as expressions of the free meetings' starts.

    Parameters
    ----------
    by_sitting : bool
        Count from the sitting's beginning, which is enough for neighbours within one sitting.
    """

    def __init__(self, core: Core, actor: Actor, *, by_sitting: bool) -> None:
        self.core = core
        self.actor = actor
        self.by_sitting = by_sitting
        self._offsets: dict[int, Any] = {}

    def _engaged(self, minute: int, sitting: int | None) -> int:
        since = (
            self.core.instance.cells.sitting_starts[sitting] if self.by_sitting and sitting is not None else 0
        )
        return self.actor.busy.until(minute) - self.actor.busy.until(since)

    def at_start(self, link: Link) -> Any:
        """Return the free minutes before a link starts."""
        core = self.core
        if link.item is not None:
            return link.item.start - self._engaged(
                link.item.start, core.instance.cells.sitting_at(link.item.start)
            )
        if link.request not in self._offsets:
            minutes, sitting_of = core.instance.cells.minutes, core.instance.cells.sitting_of
            masks: dict[int, int] = {}
            for cell in bits(core.cells[link.request]):
                engaged = self._engaged(minutes[cell], sitting_of[cell])
                masks[engaged] = masks.get(engaged, 0) | 1 << cell
            literals = core.split(link.request, masks, core.held[link.request])
            if len(masks) == 1:
                self._offsets[link.request] = next(iter(masks))
            else:
                self._offsets[link.request] = sum(value * literal for value, literal in literals.items())
        return (
            core.instance.zero + core.instance.tick * core.start[link.request] - self._offsets[link.request]
        )

    def at_end(self, link: Link) -> Any:
        """Return the free minutes before a link ends; a free meeting meets no engagement."""
        core = self.core
        if link.item is not None:
            return link.item.end - self._engaged(
                link.item.end, core.instance.cells.sitting_at(link.item.start)
            )
        return self.at_start(link) + core.instance.jobs[link.request].length


def limit_runs(
    chain: Chain,
    *,
    weight: Callable[[Link], int],
    limit: int,
    gap: Callable[[Link, Link], Any],
    least: int,
) -> None:
    """Let no run of links weigh more than ``limit``; a ``gap`` of ``least`` minutes ends a run.

    A run of frozen meetings alone is exempt; one that a meeting of ours joins is not.
    """
    core, model = chain.core, chain.core.model
    jobs = core.instance.jobs
    largest = limit + sum(weight(link) for link in chain.links)
    totals, ours = [], []
    for link in chain.links:
        frozen = link.item is not None and jobs[link.request].frozen is not None
        totals.append(model.new_int_var(weight(link), largest, ""))
        ours.append(model.new_bool_var(""))
        if not frozen:
            model.add(ours[-1] == 1)
        model.add(totals[-1] <= limit).only_enforce_if(
            [ours[-1]] if link.present is None else [ours[-1], link.present]
        )
    for u, v, arc in chain.pairs():
        a, b = chain.links[u], chain.links[v]
        space = gap(a, b)
        if isinstance(space, int):
            if space >= least:
                continue
            joined = arc
        else:
            joined = model.new_bool_var("")
            model.add(space >= least).only_enforce_if([arc, joined.negated()])
        model.add(totals[v] >= totals[u] + weight(b)).only_enforce_if(joined)
        model.add_implication(joined, ours[v]).only_enforce_if(ours[u])


def ordered(items: Iterable[Item]) -> list[Item]:
    """Return items by start, then end; of equals, as they stand."""
    return sorted(items, key=lambda item: item[:2])
