"""Everything that stands between one request and the plan, with all held meetings kept as they are.

A *place* for the request is a start on the grid together with a room and interpreters.
:class:`Obstacles` answers, for any set of obstacles that stand, whether every place is
blocked, and where the free ones are.
"""

from __future__ import annotations

from functools import cached_property

from summitry.planner.explain.aims import spread_kept
from summitry.planner.explain.board import Board, Held
from summitry.planner.explain.cover import Cover
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.presence import Presence
from summitry.planner.explain.register import Obstacle, Owner, Register
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Request


class Obstacles:
    """The obstacles of one request on a board that does not hold it.

    Attributes
    ----------
    register : Register
        The obstacles and their bits.
    own, of_people, of_interpreters, of_rooms : int
        The obstacles by where they come from: the request's own times and order, those
        who must be there, interpretation, and rooms. A meeting may be in several.
    terms, people, interpreters, rooms
        The covers of the same.
    need_interpreters : int
        The need for interpretation as an obstacle: without it no interpreter is missed.
    """

    def __init__(self, ground: Ground, board: Board, request: Request) -> None:
        self.ground = ground
        self.board = board
        self.request = request
        self.grid = ground.starts(request.minutes)
        self.register = Register()
        self.terms = Cover(self.grid)
        self.people: dict[int, Cover] = {}
        self.interpreters: dict[int, Cover] = {}
        self.rooms: dict[int, Cover] = {}
        self.need_interpreters = 0
        if self.grid.times:
            self._add_terms()
            self._add_after()
            self._add_covers()
        else:
            self.own_bit(BlockerKind.SITTING)
        self.own = self.terms.bits if self.grid.times else self.everything
        self.of_people = _all_bits(self.people)
        self.of_interpreters = self.need_interpreters | _all_bits(self.interpreters)
        self.of_rooms = _all_bits(self.rooms)
        if ground.problem.limits.breaks_spread is not None and self.grid.times:
            self._add_spread()

    @property
    def everything(self) -> int:
        """All obstacles."""
        return self.register.everything

    def own_bit(self, kind: BlockerKind) -> int:
        """Return the bit of an obstacle that is the request's own."""
        return self.register.bit(Obstacle(kind, self.request.id, Owner.REQUEST))

    def known(self, kind: BlockerKind) -> int:
        """Return the bit of an obstacle that is the request's own, 0 where there is none such."""
        return self.register.known(kind, self.request.id)

    def _add_terms(self) -> None:
        request, grid, ground = self.request, self.grid, self.ground
        until = ground.frozen_until
        for kind, forbidden in (
            (BlockerKind.WINDOW, grid.every & ~ground.allowed(request, grid)),
            (BlockerKind.SITTING, grid.every & ~ground.in_sittings(request, grid)),
            (BlockerKind.FROZEN, 0 if until is None else grid.inside(0, until - 1)),
        ):
            if forbidden:
                self.terms.forbid(self.own_bit(kind), forbidden)

    def _add_after(self) -> None:
        request, grid, ground = self.request, self.grid, self.ground
        for index, earlier in enumerate(request.after):
            held = self.board.held.get(ground.request_number[earlier])
            if earlier == request.id:
                self._forbid_order(request, index, None, grid.every)
            elif held is not None:
                self._forbid_order(request, index, held, grid.inside(0, held.end - 1))
        for number in ground.later_than(request.id):
            held, later = self.board.held.get(number), ground.request(number)
            if held is not None and later.id != request.id and not ground.is_frozen(later.id):
                forbidden = grid.inside(held.start - request.minutes + 1, grid.times[-1])
                self._forbid_order(later, later.after.index(request.id), held, forbidden)

    def _forbid_order(self, later: Request, index: int, held: Held | None, forbidden: int) -> None:
        """Forbid what would break an item of some ``after``, as long as the other meeting stands."""
        if forbidden:
            order = Obstacle(BlockerKind.AFTER, f"{later.id}#{index}", Owner.REQUEST, held=held)
            needs = self.register.bit(order)
            if held is not None:
                needs |= self.register.of_meeting(self.ground.request(held.request).id, held)
            self.terms.forbid(needs, forbidden)

    def _add_covers(self) -> None:
        ground, request = self.ground, self.request
        presence = Presence(ground, self.board, self.grid, self.register)
        for number in ground.people_of(request):
            self.people[number] = presence.person(number)
        if request.interpreters:
            self.need_interpreters = self.own_bit(BlockerKind.INTERPRETER)
            for number in ground.qualified(request):
                self.interpreters[number] = presence.interpreter(number)
        for number in range(len(ground.problem.rooms)):
            self.rooms[number] = presence.room(number, request)

    def _add_spread(self) -> None:
        """Forbid what nothing else forbids but what would put two people's breaks too far apart."""
        for number, starts in self.free(self.everything).items():
            apart = 0
            for at in self.grid.listed(starts):
                held = self.board.place(self.request, start=self.grid.times[at], room=number, interpreters=())
                if not spread_kept(self.board.changed(plus=[held]), self.request):
                    apart |= 1 << at
            if apart:
                zone = self.ground.room_zone[number]
                self.terms.forbid_in(zone, self.own_bit(BlockerKind.LIMIT), apart)

    def _too_few_interpreters(self, zone: int, standing: int) -> int:
        """Return the starts at which fewer interpreters are free than are needed."""
        needed = self.request.interpreters
        if not needed or not self.need_interpreters & standing:
            return 0
        every = self.grid.every
        enough = [every] + [0] * needed
        for cover in self.interpreters.values():
            free = every & ~(cover.anywhere(standing) | cover.within(zone, standing))
            for count in range(needed, 0, -1):
                enough[count] |= enough[count - 1] & free
        return every & ~enough[needed]

    def open_to_all(self, standing: int) -> int:
        """Return the starts that neither the request's own terms nor anybody's presence forbids in all rooms."""
        forbidden = self.terms.anywhere(standing)
        for cover in self.people.values():
            forbidden |= cover.anywhere(standing)
        return self.grid.every & ~forbidden

    def _open_in(self, zone: int, standing: int, starts: int) -> int:
        forbidden = self.terms.within(zone, standing)
        for cover in self.people.values():
            forbidden |= cover.within(zone, standing)
        starts &= ~forbidden
        return starts & ~self._too_few_interpreters(zone, standing) if starts else 0

    def blocks(self, standing: int) -> bool:
        """Say whether some obstacles alone leave no place at all."""
        if not self.grid.times:
            return bool(standing)
        starts = self.open_to_all(standing)
        if not starts:
            return True
        for zone, numbers in self.ground.rooms_by_zone.items():
            here = self._open_in(zone, standing, starts)
            if here and any(here & ~self.rooms[number].anywhere(standing) for number in numbers):
                return False
        return True

    def free(self, standing: int) -> dict[int, int]:
        """Return the starts that some obstacles leave free, by room."""
        starts = self.open_to_all(standing)
        found: dict[int, int] = {}
        if not starts:
            return found
        for zone, numbers in self.ground.rooms_by_zone.items():
            here = self._open_in(zone, standing, starts)
            if not here:
                continue
            for number in numbers:
                left = here & ~self.rooms[number].anywhere(standing)
                if left:
                    found[number] = left
        return found

    def free_interpreters(self, standing: int, *, zone: int, at: int) -> list[int]:
        """Return who may interpret at the start in position ``at``, those with the least work first."""
        free = [
            number
            for number, cover in self.interpreters.items()
            if not (cover.anywhere(standing) | cover.within(zone, standing)) >> at & 1
        ]
        return sorted(free, key=self._worked.__getitem__)

    @cached_property
    def _worked(self) -> dict[int, int]:
        return {
            number: sum(held.minutes for held in self.board.of_interpreter[number])
            for number in self.interpreters
        }


def _all_bits(covers: dict[int, Cover]) -> int:
    bits = 0
    for cover in covers.values():
        bits |= cover.bits
    return bits
