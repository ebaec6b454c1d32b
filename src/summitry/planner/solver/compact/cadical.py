"""The SAT solver: CaDiCaL 1.9.5 (A. Biere et al.) as PySAT builds it, asked in short turns.

PySAT's own class is passed by, and its compiled module called directly: the class takes
Ctrl-C from the program while it solves and jumps out of the solver on it, and importing
it costs more time than solving a usual problem. A turn ends after some conflicts, so that
the caller can look at the clock in between; what was learnt is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pysolvers  # type: ignore[import-not-found]  # PySAT's compiled module has no types

LEAST_TURN, MOST_TURN = 100, 2000  # conflicts
TURN_WORK = 40_000_000
"""Conflicts times clauses of one turn: some hundredths of a second, the same in every run."""
OPTIONS = {"elim": 0, "stabilizeonly": 1}
"""Found by measuring: eliminated counters have to be found again conflict by conflict, and
few restarts suit plans of which there are many as well as those of which there is none."""


class Cadical:
    """A solver with some clauses; close it after use."""

    def __init__(self, rows: Iterable[Sequence[int]], options: Mapping[str, int] = OPTIONS) -> None:
        self._solver = pysolvers.cadical195_new()
        for name, value in options.items():
            pysolvers.cadical195_set(self._solver, name, value)
        self._assumed: list[int] = []
        self._size = 1
        self.add(rows)

    def add(self, rows: Iterable[Sequence[int]]) -> None:
        """Add clauses."""
        solver, add = self._solver, pysolvers.cadical195_add_cl
        for row in rows:
            add(solver, row)
            self._size += 1

    def turn(self, assumed: Sequence[int] = (), conflicts: int = MOST_TURN) -> bool | None:
        """Solve for one turn; return whether there is a model, ``None`` where it is not known yet."""
        self._assumed = list(assumed)
        pysolvers.cadical195_cbudget(self._solver, min(conflicts, self._conflicts()))
        status: int = pysolvers.cadical195_solve_lim(self._solver, self._assumed, 0)
        return None if status == 0 else status > 0

    def solve(
        self, look: Callable[[], None], assumed: Sequence[int] = (), conflicts: int | None = None
    ) -> bool | None:
        """Solve turn by turn, looking up in between; ``None``: not known after so many conflicts."""
        while conflicts is None or conflicts > 0:
            look()
            answer = self.turn(assumed, MOST_TURN if conflicts is None else conflicts)
            if answer is not None:
                return answer
            if conflicts is not None:
                conflicts -= self._conflicts()
        return None

    def _conflicts(self) -> int:
        return max(LEAST_TURN, min(MOST_TURN, TURN_WORK // self._size))

    def model(self) -> list[int]:
        """Return the model that was found: for each variable its literal that is true."""
        model: list[int] = pysolvers.cadical195_model(self._solver)
        return model

    def core(self) -> list[int]:
        """Return those of the last assumptions that were enough for there to be no model."""
        core: list[int] | None = pysolvers.cadical195_core(self._solver, self._assumed)
        return core or []

    def close(self) -> None:
        """Free the solver's memory."""
        pysolvers.cadical195_del(self._solver, None)

