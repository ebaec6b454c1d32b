"""A start, a pool of rooms and a team for each request, or none: a model of nearly every rule.

What is left out is what depends on who is next to whom: meetings in a row, interpreters'
runs (but for a bound on their work in any stretch of time) and their walks. A solution is
held against these rules, and what breaks them forbidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from summitry.planner.solver.cells import bits
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.repair.booleans import Answer, Booleans
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.limits import limit_work
from summitry.planner.solver.repair.options import Choice, Options
from summitry.planner.solver.repair.pools import Pools
from summitry.planner.solver.repair.presence import one_place_at_a_time
from summitry.planner.solver.repair.room_rows import RoomRows
from summitry.planner.solver.state import State


class Timed(NamedTuple):
    """A variable that holds a request from ``start`` to ``end``, in minutes."""

    start: int
    end: int
    variable: int


class Selection:
    """Which start, pool and team each request gets.

    Parameters
    ----------
    state : State
        The meetings that stand as they are; no request to decide on is held in it.
    options : iterable of Options
        The requests to decide on. Requests in neither place do not count: a model with few meetings in
        ``state`` is a relaxation of one with more.
    surely : iterable of int
        Requests that must be held.
    pools : Pools, optional
        What the options' pools are; without, rooms and zones do not count.
    """

    def __init__(
        self,
        ground: Ground,
        state: State,
        options: Iterable[Options],
        *,
        pools: Pools | None = None,
        surely: Iterable[int] = (),
    ) -> None:
        self.ground = ground
        self.instance = ground.instance
        self.state = state
        self.model = Booleans()
        self.where = pools
        self.starts: dict[int, dict[int, int]] = {}
        self.pools: dict[int, dict[int, dict[int, int]]] = {}
        self.serving: dict[int, dict[int, dict[int, int]]] = {}
        certain = set(surely)
        for option in options:
            self._add(option, certain=option.request in certain)
        one_place_at_a_time(self)
        limit_work(self)
        self._keep_order()
        if pools is not None:
            self._limit_rooms(pools)

    def _add(self, option: Options, *, certain: bool) -> None:
        model, request, need = self.model, option.request, self.instance.jobs[option.request].need
        cells = list(bits(option.starts))
        held = dict(zip(cells, model.variables(len(cells)), strict=True))
        self.starts[request] = held
        if certain:
            model.exactly_one(list(held.values()))
        else:
            model.at_most_one(list(held.values()))
        if self.where is not None:
            self.pools[request] = {
                cell: self._parts(
                    variable, [pool for pool, mask in option.pools.items() if mask >> cell & 1], 1
                )
                for cell, variable in held.items()
            }
        if need:
            self.serving[request] = {
                cell: self._parts(variable, self._able(option, cell), need) for cell, variable in held.items()
            }
            if self.where is not None and self.where.walks:
                self._serve_in_zones(self.where, option)

    def _parts(self, whole: int, keys: Sequence[int], count: int) -> dict[int, int]:
        """Return a variable for each key, of which exactly ``count`` are true where ``whole`` is."""
        if len(keys) == count:
            return dict.fromkeys(keys, whole)
        parts = self.model.variables(len(keys))
        if count == 1:
            self.model.exactly_one([*parts, ~whole])
        else:
            self.model.exactly([*parts, whole], 0, [*([1] * len(keys)), -count])
        return dict(zip(keys, parts, strict=True))

    @staticmethod
    def _able(option: Options, cell: int) -> list[int]:
        return [
            who for who, zones in option.serving.items() if any(mask >> cell & 1 for mask in zones.values())
        ]

    def _serve_in_zones(self, pools: Pools, option: Options) -> None:
        """Let an interpreter serve only in zones from which they can come and go in time."""
        for cell, team in self.serving[option.request].items():
            for pool, there in self.pools[option.request][cell].items():
                zone = pools.zone[pool]
                for who, serves in team.items():
                    if not option.serving[who].get(zone, 0) >> cell & 1:
                        self.model.at_most_one([there, serves])

    # ---- asking --------------------------------------------------------------------

    def timed(self, request: int, cell: int, variable: int) -> Timed:
        """Return a variable with the time it stands for."""
        start = self.instance.cells.minutes[cell]
        return Timed(start, start + self.instance.jobs[request].length, variable)

    def times(self, request: int) -> list[Timed]:
        """Return a request's starts in order."""
        return [self.timed(request, cell, variable) for cell, variable in self.starts[request].items()]

    # ---- rules ---------------------------------------------------------------------

    def _keep_order(self) -> None:
        """Let nothing start before what it comes after has ended."""
        for later in self.starts:
            for earlier in self.instance.jobs[later].after:
                if earlier not in self.starts:
                    continue
                before, after = self.times(earlier), self.times(later)
                for now in after:
                    too_late = [each.variable for each in before if each.end > now.start]
                    too_soon = [each.variable for each in after if each.start <= now.start]
                    if too_late:
                        self.model.at_most_one([*too_late, *too_soon])

    def _limit_rooms(self, pools: Pools) -> None:
        rows = RoomRows(self.ground.frozen, pools, self.state)
        members: dict[int, dict[tuple[int, ...], list[tuple[int, Timed]]]] = {}
        for request, by_cell in self.pools.items():
            for cell, there in by_cell.items():
                for pool, variable in there.items():
                    families = members.setdefault(pool, {})
                    families.setdefault(pools.family(request, pool), []).append(
                        (request, self.timed(request, cell, variable))
                    )
        for pool, families in members.items():
            for family in families:
                inside = set(family)
                wanted = [
                    each for other, some in families.items() if inside.issuperset(other) for each in some
                ]
                open_, made_up = rows.left(pool, family)
                self._limit_cells(wanted, made_up, pools.gap[pool])
                if any(fewer < most for fewer, most in zip(open_, made_up, strict=True)):
                    self._limit_cells(wanted, open_, 0)

    def _limit_cells(self, wanted: Sequence[tuple[int, Timed]], left: Sequence[int], gap: int) -> None:
        """Let no more variables cover a cell than there are rooms left; what is implied is not said."""
        covering: dict[int, list[int]] = {}
        requests: dict[int, set[int]] = {}
        touched = self.instance.cells.touched
        for request, each in wanted:
            for cell in bits(touched(each.start, each.end + gap)):
                covering.setdefault(cell, []).append(each.variable)
                requests.setdefault(cell, set()).add(request)
        before: tuple[int, set[int]] = (0, set())
        for cell in sorted(covering):
            limit = max(0, left[cell])
            if len(requests[cell]) <= limit or (before[0] <= limit and before[1].issuperset(covering[cell])):
                continue
            before = limit, set(covering[cell])
            if limit == 0:
                for variable in covering[cell]:
                    self.model.clause([~variable])
            else:
                self.model.at_most(covering[cell], limit)

    # ---- solving -------------------------------------------------------------------

    def minimise(self, lost: Callable[[int], int], cost: Callable[[int, int], int]) -> None:
        """Look for the least cost: ``lost`` for each request that is not held, ``cost`` for each start."""
        missing = {request: lost(request) for request in self.starts}
        terms: dict[int, int] = {}
        for request, held in self.starts.items():
            for cell, variable in held.items():
                terms[variable] = terms.get(variable, 0) + cost(request, cell) - missing[request]
        self.model.minimise(terms.items(), sum(missing.values()))

    def solve(
        self, clock: Clock, seed: int, steps: float, seconds: float | None
    ) -> tuple[Answer, dict[int, Choice]]:
        """Return CP-SAT's answer and what it chose."""
        return self._with_choices(self.model.solve(clock, seed, steps, seconds))

    def branch(
        self, clock: Clock, seconds: float | None, stopped: Callable[[], bool] | None = None
    ) -> tuple[Answer, dict[int, Choice]]:
        """Return HiGHS' answer and what it chose."""
        return self._with_choices(self.model.branch(clock, seconds, stopped))

    def _with_choices(self, answer: Answer) -> tuple[Answer, dict[int, Choice]]:
        true = set(answer.chosen or ())
        chosen: dict[int, Choice] = {}
        for request, held in self.starts.items():
            for cell, variable in held.items():
                if variable in true:
                    pools = self.pools[request][cell] if request in self.pools else {}
                    team = self.serving[request][cell] if request in self.serving else {}
                    chosen[request] = Choice(
                        cell,
                        next((pool for pool, there in pools.items() if there in true), -1),
                        tuple(sorted(who for who, serves in team.items() if serves in true)),
                    )
        return answer, chosen

    def forbid(self, together: Sequence[Sequence[int]]) -> None:
        """Let not one variable of every group be true, where no two of a group can be.

        One variable may stand for several things, as where there is a single pool, and groups then be the same.
        """
        groups = list(dict.fromkeys(map(tuple, together)))
        if len(groups) == 1:
            for variable in groups[0]:
                self.model.clause([~variable])
        else:
            self.model.at_most([variable for group in groups for variable in group], len(groups) - 1)
