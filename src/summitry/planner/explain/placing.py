"""The best of the free places for a meeting, by the aims in their order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from summitry.planner.explain.aims import cost, spread_kept, worth
from summitry.planner.explain.board import Board, Held
from summitry.planner.explain.obstacles import Obstacles
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


def places(obstacles: Obstacles, standing: int, *, near: bool = False) -> list[Held]:
    """List free places spread over the time there is, one for each start and zone.

    ``near`` lists only those in the rooms that are nearest to what is asked for.
    """
    ground, grid = obstacles.ground, obstacles.grid
    room_at: dict[tuple[int, int], int] = {}
    free = obstacles.free(standing)
    lacks = {room: ground.lacks(obstacles.request, room) for room in free} if near else {}
    rooms = [room for room in free if not near or lacks[room] == min(lacks.values())]
    for room in rooms:
        for at in grid.listed(free[room]):
            room_at.setdefault((at, ground.room_zone[room]), room)
    chosen = sorted(room_at)
    if len(chosen) > MOST_TRIED:
        chosen = [chosen[step * len(chosen) // MOST_TRIED] for step in range(MOST_TRIED)]
    found = []
    for at, zone in chosen:
        needed = obstacles.request.interpreters if standing & obstacles.need_interpreters else 0
        team = obstacles.free_interpreters(standing, zone=zone, at=at)[:needed] if needed else []
        place = obstacles.board.place(
            obstacles.request, start=grid.times[at], room=room_at[at, zone], interpreters=tuple(team)
        )
        found.append(place)
    return found


def ranked(
    candidates: list[Held],
    *,
    on: Board,
    outset: Board,
    touched: Collection[int],
    request: Request | None,
    released: Collection[int] = (),
) -> list[Placed]:
    """Put each candidate on a board and sort them, the best first.

    Parameters
    ----------
    candidates
        Places that are free on the board.
    on, outset
        The board to put them on, and the one that costs are counted from.
    touched
        The numbers of the requests that differ between the two, the candidates' own included.
    request
        The request as changed, for the spread of breaks; places that break it are left out.
        ``None`` leaves that to a later step.
    released
        People who have other engagements on the board than at the outset.
    """
    found = []
    for held in candidates:
        board = on.changed(plus=[held])
        if request is None or spread_kept(board, request):
            found.append(Placed(held, board, cost(outset, board, touched, released)))
    return sorted(found, key=lambda placed: placed.worth)
