"""A part of the search: some of the sittings, and some of what is not held, for a while."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.planner.solver.exchange.anneal import Heat, anneal
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.instance import Instance, Place


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the search: what may change, how hot, and for how long."""

    places: list[Place | None]
    within: int
    candidates: list[int]
    heat: Heat
    seconds: float
    seed: int
    fixed: list[int]

    def exchange(self, instance: Instance) -> Exchange:
        """Return a search of this part."""
        return Exchange(
            instance,
            self.places,
            self.seed,
            within=self.within,
            candidates=self.candidates,
            fixed=self.fixed,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a part: the best plan, and the last, from which a search that is still hot goes on."""

    best: Sequence[Place | None]
    last: Sequence[Place | None]


def search(instance: Instance, part: Part) -> Found:
    """Search a part; making ready counts as searching."""
    began = time.perf_counter()
    exchange = part.exchange(instance)
    left = part.seconds - (time.perf_counter() - began)
    anneal(exchange, part.heat, seconds=left, stopped=lambda: False)
    return Found(exchange.best, exchange.board.where)
