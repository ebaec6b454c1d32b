"""One planning run: which method is tried when."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from summitry.planner.problem import Aim
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.compact import solve_compact
from summitry.planner.solver.incumbent import Incumbent, Places
from summitry.planner.solver.instance import Instance

if TYPE_CHECKING:
    from summitry.planner.solver.exchange import Ground
    from summitry.planner.solver.state import State

PHASES = {
    Aim.WEIGHT: "holding the most weight",
    Aim.LEFT_OUT: "leaving nobody out",
    Aim.BREAKS: "closing breaks",
    Aim.WALKING: "shortening walks",
    Aim.DROPPED: "keeping what was promised",
    Aim.MOVED: "keeping times",
    Aim.REROOMED: "keeping rooms",
}
# Pairs of meetings that share a person: up to SMALL the exact model answers at once, beyond LARGE it is too big.
SMALL = 600
MEDIUM = 2_500  # up to this the exact model proves the weight before anything else is searched for
LARGE = 8_000
FIRST_TRIES = 20
# Requests times rooms beyond which a first plan does not look at every room.
MANY_ROOMS = 1_000_000
# Shares of the time left that go to holding the most weight where the exact model comes after, and where not;
# to searching and to proving any other aim; the last aim has all that is left.
WEIGHT_SHARE, WEIGHT_SHARE_LARGE = 0.3, 0.85
# Up to MEDIUM, seconds after which holding the most weight has come as far as it will: in all, and for each request.
ENOUGH, ENOUGH_EACH = 1.0, 0.03
SEARCH_SHARE = 0.35
PROVE_SHARE, PROVE_WEIGHT_SHARE = 0.4, 0.6
BOUND_SHARE = 0.25
# Where nothing limits the time: changes without success, and CP-SAT's deterministic time, before going on.
STALLED = 3000
STEPS = 60.0
KEEPING = frozenset({Aim.DROPPED, Aim.MOVED, Aim.REROOMED})
HEAT = {Aim.WEIGHT: 1.0, Aim.BREAKS: 0.3, Aim.WALKING: 1.0}
LEAST_TO_LOAD = 1.5  # seconds below which the compiled search is not even loaded
EXCHANGE = "summitry.planner.solver.exchange"
UNPREPARED, WAIT = 0.5, 0.1  # seconds between two looks whether the compiled search is there
LEAST_TO_PROVE = 6.0  # seconds below which the exact model is not even built


class Run:
    """The search for the best plan of one problem."""

    def __init__(self, instance: Instance, clock: Clock, *, seed: int, workers: int) -> None:
        self.instance = instance
        self.clock = clock
        self.seed = seed
        self.workers = workers
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        self.incumbent = Incumbent(instance, clock)
        wanted = [0] * len(instance.people)
        for job in instance.jobs:
            for person in job.people:
                wanted[person] += 1
        self._arrays: Ground | None = None
        self._making_ready = 0.0
        self._preparing: subprocess.Popen[bytes] | None = None
        self.size = sum(count * count for count in wanted)

    def go(self) -> Incumbent:
        """Search until everything is proved or the run is stopped."""
        if solve_compact(self.incumbent, seed=self.seed, workers=self.workers):
            return self.incumbent
        if self._repairs():
            self._repair()
        if self.incumbent.places is None and not self.clock.stopped():
            self._construct()
        if self.incumbent.optimal() or self.clock.stopped():
            return self.incumbent
        if self.size > SMALL and self.incumbent.places is not None:
            self._search()
        else:
            self._exact()
        return self.incumbent

    def _repairs(self) -> bool:
        """Return whether what people already hold comes first, and some of it can still change."""
        jobs = self.instance.jobs
        return self.instance.objective[:2] == (Aim.DROPPED, Aim.MOVED) and any(
            job.baseline is not None and job.frozen is None for job in jobs
        )

    def _repair(self) -> None:
        from summitry.planner.solver.repair import Repair  # noqa: PLC0415 - loads a SAT solver

        Repair(self.incumbent, self.seed).go()

    def _construct(self) -> None:
        """Look for a first plan: what must be held and found no place goes first the next time."""
        from summitry.planner.solver.construct import Greedy  # noqa: PLC0415 - compact problems do without
        from summitry.planner.solver.state import State  # noqa: PLC0415 - likewise

        greedy = Greedy(self.instance, self.random)
        order = greedy.order()
        if len(self.instance.jobs) * len(self.instance.room_zone) > MANY_ROOMS:
            self._wait_until_prepared()
            if self._prepared():
                self._place_all(order, ())
            return
        for attempt in range(FIRST_TRIES):
            state = State(self.instance)
            rest = greedy.fill(state, order)
            lost = [request for request in rest if self.instance.jobs[request].must]
            if not lost:
                self.incumbent.offer(state.places)
            if self.incumbent.places is not None or self.clock.stopped():
                return
            if not any(state.starts(request) for request in lost) and attempt == 0 and self.size <= SMALL:
                return
            urgent = set(lost)
            order = [*lost, *(request for request in order if request not in urgent)]

    # ---- small problems: the exact model alone --------------------------------------

    def _exact(self) -> None:
        from summitry.planner.solver.exact import Effort, Exact  # noqa: PLC0415 - a second to import

        incumbent = self.incumbent
        exact = Exact(incumbent)
        effort = Effort(self.seed, self.workers)
        if incumbent.places is None and exact.any_plan(effort) is not True:
            return
        for aim in self.instance.objective:
            incumbent.enter(PHASES[aim])
            if not incumbent.proved(aim):
                exact.optimise(aim, effort)
            if self.clock.stopped():
                return
            exact.keep(aim)

    # ---- larger ones: bounds, search, and the exact model where it is not too large --

    def _search(self) -> None:
        objective = self.instance.objective
        if Aim.WEIGHT in objective or Aim.DROPPED in objective:
            self._bound_weight()
        for index, aim in enumerate(objective):
            self._improve_for(aim, last=index == len(objective) - 1)
            if (
                aim is Aim.WEIGHT and self.size <= MEDIUM
            ):  # what is proved first need not be searched for again
                self._prove_for(aim, PROVE_WEIGHT_SHARE)
        if self.size <= LARGE:
            for aim in objective:
                self._prove_for(aim)
        self._polish()

    def _improve_for(self, aim: Aim, *, last: bool) -> None:
        """Search for the sake of one aim, for its share of the time left."""
        if self.clock.stopped() or self.incumbent.proved(aim):
            return
        self.incumbent.enter(PHASES[aim])
        if aim is Aim.WEIGHT and self._keeps_before_weight():
            self._hold_most(last=last)
            return
        left, alone = self.clock.left(), last and self.size > LARGE
        self._improve(aim, None if left is None else left * (1.0 if alone else SEARCH_SHARE))

    def _keeps_before_weight(self) -> bool:
        """Return whether no aim before the weight is harmed by exchanging what is not in the baseline."""
        objective = self.instance.objective
        return all(aim in KEEPING for aim in objective[: objective.index(Aim.WEIGHT)])

    def _ground(self) -> Ground:
        from summitry.planner.solver.exchange import Ground  # noqa: PLC0415 - loads NumPy and the compiler

        if self._arrays is None:
            self._arrays = Ground(self.instance)
        return self._arrays

    def _prepared(self) -> bool:
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

    def _wait_until_prepared(self) -> None:
        while not self._prepared() and not self.clock.stopped():
            time.sleep(WAIT)

    def _place_all(self, order: list[int], preferences: Sequence[tuple[int, int]]) -> None:
        from summitry.planner.solver.exchange import place_all  # noqa: PLC0415 - loads NumPy

        place_all(self.incumbent, self._ground(), order, self.seed, preferences)

    def _hold_most(self, *, last: bool) -> None:
        left, clock = self.clock.left(), self.clock
        share = WEIGHT_SHARE if self.size <= LARGE else 1.0 if last else WEIGHT_SHARE_LARGE
        seconds = None if left is None else left * share
        if seconds is not None and self.size <= MEDIUM:
            seconds = min(seconds, ENOUGH + ENOUGH_EACH * len(self.instance.jobs))
        ends = None if seconds is None else clock.elapsed() + seconds
        if ends is None:
            self._wait_until_prepared()
        while ends is not None and not self._prepared():
            over = clock.elapsed() >= ends or clock.stopped() or self.incumbent.proved(Aim.WEIGHT)
            if over or (clock.left() or 0.0) < self._making_ready:
                return
            self._improve(Aim.WEIGHT, min(UNPREPARED, ends - clock.elapsed()))
        if clock.stopped() or (ends is not None and clock.elapsed() >= ends):
            return
        from summitry.planner.solver.exchange import hold_most  # noqa: PLC0415 - loads NumPy

        seconds = None if ends is None else ends - clock.elapsed()
        hold_most(self.incumbent, self._ground(), seed=self.seed, workers=self.workers, seconds=seconds)

    def _prove_for(self, aim: Aim, share: float = PROVE_SHARE) -> None:
        """Give one aim to the exact model, and let what improved be searched on from there."""
        incumbent, left = self.incumbent, self.clock.left()
        if self.clock.stopped() or incumbent.proved(aim) or (left is not None and left < LEAST_TO_PROVE):
            return
        incumbent.enter(PHASES[aim])
        before = incumbent.values[aim]
        self._prove(aim, None if left is None else left * share)
        if incumbent.values[aim] != before:
            for later in self.instance.objective[self.instance.objective.index(aim) + 1 :]:
                self._improve_for(later, last=False)

    def _shares_help(self) -> bool:
        """Return whether a plan made after the relaxation is worth its time: not for the small and the largest."""
        return self.size > LARGE and len(self.instance.jobs) * len(self.instance.room_zone) <= MANY_ROOMS

    def _bound_weight(self) -> None:
        from summitry.planner.solver.bounds import SittingRelaxation  # noqa: PLC0415 - loads HiGHS

        incumbent, jobs = self.incumbent, self.instance.jobs
        relaxation = SittingRelaxation(self.instance)
        left = self.clock.left()
        for aim in (Aim.DROPPED, Aim.WEIGHT):
            if aim not in self.instance.objective:
                continue
            weights = [job.weight if aim is Aim.WEIGHT or job.baseline else 0 for job in jobs]
            for whole in (False, True) if self.size <= LARGE else (False,):
                if incumbent.proved(aim) or self.clock.stopped():
                    break
                most = relaxation.solve(weights, whole=whole, seconds=left and left * BOUND_SHARE)
                incumbent.bound(aim, most if aim is Aim.WEIGHT else sum(weights) - most, always=True)
        first = Aim.WEIGHT in self.instance.objective[:1]
        if first and self._shares_help() and self._prepared() and not self.clock.stopped():
            from summitry.planner.solver.construct import Greedy  # noqa: PLC0415 - compact problems do without

            order = Greedy(self.instance, self.random).order()
            self._place_all(order, relaxation.preferences())

    def _improve(self, aim: Aim, seconds: float | None) -> None:
        """Search until the aim is proved, the time is up, or (where it is not limited) nothing moves."""
        from summitry.planner.solver.improve import Improver  # noqa: PLC0415 - compact problems do without

        incumbent, clock = self.incumbent, self.clock
        assert incumbent.places is not None
        began, left = clock.elapsed(), clock.left()
        if left is not None and left < self._making_ready:  # it would end too late, with nothing done
            return
        ends = None if seconds is None else began + seconds
        improver = Improver(
            self.instance, state_of(self.instance, incumbent.places), self.random, incumbent.offer
        )
        self._making_ready = max(self._making_ready, clock.elapsed() - began)
        stalled = 0
        while not incumbent.proved(aim) and not clock.stopped():
            if (stalled > STALLED) if ends is None else (clock.elapsed() > ends):
                break
            stalled = 0 if improver.step(aim, HEAT.get(aim, 0.0)) else stalled + 1

    def _prove(self, aim: Aim, seconds: float | None) -> None:
        from summitry.planner.solver.exact import Effort, Exact  # noqa: PLC0415 - a second to import

        incumbent = self.incumbent
        exact = Exact(incumbent)
        for earlier in self.instance.objective[: self.instance.objective.index(aim)]:
            exact.keep(earlier)
        steps = STEPS if seconds is None else None
        exact.optimise(aim, Effort(self.seed, self.workers, steps, seconds))

    def _polish(self) -> None:
        """Use what time is left on the first aim that is not proved."""
        if self.clock.left() is None:
            return
        for aim in self.instance.objective:
            if not self.incumbent.proved(aim):
                self.incumbent.enter(PHASES[aim])
                self._improve(aim, self.clock.left())
                return


def state_of(instance: Instance, places: Places) -> State:
    """Return a state that holds ``places``."""
    from summitry.planner.solver.state import State  # noqa: PLC0415 - compact problems do without

    state = State(instance)
    for request, place in enumerate(places):
        if place is not None and instance.jobs[request].frozen is None:
            state.place(request, place)
    return state
