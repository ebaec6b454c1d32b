"""Models of yes-or-no decisions for CP-SAT, written straight into its protocol buffer.

The Python layer ``cp_model`` of OR-Tools loads pandas, which alone takes longer than most
repairs; the compiled module below it needs some hundredths of a second and is all that
decisions without integer variables ask for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model_helper

from summitry.planner.solver.clock import Clock

ROUNDING = 1e-6
# The linear relaxation proves nearly everything here; long presolving costs more than it brings.
SETTINGS = (
    "num_workers: 1 max_presolve_iterations: 1 cp_model_probing_level: 0 symmetry_level: 0 "
    "linearization_level: 2"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found.

    Attributes
    ----------
    chosen : list of int, optional
        The variables that are true in the best solution; ``None`` where none was found.
    value, bound : int
        The objective of that solution, and what no solution goes below; both count only as far as
        they are known (``bound`` is then the least the objective can be at all).
    impossible : bool
        Whether it is proved that there is no solution.
    """

    chosen: list[int] | None
    value: int
    bound: int
    impossible: bool = False

    @property
    def best(self) -> bool:
        """Return whether no solution is better."""
        return self.chosen is not None and self.value == self.bound


class Booleans:
    """A model of boolean variables; ``~variable`` is the negation of a variable."""

    def __init__(self) -> None:
        self._model: Any = cp_model_helper.CpModelProto()
        self._constraints: Any = self._model.constraints
        self.count = 0
        self._offset = 0
        self._least = 0
        self._costs: dict[int, int] = {}

    def variables(self, count: int) -> range:
        """Return new variables."""
        for _ in range(count):
            self._model.variables.add().domain.extend((0, 1))
        self.count += count
        return range(self.count - count, self.count)

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Let no two literals be true."""
        if len(literals) > 1:
            self._constraints.add().at_most_one.literals.extend(literals)

    def exactly_one(self, literals: Sequence[int]) -> None:
        """Let one literal be true; without literals the model has no solution."""
        if literals:
            self._constraints.add().exactly_one.literals.extend(literals)
        else:
            self.clause(())

    def clause(self, literals: Sequence[int]) -> None:
        """Let at least one literal be true."""
        self._constraints.add().bool_or.literals.extend(literals)

    def at_most(self, variables: Sequence[int], limit: int, weights: Sequence[int] | None = None) -> None:
        """Let the (weighted) number of true variables be no more than ``limit``."""
        linear = self._constraints.add().linear
        linear.vars.extend(variables)
        linear.coeffs.extend([1] * len(variables) if weights is None else weights)
        linear.domain.extend((-(1 << 40), limit))

    def exactly(self, variables: Sequence[int], value: int, weights: Sequence[int]) -> None:
        """Let the weighted number of true variables be ``value``."""
        linear = self._constraints.add().linear
        linear.vars.extend(variables)
        linear.coeffs.extend(weights)
        linear.domain.extend((value, value))

    def minimise(self, costs: Iterable[tuple[int, int]], offset: int) -> None:
        """Look for the least sum of the costs of the true variables, and ``offset``."""
        known = [(variable, cost) for variable, cost in costs if cost]
        self._model.clear_objective()
        self._model.objective.vars.extend([variable for variable, _ in known])
        self._model.objective.coeffs.extend([cost for _, cost in known])
        self._costs = dict(known)
        self._offset = offset
        self._least = offset + sum(cost for _, cost in known if cost < 0)

    def branch(
        self, clock: Clock, seconds: float | None, stopped: Callable[[], bool] | None = None
    ) -> Answer:
        """Solve the model by HiGHS, within these seconds and until ``stopped``."""
        from summitry.planner.solver.repair.branching import branch  # noqa: PLC0415 - loads HiGHS

        found = branch(self._model, clock, seconds, stopped)
        bound = self._least
        if math.isfinite(found.bound):
            bound = max(bound, self._offset + round(found.bound))
        if found.chosen is None:
            return Answer(None, bound, bound, impossible=found.impossible)
        value = self._offset + sum(self._costs.get(variable, 0) for variable in found.chosen)
        return Answer(found.chosen, value, min(bound, value))

    def solve(self, clock: Clock, seed: int, steps: float, seconds: float | None) -> Answer:
        """Solve the model, for so many ``steps`` of CP-SAT's deterministic time and ``seconds`` of the clock."""
        parameters = cp_model_helper.SatParameters()
        parameters.parse_text_format(SETTINGS)
        parameters.random_seed = seed % (1 << 31)
        parameters.max_deterministic_time = steps
        solver: Any = cp_model_helper.SolveWrapper()
        solver.set_parameters(parameters)
        with clock.watching(solver.stop_search, seconds):
            response = solver.solve(self._model)
        if response.status == cp_model_helper.CpSolverStatus.INFEASIBLE:
            return Answer(None, self._least, self._least, impossible=True)
        chosen = [variable for variable, value in enumerate(response.solution) if value]
        found = len(response.solution) > 0 or response.status == cp_model_helper.CpSolverStatus.OPTIMAL
        bound = self._least
        if found and math.isfinite(response.best_objective_bound):
            bound = max(bound, self._offset + math.ceil(response.best_objective_bound - ROUNDING))
        value = self._offset + round(response.objective_value) if found else bound
        return Answer(chosen if found else None, value, min(bound, value))
