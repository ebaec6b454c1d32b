"""The exact way for compact problems: all must be held, in equal slots, with the fewest breaks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from summitry.planner.solver.compact.case import compact_case
from summitry.planner.solver.incumbent import Incumbent


def solve_compact(incumbent: Incumbent, *, seed: int, workers: int) -> bool:
    """Plan a compact problem until everything is proved or the run is stopped.

    Returns
    -------
    bool
        Whether the problem is compact; if not, nothing was done.
    """
    case = compact_case(incumbent.instance)
    if case is None:
        return False
    from summitry.planner.solver.compact.search import Search  # noqa: PLC0415 - loads the SAT solver

    with _without_collector():
        Search(incumbent, case, seed=seed, workers=workers).go()
    return True


@contextmanager
def _without_collector() -> Iterator[None]:
    """Make and drop very many lists of which none is in a circle, without looking through them for one."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
