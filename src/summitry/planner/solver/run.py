"""One planning run: which method is tried when."""

from __future__ import annotations

from random import Random

from summitry.planner.problem import Aim
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
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


class Run:
    """The search for the best plan of one problem."""

    def __init__(self, instance: Instance, clock: Clock, *, seed: int, workers: int) -> None:
        self.instance = instance
        self.clock = clock
        self.seed = seed
        self.workers = workers
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        self.incumbent = Incumbent(instance, clock)

    def go(self) -> Incumbent:
        """Search until everything is proved or the run is stopped."""
        self._construct()
        if not self.incumbent.optimal() and not self.clock.stopped():
            self._exact()
        return self.incumbent

    def _construct(self) -> None:
        greedy = Greedy(self.instance, self.random)
        state = State(self.instance)
        rest = greedy.fill(state, greedy.order())
        if not any(self.instance.jobs[request].must for request in rest):
            self.incumbent.offer(state.places)

    def _exact(self) -> None:
        from summitry.planner.solver.exact import Effort, Exact

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
