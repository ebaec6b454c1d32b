"""What people's own time leaves of their requests, everything else aside.

In minutes all of somebody's requests may fit, and still not in fact, because the windows of some
lie across each other. One person's requests alone are a small problem, mostly solved in
milliseconds: one meeting at a time, each from a start of its own. Walks, rooms, interpreters, and the
time that others lose by it could only make it less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summitry.planner.solver.cells import bits, erode
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State

STEPS = 0.1
"""CP-SAT's deterministic time for one person: about as many seconds."""
MOST_PEOPLE = 200
"""For how many the question is asked at most, those with the fewest minutes to spare first."""
ROUNDING = 1e-6
SETTINGS = f"num_workers: 1 random_seed: 0 max_deterministic_time: {STEPS}"

Share = tuple[list[int], int]
"""Requests, and the most weight of them that any plan holds."""


def overfull(state: State, starts: Mapping[int, int]) -> Iterator[Share]:
    """Yield for people of whose requests not all can be held what weight of them can.

    Parameters
    ----------
    state : State
        What is certain to be held.
    starts : mapping of int to int
        The cells from which each request could be held, for the requests to look at.

    Notes
    -----
    Those who are asked for longer than they are there are left out: of what they can hold, their minutes tell.
    """
    instance = state.instance
    requests: dict[int, list[int]] = {}
    for request in starts:
        for person in instance.jobs[request].people:
            requests.setdefault(person, []).append(request)
    spare: dict[int, int] = {}
    for person, mine in requests.items():
        if len(mine) > 1 and not _fit_greedily(instance, starts, mine):
            spare[person] = _minutes_to_spare(state, person, mine)
    some = sorted((person for person, minutes in spare.items() if minutes >= 0), key=spare.__getitem__)
    for person in some[:MOST_PEOPLE]:
        mine = requests[person]
        most = _most(instance, starts, mine)
        if most is not None and most < sum(instance.jobs[request].weight for request in mine):
            yield mine, most


def _fit_greedily(instance: Instance, starts: Mapping[int, int], mine: Sequence[int]) -> bool:
    """Return whether all fit one after the other, those with the fewest starts first, each as early as it can be."""
    free = instance.cells.everything
    for request in sorted(mine, key=lambda each: starts[each].bit_count()):
        length = instance.jobs[request].cells
        able = erode(free, length) & starts[request]
        if not able:
            return False
        free &= ~(((1 << length) - 1) << ((able & -able).bit_length() - 1))
    return True


def _minutes_to_spare(state: State, person: int, mine: Sequence[int]) -> int:
    """Return how much longer somebody is there than all that is not certain takes together."""
    instance = state.instance
    free = instance.cells.everything & ~state.people[person].blocked(instance.nowhere)
    asked = sum(instance.jobs[request].length for request in mine if state.places[request] is None)
    return free.bit_count() * instance.grid - asked


def _most(instance: Instance, starts: Mapping[int, int], mine: Sequence[int]) -> int | None:
    """Return what no plan holds more of than; ``None`` where what must be held does not fit."""
    from ortools.sat.python import cp_model_helper  # noqa: PLC0415 - loads OR-Tools

    model: Any = cp_model_helper.CpModelProto()
    whole = 0
    for held, request in enumerate(mine):
        job = instance.jobs[request]
        model.variables.add().domain.extend((1 if job.must else 0, 1))
        model.variables.add().domain.extend(_domain(instance, starts[request]))
        span = model.constraints.add()
        span.enforcement_literal.append(2 * held)
        for side, offset in ((span.interval.start, 0), (span.interval.end, job.length)):
            side.vars.append(2 * held + 1)
            side.coeffs.append(1)
            side.offset = offset
        span.interval.size.offset = job.length
        model.objective.vars.append(2 * held)
        model.objective.coeffs.append(-job.weight)
        whole += job.weight
    model.constraints.add().no_overlap.intervals.extend(range(len(mine)))
    parameters = cp_model_helper.SatParameters()
    parameters.parse_text_format(SETTINGS)
    solver: Any = cp_model_helper.SolveWrapper()
    solver.set_parameters(parameters)
    response = solver.solve(model)
    if response.status == cp_model_helper.CpSolverStatus.INFEASIBLE:
        return None
    bound = response.best_objective_bound
    return min(whole, math.floor(-bound + ROUNDING)) if math.isfinite(bound) else whole


def _domain(instance: Instance, mask: int) -> list[int]:
    """Return the starts as CP-SAT wants them: the first and the last of each run of whole minutes."""
    runs: list[int] = []
    for cell in bits(mask):
        minute = instance.cells.minutes[cell]
        if runs and minute <= runs[-1] + 1:
            runs[-1] = minute
        else:
            runs += (minute, minute)
    return runs
