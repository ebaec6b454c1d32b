"""Who interprets which meeting: assignment, presence, working limits and rests."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Item
from summitry.planner.solver.model.chains import Chain, FreeTime, Link, limit_runs, ordered
from summitry.planner.solver.model.core import Core, Literal


class Interpreting:
    """The rules on interpreters, added to a model; ``serves`` holds a literal per request and interpreter."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.serves: dict[int, dict[int, Literal]] = {}
        for request in core.held:
            if core.instance.jobs[request].need:
                self._add_team(request)
        self.by_interpreter: dict[int, list[int]] = {}
        for request, team in self.serves.items():
            for who in team:
                self.by_interpreter.setdefault(who, []).append(request)
        for who, requests in self.by_interpreter.items():
            self._add_presence(who, requests)
            self._add_minutes(who, requests)
            self._add_runs(who, requests)
        self._add_walks()

    def _add_team(self, request: int) -> None:
        core = self.core
        job = core.instance.jobs[request]
        team: dict[int, Literal] = {}
        for who in job.interpreters:
            zones = core.zones(request)
            masks = {zone: core.state.interpreter_starts(request, who, zone) for zone in zones}
            if not any(mask & core.cells[request] for mask in masks.values()):
                continue
            literal = team[who] = core.model.new_bool_var("")
            core.model.add_implication(literal, core.held[request])
            if len(set(masks.values())) == 1:
                core.only_in(request, masks[zones[0]], [literal])
                continue
            for zone, mask in masks.items():
                core.only_in(request, mask, [literal, core.in_zone(request, zone)])
        core.model.add(sum(team.values()) == job.need * core.held[request])
        self.serves[request] = team

    def _add_presence(self, who: int, requests: list[int]) -> None:
        core = self.core
        if len(requests) > 1:
            core.model.add_no_overlap(
                [
                    core.model.new_optional_fixed_size_interval_var(
                        core.start[request], core.length(request), self.serves[request][who], ""
                    )
                    for request in requests
                ]
            )

    def _add_minutes(self, who: int, requests: list[int]) -> None:
        core = self.core
        cells, actor = core.instance.cells, core.instance.interpreters[who]
        items = core.state.interpreters[who].items
        if actor.max_minutes is not None:
            used = _sum((cells.sitting_within(item.start, item.end), item) for item in items)
            parts = {request: core.in_sitting(request) for request in requests}
            self._limit(who, parts, used, actor.max_minutes)
        if actor.max_minutes_per_day is not None:
            used = _sum((core.instance.date(item.start), item) for item in items)
            parts = {request: core.on_date(request) for request in requests}
            self._limit(who, parts, used, actor.max_minutes_per_day)

    def _limit(
        self, who: int, parts: dict[int, dict[int, Literal]], used: dict[int | None, int], limit: int
    ) -> None:
        """Keep the minutes served in each part (sitting or date) within what is left of the limit."""
        core = self.core
        terms: dict[int, list[tuple[int, Literal]]] = {}
        for request, literals in parts.items():
            serves = self.serves[request][who]
            for part, literal in literals.items():
                both = serves
                if len(literals) > 1:
                    both = core.model.new_bool_var("")
                    core.model.add_bool_or([both, serves.negated(), literal.negated()])
                terms.setdefault(part, []).append((core.instance.jobs[request].length, both))
        for part, weighted in terms.items():
            left = max(0, limit - used.get(part, 0))
            if sum(minutes for minutes, _ in weighted) > left:
                core.model.add(sum(minutes * literal for minutes, literal in weighted) <= left)

    def _add_runs(self, who: int, requests: list[int]) -> None:
        core = self.core
        actor = core.instance.interpreters[who]
        items = core.state.interpreters[who].items
        if actor.max_run is None:
            return
        served = sum(item.end - item.start for item in items)
        if served + sum(core.instance.jobs[request].length for request in requests) <= actor.max_run:
            return
        free = {request: (self.serves[request][who], core.cells[request]) for request in requests}
        chain = Chain(core, _reaching(items), free)
        clock = FreeTime(core, actor, by_sitting=False)

        def gap(a: Link, b: Link) -> Any:
            return clock.at_start(b) - clock.at_end(a)

        def length(link: Link) -> int:
            place = core.state.places[link.request]
            if place is not None:
                return place.end - place.start
            return core.instance.jobs[link.request].length

        limit_runs(chain, weight=length, limit=actor.max_run, gap=gap, least=actor.rest)

    def _add_walks(self) -> None:
        core = self.core
        if not core.instance.walking:
            return
        together: dict[tuple[int, int], list[int]] = {}
        for who, requests in self.by_interpreter.items():
            for pair in combinations(sorted(requests), 2):
                together.setdefault(pair, []).append(who)
        for (a, b), shared in together.items():
            if not self._may_be_close(a, b):
                continue
            both = core.model.new_bool_var("")
            for who in shared:
                core.model.add_bool_or([both, self.serves[a][who].negated(), self.serves[b][who].negated()])
            core.keep_walk(a, b, [both])

    def _may_be_close(self, a: int, b: int) -> bool:
        """Return whether two requests could be so near in time that a walk between them matters."""
        core = self.core
        minutes = core.instance.cells.minutes
        longest = max(max(row) for row in core.instance.walk)
        spans = []
        for request in (a, b):
            cells = list(bits(core.cells[request]))
            spans.append((minutes[cells[0]], minutes[cells[-1]] + core.instance.jobs[request].length))
        return spans[0][0] - longest < spans[1][1] and spans[1][0] - longest < spans[0][1]


def _reaching(items: Iterable[Item]) -> list[Item]:
    """Return items in order, each as ending when all up to it have ended (frozen ones may overlap)."""
    reached: list[Item] = []
    for item in ordered(items):
        end = max(item.end, reached[-1].end) if reached else item.end
        reached.append(item._replace(end=end))
    return reached


def _sum(items: Iterable[tuple[int | None, Item]]) -> dict[int | None, int]:
    """Return the minutes served in each part."""
    used: dict[int | None, int] = {}
    for part, item in items:
        used[part] = used.get(part, 0) + item.end - item.start
    return used
