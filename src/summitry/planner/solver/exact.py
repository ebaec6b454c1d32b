"""The whole problem as one CP-SAT model, aim after aim: exact, for problems of moderate size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import WANTED_MOST
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.model import PlanModel
from summitry.planner.solver.state import State

ROUNDING = 1e-6
DECIDED = (cp_model.OPTIMAL, cp_model.INFEASIBLE)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard CP-SAT may work: ``steps`` in its deterministic time, ``seconds`` on the clock."""

    seed: int
    workers: int = 1
    steps: float | None = None
    seconds: float | None = None

    def solver(self) -> cp_model.CpSolver:
        """Return a CP-SAT solver with these settings."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed % (1 << 31)
        if self.steps is not None:
            solver.parameters.max_deterministic_time = self.steps
        if self.seconds is not None:
            solver.parameters.max_time_in_seconds = self.seconds
        return solver


class Exact:
    """The model of a whole problem; each aim is optimised with the earlier ones kept at their values."""

    def __init__(self, incumbent: Incumbent) -> None:
        instance = incumbent.instance
        self.incumbent = incumbent
        free = [index for index, job in enumerate(instance.jobs) if job.frozen is None]
        self.whole = PlanModel(State(instance), free)

    def any_plan(self, effort: Effort) -> bool | None:
        """Look for any valid plan; return whether there is one, ``None`` where that stays open."""
        model = self.whole.model
        model.clear_objective()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
        status = self._solve(effort)
        if status == cp_model.INFEASIBLE:
            self.incumbent.infeasible = True
            return False
        return True if self.incumbent.places is not None else None

    def optimise(self, aim: Aim, effort: Effort) -> bool:
        """Optimise one aim with the earlier ones kept; return whether it was decided."""
        incumbent, model = self.incumbent, self.whole.model
        expression = self.whole.aim(aim)
        if incumbent.places is not None:
            self.whole.hint(incumbent.places)
        if isinstance(expression, int):
            incumbent.bound(aim, expression)
            return incumbent.places is not None
        if aim in WANTED_MOST:
            model.maximize(expression)
        else:
            model.minimize(expression)
        status = self._solve(effort, aim)
        if status == cp_model.INFEASIBLE:
            incumbent.infeasible = incumbent.places is None
        return status in DECIDED

    def keep(self, aim: Aim) -> None:
        """Keep an aim at its present value from now on."""
        self.whole.keep(aim, self.incumbent.values[aim])

    def _solve(self, effort: Effort, aim: Aim | None = None) -> int:
        incumbent = self.incumbent
        solver = effort.solver()
        watcher = _Watcher(self.whole, incumbent)

        def note_bound(value: float) -> None:
            if aim is not None and math.isfinite(value):
                incumbent.bound(aim, whole_bound(aim, value))

        solver.best_bound_callback = note_bound
        with incumbent.clock.watching(solver.stop_search):
            status = solver.solve(self.whole.model, watcher)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            incumbent.offer(self.whole.read(solver))
            if aim is not None:
                note_bound(solver.best_objective_bound)
        return int(status)


def whole_bound(aim: Aim, value: float) -> int:
    """Return a solver's bound as a whole number that no plan can better."""
    nearest = round(value)
    if abs(value - nearest) < ROUNDING:
        return nearest
    return int(value // 1) if aim in WANTED_MOST else int(-(-value // 1))


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Offers every solution as it comes."""

    def __init__(self, whole: PlanModel, incumbent: Incumbent) -> None:
        super().__init__()
        self.whole = whole
        self.incumbent = incumbent

    def on_solution_callback(self) -> None:
        """Offer the solution."""
        self.incumbent.offer(self.whole.read(self))
