"""The held meetings each of which alone stands in the way of a request: without it, the request fits."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.planner.explain.obstacle import Held
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.presence import taken, taken_once
from summitry.planner.explain.remedies.desk import Desk, Tries


def lone_meetings(desk: Desk, obstacles: Obstacles, tries: Tries) -> list[Held]:
    """List the meetings that may change and alone stand in the way, those of least weight first.

    What can be seen not to help is left out at once; each of the others is tried.
    """
    found: dict[int, Held] = {}
    for held in _in_rooms(obstacles):
        if desk.may_change(held.request):
            found[held.request] = held
    seen = set(found)
    requests = desk.ground.problem.requests
    likely = {held.request: held for held in _likely(obstacles) if held.request not in seen}
    for held in sorted(likely.values(), key=lambda held: requests[held.request].weight):
        if desk.may_change(held.request):
            if tries.spent():
                break
            board = obstacles.board.changed(without=[held.request])
            if Obstacles(board, obstacles.request).fits():
                found[held.request] = held
    return sorted(found.values(), key=lambda held: requests[held.request].weight)


def _in_rooms(obstacles: Obstacles) -> Iterator[Held]:
    """List the meetings of which each alone keeps a room from being free at a start left open."""
    board, grid = obstacles.board, obstacles.grid
    here = obstacles.open()
    for rooms in obstacles.rooms:
        starts = here.get(rooms.zone, 0)
        for room in rooms.open if starts else ():
            alone = taken_once(board, room, grid) & starts
            gap = board.ground.turnaround(room)
            for held in board.of_room(room) if alone else ():
                if grid.touching(held.start, held.end, gap) & alone:
                    yield held


def _likely(obstacles: Obstacles) -> Iterator[Held]:
    """List the meetings in the way where, as far as is quickly seen, nothing else is."""
    yield from (item.held for item in obstacles.terms.items if item.held is not None)
    roomy, allowed = _roomy(obstacles), obstacles.allowed()
    for number in obstacles.people:
        yield from _of_person(obstacles, number, allowed, roomy)
    if obstacles.interpreters:
        starts = allowed & roomy
        for theirs in obstacles.people.values():
            starts &= ~theirs.everywhere
        for number in obstacles.interpreters if starts else ():
            yield from obstacles.board.of_interpreter(number)


def _of_person(obstacles: Obstacles, number: int, allowed: int, roomy: int) -> Iterator[Held]:
    """List a person's meetings at starts at which the others seem free, and a room with them or by the move."""
    board, grid, people = obstacles.board, obstacles.grid, obstacles.people
    ground = board.ground
    for held in board.of_person(number):
        starts = allowed
        if not people[number].is_limited:
            starts &= grid.touching(held.start, held.end, ground.longest_walk)
        for other, theirs in people.items():
            if other != number and other not in held.people:
                starts &= ~theirs.everywhere
        if starts & (roomy | grid.touching(held.start, held.end, ground.turnaround(held.room))):
            yield held


def _roomy(obstacles: Obstacles) -> int:
    """Return the starts at which some room that may be used is free."""
    left = obstacles.grid.every
    for rooms in obstacles.rooms:
        for room in rooms.open:
            left &= taken(obstacles.board, room, obstacles.grid)
            if not left:
                return obstacles.grid.every
    return obstacles.grid.every & ~left
