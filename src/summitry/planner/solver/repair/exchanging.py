"""Search by exchange for the sake of a repair: few moved, and where that does not do, as little dropped as can be."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np

from summitry.planner.problem import Aim
from summitry.planner.solver import exchange
from summitry.planner.solver.aims import Places
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.repair.at_own_starts import at_own_starts
from summitry.planner.solver.repair.ground import Ground

WORTH, STAY = 10_000, 20
"""What a weight of 1 is worth, and that a meeting keeps its start."""
STEPS = 100_000
AHEAD = 2.0
"""As of :class:`exchange.Exchange`, where meetings are to keep their starts: more takes longer than it brings."""


class Burst(NamedTuple):
    """A search: its share of the seconds left or of :data:`STEPS`, and the heat to begin with.

    The heat is that of a meeting's start (:data:`STAY`); where ``stay`` is false, of a request's mean weight.
    """

    share: float
    heat: float
    stay: bool = True


AT_OWN, BESIDE, FEW_MOVED, BACK = (
    Burst(0.2, 0.05, stay=False),
    Burst(0.3, 0.3),
    Burst(0.5, 0.8),
    Burst(1.0, 0.6),
)
"""What holds as many as can be at their own starts, what puts in the others beside them, what moves few to drop less,
and what moves back those who need not move.
"""
LEAST_DROPPED = (Burst(0.15, 1.5), Burst(0.3, 0.05, stay=False), Burst(0.35, 0.3, stay=False))
"""What drops as little as can be, whatever is moved for it."""


class Exchanging:
    """Searches on from the incumbent.

    Parameters
    ----------
    offer : callable
        Takes the plans found.
    stopped : callable
        Asked whether to end; from more than one thread.
    """

    def __init__(
        self,
        incumbent: Incumbent,
        ground: Ground,
        seed: int,
        offer: Callable[[Places], None],
        stopped: Callable[[], bool],
    ) -> None:
        self.incumbent = incumbent
        self.asked = ground.asked
        self.seed = seed
        self.offer = offer
        self.stopped = stopped
        self._free = exchange.Ground(incumbent.instance)
        self._staying = exchange.Ground(incumbent.instance, worth=WORTH, stay=STAY)
        jobs = incumbent.instance.jobs
        self._kept, self._cells = ground.kept, ground.cells
        self._weight = np.array([0 if job.baseline is None else job.weight for job in jobs])
        self._all = int(self._weight.sum())
        self._own = self._free.rules.own
        self._found: deque[exchange.Held] = deque()  # not offered yet, which the thread of the run does
        self._thread = threading.get_ident()

    def search(self, seconds: float | None, partner: Executor | None) -> None:
        """Search for plans that drop as little as can be and move few; whatever is found is offered at once.

        One way is to move few from the beginning, the other to drop least, whatever is moved, and move back then. With
        a partner both are gone at once; alone the second where the first does not do.
        """
        incumbent = self.incumbent
        if partner is not None:
            other = partner.submit(self._drop_least_first, seconds)
            self._move_few_first(seconds)
            other.result()
            self._tell()
            return
        half = None if seconds is None else seconds / 2
        self._move_few_first(half)
        if not (incumbent.proved(Aim.DROPPED) or self.stopped()):
            self._drop_least_first(half)

    def move_back(self, seconds: float | None) -> None:
        """Search for plans that drop no more and move fewer."""
        self._burst(self._now(), BACK, seconds, self._least_moved)

    def _now(self) -> exchange.Held:
        places = self.incumbent.places
        assert places is not None
        return self._free.held(places)

    def _move_few_first(self, seconds: float | None) -> None:
        """Hold as many as can be at their own starts, then the others beside them; move more only to drop less."""
        own = exchange.Ground(at_own_starts(self.incumbent.instance, self._cells))
        held = self._burst(self._free.held(self._kept.places), AT_OWN, seconds, ground=own)
        held = self._burst(held, BESIDE, seconds)
        if self._least_dropped(held):
            self._burst(held, BESIDE, seconds, self._least_moved)
        else:
            self._burst(held, FEW_MOVED, seconds, self._least_dropped)

    def _drop_least_first(self, seconds: float | None) -> None:
        """Search for what drops least, no longer than needed; in the time left move back."""
        held, began = self._now(), self.incumbent.clock.elapsed()
        for burst in LEAST_DROPPED:
            if self._least_dropped(held) or self.stopped():
                break
            found = self._burst(held, burst, seconds, self._least_dropped)
            held = max(held, found, key=self._held)
        left = None if seconds is None else seconds - (self.incumbent.clock.elapsed() - began)
        self._burst(held, BACK, left)

    def _tell(self) -> None:
        """Offer what was found by now, if this is the thread that may."""
        while self._found and threading.get_ident() == self._thread:
            self.offer(self._free.places(self._found.popleft()))

    def _burst(
        self,
        held: exchange.Held,
        burst: Burst,
        seconds: float | None,
        enough: Callable[[exchange.Held], bool] | None = None,
        ground: exchange.Ground | None = None,
    ) -> exchange.Held:
        """Return the best plan of a search from a plan, which ends before its time where that is enough."""
        if ground is None:
            ground = self._staying if burst.stay else self._free
        ahead = AHEAD if burst.stay else exchange.AHEAD
        search = exchange.Exchange(ground, held, self.seed, candidates=self.asked, ahead=ahead)
        hottest = burst.heat * (STAY if burst.stay else float(ground.rules.weight.mean()))

        def over() -> bool:
            self._tell()
            return self.stopped() or (enough is not None and enough(search.best()))

        if seconds is None:
            search.steps(round(STEPS * burst.share), hottest, 0.0)
        else:
            exchange.anneal(search, exchange.Heat(hottest, 0.0), seconds * burst.share, over)
        best = search.best()
        self._found.append(best)
        self._tell()
        return best

    def _least_dropped(self, held: exchange.Held) -> bool:
        """Return whether no plan drops less."""
        return self._all - self._held(held) <= self.incumbent.bound_of(Aim.DROPPED)

    def _least_moved(self, held: exchange.Held) -> bool:
        """Return whether no plan drops less, and none that drops as little moves fewer."""
        if not self._least_dropped(held):
            return False
        moved = (held.start >= 0) & (held.start != self._own) & (self._own >= 0)
        least = self.incumbent.bound_of(Aim.MOVED) if self.incumbent.proved(Aim.DROPPED) else 0
        return int(moved.sum()) <= least

    def _held(self, held: exchange.Held) -> int:
        """Return the weight held of what the baseline holds."""
        return int(self._weight[held.start >= 0].sum())
