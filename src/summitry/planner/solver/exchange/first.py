"""First plans for problems so large that looking at every room for every request takes too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

import numpy as np

from summitry.planner.solver.cells import bits
from summitry.planner.solver.exchange.prices import Prices
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.incumbent import Incumbent

LOOK_EVERY = 50
STEPS_FOR_EACH_MUST = 200


def place_all(
    incumbent: Incumbent, order: Sequence[int], seed: int, preferences: Iterable[tuple[int, int]] = ()
) -> None:
    """Offer a plan in which each request, in that order, is held where it stands in nobody's way.

    What must be held and finds no such place takes the place of what need not be held.

    Parameters
    ----------
    incumbent : Incumbent
        Takes the plan.
    order : sequence of int
        The requests, what must be held first.
    seed : int
        Of the random numbers.
    preferences : iterable of (request, sitting)
        What to place before all that need not be held, in that order, and in which sitting.
    """
    instance = incumbent.instance
    first = _First(incumbent, seed)
    if any(job.must and job.frozen is None and r not in first.waiting for r, job in enumerate(instance.jobs)):
        return
    first.place((request for request in order if instance.jobs[request].must), {})
    preferred = list(preferences)
    first.place((request for request, _ in preferred), dict(preferred))
    first.place(order, {})
    first.hold_musts()
    if not first.lost():
        incumbent.offer(first.exchange.board.where)


class _First:
    def __init__(self, incumbent: Incumbent, seed: int) -> None:
        self.clock = incumbent.clock
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        self.exchange = Exchange(incumbent.instance, [None] * len(incumbent.instance.jobs), seed)
        self.waiting = set(self.exchange.unheld)
        cells = incumbent.instance.cells
        self.only = [self._closed_but(cells.sitting(sitting)) for sitting in range(len(cells.sittings))]

    def _closed_but(self, mask: int) -> Prices:
        closed = np.full(self.exchange.board.room_prices.cells, np.inf)
        closed[list(bits(mask))] = 0.0
        return closed

    def place(self, requests: Iterable[int], sittings: dict[int, int]) -> None:
        """Hold what is free, in the sitting named for it if one is."""
        exchange, waiting = self.exchange, self.waiting
        for turn, request in enumerate(requests):
            if turn % LOOK_EVERY == 0 and self.clock.stopped():
                return
            if request not in waiting:
                continue
            only = self.only[sittings[request]] if request in sittings else None
            zones = list(exchange.zones_of(request))
            self.random.shuffle(zones)
            if any(exchange.place_snugly(request, zone, only) for zone in zones):
                waiting.discard(request)

    def hold_musts(self) -> None:
        """Take out what need not be held for what must."""
        heat = float(max((job.weight for job in self.exchange.instance.jobs), default=1))
        lost = self.lost()
        for _ in range(STEPS_FOR_EACH_MUST * len(lost)):
            if not lost or self.clock.stopped():
                return
            self.exchange.step(heat, self.random.choice(lost))
            lost = self.lost()

    def lost(self) -> list[int]:
        """Return what must be held and is not."""
        exchange = self.exchange
        return [request for request in exchange.unheld if exchange.instance.jobs[request].must]
