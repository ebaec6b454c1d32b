"""The search in rounds: in each, every thread has some of the sittings, then the parts are put together."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np

from summitry.planner.problem import Aim
from summitry.planner.solver.cells import union
from summitry.planner.solver.exchange.anneal import STEPS_PER_SECOND, Heat, anneal
from summitry.planner.solver.exchange.boards import Ground, Held
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.exchange.tables import Flags
from summitry.planner.solver.incumbent import Incumbent

ROUNDS = 20
SHORTEST_ROUND = 0.25  # seconds
SETUPS = 8.0  # times as long as a round is made ready it lasts at least
STEPS_PER_REQUEST = 400  # where nothing limits the time
STEPS_AT_A_TIME = 10_000
WORTH_A_PARTNER = 1.0  # seconds of search


def hold_most(
    incumbent: Incumbent, ground: Ground, *, seed: int, workers: int, seconds: float | None
) -> None:
    """Search for plans that hold more weight than the incumbent, which has one.

    Parameters
    ----------
    incumbent : Incumbent
        Takes the plans found; tells when the weight is proved.
    ground : Ground
        The problem as arrays.
    seed : int
        Of the random numbers.
    workers : int
        Threads to use, this one included (two at most are of use).
    seconds : float, optional
        How long to search; by default a number of steps in this thread alone, so that the
        search can be repeated.
    """
    search = _Search(incumbent, ground, seed)
    if seconds is None:
        search.by_steps(STEPS_PER_REQUEST * len(incumbent.instance.jobs))
    else:
        search.by_time(seconds, workers)


class _Search:
    def __init__(self, incumbent: Incumbent, ground: Ground, seed: int) -> None:
        self.incumbent = incumbent
        self.ground = ground
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        assert incumbent.places is not None
        self.held: Held = ground.held(incumbent.places)
        self.fixed = self._kept()
        self.rate: float = STEPS_PER_SECOND
        self.setup = 0.0

    def _kept(self) -> list[int]:
        """Return the meetings that an aim before the weight wants as they are."""
        instance = self.incumbent.instance
        if instance.objective.index(Aim.WEIGHT) == 0:
            return []
        held = self.held.start >= 0
        return [r for r, job in enumerate(instance.jobs) if job.baseline is not None and held[r]]

    def _over(self) -> bool:
        return self.incumbent.proved(Aim.WEIGHT) or self.incumbent.clock.stopped()

    def _watch(self, exchange: Exchange) -> Callable[[], bool]:
        """Return a question whether to stop, that offers the best plan once it is at the bound."""
        offered = exchange.best_weight

        def stopped() -> bool:
            nonlocal offered
            if exchange.best_weight > offered:
                offered = exchange.best_weight
                if offered >= self.incumbent.bound_of(Aim.WEIGHT):
                    self._offer(exchange.best())
            return self._over()

        return stopped

    def _offer(self, held: Held) -> None:
        self.incumbent.offer(self.ground.places(held))

    def by_steps(self, steps: int) -> None:
        """Search alone for a number of steps."""
        exchange = self._alone()
        stopped = self._watch(exchange)
        heat = Heat.of(self.incumbent.instance, steps)
        for first in range(0, steps, STEPS_AT_A_TIME):
            if exchange.done() or stopped():
                break
            some = min(STEPS_AT_A_TIME, steps - first)
            exchange.steps(some, heat.at(first / steps), heat.at((first + some) / steps))
        self._offer(exchange.best())

    def _alone(self) -> Exchange:
        return Exchange(self.ground, self.held, self.random.randrange(1 << 30), fixed=self.fixed)

    def by_time(self, seconds: float, workers: int) -> None:
        """Search in rounds until the time is up, with a partner where there is work for two."""
        began = time.perf_counter()
        threads = 2 if workers > 1 and seconds >= WORTH_A_PARTNER else 1
        length = max(SHORTEST_ROUND, seconds / ROUNDS)
        with ThreadPoolExecutor(1) as partner:
            while not self._over():
                share = (time.perf_counter() - began) / seconds
                if share >= 1.0:
                    return
                lasts = min(max(length, SETUPS * self.setup), seconds * (1.0 - share))
                heat = Heat.of(self.incumbent.instance, seconds * threads * self.rate)
                part = heat.part(share, min(1.0, share + lasts / seconds))
                self._round(part, lasts, partner if threads > 1 else None)

    def _round(self, heat: Heat, seconds: float, partner: ThreadPoolExecutor | None) -> None:
        began = time.perf_counter()
        if partner is None:
            mine = self._alone()
            self.setup = time.perf_counter() - began
            steps = anneal(mine, heat, seconds - self.setup, self._watch(mine))
            best, now = mine.best(), mine.now()
        else:
            mine, theirs = self._divided()
            self.setup = time.perf_counter() - began
            left = seconds - self.setup
            other = partner.submit(anneal, theirs, heat, left, self._over)
            steps = anneal(mine, heat, left, self._over) + other.result()
            best = self._together(mine.best(), theirs.best())
            now = self._together(mine.now(), theirs.now())
        self.rate = steps / seconds or self.rate
        self.held = now
        self._offer(best)

    def _divided(self) -> tuple[Exchange, Exchange]:
        """Share the sittings, and what is not held, at random between two searches."""
        cells, jobs = self.incumbent.instance.cells, self.incumbent.instance.jobs
        sittings = list(range(len(cells.sittings)))
        self.random.shuffle(sittings)
        half = (len(sittings) + 1) // 2
        masks = [union(cells.sitting(each) for each in some) for some in (sittings[:half], sittings[half:])]
        shares: list[list[int]] = [[], []]
        for request in np.flatnonzero(self.held.start < 0).tolist():
            able = [side for side in (0, 1) if jobs[request].starts & masks[side]]
            if able:
                shares[self.random.choice(able)].append(request)
        mine, theirs = (
            Exchange(
                self.ground,
                self.held,
                self.random.randrange(1 << 30),
                within=self.ground.cells(mask),
                candidates=share,
                fixed=self.fixed,
            )
            for mask, share in zip(masks, shares, strict=True)
        )
        return mine, theirs

    def _together(self, mine: Held, theirs: Held) -> Held:
        """Return my plan with what the other changed, but for what clashes."""
        changed = self._changed(theirs)
        whole = Exchange(self.ground, mine, 0)
        whole.adopt(theirs, changed)
        return whole.best()

    def _changed(self, theirs: Held) -> Flags:
        before = self.held
        changed: Flags = (theirs.start != before.start) | (theirs.room != before.room)
        changed |= (theirs.team != before.team).any(axis=1)
        return changed
