"""How many meetings cannot keep their start in any plan: a bound for each sitting, computed beside the search."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from summitry.planner.solver.repair.relaxation import Relaxation
from summitry.planner.solver.repair.sittings import Sittings


class Leaving:
    """Adds up over sittings who must leave their start; what is known is told to the relaxation."""

    def __init__(self, sittings: Sittings, relaxation: Relaxation) -> None:
        self.sittings = sittings
        self.relaxation = relaxation
        self.clock = sittings.clock
        self._known: dict[int, int] = {}
        self._ended = False

    @contextmanager
    def beside(self, partner: Executor | None, seconds: float | None) -> Iterator[None]:
        """Bound one sitting after another in a partner's thread, if there is one; at the end count what is known."""
        if partner is None or seconds is None:
            yield
            return
        working = partner.submit(self._bound, self.clock.elapsed() + seconds)
        try:
            yield
        finally:
            self._ended = True
            working.result()
            self.count()

    def rest(self, seconds: float | None) -> None:
        """Bound, in these seconds, the sittings that are not yet."""
        self._ended = False
        self._bound(None if seconds is None else self.clock.elapsed() + seconds)
        self.count()

    def count(self) -> None:
        """Tell the relaxation what is known by now."""
        self.relaxation.leaving = sum(list(self._known.values()))
        self.relaxation.count()

    def _bound(self, ends: float | None) -> None:
        for sitting in self.sittings.touched:
            left = None if ends is None else ends - self.clock.elapsed()
            if self._ended or self.clock.stopped() or (left is not None and left <= 0):
                return
            if sitting not in self._known:
                self._known[sitting] = self.sittings.leaving(sitting, left, lambda: self._ended)
