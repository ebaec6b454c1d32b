"""The obstacles worth naming: few, enough to block every place, and none that could be spared."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.planner.explain.cover import Cover
from summitry.planner.explain.minimal import smallest
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.plan import BlockerKind

BY_USE = (
    BlockerKind.ENGAGEMENT,
    BlockerKind.MEETING,
    BlockerKind.CLOSED,
    BlockerKind.LIMIT,
    BlockerKind.REST,
    BlockerKind.WALK,
)
"""What one would rather be told, of obstacles that forbid the same number of starts."""


def minimal_blockers(obstacles: Obstacles) -> int | None:
    """Find a smallest set of obstacles that blocks every place: take any one away, and one is open.

    *Open* is meant of the obstacles named: where every place is blocked twice over, the set
    is still a whole reason, though the plan would need more than one of them gone.

    What binds the request itself and its people is preferred to interpreters, and these
    to rooms; of people, the one who is bound the longest comes first.

    Returns
    -------
    int or None
        The bits, ``None`` where the request fits.
    """
    everything = obstacles.everything
    if not obstacles.blocks(everything):
        return None
    persons = obstacles.own | obstacles.of_people
    for universe in (
        persons,
        persons | obstacles.of_rooms,
        persons | obstacles.of_interpreters,
        everything,
    ):
        if obstacles.blocks(universe):
            return smallest(obstacles.blocks, _by_preference(obstacles, universe))
    return everything


def busiest_first(obstacles: Obstacles) -> list[int]:
    """Order the people of a request by how many of the starts it may have they are bound at."""
    left = obstacles.grid.every & ~obstacles.terms.anywhere(obstacles.own)
    everything = obstacles.everything
    bound = {
        number: (cover.anywhere(everything) & left).bit_count() for number, cover in obstacles.people.items()
    }
    return sorted(bound, key=lambda number: -bound[number])


def _by_preference(obstacles: Obstacles, universe: int) -> list[int]:
    ordered = obstacles.grid.listed(universe & obstacles.own)
    ordered += _items(obstacles, (obstacles.people[number] for number in busiest_first(obstacles)))
    if obstacles.need_interpreters:
        ordered.append(obstacles.need_interpreters.bit_length() - 1)
        ordered += _items(obstacles, obstacles.interpreters.values())
    needs_of_room = obstacles.known(BlockerKind.ROOM)
    if needs_of_room:
        ordered.append(needs_of_room.bit_length() - 1)
    ordered += _items(obstacles, obstacles.rooms.values())
    seen: dict[int, None] = dict.fromkeys(1 << at for at in ordered)
    return [bit for bit in seen if bit & universe]


def _items(obstacles: Obstacles, covers: Iterable[Cover]) -> list[int]:
    """List the obstacles of owners, one owner after the other, those that forbid most first."""
    ordered: list[int] = []
    left = obstacles.grid.every & ~obstacles.terms.anywhere(obstacles.own)
    for cover in covers:
        items = obstacles.grid.listed(cover.bits)

        def use(at: int, cover: Cover = cover) -> tuple[int, int]:
            kind = obstacles.register.listed[at].kind
            forbidden = (cover.anywhere(1 << at) & left).bit_count()
            return -forbidden, BY_USE.index(kind) if kind in BY_USE else len(BY_USE)

        ordered += sorted(items, key=use)
    return ordered
