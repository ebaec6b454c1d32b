"""Requests as assumptions of a SAT solver: CaDiCaL 1.9.5 (A. Biere et al.) as PySAT builds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pysolvers  # type: ignore[import-not-found]  # PySAT's compiled module has no types

TURN = 500
"""Conflicts after which the caller is asked whether there is still time: some hundredths of a second."""


class Assuming:
    """Clauses that hold, to ask which literals cannot all be true; close it after use.

    PySAT's own class takes Ctrl-C from the program while it solves; its compiled module does not.
    """

    def __init__(self, clauses: Iterable[Sequence[int]]) -> None:
        self._solver = pysolvers.cadical195_new()
        for clause in clauses:
            pysolvers.cadical195_add_cl(self._solver, clause)

    def core(self, literals: Sequence[int], *, conflicts: int, is_over: Callable[[], bool]) -> set[int]:
        """Return literals that cannot all be true; none where they can, or it is not known after so many conflicts."""
        for _ in range(0, conflicts, TURN):
            if is_over():
                break
            pysolvers.cadical195_cbudget(self._solver, TURN)
            status: int = pysolvers.cadical195_solve_lim(self._solver, list(literals), 0)
            if status < 0:
                core: list[int] | None = pysolvers.cadical195_core(self._solver, list(literals))
                return set(core or ())
            if status > 0:
                break
        return set()

    def close(self) -> None:
        """Free the solver's memory."""
        pysolvers.cadical195_del(self._solver, None)
