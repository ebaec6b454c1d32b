"""How a run watches its stopping criterion, and tells how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from summitry.planner.plan import AimScore
from summitry.planner.problem import Aim
from summitry.planner.progress import Progress
from summitry.planner.stop import StoppingCriterion

LOOK_EVERY = 0.02


class Clock:
    """The wall time of one run, its stopping criterion and its listener."""

    def __init__(
        self,
        stop: StoppingCriterion | None,
        on_progress: Callable[[Progress], None] | None,
        requests: int,
    ) -> None:
        self._began = time.perf_counter()
        self._stop = stop
        self._on_progress = on_progress
        self._stopped = False
        self._kept = 0.0
        self.progress = Progress(0.0, 0, requests, "reading the problem")

    def elapsed(self) -> float:
        """Return the seconds since the run began."""
        return time.perf_counter() - self._began

    def keep(self, seconds: float) -> None:
        """Keep these last seconds of the run for something else: until they are given back, it ends before."""
        self._kept = seconds

    def limit(self) -> float | None:
        """Return the seconds after which the run surely ends, or ``None`` where time does not bind it."""
        return self._stop.seconds() if self._stop else None

    def left(self) -> float | None:
        """Return the seconds until the run surely ends, or ``None`` where time does not bind it."""
        limit = self.limit()
        return None if limit is None else max(0.0, limit - self._keeping() - self.elapsed())

    def _keeping(self) -> float:
        """Return what is kept: nothing where every request is held, since nothing is left to explain."""
        return 0.0 if self.progress.held == self.progress.requests else self._kept

    def stopped(self) -> bool:
        """Return whether the run should end now; once it should, it always should."""
        if not self._stopped and self._stop is not None:
            now = self.progress
            self._stopped = self._stop.reached(
                Progress(self.elapsed(), now.held, now.requests, now.phase, now.found, now.score)
            )
        return self._stopped or (self._keeping() > 0 and self.left() == 0)

    def tell(self, phase: str, held: int | None, score: dict[Aim, AimScore]) -> None:
        """Send a report to the listener; ``held`` ``None``: no plan yet."""
        requests = self.progress.requests
        self.progress = Progress(self.elapsed(), held or 0, requests, phase, held is not None, score)
        if self._on_progress is not None:
            self._on_progress(self.progress)

    @contextmanager
    def watching(
        self,
        interrupt: Callable[[], None],
        seconds: float | None = None,
        over_too: Callable[[], bool] | None = None,
    ) -> Iterator[None]:
        """Call ``interrupt``, from another thread, once the run or these ``seconds`` are over, or something else is."""
        if self._stop is None and seconds is None and over_too is None:
            yield
            return
        over = threading.Event()
        ends = None if seconds is None else time.perf_counter() + seconds

        def watch() -> None:
            while not over.wait(LOOK_EVERY):
                late = ends is not None and time.perf_counter() >= ends
                if late or self.stopped() or (over_too is not None and over_too()):
                    interrupt()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
