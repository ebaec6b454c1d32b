"""The search in rounds: in each, every process has some of the sittings, then the parts are put together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from random import Random

from summitry.planner.problem import Aim
from summitry.planner.solver.cells import union
from summitry.planner.solver.exchange.anneal import STEPS_PER_SECOND, Heat, anneal
from summitry.planner.solver.exchange.board import Board
from summitry.planner.solver.exchange.limits import crowd_over_limit
from summitry.planner.solver.exchange.part import Part
from summitry.planner.solver.exchange.partner import Partner
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance, Place

ROUNDS = 12
SHORTEST_ROUND = 0.7  # seconds
SETUPS = 10.0  # times as long as a round is made ready it lasts at least
STEPS_PER_REQUEST = 60  # where nothing limits the time
LATE_SHARE, LATE_SECONDS = 0.1, 2.0  # by how much a partner may be late
WORTH_A_PARTNER = 1.5  # seconds of search

Places = Sequence[Place | None]


def hold_most(incumbent: Incumbent, *, seed: int, workers: int, seconds: float | None) -> None:
    """Search for plans that hold more weight than the incumbent, which has one.

    Parameters
    ----------
    incumbent : Incumbent
        Takes the plans found; tells when the weight is proved.
    seed : int
        Of the random numbers.
    workers : int
        Processes to use, this one included (two at most are of use).
    seconds : float, optional
        How long to search; by default a number of steps in this process alone, so that the
        search can be repeated.
    """
    search = _Search(incumbent, seed)
    if seconds is None:
        search.by_steps(STEPS_PER_REQUEST * len(incumbent.instance.jobs))
    else:
        search.by_time(seconds, workers)


class _Search:
    def __init__(self, incumbent: Incumbent, seed: int) -> None:
        self.incumbent = incumbent
        self.instance: Instance = incumbent.instance
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        assert incumbent.places is not None
        self.places: list[Place | None] = list(incumbent.places)
        self.fixed = self._kept()
        self.rate: float = STEPS_PER_SECOND
        self.setup = 0.0

    def _kept(self) -> list[int]:
        """Return the meetings that an aim before the weight wants as they are."""
        aims = self.instance.objective
        if aims.index(Aim.WEIGHT) == 0:
            return []
        jobs = zip(self.instance.jobs, self.places, strict=True)
        return [
            request
            for request, (job, place) in enumerate(jobs)
            if job.baseline is not None and place is not None
        ]

    def _over(self) -> bool:
        return self.incumbent.proved(Aim.WEIGHT) or self.incumbent.clock.stopped()

    def _watch(self, exchange: Exchange) -> Callable[[], bool]:
        """Return a question whether to stop, that offers the best plan when it is better."""
        offered = exchange.best_weight

        def stopped() -> bool:
            nonlocal offered
            if exchange.best_weight > offered:
                offered = exchange.best_weight
                if offered >= self.incumbent.bound_of(Aim.WEIGHT):
                    self.incumbent.offer(exchange.best)
            return self._over()

        return stopped

    def by_steps(self, steps: int) -> None:
        """Search alone for a number of steps."""
        exchange = self._alone()
        anneal(exchange, Heat.of(self.instance, steps), steps=steps, stopped=self._watch(exchange))
        self.incumbent.offer(exchange.best)

    def _alone(self) -> Exchange:
        return Exchange(self.instance, self.places, self.random.randrange(1 << 30), fixed=self.fixed)

    def by_time(self, seconds: float, workers: int) -> None:
        """Search in rounds until the time is up, with a partner as soon as there is one."""
        began = time.perf_counter()
        processes = 2 if workers > 1 and seconds >= WORTH_A_PARTNER else 1
        length = max(SHORTEST_ROUND, seconds / ROUNDS)
        with ExitStack() as stack:
            partner = stack.enter_context(Partner(self.instance.problem)) if processes > 1 else None
            while not self._over():
                share = (time.perf_counter() - began) / seconds
                if share >= 1.0:
                    return
                lasts = min(max(length, SETUPS * self.setup), seconds * (1.0 - share))
                heat = Heat.of(self.instance, seconds * processes * self.rate)
                part = heat.part(share, min(1.0, share + lasts / seconds))
                self._round(part, lasts, partner)

    def _round(self, heat: Heat, seconds: float, partner: Partner | None) -> None:
        mine, theirs = self._divide(heat, seconds) if partner and partner.ready() else (None, None)
        began = time.perf_counter()
        if partner and theirs:
            partner.begin(theirs)
        exchange = self._alone() if mine is None else mine.exchange(self.instance)
        self.setup = time.perf_counter() - began
        left = seconds - self.setup
        steps = anneal(exchange, heat, seconds=left, stopped=self._watch(exchange))
        self.rate = steps / seconds or self.rate
        best, last = exchange.best, list(exchange.board.where)
        if partner and theirs and not self._over():
            other = partner.result(seconds * LATE_SHARE + LATE_SECONDS)
            if other is not None:
                best = self._together(best, other.best, theirs)
                last = self._together(last, other.last, theirs)
        self.places = last
        self.incumbent.offer(best)

    def _divide(self, heat: Heat, seconds: float) -> tuple[Part, Part]:
        """Share the sittings, and what is not held, at random between two processes."""
        cells, jobs = self.instance.cells, self.instance.jobs
        sittings = list(range(len(cells.sittings)))
        self.random.shuffle(sittings)
        half = (len(sittings) + 1) // 2
        masks = [union(cells.sitting(each) for each in some) for some in (sittings[:half], sittings[half:])]
        if not masks[1]:
            masks[1] = masks[0]
        shares: list[list[int]] = [[], []]
        for request, place in enumerate(self.places):
            if place is None:
                able = [side for side in (0, 1) if jobs[request].starts & masks[side]]
                if able:
                    shares[self.random.choice(able)].append(request)
        return (
            Part(self.places, masks[0], shares[0], heat, seconds, self.random.randrange(1 << 30), self.fixed),
            Part(self.places, masks[1], shares[1], heat, seconds, self.random.randrange(1 << 30), self.fixed),
        )

    def _together(self, mine: Places, theirs: Places, part: Part) -> list[Place | None]:
        """Return my plan with the other's meetings in the other's sittings, but for those that clash."""
        instance, before = self.instance, self.places
        changed = [
            request
            for request, place in enumerate(theirs)
            if place != before[request]
            or (before[request] is not None and self._inside(before[request], part))
        ]
        if part.within == instance.cells.everything:
            return max((list(mine), list(theirs)), key=self._weight)
        kept = list(mine)
        for request in changed:
            kept[request] = None
        board = Board(instance, kept)
        for request in changed:
            place = theirs[request]
            if place is not None and fits(board, request, place):
                board.place(request, place)
        return board.where

    def _inside(self, place: Place | None, part: Part) -> bool:
        cell = None if place is None else self.instance.cells.cell(place.start)
        return cell is not None and bool(part.within >> cell & 1)

    def _weight(self, places: Places) -> int:
        return sum(
            job.weight for job, place in zip(self.instance.jobs, places, strict=True) if place is not None
        )


def fits(board: Board, request: int, place: Place) -> bool:
    """Return whether a request can be held there as the board stands."""
    instance = board.instance
    if instance.jobs[request].frozen is not None or board.in_the_way(request, place):
        return False
    return crowd_over_limit(board, request, place) is None
