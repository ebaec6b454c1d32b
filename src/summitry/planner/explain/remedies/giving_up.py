"""Remedies that give other things up: a lesser meeting, or the least that will do of everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summitry.planner.explain.housing import Waived
from summitry.planner.explain.obstacle import Held, Obstacle, Owner
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed, places
from summitry.planner.explain.presence import cover, taken
from summitry.planner.explain.relaxing import Relaxing
from summitry.planner.explain.remedies.desk import Desk, Draft, Effort, Tries, best_place
from summitry.planner.explain.starts import listed_bits
from summitry.planner.explain.words import few, listed

DROPS_TRIED = 6
STARTS_TRIED = 60
PLACES_TRIED = 24
ROOMS_TRIED = 60
ALL = Waived.TIMES | Waived.ROOM | Waived.OWNER | Waived.ORDER


@dataclass(frozen=True, slots=True)
class Sacrifice:
    """A place, and what is in the way there: meetings to drop and engagements to release people from."""

    start: int
    room: int
    dropped: tuple[int, ...]
    released: tuple[tuple[int, int], ...]
    silent: bool


class GivingUp:
    """The remedies for one request that cost others something."""

    def __init__(self, desk: Desk, obstacles: Obstacles) -> None:
        self.desk = desk
        self.obstacles = obstacles
        self.request = obstacles.request
        self.number = desk.ground.request_number[self.request.id]
        self.relaxing = Relaxing(desk.ground, desk.names, self.request)

    def one_meeting(self, lone: Collection[Held]) -> Iterator[Draft]:
        """Drop the meeting that matters least of those each of which alone stands in the way."""
        found: list[tuple[Placed, int]] = []
        requests = self.desk.ground.problem.requests
        may_go = [held.request for held in lone if not requests[held.request].must]
        for number in may_go[:DROPS_TRIED]:
            board = self.desk.board.changed(without=[number])
            obstacles = Obstacles(board, self.request)
            best = best_place(self.desk, obstacles, places(obstacles), on=board, without=(number,))
            if best is not None:
                found.append((best, number))
        if found:
            best, number = min(found, key=lambda pair: pair[0].worth)
            text = f"drop {self.desk.names.meeting(requests[number])}"
            yield Draft(text, best, dropped=(number,))

    def by_all_means(self, tries: Tries) -> Iterator[Draft]:
        """Give up as little as possible of everything that can be given up."""
        for sacrifice in self._sacrifices(tries.effort)[:PLACES_TRIED]:
            if tries.spent():
                return
            draft = self._tried(sacrifice)
            if draft is not None:
                yield draft
                return

    def _sacrifices(self, effort: Effort) -> list[Sacrifice]:
        """List places with what stands in the way there, where all of it can be given up; the lightest first."""
        usable = {rooms.zone: rooms.usable(ALL) for rooms in self.obstacles.rooms}
        found = []
        for _, at, zone, items in sorted(self._of_people(), key=lambda each: each[:3])[:STARTS_TRIED]:
            room = None if effort.is_over() else self._room(at, usable[zone])
            if room is not None:
                number, held = room
                dropped = {one.held.request for one in items if one.held} | {one.request for one in held}
                released = tuple((one.number, one.item.index) for one in items if one.item)
                start, silent = self.obstacles.grid.times[at], self._is_silent(at, zone)
                found.append(Sacrifice(start, number, tuple(sorted(dropped)), released, silent))
        return sorted(found, key=self._price)

    def _price(self, sacrifice: Sacrifice) -> tuple[int, int, int, int]:
        """Return a key that sorts the lesser sacrifice first."""
        weight = sum(self.desk.ground.request(number).weight for number in sacrifice.dropped)
        changes = (not self.obstacles.grid.bit(sacrifice.start) & self._allowed) + sacrifice.silent
        changes += all(sacrifice.room not in rooms.open for rooms in self.obstacles.rooms)
        return len(sacrifice.released), weight, changes, len(sacrifice.dropped)

    @cached_property
    def _allowed(self) -> int:
        return self.obstacles.allowed()

    @cached_property
    def _interpreted(self) -> dict[int, int]:
        zones = self.desk.ground.zones if self.request.interpreters else ()
        return {zone: self.obstacles.interpreted(zone) for zone in zones}

    def _is_silent(self, at: int, zone: int) -> bool:
        """Say whether there are too few interpreters at a start in a zone."""
        return not self._interpreted.get(zone, self.obstacles.grid.every) >> at & 1

    def _of_people(self) -> Iterator[tuple[tuple[int, int, int], int, int, list[Obstacle]]]:
        """List, for each start and zone, what binds people there and its price, where it can be given up."""
        desk, grid = self.desk, self.obstacles.grid
        covers = [cover(desk.board, Owner.PERSON, number, grid) for number in self.obstacles.people]
        starts = listed_bits(self.obstacles.allowed(ALL))
        for rooms in self.obstacles.rooms:
            for at in starts if rooms.usable(ALL) else ():
                items = {item.key: item for one in covers for item in one.items_at(at, rooms.zone)}
                bound = [one for one in items.values() if one.held or one.item]
                if all(self._may_go(one.held) for one in bound if one.held):
                    weight = sum(desk.ground.request(one.held.request).weight for one in bound if one.held)
                    released = sum(one.item is not None for one in bound)
                    changes = (not self._allowed >> at & 1) + self._is_silent(at, rooms.zone)
                    yield (released, weight, changes), at, rooms.zone, bound

    def _may_go(self, held: Held) -> bool:
        return self.desk.may_change(held.request) and not self.desk.ground.request(held.request).must

    def _room(self, at: int, usable: Sequence[int]) -> tuple[int, list[Held]] | None:
        """Choose the room in which the least is in the way, with the meetings to drop."""
        board, grid = self.desk.board, self.obstacles.grid
        best: tuple[int, int, list[Held]] | None = None
        for room in usable:
            if not taken(board, room, grid) >> at & 1:
                return room, []
        for room in usable[:ROOMS_TRIED]:
            gap = self.desk.ground.turnaround(room)
            held = [one for one in board.of_room(room) if grid.touching(one.start, one.end, gap) >> at & 1]
            closed = any(
                grid.touching(item.start, item.end) >> at & 1 for item in self.desk.ground.closed[room]
            )
            if not closed and all(map(self._may_go, held)):
                weight = sum(self.desk.ground.request(each.request).weight for each in held)
                if best is None or weight < best[0]:
                    best = weight, room, held
        return None if best is None else best[1:]

    def _tried(self, sacrifice: Sacrifice) -> Draft | None:
        """Give it up, and see whether the request fits then."""
        desk, ground = self.desk, self.desk.ground
        board = desk.board.changed(without=sacrifice.dropped)
        released = {number for number, _ in sacrifice.released}
        if sacrifice.released:
            board = board.on(ground.released(sacrifice.released), released)
        request = self.relaxing.silent() if sacrifice.silent else self.request
        obstacles = Obstacles(board, request)
        zone = ground.room_zone[sacrifice.room]
        bit = obstacles.grid.bit(sacrifice.start)
        if not bit & obstacles.open(ALL).get(zone, 0):
            return None
        at = bit.bit_length() - 1
        team = obstacles.team(zone, at) if request.interpreters else ()
        held = board.place(request, start=sacrifice.start, room=sacrifice.room, interpreters=team)
        found = desk.ranking.ranked(
            [held],
            on=board,
            touched=[self.number, *sacrifice.dropped],
            request=request,
            released=released,
        )
        return self._written(sacrifice, found[0]) if found else None

    def _written(self, sacrifice: Sacrifice, best: Placed) -> Draft:
        steps = list(self.relaxing.steps(best.held, best.board))
        if sacrifice.silent:
            steps.append(self.relaxing.with_interpreters(0))
        # The last of a list goes first, so that the indices of the others stay true.
        steps += [self.relaxing.released(*each) for each in sorted(sacrifice.released, reverse=True)]
        texts = [step.text for step in steps]
        if sacrifice.dropped:
            requests = [self.desk.ground.request(number) for number in sacrifice.dropped]
            texts.append(f"drop {few([self.desk.names.meeting(each) for each in requests])}")
        operations = tuple(operation for step in steps for operation in step.operations)
        return Draft(listed(texts), best, operations, dropped=sacrifice.dropped)
