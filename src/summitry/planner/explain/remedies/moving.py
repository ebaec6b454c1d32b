"""Remedies that move other meetings: one, or one to make room for another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from summitry.planner.explain.aims import cost
from summitry.planner.explain.board import Board
from summitry.planner.explain.obstacle import Held
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed, places
from summitry.planner.explain.remedies.desk import Desk, Draft, Tries
from summitry.planner.explain.remedies.lone import lone_meetings
from summitry.planner.explain.words import few, listed
from summitry.planner.problem import Request

OWN_PLACES = 3
OTHER_PLACES = 6
MOST_FOUND = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """A board on which everything has its place again, and what was placed to get there."""

    board: Board
    placed: tuple[Held, ...]


class Moving:
    """Moves of other meetings that make room for one request."""

    def __init__(self, desk: Desk, obstacles: Obstacles) -> None:
        self.desk = desk
        self.obstacles = obstacles
        self.request = obstacles.request
        self.number = desk.ground.request_number[self.request.id]

    def one(self, lone: Collection[Held], tries: Tries) -> list[Draft]:
        """Move one meeting of those each of which alone stands in the way."""
        return self._best(self._moved(lone, tries, depth=0))

    def chain(self, lone: Collection[Held], tries: Tries) -> list[Draft]:
        """Move one meeting to where another one was, and that one elsewhere."""
        return self._best(self._moved(lone, tries, depth=1))

    def _best(self, found: Iterator[Settled]) -> list[Draft]:
        drafts = []
        for settled in found:
            own, *moved = settled.placed
            if self.desk.ranking.spread.kept(settled.board, self.request):
                touched = [held.request for held in settled.placed]
                best = Placed(own, settled.board, cost(self.desk.board, settled.board, touched))
                drafts.append(Draft(self._text(moved), best, moved=tuple(moved)))
                if len(drafts) == MOST_FOUND:
                    break
        return sorted(drafts, key=lambda draft: draft.best.worth)

    def _moved(self, lone: Collection[Held], tries: Tries, depth: int) -> Iterator[Settled]:
        for held in lone:
            if tries.spent():
                return
            if depth or self.desk.is_movable(held):
                settled = self._instead(
                    self.desk.board, self.request, held, (self.number,), tries=tries, depth=depth
                )
                if settled is not None:
                    yield settled

    def _instead(
        self,
        board: Board,
        request: Request,
        held: Held,
        touched: tuple[int, ...],
        *,
        tries: Tries,
        depth: int,
    ) -> Settled | None:
        """Hold a request where another one is in the way, and that one elsewhere."""
        other = self.desk.ground.request(held.request)
        without = board.changed(without=[held.request])
        obstacles = Obstacles(without, request)
        for own in places(obstacles, most=OWN_PLACES):
            if tries.spent():
                return None
            settled = self._settled(
                without.changed(plus=[own]), other, (*touched, held.request), tries=tries, depth=depth
            )
            if settled is not None:
                return Settled(settled.board, (own, *settled.placed))
        return None

    def _settled(
        self, board: Board, request: Request, touched: tuple[int, ...], *, tries: Tries, depth: int
    ) -> Settled | None:
        """Find a place for a request that has lost its own."""
        obstacles = Obstacles(board, request)
        found = self.desk.ranking.ranked(
            places(obstacles, most=OTHER_PLACES), on=board, touched=touched, request=None
        )
        if found:
            return Settled(found[0].board, (found[0].held,))
        if not depth:
            return None
        for held in lone_meetings(self.desk, obstacles, tries):
            if tries.spent():
                return None
            if held.request not in touched and self.desk.is_movable(held):
                settled = self._instead(board, request, held, touched, tries=tries, depth=depth - 1)
                if settled is not None:
                    return settled
        return None

    def _text(self, moved: list[Held]) -> str:
        return f"move {listed([self._to(held) for held in moved])}".replace("move give", "give")

    def _to(self, new: Held) -> str:
        names = self.desk.names
        old = self.desk.board.held(new.request)
        what = names.meeting(self.desk.ground.request(new.request))
        if old is None or new.start != old.start:
            return f"{what} to {names.at(new.start)}"
        if new.room != old.room:
            return f"{what} to {names.room(new.room)}"
        return f"give {what} {few([names.interpreter(each) for each in new.interpreters])}"
