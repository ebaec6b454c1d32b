"""Holding the most weight: the compiled search by exchange, and what is done where it is not there yet."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from summitry.planner.problem import Aim
from summitry.planner.solver.incumbent import Incumbent

if TYPE_CHECKING:
    from summitry.planner.solver.exchange import Ground
    from summitry.planner.solver.weighing import Weighing

# Pairs of meetings that share a person: up to MEDIUM what short searches leave is chosen anew
# part by part, beyond LARGE the exact model is too big to come after.
MEDIUM = 2_500
LARGE = 8_000
# Shares of the time left, where the exact model comes after, and where not.
SHARE, SHARE_LARGE = 0.3, 0.92
LONGEST_AFTER = 15.0  # seconds for the aims after the weight, where the exact model does not come after
# Up to MEDIUM, seconds of searches that each begin hot; a long one gets no further than several short ones.
BURSTS = (0.1, 0.2, 0.4, 0.4)
FIRST_LOOK = 0.05  # seconds of ruin and recreate before the compiled search is loaded, which takes longer
LEAST_TO_CHOOSE = 0.5  # seconds below which nothing is chosen anew part by part
LEAST_TO_LOAD = 1.5  # seconds below which the compiled search is not even loaded
EXCHANGE = "summitry.planner.solver.exchange"
UNPREPARED, WAIT = 0.5, 0.1  # seconds between two looks whether the compiled search is there


class Holding:
    """The searches for more weight of one run.

    Parameters
    ----------
    size : int
        Pairs of meetings that share a person.
    improve : callable
        Searches by ruin and recreate for so many seconds; returns whether there was time for it.
    """

    def __init__(
        self,
        incumbent: Incumbent,
        *,
        seed: int,
        workers: int,
        size: int,
        improve: Callable[[Aim, float | None], bool],
    ) -> None:
        self.incumbent = incumbent
        self.clock = incumbent.clock
        self.seed = seed
        self.workers = workers
        self.size = size
        self._improve = improve
        self._arrays: Ground | None = None
        self._preparing: subprocess.Popen[bytes] | None = None
        self._bursts = 0
        self.weighing: Weighing | None = None

    # ---- the compiled search -----------------------------------------------------------

    def _ground(self) -> Ground:
        from summitry.planner.solver.exchange import Ground  # noqa: PLC0415 - loads NumPy and the compiler

        if self._arrays is None:
            self._arrays = Ground(self.incumbent.instance)
        return self._arrays

    def prepared(self) -> bool:
        """Return whether the compiled search is there; if not, see to it that it will be."""
        left = self.clock.left()
        if left is not None and left < LEAST_TO_LOAD and EXCHANGE not in sys.modules:
            return False
        from summitry.planner.solver import exchange  # noqa: PLC0415 - loads NumPy and the compiler

        if not exchange.prepared():
            if self._preparing is None:
                self._preparing = exchange.start()
            elif self._preparing.poll() is not None and self.clock.limit() is None:
                exchange.prepare()  # it failed: let its error be seen; a run with a limit does without
        return exchange.prepared()

    def wait_until_prepared(self) -> None:
        """Wait for the compiled search, unless the run is stopped."""
        while not self.prepared() and not self.clock.stopped():
            time.sleep(WAIT)

    def place_all(self, order: list[int]) -> None:
        """Make a plan by placing each request where it costs least, in that order."""
        from summitry.planner.solver.exchange import place_all  # noqa: PLC0415 - loads NumPy

        place_all(self.incumbent, self._ground(), order, self.seed)

    def _exchange(self, seed: int, workers: int, seconds: float | None) -> None:
        from summitry.planner.solver.exchange import hold_most  # noqa: PLC0415 - loads NumPy

        hold_most(
            self.incumbent,
            self._ground(),
            seed=seed,
            workers=workers,
            seconds=seconds,
            weighing=self.weighing,
        )

    # ---- searching -----------------------------------------------------------------------

    def most(self, *, last: bool) -> None:
        """Search for a share of the time left, or where that is not limited for a number of steps.

        Parameters
        ----------
        last
            Whether no other aim comes after.
        """
        left = self.clock.left()
        share = SHARE if self.size <= LARGE else 1.0 if last else SHARE_LARGE
        seconds = None if left is None else left * share
        if left is not None and self.size > LARGE:
            seconds = max(left * share, left - LONGEST_AFTER)
        if self.size <= MEDIUM:
            self.most_of_few(seconds)
        else:
            self._most_of_many(seconds)

    def most_of_few(self, seconds: float | None) -> None:
        """Search by exchange in short bursts, where that is compiled, then choose anew for some at a time."""
        ends = None if seconds is None else self.clock.elapsed() + seconds
        if ends is None:
            self.wait_until_prepared()
        elif not self._bursts:
            self._improve(Aim.WEIGHT, FIRST_LOOK)
            if self._over(ends):
                return
        for burst in BURSTS if self.prepared() else ():
            if self._over(ends):
                return
            self._bursts += 1
            left = self._left(ends)
            self._exchange(self.seed + self._bursts, 1, None if left is None else min(burst, left))
        left = self._left(ends)
        if self._over(ends):
            return
        if left is not None and left < LEAST_TO_CHOOSE:
            self._improve(Aim.WEIGHT, left)
            return
        from summitry.planner.solver.neighbourhoods import hold_more  # noqa: PLC0415 - loads CP-SAT

        hold_more(self.incumbent, seed=self.seed + self._bursts, workers=self.workers, seconds=left)

    def few_to_the_end(self) -> None:
        """Search like this again and again, until the weight is proved or the run is stopped."""
        while not self._over(None) and self.clock.left() != 0.0:
            self.most_of_few(self.clock.left())

    def _most_of_many(self, seconds: float | None) -> None:
        """Search by exchange, and by ruin and recreate until that is compiled."""
        ends = None if seconds is None else self.clock.elapsed() + seconds
        if ends is None:
            self.wait_until_prepared()
        while ends is not None and not self.prepared():
            if self._over(ends) or not self._improve(
                Aim.WEIGHT, min(UNPREPARED, ends - self.clock.elapsed())
            ):
                return
        if not self._over(ends):
            self._exchange(self.seed, self.workers, self._left(ends))

    def _over(self, ends: float | None) -> bool:
        over = self.clock.stopped() or self.incumbent.proved(Aim.WEIGHT)
        return over or (ends is not None and self.clock.elapsed() >= ends)

    def _left(self, ends: float | None) -> float | None:
        return None if ends is None else max(0.0, ends - self.clock.elapsed())
