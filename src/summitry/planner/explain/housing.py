"""Which rooms a request may be held in: by what it asks for, and by whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from summitry.planner.explain.ground import Ground
from summitry.planner.problem import Request


class Waived(Flag):
    """What of a request's own terms is left aside when a place is looked for."""

    NOTHING = 0
    TIMES = auto()
    ROOM = auto()
    OWNER = auto()
    ORDER = auto()


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of one zone, by number, in the problem's order."""

    zone: int
    open: tuple[int, ...]
    owned: tuple[int, ...]
    unsuitable: tuple[int, ...]
    neither: tuple[int, ...]

    def usable(self, waived: Waived) -> tuple[int, ...]:
        """Return the rooms that may be used when some terms are left aside."""
        if not waived & (Waived.ROOM | Waived.OWNER):
            return self.open
        owned = self.owned if Waived.OWNER in waived else ()
        unsuitable = self.unsuitable if Waived.ROOM in waived else ()
        return self.open + owned + unsuitable + (self.neither if Waived.ROOM | Waived.OWNER in waived else ())


class Housing:
    """The rooms of a problem, sorted for one request after the other.

    Requests that ask for the same have the same rooms; what was worked out is kept.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._known: dict[object, tuple[Rooms, ...]] = {}
        self._owners: set[str | None] = {room.party for room in ground.problem.rooms}

    def rooms(self, request: Request) -> tuple[Rooms, ...]:
        """Return the rooms by zone: open to a request, owned by others, not what it asks for, and both."""
        fixed = request.fixed.room if request.fixed else None
        owners = self._owners.intersection(request.parties)
        key = (request.rooms, fixed, request.seats, request.features, frozenset(owners))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._sorted(request)
        return known

    def _sorted(self, request: Request) -> tuple[Rooms, ...]:
        found: dict[int, tuple[list[int], ...]] = {zone: ([], [], [], []) for zone in self.ground.zones}
        for number, zone in enumerate(self.ground.room_zone):
            kind = int(self.owned_by_another(request, number)) + 2 * (not self.suits(request, number))
            found[zone][kind].append(number)
        return tuple(Rooms(zone, *(tuple(one) for one in lists)) for zone, lists in found.items())

    def suits(self, request: Request, number: int) -> bool:
        """Say whether a room meets what a request asks of its room, whoever owns it."""
        room, fixed = self.ground.room(number), request.fixed
        return (
            (not request.rooms or room.id in request.rooms)
            and (fixed is None or fixed.room in (None, room.id))
            and (request.seats is None or room.seats is None or room.seats >= request.seats)
            and request.features <= room.features
        )

    def lacks(self, request: Request, number: int) -> tuple[int, int, int]:
        """Measure how far a room is from what a request asks for: features, seats, and whether it was named."""
        room = self.ground.room(number)
        short = 0 if request.seats is None or room.seats is None else max(0, request.seats - room.seats)
        elsewhere = bool(request.rooms) and room.id not in request.rooms
        return len(request.features - room.features), short, int(elsewhere)

    def owned_by_another(self, request: Request, number: int) -> bool:
        """Say whether a room belongs to a delegation that is not at this meeting."""
        party = self.ground.room(number).party
        return party is not None and party not in request.parties
