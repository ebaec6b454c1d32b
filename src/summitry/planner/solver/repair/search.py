"""The repair of a baseline: what is dropped and moved, each held against what no plan can better."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import Places
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.repair.fitting import Fitting
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.leaving import Leaving
from summitry.planner.solver.repair.own_rooms import give_back_rooms
from summitry.planner.solver.repair.relaxation import Relaxation
from summitry.planner.solver.repair.sittings import Sittings
from summitry.planner.solver.state import State, state_of

if TYPE_CHECKING:
    from summitry.planner.solver.repair.exchanging import Exchanging

ROOMS_SHARE, PUSHING_SHARE, PEOPLE_SHARE, BOUND_SHARE = 0.5, 0.15, 0.2, 0.2
"""Of the time left: for putting in with rooms changed (and for the bound of rooms), pushing aside, the bounds of people and of weight."""
EXCHANGE_SHARE, RETURNING_SHARE, MANY_RETURNING_SHARE, ANEW_SHARE, BACK_SHARE = 0.55, 0.5, 0.8, 0.7, 0.6
"""For exchange, and for moving back by it (few, or many); for sittings anew, and for single meetings."""
MANY_MOVED = 40
"""Meetings moved from which on exchange moves back more in a second than sittings chosen anew."""
FEW_MOVED = 12
"""Meetings moved up to which single ones are chosen anew before whole sittings."""
AT_ONCE, SOON = 0.3, 1.0
"""Seconds for each way of mending, where little is left."""
TOGETHER = 8
"""Meetings put in at once."""
BESIDE, ROUNDS = 8, 30
"""Meetings of each kind chosen anew at once, and how often where nothing limits the time."""
TRIES = 2_000
"""Places looked at where nothing limits the time."""
FEW = 4
"""Meetings left over for which others are moved at once, and of those dropped chosen anew at once."""


class Repair:
    """Keeps what can be kept, puts back the rest with few moved, and proves what it can."""

    def __init__(self, incumbent: Incumbent, seed: int, workers: int = 1) -> None:
        self.incumbent = incumbent
        self.instance = incumbent.instance
        self.clock = incumbent.clock
        self.seed = seed
        self.workers = workers
        self.ground = Ground(self.instance)
        self.relaxation = Relaxation(incumbent, self.ground, seed)
        self._ends: float | None = None
        self._weighed = False  # the bound of the weight is asked for once: it does not depend on the plan
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets

    def go(self) -> None:
        """Offer better and better plans, with bounds on what is dropped and moved."""
        self.incumbent.enter("keeping what was promised")
        fitting = Fitting(self.ground, self.ground.kept, self._over, self._tries())
        left = self._fit_all(fitting)
        if len(left) <= FEW or not self._exchange_is_ready():
            beside = Fitting(self.ground, state_of(self.instance, fitting.state.places), self._over)
            self._within(PUSHING_SHARE, lambda: self._push(beside), at_most=SOON)
            self._within(PEOPLE_SHARE, lambda: self.relaxation.of_people(self._seconds()), at_most=SOON)
            self._within(PUSHING_SHARE, self._move_back, at_most=AT_ONCE)
            self._within(ROOMS_SHARE, lambda: self._try_harder(fitting, left), at_most=2 * SOON)
            self._within(PUSHING_SHARE, self._move_back, at_most=SOON)
            if not self._over():
                self._bound()
            if self.incumbent.proved(Aim.DROPPED):
                self._look_at_each()
        if not self._over():
            self._search()

    def _move_back(self) -> None:
        exchanging = self._exchanging()
        if exchanging is not None:
            exchanging.move_back(self._seconds())

    def _look_at_each(self) -> None:
        """Where few are moved, try to bring each of them back, and to prove that more is impossible."""
        sittings = Sittings(self.ground, self.relaxation.lost, self.clock)
        self._within(ROOMS_SHARE, lambda: self._rearrange(Aim.MOVED), at_most=SOON)
        self._within(ROOMS_SHARE, lambda: self._sittings_anew(sittings), at_most=2 * SOON)
        self._within(ROOMS_SHARE, lambda: self.relaxation.of_rooms(self._seconds()), at_most=2 * SOON)

    def _search(self) -> None:
        """Drop and move less, with a bound of what must move computed meanwhile where there is a second thread."""
        sittings = Sittings(self.ground, self.relaxation.lost, self.clock)
        leaving = Leaving(sittings, self.relaxation)
        two = self.workers > 1 and self.clock.left() is not None
        exchanging = None if self._few_moved() else self._exchanging()
        with ThreadPoolExecutor(1) as executor:
            partner = executor if two else None
            if not self.incumbent.proved(Aim.DROPPED):
                self._within(BOUND_SHARE, self._bound_weight)
            if exchanging is not None:
                self._within(EXCHANGE_SHARE, lambda: exchanging.search(self._seconds(), partner))
            if not self.incumbent.proved(Aim.DROPPED):
                self._within(PEOPLE_SHARE, lambda: self.relaxation.of_people(self._seconds()))
            with leaving.beside(partner, self.clock.left()):
                self.incumbent.enter("keeping times")
                if exchanging is not None:
                    many = self.incumbent.values[Aim.MOVED] > MANY_MOVED
                    share = MANY_RETURNING_SHARE if many else RETURNING_SHARE
                    self._within(share, lambda: exchanging.move_back(self._seconds()))
                    give_back_rooms(self.incumbent, self.seed)
                if self._few_moved():
                    self._within(BACK_SHARE, lambda: self._rearrange(Aim.MOVED))
                self._within(ANEW_SHARE, lambda: self._sittings_anew(sittings))
                self._within(BACK_SHARE, lambda: self._rearrange(Aim.MOVED))
        give_back_rooms(self.incumbent, self.seed)
        self._within(ROOMS_SHARE, lambda: leaving.rest(self._seconds()))
        self._within(ROOMS_SHARE, lambda: self.relaxation.of_rooms(self._seconds()))

    def _few_moved(self) -> bool:
        """Return whether no plan drops less and so few are moved that it is worth looking at each of them."""
        incumbent = self.incumbent
        return incumbent.proved(Aim.DROPPED) and incumbent.values[Aim.MOVED] <= FEW_MOVED

    def _exchanging(self) -> Exchanging | None:
        """Return the search by exchange, where there is a plan to begin with and it is compiled."""
        if self.incumbent.places is None or not self._exchange_is_ready():
            return None
        from summitry.planner.solver.repair.exchanging import Exchanging  # noqa: PLC0415 - loads NumPy

        return Exchanging(self.incumbent, self.ground, self.seed, self._offer, self._over)

    def _exchange_is_ready(self) -> bool:
        """Return whether the compiled search is there; if not, let it be compiled for the next run."""
        from summitry.planner.solver import exchange  # noqa: PLC0415 - loads NumPy and the compiler

        if not exchange.prepared():
            exchange.start()
        return exchange.prepared()

    def _bound(self) -> None:
        """Bound what is dropped by what fits, and both by what people can do."""
        if not self.incumbent.proved(Aim.DROPPED):
            self._within(1.0, self._bound_weight)
        self._within(PEOPLE_SHARE, lambda: self.relaxation.of_people(self._seconds()))

    # ---- time ------------------------------------------------------------------------------

    def _within(self, share: float, work: Callable[[], None], *, at_most: float = math.inf) -> None:
        """Do some work in its share of the time left and ``at_most`` so many seconds, if there is anything to gain."""
        left = self.clock.left()
        self._ends = None if left is None else self.clock.elapsed() + min(at_most, share * left)
        if not self._over():
            work()
        self._ends = None

    def _seconds(self) -> float | None:
        return None if self._ends is None else max(0.0, self._ends - self.clock.elapsed())

    def _over(self) -> bool:
        """Return whether both aims are proved, or the time for this is up."""
        return self.relaxation.over() or self._seconds() == 0.0

    def _tries(self) -> int | None:
        return TRIES if self.clock.left() is None else None

    # ---- plans -----------------------------------------------------------------------------

    def _fit_all(self, fitting: Fitting) -> list[int]:
        """Hold what fits beside all that stays at its time; return what does not."""
        jobs, ground = self.instance.jobs, self.ground
        new = [request for request, job in enumerate(jobs) if job.must and job.baseline is None]
        self._offer(ground.kept.places)
        left = [request for request in (*new, *ground.displaced) if not fitting.fit(request)]
        self._offer(ground.kept.places)
        self.relaxation.count()
        return [request for request in left if request not in self.relaxation.lost]

    def _try_harder(self, fitting: Fitting, left: list[int]) -> None:
        """Let all others change rooms for what is left, and where that is little, some their times."""
        for first in range(0, len(left), TOGETHER):
            some = left[first : first + TOGETHER]
            if not self._over() and fitting.fit_together(some, (), self._seconds()):
                self._offer(fitting.state.places)
        if len(left) <= FEW and not self._over():
            self._rearrange(Aim.DROPPED)

    def _push(self, fitting: Fitting) -> None:
        """Hold what is left in the place of others that fit elsewhere: far fewer move than by exchange."""
        for request in self.ground.displaced:
            dropped = fitting.state.places[request] is None and request not in self.relaxation.lost
            if dropped and not self._over() and fitting.push(request, self._over):
                self._offer(fitting.state.places)

    def _offer(self, places: Places) -> None:
        """Offer a plan, unless something is missing that must be held."""
        jobs = zip(self.instance.jobs, places, strict=True)
        if not any(job.must and place is None for job, place in jobs) and self.incumbent.offer(places):
            self.relaxation.count()

    def _bound_weight(self) -> None:
        if self._weighed:
            return
        self._weighed = True
        from summitry.planner.solver.bounds import SittingRelaxation  # noqa: PLC0415 - loads HiGHS

        weights = [0 if job.baseline is None else job.weight for job in self.instance.jobs]
        relaxation = SittingRelaxation(self.instance, clock=self.clock)
        for whole in (False, True):
            most = relaxation.solve(weights, whole=whole, seconds=self._seconds())
            self.incumbent.bound(Aim.DROPPED, sum(weights) - most, always=True)
            self.relaxation.count()
            if self._over() or self.incumbent.proved(Aim.DROPPED):
                break

    def _sittings_anew(self, sittings: Sittings) -> None:
        """Choose sittings anew, one after another, as long as something is gained."""
        places = self.incumbent.places
        if places is None:
            return
        state = state_of(self.instance, places)
        idle = 0
        order = sorted(sittings.of)
        while order and idle < len(order) and not self._over():
            waiting = [
                request
                for request in self.ground.asked
                if state.places[request] is None and request not in self.relaxation.lost
            ]
            sitting = order[0]
            order = [*order[1:], sitting]
            if sittings.anew(state, sitting, waiting, self._seconds()):
                self._offer(state.places)
                idle = 0
            else:
                idle += 1

    def _rearrange(self, aim: Aim) -> None:
        """Until an aim is proved, choose anew among some meetings that are dropped or moved and some beside them."""
        incumbent = self.incumbent
        if incumbent.places is None:
            return
        state = state_of(self.instance, incumbent.places)
        fitting = Fitting(self.ground, state, self._over, self._tries())
        rounds = 0
        while not (self._over() or incumbent.proved(aim)) and (self._ends is not None or rounds < ROUNDS):
            rounds += 1
            lost = [
                request
                for request in self.ground.asked
                if state.places[request] is None and request not in self.relaxation.lost
            ]
            moved = [request for request in self.ground.asked if self._is_moved(state, request)]
            if not lost and not moved:
                return
            dropping = lost and not incumbent.proved(Aim.DROPPED)
            first = self.random.choice(lost if dropping or not moved else moved)
            beside = fitting.beside(first)
            chosen = self.random.sample(beside, min(len(beside), BESIDE))
            chosen += self.random.sample(moved, min(len(moved), BESIDE))
            others = [each for each in dict.fromkeys(chosen) if each != first]
            some = self.random.sample(lost, min(len(lost), FEW))
            if state.places[first] is not None:
                others.append(first)
            else:
                some = list(dict.fromkeys((first, *some)))
            if fitting.fit_together(some, others, self._seconds()):
                self._offer(state.places)

    def _is_moved(self, state: State, request: int) -> bool:
        place, was = state.places[request], self.instance.jobs[request].baseline
        return place is not None and was is not None and place.start != was.start
