"""How hot the search is when: from taking out a good deal more than is put in, down to hardly more."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.instance import Instance

HOTTEST, COLDEST = 0.3, 0.0  # mean weights of a request
HOT_BASE, HOT_STEPS = 0.05, 400.0
STEPS_PER_SECOND = 20_000  # until it is measured
LOOK_EVERY = 0.02  # seconds
FIRST_STEPS, MOST_STEPS = 50, 20_000


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat at the beginning and at the end of a stretch of the search."""

    first: float
    last: float

    @classmethod
    def of(cls, instance: Instance, steps: float, hottest: float = HOTTEST) -> Heat:
        """Return the heat for a whole search of so many steps: the fewer, the less hot its beginning.

        ``hottest`` is in mean weights of a request.
        """
        count = max(1, len(instance.jobs))
        mean = sum(job.weight for job in instance.jobs) / count
        return cls(mean * min(hottest, HOT_BASE + steps / count / HOT_STEPS), mean * COLDEST)

    def part(self, begin: float, end: float) -> Heat:
        """Return the heat for the part of the search from ``begin`` to ``end`` (0 to 1)."""
        return Heat(self.at(begin), self.at(end))

    def at(self, share: float) -> float:
        """Return the heat when that share (0 to 1) of the stretch is over."""
        return self.first + (self.last - self.first) * share


def anneal(exchange: Exchange, heat: Heat, seconds: float, stopped: Callable[[], bool]) -> int:
    """Search for that long, or until everything is held or ``stopped``; return the steps made."""
    began = time.perf_counter()
    done, steps = 0, FIRST_STEPS
    while not exchange.done() and not stopped():
        before = time.perf_counter() - began
        if before >= seconds:
            break
        after = min(seconds, before + LOOK_EVERY)
        done += exchange.steps(steps, heat.at(before / seconds), heat.at(after / seconds))
        took = time.perf_counter() - began - before
        steps = max(FIRST_STEPS, min(MOST_STEPS, round(steps * min(2.0, LOOK_EVERY / max(took, 1e-6)))))
    return done
