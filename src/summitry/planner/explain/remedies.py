"""What would help: changes that were tried on the board and hold the request."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from summitry.planner.explain.board import Board, Held
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed, places, ranked
from summitry.planner.explain.register import Obstacle, Owner
from summitry.planner.explain.relaxing import Relaxing, Step
from summitry.planner.explain.words import Names, listed
from summitry.planner.plan import BlockerKind, Change, Remedy
from summitry.planner.problem import Request

USUAL_MINUTES = (60, 45, 30, 20, 15, 10)
MOST_REMEDIES = 4
MOST_MOVES = 2
MOVES_TRIED = 12
PLACES_TRIED = 3


class Desk:
    """What the remedies of all requests of a plan share: the board, and which meetings could go elsewhere."""

    def __init__(self, ground: Ground, board: Board, names: Names) -> None:
        self.ground = ground
        self.board = board
        self.names = names
        self._movable: dict[int, bool] = {}

    def may_change(self, number: int) -> bool:
        """Say whether a held meeting is not frozen."""
        return not self.ground.is_frozen(self.ground.request(number).id)

    def is_movable(self, number: int) -> bool:
        """Say whether a held meeting has another place while all others stay."""
        if number not in self._movable:
            request, held = self.ground.request(number), self.board.held[number]
            board = self.board.changed(without=[number])
            obstacles = Obstacles(self.ground, board, request)
            free = obstacles.free(obstacles.everything)
            own = [
                at
                for at in obstacles.grid.listed(free.get(held.room, 0))
                if obstacles.grid.times[at] == held.start
            ]
            total = sum(starts.bit_count() for starts in free.values())
            self._movable[number] = total > len(own) or bool(held.interpreters)
        return self._movable[number]


class Remedies:
    """The search for remedies for one request."""

    def __init__(self, desk: Desk, obstacles: Obstacles, bits: int, deadline: float | None) -> None:
        self.desk = desk
        self.obstacles = obstacles
        self.request = obstacles.request
        self.number = desk.ground.request_number[self.request.id]
        self.bits = bits
        self.deadline = deadline
        self.relaxing = Relaxing(desk.ground, desk.names, self.request)

    def found(self) -> tuple[Remedy, ...]:
        """Return up to four remedies, those that disturb least first."""
        remedies: list[Remedy] = []
        kinds: tuple[Callable[[], Iterator[Remedy]], ...] = (
            self._as_it_is,
            self._in_another_room,
            self._by_moving,
            self._at_another_time,
            self._shorter,
            self._with_fewer_interpreters,
            self._without_somebody,
            self._by_dropping,
        )
        for kind in kinds:
            if self._is_late():
                return tuple(remedies)
            for remedy in kind():
                remedies.append(remedy)
                if len(remedies) == MOST_REMEDIES:
                    return tuple(remedies)
        if not remedies and not self._is_late():
            remedies += self._by_all_means()
        return tuple(remedies)

    def _is_late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def _as_it_is(self) -> Iterator[Remedy]:
        if not self.bits:
            best = self._best(self.obstacles, self.obstacles.everything)
            if best is not None:
                where = self.desk.names.room(best.held.room)
                yield self._remedy(f"hold it {self.desk.names.at(best.held.start)} in {where}", best)

    def _in_another_room(self) -> Iterator[Remedy]:
        yield from self._relaxed(self._bits_of(BlockerKind.ROOM, Owner.REQUEST) or self._owned_rooms)

    def _at_another_time(self) -> Iterator[Remedy]:
        terms = self._bits_of(BlockerKind.WINDOW, Owner.REQUEST) | self._bits_of(
            BlockerKind.SITTING, Owner.REQUEST
        )
        yield from self._relaxed(terms)

    @cached_property
    def _owned_rooms(self) -> int:
        return self._bits_of(BlockerKind.ROOM, Owner.ROOM)

    def _bits_of(self, kind: BlockerKind, owner: Owner) -> int:
        bits = 0
        for at, one in enumerate(self.obstacles.register.listed):
            if one.kind is kind and one.owner is owner:
                bits |= 1 << at
        return bits

    def _relaxed(self, away: int) -> Iterator[Remedy]:
        """Take some of the request's own terms away, and change as much of them as the best place needs."""
        if not away & self.bits:
            return
        best = self._best(self.obstacles, self.obstacles.everything & ~away, near=True)
        if best is not None:
            steps = list(self.relaxing.steps(best.held, best.board))
            yield self._remedy(listed([step.text for step in steps]), best, steps)

    def _best(self, obstacles: Obstacles, standing: int, *, near: bool = False) -> Placed | None:
        placed = ranked(
            places(obstacles, standing, near=near),
            on=self.desk.board,
            outset=self.desk.board,
            touched=[self.number],
            request=obstacles.request,
        )
        return placed[0] if placed else None

    def _changed(self, request: Request, step: Step) -> Iterator[Remedy]:
        obstacles = Obstacles(self.desk.ground, self.desk.board, request)
        best = self._best(obstacles, obstacles.everything)
        if best is not None:
            yield self._remedy(step.text, best, [step])

    def _shorter(self) -> Iterator[Remedy]:
        grid = self.desk.ground.problem.grid_minutes
        shorter = [each for each in USUAL_MINUTES if each < self.request.minutes and not each % grid]
        if not shorter:
            shorter = list(range(self.request.minutes - grid, 0, -grid))[:MOST_REMEDIES]
        if not shorter or not any(self._changed_minutes(shorter[-1])):
            return
        for minutes in shorter:
            remedies = list(self._changed_minutes(minutes))
            if remedies or self._is_late():
                yield from remedies
                return

    def _changed_minutes(self, minutes: int) -> Iterator[Remedy]:
        yield from self._changed(replace(self.request, minutes=minutes), self.relaxing.shortened(minutes))

    def _with_fewer_interpreters(self) -> Iterator[Remedy]:
        if not self.bits & self.obstacles.need_interpreters:
            return
        for count in range(self.request.interpreters - 1, -1, -1):
            languages = self.request.languages if count else None
            changed = replace(self.request, interpreters=count, languages=languages)
            remedies = list(self._changed(changed, self.relaxing.with_interpreters(count)))
            yield from remedies
            if remedies:
                return

    def _without_somebody(self) -> Iterator[Remedy]:
        ground = self.desk.ground
        people = ground.people_of(self.request)
        for number in self.obstacles.people:
            party = ground.person(number).party
            same = sum(ground.person(other).party == party for other in people)
            if same > 1 and self.obstacles.people[number].bits & self.bits:
                left = tuple(each for each in self.request.people if each != ground.person(number).id)
                remedies = list(
                    self._changed(replace(self.request, people=left), self.relaxing.without_person(number))
                )
                yield from remedies
                if remedies:
                    return

    @cached_property
    def _single_meetings(self) -> list[tuple[int, Held]]:
        """The held meetings each of which alone stands in the way, and may change."""
        everything = self.obstacles.everything
        single = []
        for obstacle in self.obstacles.register.chosen(self.bits):
            held = obstacle.held
            if (
                obstacle.kind is not BlockerKind.MEETING
                or held is None
                or not self.desk.may_change(held.request)
            ):
                continue
            bit = self.obstacles.register.bit(obstacle)
            if not self.obstacles.blocks(everything & ~bit):
                single.append((bit, held))
        return single

    def _by_moving(self) -> Iterator[Remedy]:
        moved = []
        for bit, held in self._single_meetings[:MOVES_TRIED]:
            if self._is_late():
                break
            if self.desk.is_movable(held.request):
                best = self._moved(bit, held)
                if best is not None:
                    moved.append((best, held))
        moved.sort(key=lambda pair: pair[0].worth)
        for best, held in moved[:MOST_MOVES]:
            new = best.board.held[held.request]
            yield self._remedy(self._move_text(held, new), best, meetings=[new])

    def _moved(self, bit: int, held: Held) -> Placed | None:
        desk, board = self.desk, self.desk.board.changed(without=[held.request])
        touched = [self.number, held.request]
        request = desk.ground.request(held.request)
        candidates = ranked(
            places(self.obstacles, self.obstacles.everything & ~bit),
            on=board,
            outset=desk.board,
            touched=touched,
            request=None,
        )
        best: Placed | None = None
        for own in candidates[:PLACES_TRIED]:
            obstacles = Obstacles(desk.ground, own.board, request)
            found = ranked(
                places(obstacles, obstacles.everything),
                on=own.board,
                outset=desk.board,
                touched=touched,
                request=self.request,
            )
            if found and (best is None or found[0].worth < best.worth):
                best = Placed(own.held, found[0].board, found[0].cost)
        return best

    def _move_text(self, held: Held, new: Held) -> str:
        names = self.desk.names
        what = names.meeting(self.desk.ground.request(held.request))
        if new.start != held.start:
            return f"move {what} to {names.at(new.start)}"
        if new.room != held.room:
            return f"move {what} to {names.room(new.room)}"
        return f"give {what} {listed([names.interpreter(each) for each in new.interpreters])}"

    def _by_dropping(self) -> Iterator[Remedy]:
        dropped = []
        for bit, held in self._single_meetings:
            request = self.desk.ground.request(held.request)
            if not request.must:
                best = self._dropping(self.obstacles.everything & ~bit, [held.request])
                if best is not None:
                    dropped.append((best, held.request))
        if dropped:
            best, number = min(dropped, key=lambda pair: pair[0].worth)
            text = f"drop {self.desk.names.meeting(self.desk.ground.request(number))}"
            yield self._remedy(text, best, drop=[number])

    def _dropping(self, standing: int, numbers: Sequence[int]) -> Placed | None:
        board = self.desk.board
        placed = ranked(
            places(self.obstacles, standing, near=True),
            on=board.changed(without=numbers),
            outset=board,
            touched=[self.number, *numbers],
            request=self.request,
        )
        return placed[0] if placed else None

    def _by_all_means(self) -> Iterator[Remedy]:
        """Give up as little as possible of everything that can be given up."""
        listed_obstacles = self.obstacles.register.listed
        order = sorted(range(len(listed_obstacles)), key=lambda at: self._hardness(listed_obstacles[at]))
        soft = [1 << at for at in order if self._hardness(listed_obstacles[at])[0] < 0]
        standing = self.obstacles.everything & ~sum(soft)
        if self.obstacles.blocks(standing):
            return
        for bit in soft:
            if not self.obstacles.blocks(standing | bit):
                standing |= bit
        given_up = self.obstacles.register.chosen(self.obstacles.everything & ~standing)
        drop = [
            one.held.request for one in given_up if one.kind is BlockerKind.MEETING and one.held is not None
        ]
        released = [
            (one.number, one.item.index) for one in given_up if one.owner is Owner.PERSON and one.item
        ]
        best = self._releasing(given_up, drop, released) if released else self._dropping(standing, drop)
        if best is None:
            return
        steps = list(self.relaxing.steps(best.held, best.board))
        if any(one.kind is BlockerKind.INTERPRETER for one in given_up):
            steps.append(self.relaxing.with_interpreters(0))
        # The last of a list goes first, so that the indices of the others stay true.
        steps += [self.relaxing.released(*each) for each in sorted(released, reverse=True)]
        texts = [step.text for step in steps]
        if drop:
            requests = [self.desk.ground.request(number) for number in drop]
            texts.append(f"drop {listed([self.desk.names.meeting(each) for each in requests])}")
        yield self._remedy(listed(texts), best, steps, drop=drop)

    def _releasing(
        self, given_up: Sequence[Obstacle], drop: Sequence[int], released: Sequence[tuple[int, int]]
    ) -> Placed | None:
        """Place the request on a ground where people are released from engagements."""
        problem, outset = self.desk.ground.problem, self.desk.board
        people = list(problem.people)
        for number, index in sorted(released, reverse=True):
            engagements = people[number].engagements
            left = (*engagements[:index], *engagements[index + 1 :])
            people[number] = replace(people[number], engagements=left)
        ground = Ground(replace(problem, people=tuple(people)))
        kept = [outset.meeting(held) for number, held in outset.held.items() if number not in drop]
        board = Board(ground, kept)
        obstacles = Obstacles(ground, board, self.request)
        away = {(one.kind, one.owner, one.id) for one in given_up if one.owner is not Owner.PERSON}
        standing = obstacles.everything
        for at, one in enumerate(obstacles.register.listed):
            if (one.kind, one.owner, one.id) in away:
                standing &= ~(1 << at)
        placed = ranked(
            places(obstacles, standing, near=True),
            on=board,
            outset=outset,
            touched=[self.number, *drop],
            request=self.request,
            released=[number for number, _ in released],
        )
        return placed[0] if placed else None

    def _hardness(self, one: Obstacle) -> tuple[int, int]:
        """Return a key that is below zero for what can be given up, least for what one would rather keep."""
        match one.kind, one.owner:
            case BlockerKind.ENGAGEMENT, Owner.PERSON:
                return -4, 0
            case BlockerKind.MEETING, _ if one.held is not None:
                request = self.desk.ground.request(one.held.request)
                soft = self.desk.may_change(one.held.request) and not request.must
                return (-3, -request.weight) if soft else (0, 0)
            case BlockerKind.AFTER, _ if one.id.startswith(f"{self.request.id}#"):
                return -2, 0
            case BlockerKind.INTERPRETER, _:
                return -2, 1
            case ((BlockerKind.WINDOW | BlockerKind.SITTING | BlockerKind.ROOM), _) if (
                self.obstacles.grid.times
            ):
                return -1, 0
            case _:
                return 0, 0

    def _remedy(
        self,
        text: str,
        best: Placed,
        steps: Sequence[Step] = (),
        *,
        meetings: Sequence[Held] = (),
        drop: Sequence[int] = (),
    ) -> Remedy:
        board = self.desk.board
        operations = tuple(operation for step in steps for operation in step.operations)
        change = Change(
            problem=operations,
            meetings=tuple(board.meeting(held) for held in (best.held, *meetings)),
            drop=tuple(self.desk.ground.request(number).id for number in drop),
            cost=best.cost,
        )
        return Remedy(f"{text[:1].upper()}{text[1:]}", change)
