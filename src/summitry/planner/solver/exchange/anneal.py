"""How hot the search is when: from taking out a good deal more than is put in, down to hardly more."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.instance import Instance

HOTTEST, COLDEST = 1.0, 0.02  # mean weights of a request
HOT_BASE, HOT_STEPS = 0.05, 40.0
STEPS_PER_SECOND = 4_000  # until it is measured
LOOK_EVERY = 25
TIDY_EVERY = 5


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat at the beginning and at the end of a stretch of the search."""

    first: float
    last: float

    @classmethod
    def of(cls, instance: Instance, steps: float) -> Heat:
        """Return the heat for a whole search of so many steps: the fewer, the less hot its beginning."""
        count = max(1, len(instance.jobs))
        mean = sum(job.weight for job in instance.jobs) / count
        return cls(mean * min(HOTTEST, HOT_BASE + steps / count / HOT_STEPS), mean * COLDEST)

    def part(self, begin: float, end: float) -> Heat:
        """Return the heat for the part of the search from ``begin`` to ``end`` (0 to 1)."""
        return Heat(self._at(begin), self._at(end))

    def _at(self, share: float) -> float:
        return self.first + (self.last - self.first) * share


def anneal(
    exchange: Exchange,
    heat: Heat,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    stopped: Callable[[], bool],
) -> int:
    """Search for that long (``seconds`` or ``steps``), or until everything is held or ``stopped``.

    Returns
    -------
    int
        The steps made.
    """
    began = time.perf_counter()
    done = 0
    while exchange.unheld and not stopped():
        if seconds is not None:
            share = (time.perf_counter() - began) / seconds if seconds > 0 else 1.0
        else:
            share = done / steps if steps else 1.0
        if share >= 1.0:
            return done
        now = heat.first + (heat.last - heat.first) * share
        for step in range(LOOK_EVERY):
            exchange.step(now)
            if not exchange.unheld:
                return done + step
            if step % TIDY_EVERY == 0:
                exchange.tidy()
        done += LOOK_EVERY
    return done
