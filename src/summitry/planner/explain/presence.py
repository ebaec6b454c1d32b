"""What forbids starts on account of one person, one interpreter or one room."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.planner.explain.board import Board, Held
from summitry.planner.explain.cover import Count, Cover, Run, Timed
from summitry.planner.explain.ground import Busy, Ground, Starts
from summitry.planner.explain.register import Obstacle, Owner, Register
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Interpreter, Request

DAY = 1440
Bound = tuple[int, Held]
"""The bit of a held meeting, and the meeting."""


class Presence:
    """Builds the covers of those a request needs, on one board."""

    def __init__(self, ground: Ground, board: Board, grid: Starts, register: Register) -> None:
        self.ground = ground
        self.board = board
        self.grid = grid
        self.register = register

    def person(self, number: int) -> Cover:
        """Forbid what a person's engagements, meetings, walks and limits forbid."""
        person, cover = self.ground.person(number), Cover(self.grid)
        owner = Obstacle(BlockerKind.LIMIT, person.id, Owner.PERSON, number)
        bound = self._meetings(self.board.of_person[number])
        self._keep_away(cover, owner, self.ground.engagements[number], bound)
        most, in_a_row = person.max_meetings_per_sitting, person.max_consecutive
        if most is None and in_a_row is None:
            return cover
        limit = self.register.bit(owner)
        for sitting, starts in enumerate(self.grid.by_sitting):
            here = [each for each in bound if each[1].sitting == sitting]
            if most is not None and len(here) >= most:
                cover.count(Count(limit, tuple((bit, 1) for bit, _ in here), most, starts))
            if in_a_row is not None and len(here) >= in_a_row:
                gap = self.ground.problem.break_minutes
                cover.run(Run(limit, _timed(here), (), gap, in_a_row, in_minutes=False, starts=starts))
        return cover

    def interpreter(self, number: int) -> Cover:
        """Forbid what an interpreter's engagements, meetings, walks, limits and rests forbid."""
        interpreter, cover = self.ground.interpreter(number), Cover(self.grid)
        owner = Obstacle(BlockerKind.LIMIT, interpreter.id, Owner.INTERPRETER, number)
        bound = self._meetings(self.board.of_interpreter[number])
        busy = self._keep_away(cover, owner, self.ground.interpreter_engagements[number], bound)
        self._limit_minutes(cover, interpreter, owner, bound)
        most, rest = interpreter.max_continuous_minutes, interpreter.rest_minutes
        if most is not None and rest is not None:
            needs = self.register.bit(Obstacle(BlockerKind.REST, interpreter.id, Owner.INTERPRETER, number))
            every = self.grid.every
            cover.run(Run(needs, _timed(bound), tuple(busy), rest, most, in_minutes=True, starts=every))
        return cover

    def room(self, number: int, request: Request) -> Cover:
        """Forbid what a room's kind, owner, closures and meetings forbid."""
        ground, grid, register = self.ground, self.grid, self.register
        room, cover = ground.room(number), Cover(grid)
        if not ground.suits(request, number):
            bit = register.bit(Obstacle(BlockerKind.ROOM, request.id, Owner.REQUEST))
            cover.forbid(bit, grid.every)
        if ground.owned_by_another(request, number):
            cover.forbid(register.bit(Obstacle(BlockerKind.ROOM, room.id, Owner.ROOM, number)), grid.every)
        for item in ground.closed[number]:
            starts = grid.touching(item.start, item.end)
            if starts:
                closed = Obstacle(BlockerKind.CLOSED, f"{room.id}#{item.index}", Owner.ROOM, number, item)
                cover.forbid(register.bit(closed), starts)
        requests = ground.problem.requests
        taken = self.board.taken(number, grid)
        cover.forbid_each([(register.of_meeting(requests[held.request].id, held), at) for held, at in taken])
        return cover

    def _meetings(self, meetings: Sequence[Held]) -> list[Bound]:
        requests = self.ground.problem.requests
        return [(self.register.of_meeting(requests[held.request].id, held), held) for held in meetings]

    def _keep_away(
        self, cover: Cover, owner: Obstacle, engagements: Sequence[Busy], bound: Sequence[Bound]
    ) -> list[Timed]:
        """Keep a cover away from all that binds its owner; return the engagements."""
        walk = self.register.bit(Obstacle(BlockerKind.WALK, owner.id, owner.owner, owner.number))
        busy = []
        for item in engagements:
            name = f"{owner.id}#{item.index}"
            bit = self.register.bit(Obstacle(BlockerKind.ENGAGEMENT, name, owner.owner, owner.number, item))
            busy.append((item.start, item.end, bit))
            cover.keep_away(self.ground, busy[-1], zone=item.zone, walk=walk)
        for bit, held in bound:
            cover.keep_away(self.ground, (held.start, held.end, bit), zone=held.zone, walk=walk)
        return busy

    def _limit_minutes(
        self, cover: Cover, interpreter: Interpreter, owner: Obstacle, bound: Sequence[Bound]
    ) -> None:
        groups: list[tuple[int, int, list[Bound]]] = []
        if interpreter.max_minutes_per_sitting is not None:
            most = interpreter.max_minutes_per_sitting
            for sitting, starts in enumerate(self.grid.by_sitting):
                groups.append((most, starts, [each for each in bound if each[1].sitting == sitting]))
        if interpreter.max_minutes_per_day is not None:
            most = interpreter.max_minutes_per_day
            for day in sorted({time // DAY for time in self.grid.times}):
                starts = self.grid.inside(day * DAY, day * DAY + DAY - 1)
                groups.append((most, starts, [each for each in bound if each[1].start // DAY == day]))
        for most, starts, here in groups:
            worked = sum(held.minutes for _, held in here)
            if starts and worked + self.grid.minutes > most:
                amounts = tuple((bit, held.minutes) for bit, held in here)
                full = most - self.grid.minutes + 1
                cover.count(Count(self.register.bit(owner), amounts, full, starts))


def _timed(bound: Sequence[Bound]) -> tuple[Timed, ...]:
    return tuple((held.start, held.end, bit) for bit, held in bound)
