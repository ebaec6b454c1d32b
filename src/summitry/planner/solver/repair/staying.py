"""A repair in which nobody is told another time: who cannot keep their start is dropped, and that as little as can be.

Sittings do not share a start, so that each is a problem of its own, but for what interpreters work in a day.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import Places
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.repair.at_own_starts import staying
from summitry.planner.solver.repair.fitting import Fitting
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.sittings import Sittings
from summitry.planner.solver.state import State, state_of

SITTING_SHARE, BOUND_SHARE, EXCHANGE_SHARE = 0.5, 0.7, 0.4
"""Of the time left, for one sitting anew, for the bounds of all, and for exchange."""


class Within(Incumbent):
    """The best plan of a narrower problem; each is offered to the incumbent of the wider one as well."""

    def __init__(self, wider: Incumbent, instance: Instance) -> None:
        super().__init__(instance, wider.clock)
        self.wider = wider

    def _tell(self) -> None:
        if self.places is not None:
            self.wider.offer(self.places)


class Staying:
    """Holds as much as can be at the starts that people know, and proves what it can."""

    def __init__(self, incumbent: Incumbent, seed: int, workers: int = 1) -> None:
        self.incumbent = incumbent
        self.clock = incumbent.clock
        self.seed = seed
        self.workers = workers
        wide, jobs = Ground(incumbent.instance), incumbent.instance.jobs
        self.moving = {each for each in wide.displaced if jobs[each].must and not _can_stay(wide, each)}
        self.inside = Within(incumbent, staying(incumbent.instance, wide.cells, self.moving))
        self.ground = Ground(self.inside.instance)
        self.lost = {each for each in self.ground.displaced if not self.ground.somewhere(each)}
        self.sittings = Sittings(self.ground, self.lost | self.moving, self.clock)
        self._dropping: dict[int, int] = {}

    def go(self) -> None:
        """Offer better and better plans, with bounds on what is moved and dropped."""
        self.incumbent.enter("keeping times")
        self._put_back(self.ground.kept, self.ground.displaced)
        if self.inside.places is None:
            self._put_back(State(self.inside.instance), self.ground.asked)
        if self.inside.places is None:
            return
        self.incumbent.bound(Aim.MOVED, len(self.moving), always=True)
        self._count()
        two = self.workers > 1 and self.clock.left() is not None
        with ThreadPoolExecutor(1) as executor:
            bounding = executor.submit(self._bound) if two else None
            self._anew()
            if bounding is None:
                self._bound()
            else:
                bounding.result()
            self._count()
            if not self._over():
                self._exchange(executor if two else None)
                self._anew()

    def _over(self) -> bool:
        return self.clock.stopped() or self.inside.proved(Aim.DROPPED)

    # ---- plans -------------------------------------------------------------------------------

    def _put_back(self, state: State, requests: list[int]) -> None:
        """Hold what can be held of some requests, what must be first, and offer it unless something is missing that must be."""
        jobs, fitting = self.inside.instance.jobs, Fitting(self.ground, state, self.clock.stopped)
        new = [request for request, job in enumerate(jobs) if job.must and job.baseline is None]
        for request in sorted((*new, *requests), key=lambda each: not jobs[each].must):
            if state.places[request] is None:
                fitting.fit(request)
        self._offer(state.places)

    def _offer(self, places: Places) -> None:
        jobs = self.inside.instance.jobs
        if not any(job.must and place is None for job, place in zip(jobs, places, strict=True)):
            self.inside.offer(places)

    def _anew(self) -> None:
        """Choose each sitting anew that the disturbance touched."""
        assert self.inside.places is not None
        state = state_of(self.inside.instance, self.inside.places)
        for sitting in self.sittings.touched:
            waiting = [each for each in self.sittings.of[sitting] if state.places[each] is None]
            if waiting and not self._over():
                left = self.clock.left()
                seconds = None if left is None else SITTING_SHARE * left
                if self.sittings.anew(state, sitting, waiting, seconds):
                    self._offer(state.places)

    def _exchange(self, partner: Executor | None) -> None:
        from summitry.planner.solver import exchange  # noqa: PLC0415 - loads NumPy and the compiler

        if exchange.prepared():
            from summitry.planner.solver.repair.exchanging import Exchanging  # noqa: PLC0415

            left = self.clock.left()
            exchanging = Exchanging(self.inside, self.ground, self.seed, self._offer, self._over)
            exchanging.search(None if left is None else EXCHANGE_SHARE * left, partner)

    # ---- bounds ------------------------------------------------------------------------------

    def _bound(self) -> None:
        """Ask of each sitting what must be dropped of it."""
        left = self.clock.left()
        ends = None if left is None else self.clock.elapsed() + BOUND_SHARE * left
        for sitting in self.sittings.touched:
            seconds = None if ends is None else ends - self.clock.elapsed()
            if self.clock.stopped() or (seconds is not None and seconds <= 0):
                return
            self._dropping[sitting] = self.sittings.dropping(sitting, seconds, self.clock.stopped)

    def _count(self) -> None:
        """Add up what must be dropped, and tell it."""
        jobs = self.inside.instance.jobs
        least = sum(jobs[each].weight for each in self.lost) + sum(self._dropping.values())
        for incumbent in (self.inside, self.incumbent):
            if least > incumbent.bound_of(Aim.DROPPED):
                incumbent.bound(Aim.DROPPED, least)


def _can_stay(ground: Ground, request: int) -> bool:
    """Return whether a request could be at its start if only the frozen meetings were held."""
    cell = ground.cells.get(request)
    return cell is not None and bool(ground.somewhere(request) >> cell & 1)
