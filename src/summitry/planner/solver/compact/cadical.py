"""The SAT solver: CaDiCaL 1.9.5 (A. Biere et al.) as PySAT builds it.

PySAT's own class is passed by, and its compiled module called directly: the class takes
Ctrl-C from the program while it solves and jumps out of the solver on it, and importing
it costs more time than solving a usual problem.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import repeat

import pysolvers  # type: ignore[import-not-found]  # PySAT's compiled module has no types

LEAST_CONFLICTS, MOST_CONFLICTS = 100, 1000
WORK = 40_000_000
"""Conflicts times clauses of one call: about a twentieth of a second."""

QUICK: Mapping[str, int] = {"elim": 0, "probe": 0, "phase": 0}
"""Options for a first look: some plan is soon found."""

TEMPERS: tuple[Mapping[str, int], ...] = (
    {"elim": 0, "probe": 0, "stabilizeonly": 1, "phase": 0},
    {"elim": 0, "probe": 0, "stabilizeonly": 1},
)
"""Sets of options, the second for where the first is out of luck.

Found by measuring: eliminated counters would have to be found again conflict by
conflict; few restarts suit bounds that can be met as well as those that cannot; most
variables are false in a plan.
"""


class Cadical:
    """A solver with some clauses, asked what is soon known; close it after use."""

    def __init__(self, rows: Sequence[Sequence[int]], options: Mapping[str, int]) -> None:
        self._solver = pysolvers.cadical195_new()
        for name, value in options.items():
            pysolvers.cadical195_set(self._solver, name, value)
        self._assumed: list[int] = []
        self._size = 1
        self.add(rows)

    def add(self, rows: Sequence[Sequence[int]]) -> None:
        """Add clauses."""
        deque(map(pysolvers.cadical195_add_cl, repeat(self._solver), rows), maxlen=0)
        self._size += len(rows)

    def solve(self, assumed: Sequence[int] = ()) -> bool | None:
        """Return whether there is a model, ``None`` where that is not known after about a twentieth of a second."""
        self._assumed = list(assumed)
        conflicts = max(LEAST_CONFLICTS, min(MOST_CONFLICTS, WORK // self._size))
        pysolvers.cadical195_cbudget(self._solver, conflicts)
        status: int = pysolvers.cadical195_solve_lim(self._solver, self._assumed, 0)
        return None if status == 0 else status > 0

    def model(self) -> set[int]:
        """Return the variables that are true in the model that was found."""
        return {literal for literal in pysolvers.cadical195_model(self._solver) if literal > 0}

    def core(self) -> list[int]:
        """Return those of the last assumptions that were enough for there to be no model."""
        core: list[int] | None = pysolvers.cadical195_core(self._solver, self._assumed)
        return core or []

    def close(self) -> None:
        """Free the solver's memory."""
        pysolvers.cadical195_del(self._solver, None)
