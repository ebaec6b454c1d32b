"""The best of the free places for a meeting, by the aims in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from summitry.planner.explain.aims import cost, worth
from summitry.planner.explain.board import Board
from summitry.planner.explain.housing import Waived
from summitry.planner.explain.obstacle import Held
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.spread import Spread
from summitry.planner.problem import Aim, Request

MOST_TRIED = 16


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting in a place, the board that then holds it, and the cost against the board at the outset."""

    held: Held
    board: Board
    cost: dict[Aim, int]

    @property
    def worth(self) -> tuple[int, ...]:
        """A key that sorts the better first."""
        return worth(self.cost)


def places(obstacles: Obstacles, waived: Waived = Waived.NOTHING, most: int = MOST_TRIED) -> list[Held]:
    """List free places spread over the time there is, at most one for each start and zone."""
    found = obstacles.places(waived)
    chosen = sorted(found)
    if len(chosen) > most:
        chosen = [chosen[step * len(chosen) // most] for step in range(most)]
    return [
        obstacles.board.place(
            obstacles.request,
            start=obstacles.grid.times[at],
            room=found[at, zone],
            interpreters=obstacles.team(zone, at) if obstacles.request.interpreters else (),
        )
        for at, zone in chosen
    ]


class Ranking:
    """Sorts places by what they cost against one board, the outset."""

    def __init__(self, outset: Board) -> None:
        self.outset = outset
        self.spread = Spread(outset)

    def ranked(
        self,
        candidates: Iterable[Held],
        *,
        on: Board,
        touched: Collection[int],
        request: Request | None,
        released: Collection[int] = (),
    ) -> list[Placed]:
        """Put each candidate on a board and sort them, the best first.

        Parameters
        ----------
        candidates
            Places that are free on the board.
        on
            The board to put them on.
        touched
            The numbers of the requests that differ from the outset, the candidates' own included.
        request
            The request as changed, for the spread of breaks; places that break it are left out.
            ``None`` leaves that to a later step.
        released
            People who have other engagements on the board than at the outset.
        """
        found = []
        for held in candidates:
            board = on.changed(plus=[held])
            if request is None or self.spread.kept(board, request):
                found.append(Placed(held, board, cost(self.outset, board, touched, released)))
        return sorted(found, key=lambda placed: placed.worth)
