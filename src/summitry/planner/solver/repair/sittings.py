"""The meetings of one sitting chosen anew at once, each between its own start and the one it has.

Meetings at settled starts with the wish to keep their rooms make a program whose linear relaxation
is nearly always whole. Rooms that are alike in zone and turnaround are counted together first;
where they cannot be given to those chosen for them, because the meetings need different rooms
among them, these are taken one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from summitry.planner.solver.clock import Clock
from summitry.planner.solver.instance import Item, Place
from summitry.planner.solver.repair.ground import Ground, cost_of
from summitry.planner.solver.repair.options import Choice, Options, options_of
from summitry.planner.solver.repair.pools import Pools
from summitry.planner.solver.repair.rows import broken_rows
from summitry.planner.solver.repair.seating import Seating
from summitry.planner.solver.repair.selection import Selection
from summitry.planner.solver.state import State

Stopped = Callable[[], bool]
TRIES = 10
ROUNDS = 6


class Sittings:
    """What can be kept of each sitting.

    Parameters
    ----------
    lost : collection of int
        Requests that have no place left in any plan.
    """

    def __init__(self, ground: Ground, lost: Collection[int], clock: Clock) -> None:
        self.ground = ground
        self.instance = ground.instance
        self.clock = clock
        self.alike = Pools.alike(self.instance)
        self.of: dict[int, list[int]] = {}
        sitting_of = self.instance.cells.sitting_of
        for request in ground.asked:
            if request in ground.cells and request not in lost:
                self.of.setdefault(sitting_of[ground.cells[request]], []).append(request)
        displaced = {sitting_of[ground.cells[r]] for r in ground.displaced if r in ground.cells}
        self.touched = sorted(displaced & self.of.keys(), key=lambda sitting: len(self.of[sitting]))

    # ---- who can keep their start at all -----------------------------------------------------

    def leaving(self, sitting: int, seconds: float | None, stopped: Stopped | None = None) -> int:
        """Return how many of a sitting's meetings cannot keep their start in any plan, at least."""
        jobs, requests = self.instance.jobs, self.of[sitting]
        unit, longest = 16 * (len(requests) + 1), max(jobs[each].cells for each in requests)
        least, _ = self._at_own_starts(requests, lambda each: unit + jobs[each].cells, seconds, stopped)
        # Each that leaves costs ``unit`` and its length, and each that stays at most 1 for another room.
        return max(0, -(-(least - len(requests)) // (unit + longest)))

    def staying(
        self, sitting: int, seconds: float | None, stopped: Stopped | None = None
    ) -> tuple[int, dict[int, Choice]]:
        """Return what weight of a sitting is dropped at least where all else keeps its start, and who stays for little more."""
        jobs, requests = self.instance.jobs, self.of[sitting]
        unit = 16 * (len(requests) + 1)
        least, chosen = self._at_own_starts(requests, lambda each: unit * jobs[each].weight, seconds, stopped)
        return max(0, -(-(least - len(requests)) // unit)), chosen or {}

    def _at_own_starts(
        self,
        requests: Sequence[int],
        lost: Callable[[int], int],
        seconds: float | None,
        stopped: Stopped | None,
    ) -> tuple[int, dict[int, Choice] | None]:
        """Return what it costs at least where each is at its own start or lost, and the best choice, as :meth:`_solve`."""
        ground = self.ground
        own = [options_of(self.alike, ground.frozen, each, 1 << ground.cells[each]) for each in requests]
        selection = Selection(ground, ground.frozen, own, pools=self.alike)
        self._aim(selection, lost, lambda _request, _cell: 0)
        return self._solve(selection, seconds, stopped)

    def _aim(self, selection: Selection, lost: Callable[[int], int], cost: Callable[[int, int], int]) -> None:
        """Look for the least cost, as :meth:`Selection.minimise`, and 1 for each that keeps its start but not its pool."""
        assert selection.where is not None
        jobs, cells, pool_of = self.instance.jobs, self.ground.cells, selection.where.of_room
        terms: dict[int, int] = {}
        missing = {request: lost(request) for request in selection.starts}
        for request, held in selection.starts.items():
            for cell, variable in held.items():
                terms[variable] = terms.get(variable, 0) + cost(request, cell) - missing[request]
            was = jobs[request].baseline
            own = -1 if was is None or was.room < 0 else pool_of[was.room]
            for pool, there in selection.pools[request].get(cells.get(request, -1), {}).items():
                terms[there] = terms.get(there, 0) + (pool != own)
        selection.model.minimise(terms.items(), sum(missing.values()))

    def _solve(
        self, selection: Selection, seconds: float | None, stopped: Stopped | None = None
    ) -> tuple[int, dict[int, Choice] | None]:
        """Return what no choice costs less than, and the best found that breaks no rule."""
        bound, ends = 0, None if seconds is None else self.clock.elapsed() + seconds
        for _ in range(TRIES):
            left = None if ends is None else max(0.0, ends - self.clock.elapsed())
            if left == 0.0:
                break
            answer, chosen = selection.branch(self.clock, left, stopped)
            bound = max(bound, answer.bound)
            if answer.chosen is None or self.clock.stopped() or (stopped is not None and stopped()):
                break
            wrong = list(broken_rows(selection, chosen))
            if not wrong:
                return bound, chosen
            for groups in wrong:
                selection.forbid(groups)
        return bound, None

    # ---- a sitting anew ----------------------------------------------------------------------

    def anew(
        self,
        state: State,
        sitting: int,
        waiting: Iterable[int],
        seconds: float | None,
        settled: Mapping[int, Choice] | None = None,
    ) -> bool:
        """Choose the meetings of a sitting anew; return whether less is dropped, or as much and fewer moved.

        Whoever is at their own start stays there, perhaps in another room, or is not held. Whoever is
        elsewhere stays or goes back. Those ``waiting`` may be held at any start. What is ``settled`` is tried
        first. If nothing is gained all is as before.
        """
        ends = None if seconds is None else self.clock.elapsed() + seconds
        sitting_cells, cell_at = self.instance.cells.sitting(sitting), self.instance.cells.cell
        here, away = self._held(state, sitting), self._away_from(state, sitting)
        before = {request: self._place(state, request) for request in (*here, *away)}
        cost = cost_of(state, (*before, *waiting))
        starts = {request: self._own(request) for request in before}
        for request in here:
            now = cell_at(before[request].start)
            assert now is not None  # whatever is not frozen starts on the grid
            starts[request] |= 1 << now
            state.remove(request)
        for request in waiting:
            if not self.instance.jobs[request].must:
                starts[request] = sitting_cells
        for found in self._choices(state, starts, set(away), ends, settled or {}):
            if self._takes(state, starts, found) and cost_of(state, starts) < cost:
                return True
            for request in starts:
                if state.places[request] is not None:
                    state.remove(request)
            for request in away:
                state.place(request, before[request])
        for request in here:
            state.place(request, before[request])
        return False

    def _takes(self, state: State, starts: Iterable[int], found: Mapping[int, Place]) -> bool:
        """Hold what was found, as far as it can be; return whether all of it is."""
        for request in starts:
            if request in found and state.places[request] is not None:
                state.remove(request)
        fits = [self._hold(state, request, place) for request, place in found.items()]
        return all(fits)

    def _choices(
        self,
        state: State,
        starts: Mapping[int, int],
        away: set[int],
        ends: float | None,
        settled: Mapping[int, Choice],
    ) -> Iterator[dict[int, Place]]:
        """Yield places that cost little for those who get one: the second time more is looked at than the first.

        Rooms that could not be given are taken one by one. The first time, all others keep what was chosen for them.
        """
        one_by_one: set[int] = set()
        for _ in range(ROUNDS):
            pools = self._pools(one_by_one)
            options = [
                self._narrowed(self._options(pools, state, request, cells), settled.get(request), pools)
                for request, cells in starts.items()
            ]
            left = None if ends is None else max(0.0, ends - self.clock.elapsed())
            chosen = None if left == 0.0 else self._chosen(state, options, pools, away, left)
            if chosen is None:
                return
            places, failed = self._with_rooms(state, chosen, pools)
            alike = [self.alike.of_room[rooms[0]] for rooms in pools.rooms]
            one_by_one |= {alike[pool] for pool in failed}
            if not failed:
                yield places
                if not settled:
                    return
            settled = {
                request: choice._replace(pool=alike[choice.pool])
                for request, choice in chosen.items()
                if failed and alike[choice.pool] not in one_by_one
            }

    def _pools(self, one_by_one: set[int]) -> Pools:
        """Return the rooms that are alike taken together, but one by one those of some pools."""
        if not one_by_one:
            return self.alike
        keys = [(pool, room if pool in one_by_one else -1) for room, pool in enumerate(self.alike.of_room)]
        return Pools(self.instance, keys)

    def _chosen(
        self, state: State, options: list[Options], pools: Pools, away: set[int], seconds: float | None
    ) -> dict[int, Choice] | None:
        jobs, cells, unit = self.instance.jobs, self.ground.cells, len(options) + 1
        some = [each for each in options if each.starts]
        surely = [each.request for each in some if jobs[each.request].must and each.request not in away]
        selection = Selection(self.ground, state, some, pools=pools, surely=surely)

        def lost(request: int) -> int:
            return unit if request in away else unit * unit * jobs[request].weight

        def cost(request: int, cell: int) -> int:
            return 0 if cells.get(request) == cell else unit

        self._aim(selection, lost, cost)
        return self._solve(selection, seconds)[1]

    def _options(self, pools: Pools, state: State, request: int, cells: int) -> Options:
        """Return a request's options as if it were not held now."""
        if state.places[request] is None:
            return options_of(pools, state, request, cells)
        before = state.remove(request)
        options = options_of(pools, state, request, cells)
        state.place(request, before)
        return options

    def _narrowed(self, options: Options, choice: Choice | None, pools: Pools) -> Options:
        """Return options of which only the pool chosen before is left, where its rooms could be given."""
        if choice is None:
            return options
        pool = pools.of_room[self.alike.rooms[choice.pool][0]]
        cells = options.pools.get(pool, 0) & 1 << choice.cell
        return replace(options, starts=cells, pools={pool: cells}) if cells else options

    def _with_rooms(
        self, state: State, chosen: Mapping[int, Choice], pools: Pools
    ) -> tuple[dict[int, Place], list[int]]:
        """Return the places of what was chosen, and the pools whose rooms could not be given."""
        jobs, minutes = self.instance.jobs, self.instance.cells.minutes
        by_pool: dict[int, list[int]] = {}
        for request, choice in chosen.items():
            by_pool.setdefault(choice.pool, []).append(request)
        places: dict[int, Place] = {}
        failed = []
        seating = Seating(state)
        for pool, requests in by_pool.items():
            times = {
                each: (minutes[chosen[each].cell], minutes[chosen[each].cell] + jobs[each].length)
                for each in requests
            }
            rooms = seating.rooms_for(times, pools.rooms[pool])
            if rooms is None:
                failed.append(pool)
            else:
                places |= {each: Place(*times[each], rooms[each], chosen[each].team) for each in requests}
        return places, failed

    # ---- asking, and holding -----------------------------------------------------------------

    def _held(self, state: State, sitting: int) -> list[int]:
        jobs, sitting_at = self.instance.jobs, self.instance.cells.sitting_at
        return [
            request
            for request, place in enumerate(state.places)
            if place is not None and jobs[request].frozen is None and sitting_at(place.start) == sitting
        ]

    def _away_from(self, state: State, sitting: int) -> list[int]:
        """Return the meetings of a sitting that are held in another."""
        sitting_at = self.instance.cells.sitting_at
        return [
            request
            for request in self.of.get(sitting, ())
            if (place := state.places[request]) is not None and sitting_at(place.start) != sitting
        ]

    def _own(self, request: int) -> int:
        cell = self.ground.cells.get(request)
        return 0 if cell is None else 1 << cell

    def _place(self, state: State, request: int) -> Place:
        place = state.places[request]
        assert place is not None
        return place

    def _hold(self, state: State, request: int, place: Place) -> bool:
        """Hold a request there if every rule allows it; return whether it is."""
        zone, cell = self.instance.room_zone[place.room], self.instance.cells.cell(place.start)
        mask = state.starts_in_zone(request, zone) & state.room_starts(request, place.room)
        mask &= state.after_cells(request)
        item = Item(place.start, place.end, zone, request)
        for who in place.interpreters:
            mask &= state.interpreter_starts(request, who, zone)
            if not state.interpreters[who].run_holds(item):
                return False
        if cell is None or not mask >> cell & 1 or not state.in_a_row(request, place.start):
            return False
        state.place(request, place)
        return True
