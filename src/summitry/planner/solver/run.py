"""One planning run: which method is tried when."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from random import Random

from summitry.planner.problem import Aim
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.compact import solve_compact
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.holding import LARGE, MEDIUM, Holding
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State, state_of
from summitry.planner.solver.weighing import Weighing

PHASES = {
    Aim.WEIGHT: "holding the most weight",
    Aim.LEFT_OUT: "leaving nobody out",
    Aim.BREAKS: "closing breaks",
    Aim.WALKING: "shortening walks",
    Aim.DROPPED: "keeping what was promised",
    Aim.MOVED: "keeping times",
    Aim.REROOMED: "keeping rooms",
}
# Pairs of meetings that share a person: up to SMALL the exact model answers at once, up to MEDIUM it proves
# the weight before anything else is searched for, beyond LARGE it is too big.
SMALL = 600
FIRST_TRIES = 20
# Requests times rooms beyond which a first plan does not look at every room.
MANY_ROOMS = 1_000_000
FIRST_LOOK = 0.1  # up to SMALL, seconds of search before the exact model, which takes longer to load
# Shares of the time left that go to searching and to proving an aim; the last aim has all that is left.
SEARCH_SHARE = 0.35
PROVE_SHARE, PROVE_WEIGHT_SHARE = 0.4, 0.6
# Where nothing limits the time: changes without success, and CP-SAT's deterministic time, before going on.
STALLED = 3000
STEPS = 60.0
KEEPING = frozenset({Aim.DROPPED, Aim.MOVED, Aim.REROOMED})
HEAT = {Aim.WEIGHT: 1.0, Aim.BREAKS: 0.3, Aim.WALKING: 1.0}
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
        self._making_ready = 0.0
        self.size = sum(count * count for count in wanted)
        self.holding = Holding(
            self.incumbent, seed=seed, workers=workers, size=self.size, improve=self._improve
        )

    def go(self) -> Incumbent:
        """Search until everything is proved or the run is stopped."""
        if solve_compact(self.incumbent, seed=self.seed, workers=self.workers):
            return self.incumbent
        if self._repairs():
            self._repair()
        if self.incumbent.places is None and not self.clock.stopped():
            self._construct()
        self._offer_nothing_more()
        if self.incumbent.optimal() or self.clock.stopped():
            return self.incumbent
        if self.size > SMALL and self.incumbent.places is not None:
            self._search()
        else:
            self._exact()
        return self.incumbent

    def _repairs(self) -> bool:
        """Return whether what people already hold comes first, and some of it can still change."""
        return set(self.instance.objective[:2]) == {Aim.DROPPED, Aim.MOVED} and any(
            job.baseline is not None and job.frozen is None for job in self.instance.jobs
        )

    def _repair(self) -> None:
        from summitry.planner.solver.repair import Repair, Staying  # noqa: PLC0415 - loads a SAT solver

        way = Staying if self.instance.objective[0] is Aim.MOVED else Repair
        way(self.incumbent, self.seed, self.workers).go()

    def _construct(self) -> None:
        """Look for a first plan: what must be held and found no place goes first the next time."""
        greedy = Greedy(self.instance, self.random)
        order = greedy.order()
        if len(self.instance.jobs) * len(self.instance.room_zone) > MANY_ROOMS:
            self.holding.wait_until_prepared()
            if self.holding.prepared():
                self.holding.place_all(order)
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

    def _offer_nothing_more(self) -> None:
        """Where a run ended before it had a plan, offer what is frozen, unless more must be held."""
        jobs = self.instance.jobs
        if self.incumbent.places is None and not any(job.must and job.frozen is None for job in jobs):
            self.incumbent.offer([job.frozen for job in jobs])

    # ---- small problems: the exact model alone --------------------------------------

    def _exact(self) -> None:
        incumbent = self.incumbent
        if Aim.WEIGHT in self.instance.objective[:1] and incumbent.places and self.clock.left() is not None:
            self._improve(Aim.WEIGHT, FIRST_LOOK)
        from summitry.planner.solver.exact import Effort, Exact  # noqa: PLC0415 - a second to import

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
        for index, aim in enumerate(objective):
            with self._weighing(aim):
                self._improve_for(aim, last=index == len(objective) - 1)
            if (
                aim is Aim.WEIGHT and self.size <= MEDIUM
            ):  # what is proved first need not be searched for again
                self._prove_for(aim, PROVE_WEIGHT_SHARE)
        if self.size <= LARGE:
            for aim in objective:
                self._prove_for(aim)
        self._polish()

    def _weighing(self, aim: Aim) -> AbstractContextManager[None]:
        """Bound the weight: before all aims are searched for, or while the first, that it is, begins to be."""
        objective = self.instance.objective
        if aim is not objective[0] or not {Aim.WEIGHT, Aim.DROPPED} & set(objective):
            return nullcontext()
        if aim is Aim.WEIGHT and self.incumbent.proved(aim):
            return nullcontext()
        pairs = len(self.instance.jobs) * len(self.instance.room_zone)
        first = aim is Aim.WEIGHT
        weighing = Weighing(self.incumbent, rooms_are_many=first and pairs > MANY_ROOMS)
        limited = self.clock.left() is not None
        if first and self.workers > 1 and self.size > LARGE and limited and self.holding.prepared():
            self.holding.weighing = weighing
            return weighing.beside()
        weighing.before()
        self.holding.weighing = weighing
        return nullcontext()

    def _improve_for(self, aim: Aim, *, last: bool) -> None:
        """Search for the sake of one aim, for its share of the time left."""
        if self.clock.stopped() or self.incumbent.proved(aim):
            return
        self.incumbent.enter(PHASES[aim])
        if aim is Aim.REROOMED:
            from summitry.planner.solver.repair import give_back_rooms  # noqa: PLC0415 - loads a SAT solver

            give_back_rooms(self.incumbent, self.seed)
        if aim is Aim.WEIGHT and self._keeps_before_weight():
            self.holding.most(last=last)
            return
        left, alone = self.clock.left(), last and self.size > LARGE
        self._improve(aim, None if left is None else left * (1.0 if alone else SEARCH_SHARE))

    def _keeps_before_weight(self) -> bool:
        """Return whether no aim before the weight is harmed by exchanging what is not in the baseline."""
        objective = self.instance.objective
        return all(aim in KEEPING for aim in objective[: objective.index(Aim.WEIGHT)])

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

    def _improve(self, aim: Aim, seconds: float | None) -> bool:
        """Search until the aim is proved, the time is up, or (where it is not limited) nothing moves.

        Returns
        -------
        bool
            Whether there was time for it.
        """
        from summitry.planner.solver.improve import Improver  # noqa: PLC0415 - compact problems do without

        incumbent, clock = self.incumbent, self.clock
        assert incumbent.places is not None
        began, left = clock.elapsed(), clock.left()
        if left is not None and left < self._making_ready:  # it would end too late, with nothing done
            return False
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
        return True

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
                if aim is Aim.WEIGHT and self.size <= MEDIUM and self._keeps_before_weight():
                    self.holding.few_to_the_end()
                else:
                    self._improve(aim, self.clock.left())
                return
