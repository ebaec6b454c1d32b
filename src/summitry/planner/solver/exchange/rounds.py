"""The search in rounds: in each, every thread has some of the sittings, then the parts are put together.

Where little is left to be held both have all of them in every other round, and the better plan counts.

First come the meetings of people in short supply, by themselves, then those of all others around them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np

from summitry.planner.problem import Aim
from summitry.planner.solver.cells import union
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.exchange.anneal import HOTTEST, STEPS_PER_SECOND, Heat, anneal
from summitry.planner.solver.exchange.boards import Ground, Held
from summitry.planner.solver.exchange.days import plan_days
from summitry.planner.solver.exchange.first import ANY, AT_A_TIME
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.exchange.shortage import in_short_supply, people_in_short_supply
from summitry.planner.solver.exchange.tables import Flags
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.weighing import Weighing

ROUNDS = 20
SHORTEST_ROUND = 0.25  # seconds
FEW_LEFT = 0.05  # of all requests
SETUPS = 8.0  # times as long as a round is made ready it lasts at least
STEPS_PER_REQUEST = 400  # where nothing limits the time
STEPS_AT_A_TIME = 10_000
WORTH_A_PARTNER = 1.0  # seconds of search
SHORTAGE_SHARE = 0.2  # of the time, for the meetings of people in short supply by themselves,
SHORTAGE_SHARE_BESIDE_ROOMS = 0.1  # and where rooms are lacking as well
EXCHANGE_SHARE = 0.3  # of that, for single meetings; the rest is for whole itineraries
DAYS_TRIES = 50  # where nothing limits the time
COOL = 0.02  # mean weights of a request: the heat at which the others' are put around them,
COOL_AROUND_ROOMS = 0.1  # and where rooms are lacking as well


def hold_most(
    incumbent: Incumbent,
    ground: Ground,
    *,
    seed: int,
    workers: int,
    seconds: float | None,
    weighing: Weighing | None = None,
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
    weighing : Weighing, optional
        Tells, perhaps only while this goes on, on which requests no step is to be spent: at the end these are
        held where they stand in nobody's way. As long as its own thread is at work there is no partner.
    """
    search = _Search(incumbent, ground, seed, weighing)
    if seconds is None:
        search.by_steps(STEPS_PER_REQUEST * len(incumbent.instance.jobs))
    else:
        search.by_time(seconds, workers)
    search.hold_the_hopeless()


class _Search:
    def __init__(
        self, incumbent: Incumbent, ground: Ground, seed: int, weighing: Weighing | None = None
    ) -> None:
        self.incumbent = incumbent
        self.weighing = weighing
        self.ground = ground
        self.rooms_lacking = bool(ground.rules.rooms_lacking)
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        assert incumbent.places is not None
        self.held: Held = ground.held(incumbent.places)
        self.fixed = self._kept()
        self.musts = np.array(
            [r for r, job in enumerate(incumbent.instance.jobs) if job.must], dtype=np.int64
        )
        self.rate: float = STEPS_PER_SECOND
        self.setup = 0.0
        self.hottest = HOTTEST
        self.divide = False  # whether the sittings were shared in the last round
        self.asked: set[int] | None = None  # the requests planned by themselves, while they are
        self.best = self.held  # of those

    def _kept(self) -> list[int]:
        """Return the meetings that an aim before the weight wants as they are."""
        instance = self.incumbent.instance
        if instance.objective.index(Aim.WEIGHT) == 0:
            return []
        held = self.held.start >= 0
        return [r for r, job in enumerate(instance.jobs) if job.baseline is not None and held[r]]

    def _over(self) -> bool:
        return self.incumbent.proved(Aim.WEIGHT) or self.incumbent.clock.stopped()

    @property
    def hopeless(self) -> frozenset[int]:
        return self.weighing.hopeless if self.weighing else frozenset()

    def _still_weighing(self) -> bool:
        return self.weighing is not None and self.weighing.going_on()

    def _watch(self, exchange: Exchange) -> Callable[[], bool]:
        """Return a question whether to stop, that offers the best plan once it is at the bound."""
        offered = exchange.best_weight

        def stopped() -> bool:
            nonlocal offered
            if exchange.best_weight > offered:
                offered = exchange.best_weight
                if self.asked is None and offered >= self.incumbent.bound_of(Aim.WEIGHT):
                    self._offer(exchange.best())
            return self._over()

        return stopped

    def _offer(self, held: Held) -> None:
        if not self._holds_musts(held):
            return
        if self.asked is None:
            self.incumbent.offer(self.ground.places(held))
        elif self._weight(held) > self._weight(self.best):
            self.best = held

    def _holds_musts(self, held: Held) -> bool:
        return bool((held.start[self.musts] >= 0).all())

    def _weight(self, held: Held) -> int:
        return int(self.ground.rules.weight[held.start >= 0].sum())

    def _alone(self) -> Exchange:
        seed = self.random.randrange(1 << 30)
        return Exchange(self.ground, self.held, seed, candidates=self._unheld(), fixed=self.fixed)

    def by_steps(self, steps: int) -> None:
        """Search alone for a number of steps."""
        first = self._short()
        if first:
            self._only(first)
            share = self._shortage_share()
            self._steps(round(share * steps))
            self._plan_days(tries=DAYS_TRIES)
            self._others_around()
            steps -= round(share * steps)
        self._steps(steps)

    def _steps(self, steps: int) -> None:
        exchange = self._alone()
        stopped = self._watch(exchange)
        heat = Heat.of(self.incumbent.instance, steps, self.hottest)
        for first in range(0, steps, STEPS_AT_A_TIME):
            if exchange.done() or stopped():
                break
            some = min(STEPS_AT_A_TIME, steps - first)
            exchange.steps(some, heat.at(first / steps), heat.at((first + some) / steps))
        self.held = exchange.best()
        self._offer(self.held)

    def by_time(self, seconds: float, workers: int) -> None:
        """Search in rounds until the time is up, with a partner where there is work for two."""
        ends = time.perf_counter() + seconds
        threads = 2 if workers > 1 and seconds >= WORTH_A_PARTNER else 1
        first = self._short() if seconds >= WORTH_A_PARTNER else []
        with ThreadPoolExecutor(1) as executor:
            partner = executor if threads > 1 else None
            if first:
                self._only(first)
                lasts = self._shortage_share() * (ends - time.perf_counter())
                until = time.perf_counter() + lasts
                self._rounds(lasts * (1.0 if self.rooms_lacking else EXCHANGE_SHARE), partner)
                self._plan_days(until=until)
                self._others_around()
            self._rounds(ends - time.perf_counter(), partner)

    def _rounds(self, seconds: float, partner: ThreadPoolExecutor | None) -> None:
        began = time.perf_counter()
        length = max(SHORTEST_ROUND, seconds / ROUNDS)
        while seconds > 0 and not (self._over() or self._all_held()):
            share = (time.perf_counter() - began) / seconds
            if share >= 1.0:
                return
            there = None if self._still_weighing() else partner
            lasts = min(max(length, SETUPS * self.setup), seconds * (1.0 - share))
            steps = seconds * (2 if there else 1) * self.rate
            heat = Heat.of(self.incumbent.instance, steps, self.hottest)
            self._round(heat.part(share, min(1.0, share + lasts / seconds)), lasts, there)

    # ---- people in short supply first ---------------------------------------------------------

    def _short(self) -> list[int]:
        """Return what to plan before all others; nothing where the weight is not the first aim."""
        instance = self.incumbent.instance
        return in_short_supply(instance) if instance.objective.index(Aim.WEIGHT) == 0 else []

    def _shortage_share(self) -> float:
        return SHORTAGE_SHARE_BESIDE_ROOMS if self.rooms_lacking else SHORTAGE_SHARE

    def _only(self, requests: Iterable[int]) -> None:
        """Go on with these requests alone, as they are held now."""
        self.asked = set(requests)
        jobs = self.incumbent.instance.jobs
        away = [r for r, job in enumerate(jobs) if job.frozen is None and r not in self.asked]
        self.held = self.best = self.held.without(away)

    def _plan_days(self, *, until: float = math.inf, tries: int | None = None) -> None:
        """Plan days of people in short supply anew, whole itineraries at a time, unless rooms are lacking."""
        if self.rooms_lacking:
            return
        found = plan_days(
            self.ground,
            self.best,
            people_in_short_supply(self.incumbent.instance),
            seed=self.random.randrange(1 << 30),
            fixed=self.fixed,
            over=lambda: self._over() or time.perf_counter() >= until,
            tries=tries,
        )
        self._offer(found)

    def _others_around(self) -> None:
        """Hold the others where they stand in nobody's way; from now on, hardly anything gives way to them."""
        assert self.asked is not None
        order = Greedy(self.incumbent.instance, self.random).order()
        order.sort(key=self.asked.__contains__)  # what found no place among its own comes last
        self.asked = None
        self.hottest = COOL_AROUND_ROOMS if self.rooms_lacking else COOL
        self.held = self.best
        exchange = self._alone()
        for first in range(0, len(order), AT_A_TIME):
            if self._over():
                break
            some = order[first : first + AT_A_TIME]
            exchange.fill(some, [ANY] * len(some))
        self.held = exchange.now()
        self._offer(self.held)

    def _unheld(self) -> list[int]:
        """Return the requests to try of those not held."""
        unheld: list[int] = np.flatnonzero(self.held.start < 0).tolist()
        asked = self.asked
        return [r for r in unheld if r not in self.hopeless and (asked is None or r in asked)]

    def hold_the_hopeless(self) -> None:
        """Hold what no step was spent on, where it stands in nobody's way of the best plan."""
        places = self.incumbent.places
        if not self.hopeless or places is None or self._over():
            return
        exchange = Exchange(self.ground, self.ground.held(places), 0, fixed=self.fixed)
        waiting = sorted(self.hopeless, key=lambda request: -self.incumbent.instance.jobs[request].weight)
        exchange.fill(waiting, [ANY] * len(waiting))
        self._offer(exchange.now())

    def _all_held(self) -> bool:
        return self.asked is not None and not self._unheld()

    def _round(self, heat: Heat, seconds: float, partner: ThreadPoolExecutor | None) -> None:
        began = time.perf_counter()
        if partner is None:
            mine = self._alone()
            self.setup = time.perf_counter() - began
            steps = anneal(mine, heat, seconds - self.setup, self._watch(mine))
            best, now = mine.best(), mine.now()
        else:
            self.divide = not (self.divide and self._few_left())
            mine, theirs = self._divided(partner) if self.divide else (self._alone(), self._alone())
            self.setup = time.perf_counter() - began
            left = seconds - self.setup
            other = partner.submit(anneal, theirs, heat, left, self._over)
            steps = anneal(mine, heat, left, self._over) + other.result()
            both = self._together if self.divide else self._better
            then = partner.submit(both, mine.now(), theirs.now())
            best, now = both(mine.best(), theirs.best()), then.result()
        self.rate = steps / seconds or self.rate
        self.held = now
        self._offer(best)

    def _few_left(self) -> bool:
        """Return whether it is time to look at the whole board at once: every other round from then on."""
        return len(self._unheld()) <= FEW_LEFT * len(self.incumbent.instance.jobs)

    def _better(self, mine: Held, theirs: Held) -> Held:
        return max(mine, theirs, key=self._weight)

    def _divided(self, partner: ThreadPoolExecutor) -> tuple[Exchange, Exchange]:
        """Share the sittings, and what is not held, at random between two searches."""
        cells, jobs = self.incumbent.instance.cells, self.incumbent.instance.jobs
        sittings = list(range(len(cells.sittings)))
        self.random.shuffle(sittings)
        half = (len(sittings) + 1) // 2
        masks = [union(cells.sitting(each) for each in some) for some in (sittings[:half], sittings[half:])]
        shares: list[list[int]] = [[], []]
        for request in self._unheld():
            able = [side for side in (0, 1) if jobs[request].starts & masks[side]]
            if able:
                shares[self.random.choice(able)].append(request)
        seeds = [self.random.randrange(1 << 30) for _ in masks]

        def part(side: int) -> Exchange:
            return Exchange(
                self.ground,
                self.held,
                seeds[side],
                within=self.ground.cells(masks[side]),
                candidates=shares[side],
                fixed=self.fixed,
            )

        theirs = partner.submit(part, 1)
        return part(0), theirs.result()

    def _together(self, mine: Held, theirs: Held) -> Held:
        """Return my plan with what the other changed, but for what clashes; mine alone where a must is among that."""
        changed = self._changed(theirs)
        whole = Exchange(self.ground, mine, 0)
        whole.adopt(theirs, changed)
        together = whole.best()
        return together if self._holds_musts(together) else mine

    def _changed(self, theirs: Held) -> Flags:
        before = self.held
        changed: Flags = (theirs.start != before.start) | (theirs.room != before.room)
        changed |= (theirs.team != before.team).any(axis=1)
        return changed
