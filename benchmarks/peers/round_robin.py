"""Alphabetical round-robin: each delegation in turn gets its next meeting, at the first place there is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from benchmarks.board import Board
from summitry.planner import Meeting, Problem, Request

Found = Callable[[list[Meeting]], None]


def plan(problem: Problem, _seconds: float, found: Found) -> None:
    """Hold what must be held, then go round the delegations by name until nobody's next request fits.

    Parameters
    ----------
    found
        Called with the meetings of the plan once it is made.
    """
    board = Board(problem)
    for request in sorted(problem.requests, key=lambda each: (each.fixed is None, each.id)):
        if request.must:
            _place(board, request)
    names = {party.id: party.name for party in problem.parties}

    def title(request: Request) -> tuple[list[str], str]:
        return [names[party] for party in request.parties], request.id

    waiting: dict[str, deque[Request]] = {}
    for request in sorted(problem.requests, key=title):
        if not request.must:
            waiting.setdefault(request.parties[0], deque()).append(request)
    turns = sorted(waiting, key=names.__getitem__)
    while turns:
        for party in turns:
            _place(board, waiting[party].popleft())
        turns = [party for party in turns if waiting[party]]
    found(list(board.held.values()))


def _place(board: Board, request: Request) -> None:
    meeting = next(board.places(request), None)
    if meeting is not None:
        board.hold(request, meeting)
