"""What the remedies of all requests of a plan share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from summitry.planner.explain.board import Board
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.obstacle import Held
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed, Ranking
from summitry.planner.explain.words import Names
from summitry.planner.plan import Change, Remedy
from summitry.planner.problem import Request

LONGER_BY = 60
"""Minutes by which a sitting may be made longer at most."""


class Effort:
    """How much may be tried: a number of trials, an end in time, and whether anybody still wants to know.

    The trials alone make the same remedies of the same plan.
    """

    def __init__(self, deadline: float | None = None, should_stop: Callable[[], bool] | None = None) -> None:
        self.deadline = deadline
        self.should_stop = should_stop

    def is_over(self) -> bool:
        """Say whether to come to an end."""
        if self.deadline is not None and time.monotonic() >= self.deadline:
            return True
        return self.should_stop is not None and self.should_stop()

    def left(self) -> float | None:
        """Return the seconds left, ``None`` where they are not counted."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())


class Tries:
    """So many trials, as long as the effort lasts."""

    def __init__(self, effort: Effort, most: int) -> None:
        self.effort = effort
        self.most = most

    def spent(self) -> bool:
        """Take one trial, and say whether there was none left."""
        self.most -= 1
        return self.most < 0 or self.effort.is_over()


@dataclass(frozen=True, slots=True)
class Draft:
    """A remedy in the numbers of the ground."""

    text: str
    best: Placed
    operations: tuple[dict[str, Any], ...] = ()
    moved: tuple[Held, ...] = ()
    dropped: tuple[int, ...] = ()


@dataclass
class Desk:
    """A plan to try changes on.

    Attributes
    ----------
    board : Board
        Everything that is held.
    names : Names
        What its records are called.
    ranking : Ranking
        Sorts places by what they cost.
    """

    board: Board
    names: Names
    ranking: Ranking = field(init=False)
    _movable: dict[int, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.ranking = Ranking(self.board)

    @property
    def ground(self) -> Ground:
        """The problem in numbers."""
        return self.board.ground

    def may_change(self, number: int) -> bool:
        """Say whether a held meeting is not frozen."""
        return not self.ground.is_frozen(self.ground.request(number).id)

    def is_movable(self, held: Held) -> bool:
        """Say whether a held meeting has another place while all others stay."""
        known = self._movable.get(held.request)
        if known is None:
            known = self._movable[held.request] = self.may_change(held.request) and self._has_another(held)
        return known

    def _has_another(self, held: Held) -> bool:
        board = self.board.changed(without=[held.request])
        obstacles = Obstacles(board, self.ground.request(held.request))
        if held.interpreters:
            return obstacles.fits()
        own = obstacles.grid.bit(held.start)
        return any(starts & ~own if room == held.room else starts for room, starts in obstacles.free())

    @cached_property
    def longer(self) -> Board | None:
        """The board with longer sittings; ``None`` where a meeting that cannot change lies outside them."""
        ground = self.ground
        if ground.frozen_until is not None and any(held.sitting is None for held in self.board.all_held):
            return None
        return self.board.on(ground.longer(LONGER_BY))

    def remedy(self, draft: Draft) -> Remedy:
        """Write a remedy as the plan has it."""
        board = self.board
        change = Change(
            problem=draft.operations,
            meetings=tuple(board.meeting(held) for held in (draft.best.held, *draft.moved)),
            drop=tuple(self.ground.request(number).id for number in draft.dropped),
            cost=draft.best.cost,
        )
        return Remedy(f"{draft.text[:1].upper()}{draft.text[1:]}", change)


def best_place(
    desk: Desk,
    obstacles: Obstacles,
    places: list[Held],
    *,
    on: Board | None = None,
    without: tuple[int, ...] = (),
) -> Placed | None:
    """Return the best of some places for a request, ``None`` where there is none.

    Parameters
    ----------
    desk, obstacles
        The plan, and the request's obstacles.
    places
        The places.
    on
        The board to put it on; the plan's own by default.
    without
        The requests that this board lacks.
    """
    request: Request = obstacles.request
    number = desk.ground.request_number[request.id]
    found = desk.ranking.ranked(places, on=on or desk.board, touched=[number, *without], request=request)
    return found[0] if found else None
