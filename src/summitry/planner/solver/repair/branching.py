"""Models of yes-or-no decisions for HiGHS: where the linear relaxation is nearly whole, its branch and cut ends at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import highspy
import numpy as np

from summitry.planner.solver.clock import Clock
from summitry.planner.solver.programs import quiet_solver

FEASIBLE = 2  # of HiGHS, for a primal solution
NO_LIMIT = 1 << 39  # what a limit of the protocol buffer is beyond that is none
ROUNDING = 1e-4
HALF = 0.5
MOST_NODES = 200


class Found(NamedTuple):
    """The variables that are true in the best solution (``None`` where none was found), and what none goes below."""

    chosen: list[int] | None
    bound: float
    impossible: bool


class _Rows:
    """The constraints of a model; a negated variable is 1 less the variable.

    HiGHS refuses a row that names a variable twice: there the coefficients are added up.
    """

    def __init__(self) -> None:
        self.starts = [0]
        self.index: list[int] = []
        self.values: list[int] = []
        self.least: list[float] = []
        self.most: list[float] = []

    def add(self, literals: Sequence[int], weights: Sequence[int], least: float, most: float) -> None:
        constant = 0
        terms: dict[int, int] = {}
        for literal, weight in zip(literals, weights, strict=True):
            negated = literal < 0
            variable = ~literal if negated else literal
            terms[variable] = terms.get(variable, 0) + (-weight if negated else weight)
            constant += weight if negated else 0
        self.index.extend(terms)
        self.values.extend(terms.values())
        self.starts.append(len(self.index))
        self.least.append(least - constant)
        self.most.append(most - constant)

    def add_all(self, constraints: Any) -> None:
        endless = highspy.kHighsInf
        for each in constraints:
            if each.has_at_most_one():
                some = list(each.at_most_one.literals)
                self.add(some, [1] * len(some), -endless, 1)
            elif each.has_exactly_one():
                some = list(each.exactly_one.literals)
                self.add(some, [1] * len(some), 1, 1)
            elif each.has_bool_or():
                some = list(each.bool_or.literals)
                self.add(some, [1] * len(some), 1, endless)
            else:
                low, high = each.linear.domain
                least = -endless if low < -NO_LIMIT else low
                self.add(list(each.linear.vars), list(each.linear.coeffs), least, high)


def branch(
    model: Any, clock: Clock, seconds: float | None, stopped: Callable[[], bool] | None = None
) -> Found:
    """Solve a model given as CP-SAT's protocol buffer; bounds leave out the constant of the objective.

    Parameters
    ----------
    model
        Boolean variables; at-most-one, exactly-one, clauses and linear rows; an objective to minimise.
    clock
        Of the run.
    seconds
        How long it may take; without, a number of nodes.
    stopped
        Asked, from another thread, whether to end before that.
    """
    count, rows = len(model.variables), _Rows()
    rows.add_all(model.constraints)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, len(rows.least)
    costs = np.zeros(count)
    costs[list(model.objective.vars)] = list(model.objective.coeffs)
    program.col_cost_ = costs
    program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
    program.row_lower_, program.row_upper_ = np.array(rows.least), np.array(rows.most, dtype=float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.array(rows.starts)
    program.a_matrix_.index_ = np.array(rows.index)
    program.a_matrix_.value_ = np.array(rows.values, dtype=float)
    program.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver = quiet_solver(seconds)
    solver.setOptionValue("mip_max_nodes", MOST_NODES)
    solver.HandleUserInterrupt = True
    if solver.passModel(program) == highspy.HighsStatus.kError:
        raise ValueError("HiGHS refuses the model")  # to go on with what it has then ends in a crash
    with clock.watching(solver.cancelSolve, seconds, stopped):
        solver.run()
    info = solver.getInfo()
    impossible = solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    bound = math.ceil(info.mip_dual_bound - ROUNDING) if math.isfinite(info.mip_dual_bound) else -math.inf
    if impossible or info.primal_solution_status != FEASIBLE:
        return Found(None, bound, impossible)
    values = np.array(solver.getSolution().col_value)
    return Found(np.flatnonzero(values > HALF).tolist(), bound, impossible=False)
