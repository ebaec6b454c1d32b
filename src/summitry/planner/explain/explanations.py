"""One explanation for each request that a plan leaves out."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from summitry.planner.explain.blockers import minimal_blockers
from summitry.planner.explain.board import Board
from summitry.planner.explain.details import blockers
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import places, ranked
from summitry.planner.explain.reasons import fitting, reason
from summitry.planner.explain.remedies import Desk, Remedies
from summitry.planner.explain.words import Names
from summitry.planner.plan import Unscheduled
from summitry.planner.problem import Meeting, Problem, Request


def explain(
    problem: Problem,
    meetings: Sequence[Meeting],
    *,
    requests: Collection[str] | None = None,
    seconds: float | None = None,
) -> tuple[Unscheduled, ...]:
    """Say of each request that is not held why not, what stands in its way, and what would help.

    Parameters
    ----------
    problem
        A well-formed problem.
    meetings
        Everything that is held; a valid plan.
    requests
        Explain only these; ``None`` explains every request not held.
    seconds
        Wall time after which no more remedies are sought. Reasons and blockers are always
        complete.

    Returns
    -------
    tuple of Unscheduled
        In the order of the problem's requests; those that are held are left out.

    Raises
    ------
    KeyError
        If ``requests`` names one that the problem does not have.
    """
    began = time.monotonic()
    ground = Ground(problem)
    board = Board(ground, meetings)
    names = Names(ground)
    desk = Desk(ground, board, names)
    wanted: Sequence[int] = range(len(problem.requests))
    if requests is not None:
        wanted = sorted({ground.request_number[request] for request in requests})
    missing = [number for number in wanted if number not in board.held]
    explained = []
    for position, number in enumerate(missing):
        deadline = None
        if seconds is not None:
            now = time.monotonic()
            deadline = now + (seconds - (now - began)) / (len(missing) - position)
        explained.append(_explained(desk, problem.requests[number], deadline))
    return tuple(explained)


def _explained(desk: Desk, request: Request, deadline: float | None) -> Unscheduled:
    obstacles = Obstacles(desk.ground, desk.board, request)
    bits = minimal_blockers(obstacles)
    return Unscheduled(
        request=request.id,
        reason=_reason(desk, obstacles, bits),
        blockers=() if bits is None else blockers(obstacles, bits, desk.names),
        remedies=Remedies(desk, obstacles, bits or 0, deadline).found(),
    )


def _reason(desk: Desk, obstacles: Obstacles, bits: int | None) -> str:
    if bits is not None:
        return reason(obstacles, bits, desk.names)
    number = desk.ground.request_number[obstacles.request.id]
    candidates = places(obstacles, obstacles.everything)
    best = ranked(candidates, on=desk.board, outset=desk.board, touched=[number], request=obstacles.request)[
        0
    ]
    return fitting(best, desk.names)
