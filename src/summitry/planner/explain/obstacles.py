"""Everything that stands between one request and the plan, with all held meetings kept as they are.

A *place* for the request is a start on the grid together with a room and interpreters.
:class:`Obstacles` answers where the free ones are, quickly and without asking on whose
account the others are not; that is what :mod:`summitry.planner.explain.world` is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitry.planner.explain.board import Away, Board
from summitry.planner.explain.cover import Cover
from summitry.planner.explain.housing import Waived
from summitry.planner.explain.obstacle import Held, Obstacle, Owner
from summitry.planner.explain.presence import away, taken
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Request

WAIVED_BY = {
    BlockerKind.WINDOW: Waived.TIMES,
    BlockerKind.SITTING: Waived.TIMES,
    BlockerKind.AFTER: Waived.ORDER,
}


class Obstacles:
    """The obstacles of one request on a board that does not hold it.

    Attributes
    ----------
    terms : Cover
        The request's own times and order.
    people, interpreters : dict of int to Away
        Those who must be there, and those who could interpret.
    rooms : tuple of Rooms
        The rooms by zone.
    """

    def __init__(self, board: Board, request: Request) -> None:
        ground = board.ground
        self.board = board
        self.ground = ground
        self.request = request
        self.grid = ground.starts(request.minutes)
        self.terms = _Terms(board, request).cover
        self.people = {
            number: away(board, Owner.PERSON, number, self.grid) for number in ground.people_of(request)
        }
        self.interpreters: dict[int, Away] = {}
        if request.interpreters:
            self.interpreters = {
                number: away(board, Owner.INTERPRETER, number, self.grid)
                for number in ground.qualified(request)
            }
        self.rooms = board.housing.rooms(request)

    def allowed(self, waived: Waived = Waived.NOTHING) -> int:
        """Return the starts that the request's own terms allow."""
        if not waived:
            return self.grid.every & ~self.terms.whole.everywhere
        away = sum(1 << at for at, one in enumerate(self.terms.items) if self._is_waived(one, waived))
        return self.grid.every & ~self.terms.whole.less(away).everywhere

    def _is_waived(self, one: Obstacle, waived: Waived) -> bool:
        if one.kind is BlockerKind.AFTER and not one.id.startswith(f"{self.request.id}#"):
            return False  # the other request's own term
        return bool(WAIVED_BY.get(one.kind, Waived.NOTHING) & waived)

    def open(self, waived: Waived = Waived.NOTHING) -> dict[int, int]:
        """Return the starts, by zone, at which all but a room is to be had."""
        starts = self.allowed(waived)
        for one in self.people.values():
            starts &= ~one.everywhere
        found: dict[int, int] = {}
        if not starts:
            return found
        for rooms in self.rooms:
            here = starts if rooms.usable(waived) else 0
            for one in self.people.values():
                here &= ~one.by_zone.get(rooms.zone, 0)
            if here and self.request.interpreters:
                here &= self.interpreted(rooms.zone)
            if here:
                found[rooms.zone] = here
        return found

    def interpreted(self, zone: int) -> int:
        """Return the starts at which enough interpreters are free to come to a zone."""
        needed, every = self.request.interpreters, self.grid.every
        enough = [every] + [0] * needed
        for one in self.interpreters.values():
            free = every & ~(one.everywhere | one.by_zone.get(zone, 0))
            for count in range(needed, 0, -1):
                enough[count] |= enough[count - 1] & free
        return enough[needed]

    def free(self, waived: Waived = Waived.NOTHING) -> Iterator[tuple[int, int]]:
        """List the rooms with free places, and the starts of these."""
        here = self.open(waived)
        for rooms in self.rooms:
            starts = here.get(rooms.zone, 0)
            if starts:
                for room in rooms.usable(waived):
                    left = starts & ~taken(self.board, room, self.grid)
                    if left:
                        yield room, left

    def fits(self, waived: Waived = Waived.NOTHING) -> bool:
        """Say whether there is a free place."""
        return next(self.free(waived), None) is not None

    def places(self, waived: Waived = Waived.NOTHING) -> dict[tuple[int, int], int]:
        """Return a room for each start (its position on the grid) and zone that has a free one.

        Where the request's room is left aside, the rooms nearest to what it asks for are meant.
        """
        here = self.open(waived)
        found: dict[tuple[int, int], int] = {}
        for group in self._groups(waived):
            for room in group:
                zone = self.ground.room_zone[room]
                left = here.get(zone, 0)
                free = left & ~taken(self.board, room, self.grid) if left else 0
                while free:
                    lowest = free & -free
                    found[lowest.bit_length() - 1, zone] = room
                    here[zone] ^= lowest
                    free ^= lowest
            if found:
                return found
        return found

    def _groups(self, waived: Waived) -> list[list[int]]:
        """Return the rooms that may be used, the nearest to what is asked for in the first group."""
        usable = [room for rooms in self.rooms for room in rooms.usable(waived)]
        if Waived.ROOM not in waived:
            return [usable]
        groups: dict[tuple[int, int, int], list[int]] = {}
        for room in usable:
            groups.setdefault(self.board.housing.lacks(self.request, room), []).append(room)
        return [groups[lack] for lack in sorted(groups)]

    def team(self, zone: int, at: int) -> tuple[int, ...]:
        """Choose interpreters for the start in position ``at``, of those who are free the least at work."""
        free = [
            number
            for number, one in self.interpreters.items()
            if not (one.everywhere | one.by_zone.get(zone, 0)) >> at & 1
        ]
        worked = {number: sum(held.minutes for held in self.board.of_interpreter(number)) for number in free}
        return tuple(sorted(free, key=worked.__getitem__)[: self.request.interpreters])


class _Terms:
    """The cover of a request's own times and order."""

    def __init__(self, board: Board, request: Request) -> None:
        self.board = board
        self.request = request
        self.grid = board.ground.starts(request.minutes)
        self.cover = Cover(self.grid)
        if self.grid.times:
            self._add_times()
            self._add_order()

    def _add_times(self) -> None:
        request, grid, ground = self.request, self.grid, self.board.ground
        until = ground.frozen_until
        for kind, forbidden in (
            (BlockerKind.WINDOW, grid.every & ~ground.allowed(request, grid)),
            (BlockerKind.SITTING, grid.every & ~ground.in_sittings(request, grid)),
            (BlockerKind.FROZEN, 0 if until is None else grid.inside(grid.times[0], until - 1)),
        ):
            if forbidden:
                self.cover.forbid(self.cover.bit(Obstacle(kind, request.id, Owner.REQUEST)), forbidden)

    def _add_order(self) -> None:
        request, grid, ground = self.request, self.grid, self.board.ground
        first, last = grid.times[0], grid.times[-1]
        for index, earlier in enumerate(request.after):
            held = self.board.held(ground.request_number[earlier])
            if earlier == request.id:
                self._forbid(request, index, None, grid.every)
            elif held is not None:
                self._forbid(request, index, held, grid.inside(first, held.end - 1))
        for number in ground.later_than(request.id):
            held, later = self.board.held(number), ground.request(number)
            if held is not None and later.id != request.id and not ground.is_frozen(later.id):
                forbidden = grid.inside(held.start - request.minutes + 1, last)
                self._forbid(later, later.after.index(request.id), held, forbidden)

    def _forbid(self, later: Request, index: int, held: Held | None, forbidden: int) -> None:
        """Forbid what would break an item of some ``after``, as long as the other meeting stands."""
        if forbidden:
            order = Obstacle(BlockerKind.AFTER, f"{later.id}#{index}", Owner.REQUEST, held=held)
            needs = self.cover.bit(order)
            if held is not None:
                other = self.board.ground.request(held.request)
                needs |= self.cover.bit(Obstacle(BlockerKind.MEETING, other.id, Owner.REQUEST, held=held))
            self.cover.forbid(needs, forbidden)
