"""Who can keep their start: the question of a repair in which nobody may be held at any other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import replace

from summitry.planner.problem import Aim
from summitry.planner.solver.instance import Instance

EACH = 1_000
"""What each is worth that keeps its start; a long one is worth less."""
LONGER = 10


def at_own_starts(instance: Instance, cells: Mapping[int, int]) -> Instance:
    """Return a problem in which requests can be held at their own start alone, all worth nearly the same.

    Parameters
    ----------
    cells
        The cell at which each request may be held; those not named cannot be.
    """
    found = copy(instance)
    found.jobs = [
        replace(
            job,
            starts=job.starts & 1 << cells[request] if request in cells else 0,
            weight=max(1, EACH - LONGER * job.cells),
        )
        for request, job in enumerate(instance.jobs)
    ]
    return found


def staying(instance: Instance, cells: Mapping[int, int], moving: Collection[int]) -> Instance:
    """Return a problem in which what people hold keeps its start or is dropped, and as little as can be is.

    Parameters
    ----------
    cells
        The cell of the start of each.
    moving
        Those that may be held at any other.
    """
    found = copy(instance)
    found.objective = (Aim.DROPPED, Aim.MOVED, Aim.REROOMED)
    found.jobs = [
        job
        if request in moving or job.frozen is not None or (job.must and job.baseline is None)
        else replace(job, starts=job.starts & 1 << cells[request] if request in cells else 0)
        for request, job in enumerate(instance.jobs)
    ]
    return found
