"""Rooms for meetings whose class of rooms is known: colouring intervals in order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.planner.solver.instance import Instance, Place


def give_rooms(
    instance: Instance, places: Sequence[Place | None], kinds: Mapping[int, int]
) -> list[Place | None]:
    """Return ``places`` with a room for each request in ``kinds``, its class of rooms.

    Other meetings of those classes keep their rooms where they can. No more meetings
    may want a class at once than it has rooms, which in order of time always suffices.
    """
    result = list(places)
    members: dict[int, list[int]] = {kind: [] for kind in set(kinds.values())}
    for request, place in enumerate(places):
        if place is None:
            continue
        kind = kinds.get(request, instance.class_of_room.get(place.room, -1))
        if kind in members:
            members[kind].append(request)
    for kind, requests in members.items():
        rooms = instance.classes[kind]
        if len(rooms.rooms) == 1:
            for request in requests:
                _put(result, request, rooms.rooms[0])
            continue
        free_from = dict.fromkeys(rooms.rooms, -1)
        for request in sorted(requests, key=lambda request: _start(places, request)):
            place = places[request]
            assert place is not None
            free = [room for room in rooms.rooms if free_from[room] <= place.start]
            room = place.room if place.room in free else free[0]
            _put(result, request, room)
            free_from[room] = place.end + rooms.turnaround
    return result


def _put(places: list[Place | None], request: int, room: int) -> None:
    place = places[request]
    assert place is not None
    places[request] = place._replace(room=room)


def _start(places: Sequence[Place | None], request: int) -> int:
    place = places[request]
    assert place is not None
    return place.start
