"""The limit on how far apart the breaks of any two people may be."""

from __future__ import annotations

from collections import Counter

from summitry.planner.explain.aims import breaks
from summitry.planner.explain.board import Board
from summitry.planner.problem import Request


class Spread:
    """How many breaks the people named in any request have, on one board, counted once for all changes of it."""

    def __init__(self, board: Board) -> None:
        self.most = board.ground.problem.limits.breaks_spread
        self._people: Counter[int] = Counter()
        self._breaks: dict[int, int] = {}
        self._counts: Counter[int] = Counter()
        if self.most is not None:
            self._people = board.ground.times_named
            self._breaks = {person: breaks(board, person) for person in self._people}
            self._counts = Counter(self._breaks.values())

    def kept(self, board: Board, request: Request) -> bool:
        """Say whether the limit is kept on a changed board.

        ``request`` stands in for the problem's own of the same id, whose people it may lack.
        """
        if self.most is None:
            return True
        ground = board.ground
        original = set(ground.people_of(ground.request(ground.request_number[request.id])))
        present = set(ground.people_of(request))
        counts = Counter(self._counts)
        for person in original | present | set(board.changed_people):
            if person in self._breaks:
                counts[self._breaks[person]] -= 1
            if self._people[person] - (person in original) + (person in present):
                counts[breaks(board, person)] += 1
        there = [number for number, people in counts.items() if people]
        return not there or max(there) - min(there) <= self.most
