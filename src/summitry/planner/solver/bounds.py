"""How much weight could be held at best: a relaxation that knows sittings but no times of day.

Each request is given, in whole or in fractions, to sittings in which it could be held.
No person, group of rooms or group of interpreters may be given more minutes in a
sitting than they have; interpreters neither on a day. What is dropped (who meets whom
when, walks, order) only makes the true optimum smaller, so that the relaxation's value
bounds it from above. It has a few thousand columns where the exact model has millions
of possible places, and HiGHS solves it in milliseconds to seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import highspy
import numpy as np

from summitry.planner.solver.instance import Actor, Instance
from summitry.planner.solver.state import State

ROUNDING = 1e-5
MOST_NODES = 100


@dataclass(slots=True)
class Rows:
    """The constraints, each ``terms`` (column, coefficient) at most ``limits``."""

    terms: list[list[tuple[int, float]]] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def add(self, terms: list[tuple[int, float]], limit: float) -> None:
        """Add a constraint unless it can never bind (every column is at most 1)."""
        if sum(weight for _, weight in terms) > limit:
            self.terms.append(terms)
            self.limits.append(limit)


@cache
def _most(minutes: int, sizes: tuple[int, ...]) -> int:
    """Return the greatest sum of ``sizes``, each as often as wanted, that is no more than ``minutes``."""
    if not sizes:
        return 0
    whole = (1 << (minutes + 1)) - 1
    sums, before = 1, 0
    while sums != before:
        before = sums
        for size in sizes:
            sums |= sums << size & whole
    return sums.bit_length() - 1


class SittingRelaxation:
    """Which request in which sitting, by capacities alone."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        state = State(instance)
        self.state = state
        self.columns: list[tuple[int, int]] = []
        self.of_request: dict[int, list[int]] = {}
        for request, job in enumerate(instance.jobs):
            if job.frozen is not None:
                continue
            together = 0
            for mask in state.starts(request).values():
                together |= mask
            for sitting in range(len(instance.cells.sittings)):
                if together & instance.cells.sitting(sitting):
                    self.of_request.setdefault(request, []).append(len(self.columns))
                    self.columns.append((request, sitting))
        self.rows = Rows()
        for columns in self.of_request.values():
            self.rows.add([(column, 1) for column in columns], 1)
        self._add_people()
        self._add_rooms()
        self._add_interpreters()

    def _by_sitting(self, requests: Iterable[int]) -> dict[int, list[int]]:
        parts: dict[int, list[int]] = {}
        for request in requests:
            for column in self.of_request.get(request, ()):
                parts.setdefault(self.columns[column][1], []).append(column)
        return parts

    def _job(self, column: int) -> tuple[int, int]:
        job = self.instance.jobs[self.columns[column][0]]
        return job.length, job.need

    def _capacity(self, mask: int, lengths: set[int], gap: int = 0) -> int:
        """Return the most minutes, a ``gap`` after each meeting included, that fit the stretches of ``mask``."""
        sizes = tuple(sorted(length + gap for length in lengths))
        total = 0
        while mask:
            low = (mask & -mask).bit_length() - 1
            run = mask >> low
            length = (~run & (run + 1)).bit_length() - 1
            total += _most(length * self.instance.grid + gap, sizes)
            mask &= ~(((1 << length) - 1) << low)
        return total

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
                lengths = {self._job(column)[0] for column in columns}
                self.rows.add([(c, self._job(c)[0]) for c in columns], self._capacity(free, lengths))
                if actor.max_meetings is not None:
                    self.rows.add([(column, 1) for column in columns], actor.max_meetings)

    def _add_rooms(self) -> None:
        instance = self.instance
        kinds: dict[tuple[int, ...], list[int]] = {}
        for request in self.of_request:
            kinds.setdefault(instance.jobs[request].rooms, []).append(request)
        for rooms in kinds:
            inside = set(rooms)
            wanted = [request for other, some in kinds.items() if inside >= set(other) for request in some]
            gap = min(instance.turnaround[room] for room in rooms)
            for sitting, columns in self._by_sitting(wanted).items():
                cells = instance.cells.sitting(sitting)
                lengths = {self._job(column)[0] for column in columns}
                capacity = sum(
                    self._capacity(cells & ~instance.room_closed_cells[room], lengths, gap) for room in rooms
                )
                self.rows.add([(c, self._job(c)[0] + gap) for c in columns], capacity)

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
            Whether each request goes to one sitting or none (tighter), or may be shared out.
        seconds : float, optional
            The time after which the bound reached so far is enough; without it a whole
            relaxation ends after a fixed number of nodes, so that the bound can be repeated.
        """
        jobs = enumerate(self.instance.jobs)
        frozen = sum(weights[request] for request, job in jobs if job.frozen is not None)
        most = frozen + sum(weights[request] for request in self.of_request)
        if not self.columns:
            return most
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("threads", 1)
        if seconds is not None:
            solver.setOptionValue("time_limit", float(seconds))
        elif whole:
            solver.setOptionValue("mip_max_nodes", MOST_NODES)
        solver.passModel(self._program([weights[request] for request, _ in self.columns], whole=whole))
        solver.run()
        info = solver.getInfo()
        value = float(info.mip_dual_bound if whole else info.objective_function_value)
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if not (optimal or whole) or not math.isfinite(value):
            return most
        return min(most, frozen + math.floor(value + ROUNDING * max(1.0, abs(value) * ROUNDING)))

    def _program(self, weights: Sequence[int], *, whole: bool) -> highspy.HighsLp:
        program = highspy.HighsLp()
        columns, rows = len(weights), len(self.rows.limits)
        program.num_col_, program.num_row_ = columns, rows
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = np.array(weights, dtype=float)
        program.col_lower_, program.col_upper_ = np.zeros(columns), np.ones(columns)
        program.row_lower_ = np.full(rows, -highspy.kHighsInf)
        program.row_upper_ = np.array(self.rows.limits, dtype=float)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms in self.rows.terms)])
        program.a_matrix_.index_ = np.array(
            [c for terms in self.rows.terms for c, _ in terms], dtype=np.int32
        )
        program.a_matrix_.value_ = np.array([v for terms in self.rows.terms for _, v in terms], dtype=float)
        if whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * columns
        return program
