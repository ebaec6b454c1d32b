"""The obstacles worth naming: few, enough to block every place, and none that could be spared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from summitry.planner.explain.obstacle import Key, Obstacle, Owner
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Ranking
from summitry.planner.explain.world import World
from summitry.planner.plan import BlockerKind

FEW = 6
"""So many obstacles or fewer are not worth a second look for a smaller set."""


@dataclass(frozen=True, slots=True)
class Blockers:
    """A minimal set of obstacles: the request's own, those of the people who must be there, and the rest.

    Attributes
    ----------
    own
        The request's own times and order.
    of_people
        What binds each person, the one who is bound the longest first.
    of_interpreters
        What binds interpreters.
    of_rooms
        What is asked of the room, whose rooms are, and what is in them.
    needs_interpreters, needs_balance
        Whether the need for interpreters, and the limit on the spread of breaks, are among them.
    is_minimal
        Whether they are a minimal set. Where that would be too long to be of use, they only
        tell who and what is not free together.
    """

    own: tuple[Obstacle, ...] = ()
    of_people: dict[int, tuple[Obstacle, ...]] = field(default_factory=dict)
    of_interpreters: tuple[Obstacle, ...] = ()
    of_rooms: tuple[Obstacle, ...] = ()
    needs_interpreters: Obstacle | None = None
    needs_balance: Obstacle | None = None
    is_minimal: bool = True

    @property
    def listed(self) -> tuple[Obstacle, ...]:
        """All of them, those that tell most first."""
        people = [one for each in self.of_people.values() for one in each]
        needs = [one for one in (self.needs_interpreters, self.needs_balance) if one is not None]
        return (*self.own, *people, *needs, *self.of_interpreters, *self.of_rooms)

    def has(self, kind: BlockerKind, owner: Owner = Owner.REQUEST) -> bool:
        """Say whether an obstacle of a kind and owner is among them."""
        return any(one.kind is kind and one.owner is owner for one in self.listed)


def minimal_blockers(
    obstacles: Obstacles, ranking: Ranking | None, most: int | None = None
) -> Blockers | None:
    """Find a small set of obstacles that blocks every place: take any one away, and one is open.

    *Open* is meant of the obstacles named: where every place is blocked twice over, the set
    is still a whole reason, though the plan would need more than one of them gone.

    What binds the request itself and its people is preferred to interpreters and rooms.

    Parameters
    ----------
    obstacles
        The obstacles of the request.
    ranking
        Knows the limit on the spread of breaks; ``None`` leaves it aside.
    most
        Sets that are surely or likely to have more obstacles are not worked out.

    Returns
    -------
    Blockers or None
        ``None`` where the request fits.
    """
    if not obstacles.grid.times:
        return Blockers(own=(Obstacle(BlockerKind.SITTING, obstacles.request.id, Owner.REQUEST),))
    interpreted = obstacles.request.interpreters > 0
    if obstacles.fits():
        apart = _apart(obstacles, ranking)
        if apart is None:
            return None
        return _reduced(World(obstacles, interpreters=interpreted, rooms=True, apart=apart))
    alone = World(obstacles, interpreters=False, rooms=False)
    if alone.blocks():
        return _reduced(alone)
    found = None
    if interpreted:
        world = World(obstacles, interpreters=True, rooms=False)
        found = _reduced(world) if world.blocks() else None
    if found is not None and len(found.listed) <= FEW:
        return found
    return _with_rooms(alone, found, most)


def _with_rooms(alone: World, found: Blockers | None, most: int | None) -> Blockers:
    """Find a set in which rooms count, unless one without them is smaller.

    Parameters
    ----------
    alone
        The request and its people.
    found
        A set without rooms, if there is one.
    most
        Sets that would have more are not worked out.
    """
    obstacles = alone.obstacles
    if most is not None and alone.rooms_to_close() > most:
        return found or _whole(alone)
    world = World(obstacles, interpreters=False, rooms=True)
    if not world.blocks():
        if found is not None:
            return found
        world = World(obstacles, interpreters=True, rooms=True)
    if most is not None and len(world.where) > most:
        return found or _whole(world)
    reduced = _reduced(world)
    return reduced if found is None or len(reduced.listed) < len(found.listed) else found


def _whole(world: World) -> Blockers:
    """Return what stands in the way without asking what of it could be spared."""
    return replace(_sorted(world, busiest_first(world.obstacles)), is_minimal=False)


def _apart(obstacles: Obstacles, ranking: Ranking | None) -> dict[int, int] | None:
    """Return the free starts, by zone, if each of them would put two people's breaks too far apart."""
    if ranking is None or ranking.spread.most is None:
        return None
    apart: dict[int, int] = {}
    for (at, zone), room in obstacles.places().items():
        held = obstacles.board.place(obstacles.request, start=obstacles.grid.times[at], room=room)
        if ranking.spread.kept(obstacles.board.changed(plus=[held]), obstacles.request):
            return None
        apart[zone] = apart.get(zone, 0) | 1 << at
    return apart


def _reduced(world: World) -> Blockers:
    """Take away what can be spared: of rooms first, of the request itself last."""
    people = dict.fromkeys(key for slot in world.people.values() for key in world.of(slot))
    interpreters = dict.fromkeys(key for slot in world.interpreters.values() for key in world.of(slot))
    rooms = dict.fromkeys(key for slot in world.rooms.values() for key in world.of(slot))
    own = [*([world.spread] if world.spread else ()), *world.of(world.own)]
    _spare(world, (key for key in rooms if key not in people and key not in interpreters))
    _spare(world, sorted((key for key in interpreters if key not in people), key=world.reach))
    _spare(world, [key for key in (world.need_interpreters, *world.owned.values(), world.need_room) if key])
    other = world.copied()
    ordered = busiest_first(world.obstacles)
    for number in reversed(ordered):
        _spare(world, sorted(world.of(world.people[number]), key=world.reach))
    _spare(world, own)
    if len(world.where) > FEW:
        _spare(other, sorted(people, key=other.reach))
        _spare(other, own)
        world = min((world, other), key=lambda one: len(one.where))
    return _sorted(world, ordered)


def _spare(world: World, keys: Iterable[Key]) -> None:
    for key in keys:
        if key in world.where:
            world.spare(key)


def busiest_first(obstacles: Obstacles) -> list[int]:
    """Order the people of a request by how many of the starts it may have they are bound at."""
    left = obstacles.allowed()
    bound = {number: (cover.everywhere & left).bit_count() for number, cover in obstacles.people.items()}
    return sorted(bound, key=lambda number: -bound[number])


def _sorted(world: World, people: Iterable[int]) -> Blockers:
    """Sort what is left by where it comes from; what comes from two goes with the first."""
    left = dict.fromkeys(world.where)

    def taken(keys: Iterable[Key]) -> Iterator[Obstacle]:
        for key in list(keys):
            if key in left:
                del left[key]
                yield world.obstacle[key]

    flags = {}
    for key in (world.need_interpreters, world.spread):
        flags[key] = next(taken([key]), None) if key else None
    own = tuple(taken(world.of(world.own)))
    of_people = {number: tuple(taken(world.of(world.people[number]))) for number in people}
    of_interpreters = tuple(taken(key for slot in world.interpreters.values() for key in world.of(slot)))
    return Blockers(
        own=own,
        of_people={number: found for number, found in of_people.items() if found},
        of_interpreters=of_interpreters,
        of_rooms=tuple(taken(left)),
        needs_interpreters=flags[world.need_interpreters],
        needs_balance=flags[world.spread],
    )
