"""Rooms for meetings whose slots are known to leave enough of them."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.planner.solver.compact.case import Case
from summitry.planner.solver.instance import Instance, Place


def places_of(instance: Instance, case: Case, slots: Sequence[int]) -> list[Place]:
    """Give each meeting a room in its slot.

    Of two sets of rooms one holds the other or they share none, and the meetings with
    the smaller set choose first: who comes later finds a room left, because no slot has
    more meetings within a set than rooms.
    """
    cells = instance.cells
    places: list[Place | None] = [None] * len(slots)
    taken: set[tuple[int, int]] = set()
    for pool in case.pools:
        for meeting in pool.meetings:
            if places[meeting] is not None:
                continue
            slot = slots[meeting]
            room = next(
                room
                for room in pool.rooms
                if (slot, room) not in taken and not instance.room_closed_cells[room] >> slot & 1
            )
            taken.add((slot, room))
            start = cells.minutes[slot]
            places[meeting] = Place(start, start + instance.grid, room)
    return [place for place in places if place is not None]
