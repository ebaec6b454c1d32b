"""Packing programs for HiGHS: as much as possible, within rows of limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Rows:
    """The constraints, each ``terms`` (column, coefficient) at most ``limits``."""

    terms: list[Sequence[tuple[int, float]]] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def add(self, terms: Sequence[tuple[int, float]], limit: float) -> None:
        """Add a constraint unless it can never bind (every column is at most 1)."""
        if sum(weight for _, weight in terms) > limit:
            self.terms.append(terms)
            self.limits.append(limit)


class Packing:
    """Rows as arrays.

    Attributes
    ----------
    columns : int
        How many there are, each from 0 to 1.
    limits : array of float, one for each row
    """

    def __init__(self, rows: Rows, columns: int) -> None:
        terms = rows.terms
        self.columns = columns
        self.limits = np.array(rows.limits, dtype=float)
        self._lengths = np.array([len(row) for row in terms], dtype=np.int64)
        self._index = np.array([column for row in terms for column, _ in row], dtype=np.int32)
        self._values = np.array([value for row in terms for _, value in row], dtype=float)

    def taken(self, prices: Values) -> Values:
        """Return what each column takes of the rows at these prices of theirs."""
        worth = self._values * np.repeat(prices, self._lengths)
        return np.bincount(self._index, weights=worth, minlength=self.columns).astype(float)

    def within(self, rows: Flags) -> Flags:
        """Return the columns that stand in any of these rows."""
        found: Flags = np.zeros(self.columns, dtype=np.bool_)
        found[self._index[np.repeat(rows, self._lengths)]] = True
        return found

    def program(self, costs: Values, *, whole: bool) -> highspy.HighsLp:
        """Return the program of the greatest cost, whose columns are whole numbers or any between."""
        program = highspy.HighsLp()
        columns, rows = self.columns, len(self.limits)
        program.num_col_, program.num_row_ = columns, rows
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = costs
        program.col_lower_, program.col_upper_ = np.zeros(columns), np.ones(columns)
        program.row_lower_ = np.full(rows, -highspy.kHighsInf)
        program.row_upper_ = self.limits
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.concatenate(([0], np.cumsum(self._lengths)))
        program.a_matrix_.index_ = self._index
        program.a_matrix_.value_ = self._values
        if whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * columns
        return program


def quiet_solver(seconds: float | None) -> highspy.Highs:
    """Return a solver of one thread that says nothing and takes no longer than that."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    if seconds is not None:
        solver.setOptionValue("time_limit", float(seconds))
    return solver
