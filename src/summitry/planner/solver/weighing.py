"""The bound on the weight: found before the search begins, or beside it in a thread of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import better
from summitry.planner.solver.incumbent import Incumbent

# Shares of the time left: before the search, beside it, and for the bound in whole numbers.
SHARE, SHARE_BESIDE, WHOLE_SHARE = 0.25, 0.5, 0.1
LONGEST_WHOLE = 10.0  # seconds


class Weighing:
    """Bounds what is dropped and what weight is held, as far as these are wanted.

    Parameters
    ----------
    incumbent : Incumbent
        Is told the bounds, always in the thread of the search.
    rooms_are_many : bool
        Whether what is worth clearly less than the cheapest place for it is left for the end.

    Attributes
    ----------
    hopeless : frozenset of int
        These requests, once they are known.
    """

    def __init__(self, incumbent: Incumbent, *, rooms_are_many: bool) -> None:
        self.incumbent = incumbent
        self.clock = incumbent.clock
        self.rooms_are_many = rooms_are_many
        self.hopeless: frozenset[int] = frozenset()
        self._found: deque[tuple[Aim, int]] = deque()
        self._working: Future[None] | None = None
        self._needed = True

    def before(self) -> None:
        """Find the bounds, and tell each."""
        self._weigh(SHARE)
        self._tell()

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Find the bounds beside what is done meanwhile.

        What is not found when the run is stopped, or when nothing more can be held in any case, is given up.
        """
        with ThreadPoolExecutor(1) as executor:
            self._working = executor.submit(self._weigh, SHARE_BESIDE)
            try:
                yield
            finally:
                self._needed = not self.incumbent.proved(Aim.WEIGHT)
                self._working.result()
                self._tell()

    def going_on(self) -> bool:
        """Tell the bounds found by now; return whether the other thread still looks for more."""
        working = self._working is not None and not self._working.done()
        self._tell()
        return working

    def _tell(self) -> None:
        while self._found:
            aim, value = self._found.popleft()
            self.incumbent.bound(aim, value, always=True)

    def _weigh(self, share: float) -> None:
        from summitry.planner.solver.bounds import SittingRelaxation  # noqa: PLC0415 - loads HiGHS

        incumbent, jobs = self.incumbent, self.incumbent.instance.jobs
        relaxation = SittingRelaxation(incumbent.instance, clock=self.clock, needed=lambda: self._needed)
        left = self.clock.left()
        seconds = None if left is None else left * share
        for aim in (Aim.DROPPED, Aim.WEIGHT):
            if aim not in incumbent.instance.objective:
                continue
            weights = [job.weight if aim is Aim.WEIGHT or job.baseline else 0 for job in jobs]
            for whole in (False, True):
                if self.clock.stopped() or not self._needed:
                    return
                limit = seconds
                if left is not None and whole:
                    limit = min(left * WHOLE_SHARE, LONGEST_WHOLE)
                most = relaxation.solve(weights, whole=whole, seconds=limit)
                bound = most if aim is Aim.WEIGHT else sum(weights) - most
                self._found.append((aim, bound))
                if self.rooms_are_many and aim is Aim.WEIGHT:
                    self.hopeless = relaxation.hopeless(weights)
                value = incumbent.values.get(aim)
                if value is not None and not better(aim, bound, value):
                    break
