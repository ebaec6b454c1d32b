"""Rooms taken together where nothing tells them apart in time, or one by one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from summitry.planner.solver.cells import union
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State

MIXED = -1


class Pools:
    """A partition of the rooms; those of one pool take equally long to make up.

    Attributes
    ----------
    rooms : list of tuple of int
        The rooms of each pool.
    of_room : list of int
        The pool of each room.
    zone : list of int
        The zone of each pool, ``MIXED`` where its rooms are in several.
    walks : bool
        Whether walks between pools are known.
    """

    def __init__(self, instance: Instance, keys: Iterable[Hashable]) -> None:
        groups: dict[Hashable, list[int]] = {}
        for room, key in enumerate(keys):
            groups.setdefault(key, []).append(room)
        self.instance = instance
        self.rooms = [tuple(rooms) for rooms in groups.values()]
        self.of_room = [0] * len(instance.room_zone)
        for pool, rooms in enumerate(self.rooms):
            for room in rooms:
                self.of_room[room] = pool
        zones = [{instance.room_zone[room] for room in rooms} for rooms in self.rooms]
        self.zone = [next(iter(some)) if len(some) == 1 else MIXED for some in zones]
        self.walks = all(len(some) == 1 for some in zones) and instance.walking
        self.gap = [instance.turnaround[rooms[0]] for rooms in self.rooms]
        self._families: dict[tuple[tuple[int, ...], int], tuple[int, ...]] = {}
        self._open: dict[tuple[tuple[int, ...], int], int] = {}

    @classmethod
    def alike(cls, instance: Instance) -> Pools:
        """Take together what is in one zone and takes equally long to make up."""
        return cls(instance, zip(instance.room_zone, instance.turnaround, strict=True))

    def family(self, request: int, pool: int) -> tuple[int, ...]:
        """Return the rooms of a pool in which a request could be held."""
        rooms = self.instance.jobs[request].rooms
        known = self._families.get((rooms, pool))
        if known is None:
            inside = set(self.rooms[pool])
            known = self._families[rooms, pool] = tuple(room for room in rooms if room in inside)
        return known

    def starts(self, state: State, request: int, pool: int, zone: int) -> int:
        """Return the cells at which a pool has a room in a zone that a request could be held in.

        A room alone must be free. Of several, one must be open: its meetings may change rooms.
        """
        family = [room for room in self.family(request, pool) if self.instance.room_zone[room] == zone]
        if len(self.rooms[pool]) == 1:
            return union(state.room_starts(request, room) for room in family)
        key = tuple(family), self.instance.jobs[request].cells
        known = self._open.get(key)
        if known is None:
            known = self._open[key] = union(state.open_starts(request, room) for room in family)
        return known
