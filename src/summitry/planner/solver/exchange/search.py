"""The search: put a request where it costs least, take out what stood there, and find that another place.

Each step takes a request that is not held, looks at all its starts in one zone at once,
takes the one with the least weight in its way, and puts what was in the way elsewhere
where that is free. It stays so if what finds no place weighs not much more than the
request: how much more is drawn anew for each step, and less and less as the search
cools. What was put in lately counts as heavier for some steps, so that two requests do
not push each other out for ever. Where no room of the zone is free, one room drawn at
random is looked at, not the one that would cost least: otherwise it is always the
lightest meetings that move, and the search goes round in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from summitry.planner.solver.exchange import kernel
from summitry.planner.solver.exchange.boards import Ground, Held, board_of
from summitry.planner.solver.exchange.tables import BEST, UNHELD, Flags

NOBODY = -1
FRESH_MEANS = 5.0  # mean weights that a request weighs more while it is fresh
AHEAD = 5.0


class Exchange:
    """Improves the weight held, step by step.

    Parameters
    ----------
    ground : Ground
        The problem.
    held : Held
        The plan to begin with.
    seed : int
        Of the random numbers.
    within : array of bool, optional
        The cells from which anything may change; meetings elsewhere stay.
    candidates : sequence of int, optional
        The requests, of those not held, to try; by default all.
    fixed : iterable of int
        Requests whose meetings stay where they are.
    ahead : float
        How many mean weights more than may be lost may be taken out to see what can be placed again.
    """

    def __init__(
        self,
        ground: Ground,
        held: Held,
        seed: int,
        *,
        within: Flags | None = None,
        candidates: Sequence[int] | None = None,
        fixed: Iterable[int] = (),
        ahead: float = AHEAD,
    ) -> None:
        self.ground = ground
        self.board = board_of(ground, held, seed=seed, within=within, candidates=candidates, fixed=fixed)
        weights = ground.rules.weight
        mean = float(weights.mean()) if len(weights) else 0.0
        self._ahead = ahead * mean
        self._fresh_price = round(FRESH_MEANS * mean)

    @property
    def best_weight(self) -> int:
        """The most weight held so far."""
        return int(self.board.numbers[BEST])

    def best(self) -> Held:
        """Return the plan with the most weight so far."""
        board = self.board
        return Held(
            board.best_start.copy(), board.best_end.copy(), board.best_room.copy(), board.best_team.copy()
        )

    def now(self) -> Held:
        """Return the plan as it stands, from which a search that is still hot goes on."""
        board = self.board
        return Held(board.start.copy(), board.end.copy(), board.room.copy(), board.team.copy())

    def unheld(self) -> list[int]:
        """Return the requests that are not held now and could be."""
        found: list[int] = self.board.unheld[: self.board.numbers[UNHELD]].tolist()
        return found

    def done(self) -> bool:
        """Return whether everything is held, and it does not count where."""
        return bool(self.board.numbers[UNHELD] == 0 and not self.ground.rules.stay)

    def steps(self, count: int, hot: float, cold: float) -> int:
        """Make steps from one heat to another; return how many: fewer where everything is held.

        Parameters
        ----------
        count
            How many.
        hot, cold
            How much more weight than a request's own may be taken out for it, on average.
        """
        made: int = kernel.search(
            self.ground.rules,
            self.board,
            count,
            float(hot),
            float(cold),
            self._ahead,
            self._fresh_price,
            NOBODY,
        )
        return made

    def insist(self, request: int, most: float) -> bool:
        """Hold a request where what stands in its way weighs less than ``most``; return whether it is held."""
        rules, board = self.ground.rules, self.board
        kernel.search(rules, board, 1, float(most), 0.0, 0.0, self._fresh_price, request)
        return bool(board.start[request] >= 0)

    def fill(self, requests: Sequence[int], sittings: Sequence[int]) -> None:
        """Hold each request, in that order, where it stands in nobody's way, in its sitting (-1: any)."""
        some = np.array(requests, dtype=np.int64), np.array(sittings, dtype=np.int64)
        kernel.fill(self.ground.rules, self.board, *some)

    def adopt(self, held: Held, theirs: Flags) -> None:
        """Take over what another plan holds of the requests marked, as far as it fits what is held here."""
        kernel.adopt(self.ground.rules, self.board, *held, theirs)
