"""One request beside some of its obstacles, of which one after the other can be taken away.

The question is always the same: do those that still stand leave no place at all? Only
what a step touches is looked at again, so that hundreds of obstacles are tried in
milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from summitry.planner.explain.cover import Cover, Standing
from summitry.planner.explain.housing import Rooms
from summitry.planner.explain.obstacle import Key, Obstacle, Owner
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.presence import cover
from summitry.planner.explain.starts import listed_bits
from summitry.planner.plan import BlockerKind


class World:
    """A request, and what stands in its way.

    Parameters
    ----------
    obstacles
        All its obstacles.
    interpreters, rooms
        Whether the need for interpreters, and for a room, counts.
    apart
        By zone, the starts that would put the breaks of two people too far apart.

    Attributes
    ----------
    where : dict of Key to list
        For each obstacle that stands, the slots it is in and its bits there.
    obstacle : dict of Key to Obstacle
        The obstacles themselves.
    """

    def __init__(
        self,
        obstacles: Obstacles,
        *,
        interpreters: bool,
        rooms: bool,
        apart: Mapping[int, int] | None = None,
    ) -> None:
        self.obstacles = obstacles
        self.apart = apart or {}
        self.where: dict[Key, list[tuple[int, int]]] = {}
        self.obstacle: dict[Key, Obstacle] = {}
        self._slots: list[Standing] = []
        self._keys: list[list[Key]] = []
        self.own = self._add(obstacles.terms)
        self.people = self._add_all(Owner.PERSON, obstacles.people)
        self.interpreters: dict[int, int] = {}
        self.need_interpreters = self._flag(BlockerKind.INTERPRETER) if interpreters else None
        if interpreters:
            self.interpreters = self._add_all(Owner.INTERPRETER, obstacles.interpreters)
        self.spread = self._flag(BlockerKind.LIMIT) if apart else None
        self._allowed = obstacles.allowed()
        self._use = self._meetings_by_room()
        self._here = self._open()
        self._closed: dict[int, int] = {}
        self.rooms: dict[int, int] = {}
        self._zone_of_slot: dict[int, int] = {}
        self.need_room: Key | None = None
        self.owned: dict[int, Key] = {}
        if rooms:
            self._house()

    def copied(self) -> World:
        """Return the same world, to take other things away from it."""
        other = object.__new__(World)
        other.__dict__.update(self.__dict__)
        other.where, other._slots, other._closed = dict(self.where), list(self._slots), dict(self._closed)
        return other

    def _add(self, cover: Cover) -> int:
        for at, one in enumerate(cover.items):
            self.where.setdefault(one.key, []).append((len(self._slots), 1 << at))
            self.obstacle[one.key] = one
        self._keys.append([one.key for one in cover.items])
        self._slots.append(cover.whole)
        return len(self._slots) - 1

    def _add_all(self, owner: Owner, numbers: Iterable[int]) -> dict[int, int]:
        board, grid = self.obstacles.board, self.obstacles.grid
        return {number: self._add(cover(board, owner, number, grid)) for number in numbers}

    def _flag(self, kind: BlockerKind, owner: Owner = Owner.REQUEST, number: int = 0) -> Key:
        """Add an obstacle that is in no cover."""
        name = self.obstacles.ground.room(number).id if owner is Owner.ROOM else self.obstacles.request.id
        one = Obstacle(kind, name, owner, number)
        self.where[one.key] = []
        self.obstacle[one.key] = one
        return one.key

    def _meetings_by_room(self) -> dict[int, list[tuple[Key, int]]]:
        """Return the starts at which the meetings that bind people are in each room all the same."""
        ground, grid = self.obstacles.ground, self.obstacles.grid
        found: dict[int, list[tuple[Key, int]]] = {}
        for key, one in self.obstacle.items():
            if one.kind is BlockerKind.MEETING and one.held is not None:
                held = one.held
                starts = grid.touching(held.start, held.end, ground.turnaround(held.room))
                found.setdefault(held.room, []).append((key, starts))
        return found

    def _house(self) -> None:
        """Add what closes the rooms: of each room no more than is needed at the starts left open."""
        board, grid = self.obstacles.board, self.obstacles.grid
        for rooms in self.obstacles.rooms:
            for number in (*rooms.owned, *rooms.neither):
                self.owned[number] = self._flag(BlockerKind.ROOM, Owner.ROOM, number)
            if rooms.unsuitable or rooms.neither:
                self.need_room = self.need_room or self._flag(BlockerKind.ROOM)
            need = self._here.get(rooms.zone, 0)
            for number in rooms.open if need else ():
                slot = self._add_room(cover(board, Owner.ROOM, number, grid), need)
                self.rooms[number] = slot
                self._zone_of_slot[slot] = rooms.zone

    def _add_room(self, cover: Cover, need: int) -> int:
        standing = 0
        for at, one in enumerate(cover.items):
            if one.key in self.where:
                standing |= 1 << at
        uncovered = need & ~cover.standing(standing).everywhere
        while uncovered:
            lowest = uncovered & -uncovered
            useful = [at for at, starts in enumerate(cover.reach) if starts & lowest]
            if not useful:
                break  # a free place: nothing here can close it
            widest = max(useful, key=lambda at: (cover.reach[at] & uncovered).bit_count())
            standing |= 1 << widest
            uncovered &= ~cover.reach[widest]
        slot = len(self._slots)
        chosen = [(at, cover.items[at]) for at in listed_bits(standing)]
        for at, one in chosen:
            self.where.setdefault(one.key, []).append((slot, 1 << at))
            self.obstacle.setdefault(one.key, one)
        self._keys.append([one.key for _, one in chosen])
        self._slots.append(cover.standing(standing))
        return slot

    def of(self, slot: int) -> list[Key]:
        """Return what stands in a slot."""
        return [key for key in self._keys[slot] if key in self.where]

    def reach(self, key: Key) -> int:
        """Return how many starts an obstacle has a part in forbidding, rooms aside."""
        starts = 0
        for slot, bits in self.where[key]:
            if slot not in self._zone_of_slot:
                starts |= self._slots[slot].cover.reach[bits.bit_length() - 1]
        return (starts & self._allowed).bit_count()

    # ---- what is open -------------------------------------------------------------------

    def _open(self) -> dict[int, int]:
        """Return the starts, by zone, at which all but a room is to be had."""
        slots = [self._slots[slot] for slot in (self.own, *self.people.values())]
        starts = self.obstacles.grid.every
        for slot in slots:
            starts &= ~slot.everywhere
        found: dict[int, int] = {}
        if not starts:
            return found
        for rooms in self.obstacles.rooms:
            here = starts
            for slot in slots:
                here &= ~slot.within(rooms.zone)
            if here and self.need_interpreters in self.where:
                here &= self._interpreted(rooms.zone)
            if here and self.spread in self.where:
                here &= ~self.apart.get(rooms.zone, 0)
            if here:
                found[rooms.zone] = here
        return found

    def _interpreted(self, zone: int) -> int:
        needed, every = self.obstacles.request.interpreters, self.obstacles.grid.every
        enough = [every] + [0] * needed
        for at in self.interpreters.values():
            slot = self._slots[at]
            free = every & ~(slot.everywhere | slot.within(zone))
            for count in range(needed, 0, -1):
                enough[count] |= enough[count - 1] & free
        return enough[needed]

    def blocks(self) -> bool:
        """Say whether what stands leaves no place at all."""
        return not any(starts & ~self._shut(zone) for zone, starts in self._here.items())

    def _shut(self, zone: int) -> int:
        """Return the starts at which no room of a zone is to be had."""
        known = self._closed.get(zone)
        if known is None:
            known = self.obstacles.grid.every
            for rooms in self.obstacles.rooms:
                if rooms.zone == zone:
                    for number in self._rooms_left(rooms):
                        slot = self.rooms.get(number)
                        known &= self._in_use(number) if slot is None else self._slots[slot].everywhere
                        if not known:
                            break
            self._closed[zone] = known
        return known

    def _rooms_left(self, rooms: Rooms) -> Iterator[int]:
        """List the rooms of a zone that are not out of the question on account of what they are, or whose."""
        yield from rooms.open
        wanted = self.need_room in self.where
        yield from () if wanted else rooms.unsuitable
        for number in (*rooms.owned, *(() if wanted else rooms.neither)):
            if self.owned.get(number) not in self.where:
                yield number

    def _in_use(self, number: int) -> int:
        in_use = 0
        for key, starts in self._use.get(number, ()):
            if key in self.where:
                in_use |= starts
        return in_use

    def rooms_to_close(self) -> int:
        """Return how many rooms are open to the request while all but a room is to be had."""
        return sum(len(rooms.open) for rooms in self.obstacles.rooms if rooms.zone in self._here)

    # ---- taking away --------------------------------------------------------------------

    def spare(self, key: Key) -> bool:
        """Take an obstacle away, unless that would open a place; say whether it is gone."""
        places = self.where.pop(key)
        before = [(slot, self._slots[slot]) for slot, _ in places]
        here, closed = self._here, dict(self._closed)
        for slot, bits in places:
            self._slots[slot] = self._slots[slot].less(bits)
        if not places or any(slot not in self._zone_of_slot for slot, _ in places):
            self._here = self._open()
        self._forget(self.obstacle[key])
        if self.blocks():
            return True
        self.where[key] = places
        for slot, old in reversed(before):
            self._slots[slot] = old
        self._here, self._closed = here, closed
        return False

    def _forget(self, gone: Obstacle) -> None:
        """Forget which rooms are closed, where that may have changed."""
        if gone.kind is BlockerKind.ROOM:
            self._closed = {}
        elif gone.held is not None:
            self._closed.pop(gone.held.zone, None)
        elif gone.owner is Owner.ROOM:
            self._closed.pop(self.obstacles.ground.room_zone[gone.number], None)
