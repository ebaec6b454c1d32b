"""How much weight could be held at best: a relaxation that knows sittings but no times of day.

Each request is given, in whole or in fractions, to sittings in which it could be held.
No person, group of rooms or group of interpreters may be given more minutes in a
sitting than they have; interpreters neither on a day; and of one person's requests no more
than fit into that person's own time. What is dropped (who meets whom when, walks, order) only
makes the true optimum smaller, so that the relaxation's value bounds it from above. It has a few
thousand columns where the exact model has millions of possible places, and HiGHS solves it in
milliseconds to seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import highspy
import numpy as np
import numpy.typing as npt

from summitry.planner.solver.cells import erode, union
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.diaries import overfull
from summitry.planner.solver.filling import most_in_rows, most_that_fits
from summitry.planner.solver.instance import Actor, Instance, Place
from summitry.planner.solver.pairs import exclusive
from summitry.planner.solver.programs import Flags, Packing, Rows, Values, quiet_solver
from summitry.planner.solver.state import State

ROUNDING = 1e-5
MOST_NODES = 100
MOST_WHOLE = 6_000  # columns beyond which whole numbers take longer than they are worth
SHORT = 1e-5  # the price from which something counts as short
LARGE = 60_000  # columns beyond which the first-order method is faster than the interior point
HOPELESS = 0.1  # mean weights
KKT_TOLERANCE = 1e-6  # of the first-order method: a looser one is done in half the time, but a plan's gap is then its bound's
MOST_KINDS, FEW_KINDS = 60, 8  # sets of rooms that get rows, by the usual turnaround and by any other
ALIKE = 0.97  # the share in common that makes two sets alike


class SittingRelaxation:
    """Which request in which sitting, by capacities alone.

    Parameters
    ----------
    instance : Instance
        The problem.
    clock : Clock, optional
        Of the run with whose end the solver ends too.
    needed : callable
        Asked, from another thread, whether the bound is still wanted.
    """

    def __init__(
        self, instance: Instance, *, clock: Clock | None = None, needed: Callable[[], bool] = lambda: True
    ) -> None:
        self.instance = instance
        self.clock = clock
        self.needed = needed
        self.state = _with_what_is_certain(instance)
        self._zones: dict[tuple[int, ...], list[int]] = {}
        self._open_cells: dict[tuple[tuple[int, ...], int, int], int] = {}
        self._staffed_cells: dict[tuple[tuple[int, ...], int, int, int], int] = {}
        self._capacities: dict[tuple[int, tuple[tuple[int, int], ...]], int] = {}
        self.columns: list[tuple[int, int]] = []
        self.of_request: dict[int, list[int]] = {}
        starts: dict[int, int] = {}
        for request, job in enumerate(instance.jobs):
            if job.frozen is not None:
                continue
            certain = self.state.places[request] is not None
            together = starts[request] = job.starts if certain else self._starts(request)
            for sitting in range(len(instance.cells.sittings)):
                if together & instance.cells.sitting(sitting):
                    self.of_request.setdefault(request, []).append(len(self.columns))
                    self.columns.append((request, sitting))
        self.rows = Rows()
        for columns in self.of_request.values():
            self.rows.add([(column, 1) for column in columns], 1)
        self._first_capacity = len(self.rows.limits)
        column_of = {owner: column for column, owner in enumerate(self.columns)}
        for some in exclusive(instance, {request: mask for request, mask in starts.items() if mask}):
            self.rows.add([(column_of[each], 1) for each in some], 1)
        self._add_diaries({request: mask for request, mask in starts.items() if mask})
        self._add_people()
        self._add_rooms()
        self._add_interpreters()
        self._packing = Packing(self.rows, len(self.columns))
        self._prices: Values | None = None
        self.shares: Values | None = None
        self._owner = np.array([request for request, _ in self.columns], dtype=np.int64)

    def _starts(self, request: int) -> int:
        """Return the cells from which a request could be held were no other of the free ones held."""
        instance, state, job = self.instance, self.state, self.instance.jobs[request]
        allowed = state.after_cells(request) & job.starts
        found = 0
        if allowed:
            for zone in sorted({instance.room_zone[room] for room in self._one_of_each_zone(job.rooms)}):
                mask = state.starts_in_zone(request, zone) & allowed & self._open(job.rooms, zone, job.cells)
                if mask and job.need:
                    mask &= self._staffed(request, zone)
                found |= mask
        return found

    def _one_of_each_zone(self, rooms: tuple[int, ...]) -> list[int]:
        known = self._zones.get(rooms)
        if known is None:
            zone = self.instance.room_zone
            known = self._zones[rooms] = list({zone[room]: room for room in rooms}.values())
        return known

    def _open(self, rooms: tuple[int, ...], zone: int, length: int) -> int:
        """Return the cells from which some of these rooms in a zone is open for ``length`` cells."""
        key = (rooms, zone, length)
        if key not in self._open_cells:
            instance = self.instance
            there = {instance.room_closed_cells[room] for room in rooms if instance.room_zone[room] == zone}
            everything = instance.cells.everything
            self._open_cells[key] = union(erode(everything & ~closed, length) for closed in there)
        return self._open_cells[key]

    def _staffed(self, request: int, zone: int) -> int:
        job = self.instance.jobs[request]
        key = (job.interpreters, job.need, zone, job.cells)
        if key not in self._staffed_cells:
            self._staffed_cells[key] = self.state.enough_interpreters(request, zone)
        return self._staffed_cells[key]

    def _by_sitting(self, requests: Iterable[int]) -> dict[int, list[int]]:
        parts: dict[int, list[int]] = {}
        for request in requests:
            for column in self.of_request.get(request, ()):
                parts.setdefault(self.columns[column][1], []).append(column)
        return parts

    def _job(self, column: int) -> tuple[int, int]:
        job = self.instance.jobs[self.columns[column][0]]
        return job.length, job.need

    def _capacity(self, mask: int, lengths: set[int], turnaround: int = 0, counted: int = 0) -> int:
        """Return the most minutes that meetings can fill in the stretches of ``mask``.

        ``turnaround`` lies between two of them; ``counted`` minutes are counted with each.
        """
        sizes = tuple(sorted((length + turnaround, length + counted) for length in lengths))
        known = self._capacities.get((mask, sizes))
        if known is None:
            known = self._capacities[mask, sizes] = self._fill(mask, sizes, turnaround)
        return known

    def _fill(self, mask: int, sizes: tuple[tuple[int, int], ...], turnaround: int) -> int:
        if not sizes:
            return 0
        return sum(most_that_fits(minutes + turnaround, sizes) for minutes in self._stretches(mask))

    def _stretches(self, mask: int) -> Iterator[int]:
        """Yield the lengths of the runs of cells in ``mask``, in minutes."""
        while mask:
            low = (mask & -mask).bit_length() - 1
            run = mask >> low
            length = (~run & (run + 1)).bit_length() - 1
            yield length * self.instance.grid
            mask &= ~(((1 << length) - 1) << low)

    def _add_diaries(self, starts: dict[int, int]) -> None:
        jobs = self.instance.jobs
        for requests, most in overfull(self.state, starts):
            self.rows.add([(c, jobs[each].weight) for each in requests for c in self.of_request[each]], most)

    def _add_people(self) -> None:
        instance = self.instance
        requests: dict[int, list[int]] = {}
        for request in self.of_request:
            for person in instance.jobs[request].people:
                requests.setdefault(person, []).append(request)
        for person, wanted in requests.items():
            actor, diary = instance.people[person], self.state.people[person]
            for sitting, columns in self._by_sitting(wanted).items():
                free = instance.cells.sitting(sitting) & ~diary.blocked(instance.nowhere)
                open_ = [c for c in columns if self.state.places[self.columns[c][0]] is None]
                lengths = {self._job(column)[0] for column in open_}
                self.rows.add([(c, self._job(c)[0]) for c in open_], self._capacity(free, lengths))
                if actor.max_consecutive is not None and lengths:
                    self._add_gaps(open_, free, tuple(sorted(lengths)), actor.max_consecutive)
                if actor.max_meetings is not None:
                    self.rows.add([(column, 1) for column in columns], actor.max_meetings)

    def _add_gaps(self, columns: Sequence[int], free: int, lengths: tuple[int, ...], row: int) -> None:
        """Limit what a person is given who may hold only so many meetings without a gap.

        As a sum of lengths, and with its share of the gaps counted with every meeting.
        """
        rest = self.instance.break_minutes
        for counted in (0, rest):
            most = sum(
                most_in_rows(minutes, lengths, row, rest, counted) for minutes in self._stretches(free)
            )
            self.rows.add([(c, self._job(c)[0] + counted / row) for c in columns], most / row)

    def _add_rooms(self) -> None:
        """Limit what is held in each set of rooms that some requests are bound to, by what these rooms hold.

        Most sets are never short: they are found by matrices, before any row is made.
        """
        instance, jobs = self.instance, self.instance.jobs
        kinds: dict[tuple[int, ...], list[int]] = {}
        for request in self.of_request:
            kinds.setdefault(jobs[request].rooms, []).append(request)
        if not kinds:
            return
        kinds.setdefault(tuple(range(len(instance.room_zone))), [])
        belongs = np.zeros((len(kinds), len(instance.room_zone)), dtype=np.float32)
        for kind, rooms in enumerate(kinds):
            belongs[kind, list(rooms)] = 1.0
        inside = belongs @ (1.0 - belongs).T == 0.0  # [a, b]: all rooms of a are among those of b
        members = list(kinds.values())
        for counted in sorted(set(instance.turnaround)):
            asked = np.array([sum(jobs[request].length + counted for request in some) for some in members])
            capacity = belongs.astype(float) @ self._minutes_of_rooms(counted).T  # [kind, sitting]
            scarce = asked @ inside / np.maximum(1.0, capacity.min(axis=1))
            usual = counted == max(instance.turnaround, key=instance.turnaround.count)
            for kind in _unlike(scarce, inside, asked, MOST_KINDS if usual else FEW_KINDS):
                wanted = [request for some in np.flatnonzero(inside[:, kind]) for request in members[some]]
                for sitting, columns in self._by_sitting(wanted).items():
                    terms = [(column, float(self._job(column)[0] + counted)) for column in columns]
                    self.rows.add(terms, float(capacity[kind, sitting]))

    def _minutes_of_rooms(self, counted: int) -> Values:
        """Return the most minutes that meetings can fill in each sitting and room, some counted with each.

        Whatever is counted, what this tells of the rooms is true; it tells most where that is their turnaround.
        """
        instance = self.instance
        lengths = {instance.jobs[request].length for request in self.of_request}
        rooms = list(zip(instance.room_closed_cells, instance.turnaround, strict=True))
        return np.array(
            [
                [
                    self._capacity(instance.cells.sitting(sitting) & ~closed, lengths, turnaround, counted)
                    for closed, turnaround in rooms
                ]
                for sitting in range(len(instance.cells.sittings))
            ],
            dtype=float,
        )

    def _add_interpreters(self) -> None:
        instance = self.instance
        teams: dict[tuple[int, ...], list[int]] = {}
        for request in self.of_request:
            if instance.jobs[request].need:
                teams.setdefault(instance.jobs[request].interpreters, []).append(request)
        for team in teams:
            inside = set(team)
            wanted = [request for other, some in teams.items() if inside >= set(other) for request in some]
            days: dict[int, list[int]] = {}
            for sitting, columns in self._by_sitting(wanted).items():
                capacity = sum(self._work(instance.interpreters[who], who, sitting) for who in team)
                self.rows.add([(c, math.prod(self._job(c))) for c in columns], capacity)
                start, end = instance.cells.sittings[sitting]
                if instance.date(start) == instance.date(end - 1):
                    days.setdefault(instance.date(start), []).extend(columns)
            limits = [instance.interpreters[who].max_minutes_per_day for who in team]
            if None not in limits:
                for columns in days.values():
                    total = sum(limit for limit in limits if limit is not None)
                    self.rows.add([(c, math.prod(self._job(c))) for c in columns], total)

    def _work(self, actor: Actor, who: int, sitting: int) -> int:
        """Return the most minutes an interpreter can serve in a sitting."""
        cells = self.instance.cells
        free = cells.sitting(sitting) & ~self.state.interpreters[who].blocked(self.instance.nowhere)
        minutes = free.bit_count() * self.instance.grid
        if actor.max_run is not None:
            rounds, rest = divmod(minutes, actor.max_run + actor.rest)
            minutes = rounds * actor.max_run + min(rest, actor.max_run)
        return minutes if actor.max_minutes is None else min(minutes, actor.max_minutes)

    def solve(self, weights: Sequence[int], *, whole: bool, seconds: float | None = None) -> int:
        """Return a bound on the weight of the requests held.

        Parameters
        ----------
        weights : sequence of int
            What each request counts.
        whole : bool
            Whether each request goes to one sitting or none (tighter), or may be shared out; the
            first, where the second was asked before, for those alone that compete for something.
        seconds : float, optional
            The time after which the bound reached so far is enough; without it a whole
            relaxation ends after a fixed number of nodes, so that the bound can be repeated.
        """
        jobs = enumerate(self.instance.jobs)
        frozen = sum(weights[request] for request, job in jobs if job.frozen is not None)
        most = frozen + sum(weights[request] for request in self.of_request)
        if not self.columns:
            return most
        costs = np.array([weights[request] for request, _ in self.columns], dtype=float)
        value = self._whole(costs, seconds) if whole else self._shared(costs, seconds)
        if not math.isfinite(value):
            return most
        return min(most, frozen + math.floor(value + ROUNDING * max(1.0, abs(value) * ROUNDING)))

    def _shared(self, costs: Values, seconds: float | None) -> float:
        """Return the bound that the duals of the linear relaxation prove, however far the solver got.

        Any prices of the rows that are not negative prove one: what all capacity is worth, and
        what each request's best sitting is worth beyond the capacity it takes.
        """
        solver = quiet_solver(seconds)
        large = len(costs) > LARGE
        solver.setOptionValue("solver", "pdlp" if large else "ipm")
        solver.setOptionValue("run_crossover", "off")
        if large:
            solver.setOptionValue("kkt_tolerance", KKT_TOLERANCE)
        solver.passModel(self._packing.program(costs, whole=False))
        self._run(solver)
        solution = solver.getSolution()
        if not solution.dual_valid:
            return math.inf
        self.shares = np.array(solution.col_value)
        prices = self._prices = np.abs(np.array(solution.row_dual))
        best = np.zeros(len(self.instance.jobs))
        np.maximum.at(best, self._owner, costs - self._packing.taken(prices))
        return float(prices @ self._packing.limits + best.sum())

    def _run(self, solver: highspy.Highs) -> None:
        if self.clock is None:
            solver.run()
            return
        solver.HandleUserInterrupt = True
        with self.clock.watching(solver.cancelSolve, over_too=lambda: not self.needed()):
            solver.run()

    def hopeless(self, weights: Sequence[int]) -> frozenset[int]:
        """Return the requests that are worth clearly less than the cheapest place for them, at the last prices.

        Every one of these that a plan holds takes that much from what the plan could have held.
        """
        if self._prices is None:
            return frozenset()
        best = np.full(len(weights), -np.inf)
        costs = np.array([weights[request] for request, _ in self.columns], dtype=float)
        np.maximum.at(best, self._owner, costs - self._packing.taken(self._prices))
        clearly = HOPELESS * sum(weights) / len(weights)
        return frozenset(
            request
            for request in np.flatnonzero(best < -clearly).tolist()
            if not self.instance.jobs[request].must
        )

    def _whole(self, costs: Values, seconds: float | None) -> float:
        """Return a bound where what competes goes to one sitting or none, and all else is held.

        What competes for something that the linear relaxation has put a price on is mostly few.
        """
        competing = self._competing()
        columns = competing[self._owner]
        if np.count_nonzero(columns) > MOST_WHOLE:
            return math.inf
        others = np.zeros(len(competing))
        np.maximum.at(others, self._owner, np.where(columns, 0.0, costs))
        solver = quiet_solver(seconds)
        if seconds is None:
            solver.setOptionValue("mip_max_nodes", MOST_NODES)
        program = self._packing.program(np.where(columns, costs, 0.0), whole=True)
        program.col_upper_ = columns.astype(float)
        solver.passModel(program)
        self._run(solver)
        return float(others.sum()) + float(solver.getInfo().mip_dual_bound)

    def _competing(self) -> Flags:
        """Return the requests that ask for what has a price; all, where prices are not known."""
        competing: Flags = np.ones(len(self.instance.jobs), dtype=np.bool_)
        if self._prices is not None:
            short = self._prices > SHORT
            short[: self._first_capacity] = False
            competing[:] = False
            competing[self._owner[self._packing.within(short)]] = True
        return competing


def _with_what_is_certain(instance: Instance) -> State:
    """Return the frozen meetings, and what must be held and has one start only, in a room not yet known."""
    state = State(instance)
    for request, job in enumerate(instance.jobs):
        if job.must and job.frozen is None and job.starts.bit_count() == 1:
            start = instance.cells.minutes[job.starts.bit_length() - 1]
            state.place(request, Place(start, start + job.length, -1, ()))
    return state


def _unlike(
    scarce: Values, inside: npt.NDArray[np.bool_], asked: npt.NDArray[np.int64], most: int
) -> list[int]:
    """Return the sets of rooms that may be short, the scarcest first, without those much like one before."""
    kept: list[int] = []
    for kind in np.argsort(-scarce, kind="stable").tolist():
        if scarce[kind] <= 1.0 or len(kept) == most:
            break
        wanted = inside[:, kind]
        if all(
            asked @ (wanted & inside[:, other]) < ALIKE * (asked @ (wanted | inside[:, other]))
            for other in kept
        ):
            kept.append(kind)
    return kept
