"""What forbids starts on account of one person, one interpreter or one room.

Twice over: :func:`away` says when somebody is not to be had, all in all, and is asked of
thousands of boards; :func:`cover` says it obstacle by obstacle, for reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summitry.planner.explain.board import Away, Board, Part
from summitry.planner.explain.cover import Cover
from summitry.planner.explain.ground import Busy, Ground
from summitry.planner.explain.limits import Count, Run, Timed
from summitry.planner.explain.obstacle import Held, Obstacle, Owner
from summitry.planner.explain.starts import Starts
from summitry.planner.plan import BlockerKind

DAY = 1440
STANDS = 1
"""The one bit of everything, where it is not asked which obstacle forbids."""
Bound = tuple[int, Held]
"""The bit of a held meeting, and the meeting."""


def away(board: Board, owner: Owner, number: int, grid: Starts) -> Away:
    """Return when a person or an interpreter is not to be had for meetings of one length."""
    part = board.part(owner, number)
    known = part.away.get(grid.minutes)
    if known is None:
        known = part.away[grid.minutes] = _away(board.ground, owner, number, grid, part)
    return known


def _away(ground: Ground, owner: Owner, number: int, grid: Starts, part: Part) -> Away:
    everywhere = 0
    by_zone: dict[int, int] = {}
    engagements = _engagements(ground, owner, number)
    spans: list[Busy | Held] = [*engagements, *part.held]
    for one in spans:
        overlapping, around = ground.shadow(grid, one.start, one.end, one.zone)
        everywhere |= overlapping
        for zone, starts in around:
            by_zone[zone] = by_zone.get(zone, 0) | starts
    limits = _Limits(ground, owner, number, grid)
    is_limited = False
    if limits.any:
        busy = tuple((item.start, item.end, STANDS) for item in engagements)
        for rule in limits.rules([(STANDS, held) for held in part.held], busy):
            is_limited = True
            everywhere |= rule.forbids(grid, STANDS)
    return Away(everywhere, by_zone, is_limited)


def taken(board: Board, room: int, grid: Starts) -> int:
    """Return the starts at which a room is closed or in use, or too near to a meeting in it."""
    return _use(board, room, grid)[0]


def taken_once(board: Board, room: int, grid: Starts) -> int:
    """Return the starts at which nothing but one single meeting keeps a room from being free."""
    return _use(board, room, grid)[1]


def _use(board: Board, room: int, grid: Starts) -> tuple[int, int]:
    part = board.part(Owner.ROOM, room)
    known = part.taken.get(grid.minutes)
    if known is None:
        gap = board.ground.turnaround(room)
        once = twice = 0
        for item in board.ground.closed[room]:
            twice |= grid.touching(item.start, item.end)
        for start, end in part.times:
            starts = grid.touching(start, end, gap)
            twice |= once & starts
            once |= starts
        known = part.taken[grid.minutes] = once | twice, once & ~twice
    return known


def cover(board: Board, owner: Owner, number: int, grid: Starts) -> Cover:
    """Return what a person, room or interpreter forbids of the starts of one length, obstacle by obstacle."""
    part = board.part(owner, number)
    known = part.covers.get(grid.minutes)
    if known is None:
        known = _room(board.ground, number, grid, part) if owner is Owner.ROOM else None
        known = known or _of_somebody(board.ground, owner, number, grid, part)
        part.covers[grid.minutes] = known
    return known


def _room(ground: Ground, number: int, grid: Starts, part: Part) -> Cover:
    """Forbid what a room's closures and meetings forbid."""
    room, cover, gap = ground.room(number), Cover(grid), ground.turnaround(number)
    for item in ground.closed[number]:
        starts = grid.touching(item.start, item.end)
        if starts:
            closed = Obstacle(BlockerKind.CLOSED, f"{room.id}#{item.index}", Owner.ROOM, number, item)
            cover.forbid(cover.bit(closed), starts)
    for held in part.held:
        starts = grid.touching(held.start, held.end, gap)
        if starts:
            cover.forbid(cover.bit(_meeting(ground, held)), starts)
    return cover


def _of_somebody(ground: Ground, owner: Owner, number: int, grid: Starts, part: Part) -> Cover:
    """Forbid what engagements, meetings, walks, limits and rests forbid."""
    cover = Cover(grid)
    name = ground.person(number).id if owner is Owner.PERSON else ground.interpreter(number).id
    walk = cover.bit(Obstacle(BlockerKind.WALK, name, owner, number))
    busy: list[Timed] = []
    for item in _engagements(ground, owner, number):
        engagement = Obstacle(BlockerKind.ENGAGEMENT, f"{name}#{item.index}", owner, number, item)
        busy.append((item.start, item.end, cover.bit(engagement)))
        cover.keep_away(ground, busy[-1], zone=item.zone, walk=walk)
    bound = [(cover.bit(_meeting(ground, held)), held) for held in part.held]
    for bit, held in bound:
        cover.keep_away(ground, (held.start, held.end, bit), zone=held.zone, walk=walk)
    bits: dict[BlockerKind, int] = {}
    for rule in _Limits(ground, owner, number, grid).rules(bound, tuple(busy)):
        if rule.kind not in bits:
            bits[rule.kind] = cover.bit(Obstacle(rule.kind, name, owner, number))
        cover.limit(rule, bits[rule.kind])
    return cover


def _engagements(ground: Ground, owner: Owner, number: int) -> list[Busy]:
    return ground.engagements(number) if owner is Owner.PERSON else ground.interpreter_engagements[number]


def _meeting(ground: Ground, held: Held) -> Obstacle:
    return Obstacle(BlockerKind.MEETING, ground.request(held.request).id, Owner.REQUEST, held=held)


class _Limits:
    """The limits of one person or interpreter."""

    def __init__(self, ground: Ground, owner: Owner, number: int, grid: Starts) -> None:
        self.ground = ground
        self.grid = grid
        self.person = ground.person(number) if owner is Owner.PERSON else None
        self.interpreter = ground.interpreter(number) if owner is Owner.INTERPRETER else None

    @property
    def any(self) -> bool:
        """Whether there is any limit."""
        person = self.person
        return person is None or not person.max_meetings_per_sitting is person.max_consecutive is None

    def rules(self, bound: Sequence[Bound], busy: tuple[Timed, ...]) -> Iterator[Count | Run]:
        """List the limits that can forbid anything, with the bits of what they count."""
        yield from self._of_person(bound) if self.person else self._of_interpreter(bound, busy)

    def _of_person(self, bound: Sequence[Bound]) -> Iterator[Count | Run]:
        assert self.person is not None
        most, in_a_row = self.person.max_meetings_per_sitting, self.person.max_consecutive
        if most is None and in_a_row is None:
            return
        gap = self.ground.problem.break_minutes
        for sitting, starts in enumerate(self.grid.by_sitting):
            here = [each for each in bound if each[1].sitting == sitting]
            if most is not None and len(here) >= most:
                yield Count(tuple((bit, 1) for bit, _ in here), most, starts)
            if in_a_row is not None and len(here) >= in_a_row:
                yield Run(BlockerKind.LIMIT, _timed(here), (), gap, in_a_row, in_minutes=False, starts=starts)

    def _of_interpreter(self, bound: Sequence[Bound], busy: tuple[Timed, ...]) -> Iterator[Count | Run]:
        assert self.interpreter is not None
        grid = self.grid
        groups: list[tuple[int, int, list[Bound]]] = []
        if self.interpreter.max_minutes_per_sitting is not None:
            most = self.interpreter.max_minutes_per_sitting
            for sitting, starts in enumerate(grid.by_sitting):
                groups.append((most, starts, [each for each in bound if each[1].sitting == sitting]))
        if self.interpreter.max_minutes_per_day is not None:
            most = self.interpreter.max_minutes_per_day
            for day in sorted({time // DAY for time in grid.times}):
                starts = grid.inside(day * DAY, day * DAY + DAY - 1)
                groups.append((most, starts, [each for each in bound if each[1].start // DAY == day]))
        for most, starts, here in groups:
            if starts and sum(held.minutes for _, held in here) + grid.minutes > most:
                amounts = tuple((bit, held.minutes) for bit, held in here)
                yield Count(amounts, most - grid.minutes + 1, starts)
        run, rest = self.interpreter.max_continuous_minutes, self.interpreter.rest_minutes
        if run is not None and rest is not None:
            yield Run(BlockerKind.REST, _timed(bound), busy, rest, run, in_minutes=True, starts=grid.every)


def _timed(bound: Sequence[Bound]) -> tuple[Timed, ...]:
    return tuple((held.start, held.end, bit) for bit, held in bound)
