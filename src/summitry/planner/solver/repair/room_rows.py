"""How many meetings a pool of rooms can take at once.

Of the meetings whose possible rooms all lie in some set of a pool's rooms there are, at
any time and each with the turnaround behind it, no more than rooms in that set. Where
rooms are alike that is all there is to know; who gets which is settled afterwards.
"""

from __future__ import annotations

from summitry.planner.solver.cells import bits, union
from summitry.planner.solver.repair.pools import Pools
from summitry.planner.solver.state import State

Family = tuple[int, ...]


class RoomRows:
    """Rooms left beside the meetings in ``state``, which may change rooms within their pool."""

    def __init__(self, frozen: State, pools: Pools, state: State) -> None:
        self.frozen = frozen
        self.pools = pools
        self.instance = frozen.instance
        self._masks: dict[int, tuple[int, int]] = {}
        self._used: dict[tuple[int, Family], list[tuple[int, int]]] = {}
        jobs = self.instance.jobs
        for request, place in enumerate(state.places):
            if place is not None and jobs[request].frozen is None:
                pool = pools.of_room[place.room]
                family = pools.family(request, pool)
                self._used.setdefault((pool, family), []).append((place.start, place.end))

    def left(self, pool: int, family: Family) -> tuple[list[int], list[int]]:
        """Return the rooms left at each cell: for a meeting, and for a meeting or the turnaround behind it."""
        instance = self.instance
        open_, made_up = [0] * len(instance.cells.minutes), [0] * len(instance.cells.minutes)
        for room in family:
            meeting, turnaround = self._of_room(room)
            for cell in bits(meeting):
                open_[cell] += 1
            for cell in bits(turnaround):
                made_up[cell] += 1
        inside, gap, touched = set(family), self.pools.gap[pool], instance.cells.touched
        for (where, other), spans in self._used.items():
            if where != pool or not inside.issuperset(other):
                continue
            for start, end in spans:
                for cell in bits(touched(start, end)):
                    open_[cell] -= 1
                for cell in bits(touched(start, end + gap)):
                    made_up[cell] -= 1
        return open_, made_up

    def _of_room(self, room: int) -> tuple[int, int]:
        """Return the cells in which a room can take a meeting, and those in which at least a turnaround."""
        known = self._masks.get(room)
        if known is None:
            instance, frozen = self.instance, self.frozen
            free = instance.cells.everything & ~frozen.room_busy[room]
            gap = instance.turnaround[room]
            taken = union(
                instance.cells.touched(start, end + gap) for start, end, _ in frozen.room_items[room]
            )
            behind = free
            for _ in range(-(-gap // instance.grid) + 1):
                behind |= behind << 1
            known = self._masks[room] = free, (free | behind & ~taken) & instance.cells.everything
        return known
