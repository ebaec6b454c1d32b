"""Plain CP-SAT: the whole problem as one model with default parameters and two workers.

An optional interval for each request in each room that suits it, and one for each
person; literals for zones and for who interprets. Walks are disjunctions of pairs, rows of
meetings and interpreters' runs are circuits.
"""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.board import DAY, Board, Item
from benchmarks.peers.round_robin import Found
from summitry.planner import Interpreter, Meeting, Person, Problem, Request

WORKERS = 2


def plan(problem: Problem, seconds: float, found: Found) -> None:
    """Search for the most weight until the time is up or it is proved; building the model counts."""
    began = time.monotonic()
    whole = Whole(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - began))
    solver.solve(whole.model, _Found(whole, found))


class _Found(cp_model.CpSolverSolutionCallback):
    def __init__(self, whole: Whole, found: Found) -> None:
        super().__init__()
        self._whole = whole
        self._found = found

    def on_solution_callback(self) -> None:
        """Pass a plan on."""
        self._found(self._whole.meetings(self))


class Task:
    """The variables of one request."""

    def __init__(self, model: cp_model.CpModel, board: Board, request: Request) -> None:
        self.request = request
        self.rooms: dict[str, Any] = {}
        self.zones: dict[str, Any] = {}
        self.team: dict[str, Any] = {}
        self.held = model.new_bool_var("")
        self.open = _open(board, request)
        starts = sorted(set().union(*self.open.values())) if self.open else []
        self.start = model.new_int_var_from_domain(cp_model.Domain.from_values(starts or [0]), "")
        self.end = self.start + request.minutes
        for diary in board.suitable(request):
            if (zone := diary.room.zone or "") in self.open:
                self.rooms[diary.room.id] = model.new_bool_var("")
                if zone not in self.zones:
                    self.zones[zone] = model.new_bool_var("")
        model.add_exactly_one([*self.rooms.values(), self.held.negated()])


class Whole:
    """The model of a whole problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.board = Board(problem)
        self.model = cp_model.CpModel()
        self.tasks = {request.id: Task(self.model, self.board, request) for request in problem.requests}
        self.overlaps: dict[tuple[str, str], Any] = {}
        self.late: dict[tuple[str, int], Any] = {}
        for task in self.tasks.values():
            self._add_task(task)
        self._add_rooms()
        self._add_people()
        self._add_interpreters()
        self._add_walks()
        self.model.maximize(sum(task.request.weight * task.held for task in self.tasks.values()))

    def meetings(self, answer: _Found) -> list[Meeting]:
        """Read a plan off an answer."""
        found = []
        for name, task in self.tasks.items():
            for room, chosen in task.rooms.items():
                if answer.boolean_value(chosen):
                    start = answer.value(task.start)
                    team = tuple(who for who, serves in task.team.items() if answer.boolean_value(serves))
                    times = self.board.clock.time(start), self.board.clock.time(start + task.request.minutes)
                    found.append(Meeting(name, *times, room, team))
        return found

    def _add_task(self, task: Task) -> None:
        model, board, request = self.model, self.board, task.request
        if request.must:
            model.add(task.held == 1)
        by_zone: dict[str, list[Any]] = defaultdict(list)
        for room, chosen in task.rooms.items():
            diary = board.rooms[room]
            by_zone[diary.room.zone or ""].append(chosen)
            if diary.closed:
                starts = [
                    start
                    for start in task.open[diary.room.zone or ""]
                    if diary.free(start, start + request.minutes)
                ]
                self._allow(task, starts, chosen)
        for zone, chosen_rooms in by_zone.items():
            model.add(sum(chosen_rooms) == task.zones[zone])
            self._allow(task, task.open[zone], task.zones[zone])
        for earlier in request.after:
            other = self.tasks[earlier]
            model.add(task.start >= other.end).only_enforce_if(task.held, other.held)
        if request.interpreters:
            for name, agenda in board.interpreters.items():
                if set(request.languages or ()) <= _languages(agenda.owner):
                    task.team[name] = model.new_bool_var("")
            model.add(sum(task.team.values()) == request.interpreters).only_enforce_if(task.held)
            for serves in task.team.values():
                model.add_implication(serves, task.held)

    def _allow(self, task: Task, starts: list[int], chosen: Any) -> None:
        if starts:
            domain = cp_model.Domain.from_values(starts)
            self.model.add_linear_expression_in_domain(task.start, domain).only_enforce_if(chosen)
        else:
            self.model.add(chosen == 0)

    def _interval(self, task: Task, present: Any, more: int = 0) -> Any:
        length = task.request.minutes + more
        return self.model.new_optional_fixed_size_interval_var(task.start, length, present, "")

    def _add_rooms(self) -> None:
        for room, diary in self.board.rooms.items():
            self.model.add_no_overlap(
                [
                    self._interval(task, task.rooms[room], diary.turnaround)
                    for task in self.tasks.values()
                    if room in task.rooms
                ]
            )

    def _add_people(self) -> None:
        of_person: dict[str, list[Task]] = defaultdict(list)
        for task in self.tasks.values():
            for name in task.request.people:
                of_person[name].append(task)
        for name, tasks in of_person.items():
            self.model.add_no_overlap([self._interval(task, task.held) for task in tasks])
            for one, other in combinations(tasks, 2):
                self._meet(one, other, None)
            person = self.board.people[name].owner
            assert isinstance(person, Person)
            most = person.max_meetings_per_sitting
            if most is not None:
                for since, until, _ in self.board.clock.sittings:
                    here = [self._within(task, task.held, since, until) for task in tasks]
                    self.model.add(sum(here) <= most)
            if person.max_consecutive is not None:
                gap = self.board.clock.break_minutes
                self._runs([(task, task.held, 1) for task in tasks], person.max_consecutive, gap)

    def _add_interpreters(self) -> None:
        for name, agenda in self.board.interpreters.items():
            interpreter = agenda.owner
            assert isinstance(interpreter, Interpreter)
            tasks = [task for task in self.tasks.values() if name in task.team]
            self.model.add_no_overlap([self._interval(task, task.team[name]) for task in tasks])
            for task in tasks:
                self._keep_engagements(task, name)
            for one, other in combinations(tasks, 2):
                both = self.model.new_bool_var("")
                self.model.add_bool_or(both, one.team[name].negated(), other.team[name].negated())
                self._meet(one, other, both)
            stretches = [(since, until) for since, until, _ in self.board.clock.sittings]
            self._limit(name, tasks, interpreter.max_minutes_per_sitting, stretches)
            days = sorted({since // DAY for since, _ in stretches})
            self._limit(
                name, tasks, interpreter.max_minutes_per_day, [(day * DAY, day * DAY + DAY) for day in days]
            )
            most, rest = interpreter.max_continuous_minutes, interpreter.rest_minutes
            if most is not None and rest is not None:
                work = [(task, task.team[name], task.request.minutes) for task in tasks]
                self._runs(work, most, rest, agenda.engagements)

    def _keep_engagements(self, task: Task, name: str) -> None:
        """Keep an interpreter's engagements, with the walks to them."""
        agenda = self.board.interpreters[name]
        for zone, starts in task.open.items():
            length = task.request.minutes
            kept = [start for start in starts if _away(agenda.engagements, self.board, start, length, zone)]
            if len(kept) < len(starts):
                both = self.model.new_bool_var("")
                self.model.add_bool_or(both, task.team[name].negated(), task.zones[zone].negated())
                self._allow(task, kept, both)

    def _limit(self, name: str, tasks: list[Task], most: int | None, parts: list[tuple[int, int]]) -> None:
        if most is None:
            return
        for since, until in parts:
            work = [
                task.request.minutes * self._within(task, task.team[name], since, until) for task in tasks
            ]
            self.model.add(sum(work) <= most)

    def _within(self, task: Task, present: Any, since: int, until: int) -> Any:
        """Return a literal that is true at least if the task is present and starts in a stretch."""
        starts = sorted(set().union(*task.open.values())) if task.open else []
        outside = [start for start in starts if not since <= start < until]
        if len(outside) == len(starts):
            return 0
        if not outside:
            return present
        here = self.model.new_bool_var("")
        away = self.model.new_bool_var("")
        self._allow(task, outside, away)
        self.model.add_bool_or(here, away, present.negated())
        return here

    def _meet(self, one: Task, other: Task, both: Any) -> None:
        """Remember that somebody may have to walk between two tasks: always, or if ``both`` holds."""
        key = one.request.id, other.request.id
        if both is None:
            self.overlaps[key] = None
        elif key not in self.overlaps:
            self.overlaps[key] = [both]
        elif self.overlaps[key] is not None:
            self.overlaps[key].append(both)

    def _add_walks(self) -> None:
        model, clock = self.model, self.board.clock
        for (first, second), conditions in self.overlaps.items():
            one, other = self.tasks[first], self.tasks[second]
            walks = [
                (chosen, chosen_other, minutes)
                for zone, chosen in one.zones.items()
                for zone_other, chosen_other in other.zones.items()
                if (minutes := clock.walk(zone or None, zone_other or None))
            ]
            if not walks:
                continue
            needed = []
            if conditions is not None:
                needed = [model.new_bool_var("")]
                for both in conditions:
                    model.add_implication(both, needed[0])
            before = model.new_bool_var("")
            for chosen, chosen_other, minutes in walks:
                model.add(other.start >= one.end + minutes).only_enforce_if(
                    [before, chosen, chosen_other, *needed]
                )
                model.add(one.start >= other.end + minutes).only_enforce_if(
                    [before.negated(), chosen, chosen_other, *needed]
                )

    def _runs(
        self,
        work: list[tuple[Task, Any, int]],
        most: int,
        gap: int,
        engagements: list[Item] | None = None,
    ) -> None:
        """Let no run of work with less than a gap between weigh more than the most, as a circuit in time."""
        if sum(weight for _, _, weight in work) <= most:
            return
        model = self.model
        arcs: list[tuple[int, int, Any]] = [(0, 0, model.new_bool_var(""))]
        engaged = [self._engaged(task, engagements or []) for task, _, _ in work]
        totals = [model.new_int_var(weight, max(most, weight), "") for _, _, weight in work]
        for index, (task, present, weight) in enumerate(work, start=1):
            arcs += [(0, index, model.new_bool_var("")), (index, 0, model.new_bool_var(""))]
            arcs.append((index, index, present.negated()))
            model.add_implication(arcs[0][2], present.negated())
            if weight > most:
                model.add(present == 0)
            for position, (later, _, more) in enumerate(work, start=1):
                if position == index:
                    continue
                arc = model.new_bool_var("")
                arcs.append((index, position, arc))
                model.add(later.start >= task.end).only_enforce_if(arc)
                joined = model.new_bool_var("")
                free = later.start - engaged[position - 1] - (task.end - engaged[index - 1])
                model.add(free >= gap).only_enforce_if(arc, joined.negated())
                model.add(totals[position - 1] >= totals[index - 1] + more).only_enforce_if(arc, joined)
        model.add_circuit(arcs)

    def _engaged(self, task: Task, engagements: list[Item]) -> Any:
        """Return the engaged minutes before a task."""
        return sum((until - since) * self._late(task, until) for since, until in _joined(engagements))

    def _late(self, task: Task, minute: int) -> Any:
        """Return a literal that is true if and only if a task starts at a minute or later."""
        key = task.request.id, minute
        if key not in self.late:
            late = self.late[key] = self.model.new_bool_var("")
            self.model.add(task.start >= minute).only_enforce_if(late)
            self.model.add(task.start < minute).only_enforce_if(late.negated())
        return self.late[key]


def _open(board: Board, request: Request) -> dict[str, list[int]]:
    """Return the starts that terms and people's engagements leave open in each zone that suits."""
    zones = {diary.room.zone or "" for diary in board.suitable(request)}
    starts = list(board.starts(request))
    engagements = [item for name in request.people for item in board.people[name].engagements]
    found = {
        zone: [start for start in starts if _away(engagements, board, start, request.minutes, zone)]
        for zone in sorted(zones)
    }
    return {zone: kept for zone, kept in found.items() if kept}


def _away(engagements: list[Item], board: Board, start: int, length: int, zone: str) -> bool:
    for item in engagements:
        walk = board.clock.walk(zone or None, item.zone)
        if item.start < start + length + walk and start < item.end + walk:
            return False
    return True


def _languages(owner: Person | Interpreter) -> frozenset[str]:
    return owner.languages if isinstance(owner, Interpreter) else frozenset()


def _joined(items: list[Item]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for item in sorted(items):
        if spans and item.start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], item.end)
        else:
            spans.append((item.start, item.end))
    return spans
