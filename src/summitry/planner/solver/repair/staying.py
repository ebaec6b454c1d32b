"""A repair in which nobody is told another time: who cannot keep their start is dropped, and that as little as can be.

Sittings do not share a start, so that each is a problem of its own, but for what interpreters work in a day.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import Places
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.repair.at_own_starts import staying
from summitry.planner.solver.repair.fitting import Fitting
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.options import Choice
from summitry.planner.solver.repair.own_rooms import give_back_rooms
from summitry.planner.solver.repair.sittings import Sittings
from summitry.planner.solver.state import State, state_of

SITTING_SHARE, EXCHANGE_SHARE = 0.5, 0.4
"""Of the time left, for one sitting, and for exchange."""


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
        self._chosen: dict[int, dict[int, Choice]] = {}

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
        self._each_sitting()
        self._anew()
        give_back_rooms(self.incumbent, self.seed)
        if not self._over():
            self._exchange()
            self._anew()
            give_back_rooms(self.incumbent, self.seed)

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
        """Choose each sitting anew that the disturbance touched, the first time beginning with what is known of it."""
        assert self.inside.places is not None
        state = state_of(self.inside.instance, self.inside.places)
        for sitting in self.sittings.touched:
            waiting = [each for each in self.sittings.of[sitting] if state.places[each] is None]
            lost = sum(state.instance.jobs[each].weight for each in waiting)
            if lost > self._dropping.get(sitting, 0) and not self._over():
                known = self._chosen.pop(sitting, {})
                if self.sittings.anew(state, sitting, waiting, self._seconds(), known):
                    self._offer(state.places)

    def _exchange(self) -> None:
        from summitry.planner.solver import exchange  # noqa: PLC0415 - loads NumPy and the compiler

        if exchange.prepared():
            from summitry.planner.solver.repair.exchanging import Exchanging  # noqa: PLC0415

            left = self.clock.left()
            exchanging = Exchanging(self.inside, self.ground, self.seed, self._offer, self._over)
            with ThreadPoolExecutor(1) as executor:
                two = self.workers > 1 and left is not None
                exchanging.search(None if left is None else EXCHANGE_SHARE * left, executor if two else None)

    def _seconds(self) -> float | None:
        left = self.clock.left()
        return None if left is None else SITTING_SHARE * left

    # ---- bounds ------------------------------------------------------------------------------

    def _each_sitting(self) -> None:
        """Ask of each sitting by itself what must be dropped of it, two at once where there is a second thread."""
        two = self.workers > 1 and self.clock.left() is not None
        with ThreadPoolExecutor(2 if two else 1) as executor:
            list(executor.map(self._ask, self.sittings.touched))
        self._count()

    def _ask(self, sitting: int) -> None:
        if not self.clock.stopped():
            least, chosen = self.sittings.staying(sitting, self._seconds(), self.clock.stopped)
            self._dropping[sitting], self._chosen[sitting] = least, chosen

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
