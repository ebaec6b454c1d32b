"""The aims, and the rules on neighbouring meetings, as expressions of a model."""

from __future__ import annotations

from typing import Any

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import WANTED_MOST, breaks, measure
from summitry.planner.solver.model.chains import Chain, FreeTime, Link, limit_runs, ordered
from summitry.planner.solver.model.core import Core, Literal
from summitry.planner.solver.model.walks import walking

Expression = Any


class Goals:
    """Makes each aim's expression when it is first asked for; constants of kept meetings included."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._chains: dict[tuple[int, int], Chain] = {}
        self._clocks: dict[int, FreeTime] = {}
        self._known: dict[Aim, Expression] = {}
        self._breaks: dict[int, Expression] = {}
        self._moved: dict[int, Literal] = {}
        self._limit_rows()
        self._limit_spread()

    def expression(self, aim: Aim) -> Expression:
        """Return the value of an aim as a linear expression."""
        if aim not in self._known:
            make = {
                Aim.WEIGHT: self._weight,
                Aim.LEFT_OUT: self._left_out,
                Aim.BREAKS: self._all_breaks,
                Aim.WALKING: self._walking,
                Aim.DROPPED: self._dropped,
                Aim.MOVED: self._all_moved,
                Aim.REROOMED: self._rerooms,
            }[aim]
            self._known[aim] = make()
        return self._known[aim]

    def keep(self, aim: Aim, value: int) -> None:
        """Let an aim be no worse than ``value``."""
        expression = self.expression(aim)
        if isinstance(expression, int):
            if (expression < value) if aim in WANTED_MOST else (expression > value):
                self.core.model.add_bool_or([])
            return
        self.core.model.add(expression >= value if aim in WANTED_MOST else expression <= value)

    # ---- what is held --------------------------------------------------------------

    def _weight(self) -> Expression:
        core = self.core
        kept = sum(
            job.weight
            for job, place in zip(core.instance.jobs, core.state.places, strict=True)
            if place is not None
        )
        return kept + sum(core.instance.jobs[request].weight * held for request, held in core.held.items())

    def _left_out(self) -> Expression:
        core = self.core
        present = {
            party
            for job, place in zip(core.instance.jobs, core.state.places, strict=True)
            if place is not None
            for party in job.parties
        }
        total: Expression = 0
        for party in core.instance.named_parties:
            if party in present:
                continue
            meetings = [
                held for request, held in core.held.items() if party in core.instance.jobs[request].parties
            ]
            if not meetings:
                total += 1
                continue
            out = core.model.new_bool_var("")
            core.model.add_bool_or([out, *meetings])
            total += out
        return total

    def _dropped(self) -> Expression:
        core = self.core
        total: Expression = 0
        for request, (job, place) in enumerate(zip(core.instance.jobs, core.state.places, strict=True)):
            if job.baseline is None or place is not None:
                continue
            held = core.held.get(request)
            total += job.weight * (1 - held) if held is not None else job.weight
        return total

    def moved(self, request: int) -> Literal:
        """Return the literal that says that a held meeting is not at its baseline start."""
        core = self.core
        if request not in self._moved:
            baseline = core.instance.jobs[request].baseline
            assert baseline is not None
            cell = core.instance.cells.cell(baseline.start)
            held = core.held[request]
            if cell is None or not core.cells[request] >> cell & 1:
                self._moved[request] = held
            else:
                literals = core.split(request, _parts(core.cells[request], cell), held)
                self._moved[request] = literals.get(1, core.model.new_constant(0))
        return self._moved[request]

    def _baseline(self) -> list[int]:
        core = self.core
        return [request for request in core.held if core.instance.jobs[request].baseline is not None]

    def _all_moved(self) -> Expression:
        return self._kept(Aim.MOVED) + sum(self.moved(request) for request in self._baseline())

    def _rerooms(self) -> Expression:
        core = self.core
        total: Expression = self._kept(Aim.REROOMED)
        for request in self._baseline():
            baseline = core.instance.jobs[request].baseline
            assert baseline is not None
            moved = self.moved(request)
            kind = core.instance.class_of_room.get(baseline.room)
            same = core.kind[request].get(kind) if kind is not None else None
            if moved is core.held[request]:
                continue
            elsewhere = core.model.new_bool_var("")
            clause = [elsewhere, moved, core.held[request].negated()]
            core.model.add_bool_or(clause if same is None else [*clause, same])
            total += elsewhere
        return total

    def _kept(self, aim: Aim) -> int:
        """Return an aim's value for the kept meetings alone."""
        return measure(self.core.instance, self.core.state.places, (aim,))[aim]

    # ---- neighbours in time --------------------------------------------------------

    def _persons(self) -> list[int]:
        return sorted(self.core.by_person)

    def _chain(self, person: int, sitting: int) -> Chain:
        """Return the chain of one person's meetings in one sitting."""
        if (person, sitting) not in self._chains:
            core = self.core
            cells = core.instance.cells
            items = core.state.people[person].items
            kept = [item for item in items if cells.sitting_within(item.start, item.end) == sitting]
            free = {
                request: (core.in_sitting(request)[sitting], core.cells[request] & cells.sitting(sitting))
                for request in core.by_person[person]
                if sitting in core.in_sitting(request)
            }
            self._chains[person, sitting] = Chain(core, ordered(kept), free)
        return self._chains[person, sitting]

    def _sittings(self, person: int) -> list[int]:
        """Return the sittings in which one of a person's free requests could be held."""
        core = self.core
        return sorted({sitting for request in core.by_person[person] for sitting in core.in_sitting(request)})

    def _clock(self, person: int) -> FreeTime:
        if person not in self._clocks:
            actor = self.core.instance.people[person]
            self._clocks[person] = FreeTime(self.core, actor, by_sitting=True)
        return self._clocks[person]

    def _limit_rows(self) -> None:
        core = self.core
        plain = _PlainTime(core)
        for person in self._persons():
            limit = core.instance.people[person].max_consecutive
            if limit is None or limit >= len(core.by_person[person]) + len(core.state.people[person].items):
                continue
            for sitting in self._sittings(person):
                limit_runs(
                    self._chain(person, sitting),
                    weight=lambda _: 1,
                    limit=limit,
                    gap=plain.gap,
                    least=core.instance.break_minutes,
                )

    def _limit_spread(self) -> None:
        core = self.core
        if core.instance.spread is None or not core.instance.named_people:
            return
        counts = [self.breaks_of(person) for person in core.instance.named_people]
        least = core.model.new_int_var(0, len(core.instance.jobs), "")
        for count in counts:
            core.model.add(count >= least)
            core.model.add(count <= least + core.instance.spread)

    def breaks_of(self, person: int) -> Expression:
        """Return the number of one person's breaks."""
        if person not in self._breaks:
            core = self.core
            items = core.state.people[person].items
            total: Expression = 0
            moving = self._sittings(person) if person in core.by_person else []
            for sitting in moving:
                total += self._breaks_in(person, sitting)
            within = core.instance.cells.sitting_within
            rest = [item for item in items if within(item.start, item.end) not in moving]
            self._breaks[person] = total + breaks(core.instance, person, ordered(rest))
        return self._breaks[person]

    def _breaks_in(self, person: int, sitting: int) -> Expression:
        core, clock = self.core, self._clock(person)
        chain = self._chain(person, sitting)
        total: Expression = 0
        for u, v, arc in chain.pairs():
            a, b = chain.links[u], chain.links[v]
            if a.item is not None and b.item is not None:
                total += arc * breaks(core.instance, person, [a.item, b.item])
                continue
            total += arc
            if self._always_break(person, a, b):
                continue
            joined = core.model.new_bool_var("")
            core.model.add_implication(joined, arc)
            space = clock.at_start(b) - clock.at_end(a)
            self._relate(chain, (u, v), arc, joined, space)
            total -= joined
        return total

    def _relate(
        self, chain: Chain, ends: tuple[int, int], arc: Literal, joined: Literal, space: Expression
    ) -> None:
        """Let two neighbours count as joined only (with a limit on spread: exactly) where no break parts them."""
        core, (u, v) = self.core, ends
        exact = core.instance.spread is not None
        least, walk = core.instance.break_minutes, core.instance.walk
        for zone_a, where_a in chain.zones(u):
            for zone_b, where_b in chain.zones(v):
                where, needed = [*where_a, *where_b], least + walk[zone_a][zone_b]
                core.model.add(space <= needed - 1).only_enforce_if([joined, *where])
                if exact:
                    core.model.add(space >= needed).only_enforce_if([arc, joined.negated(), *where])

    def _always_break(self, person: int, a: Link, b: Link) -> bool:
        """Return whether two links, neighbours at all, surely have a break between them."""
        core = self.core
        busy = core.instance.people[person].busy
        if b.item is not None or a.item is not None:
            return False
        latest = a.minutes[-1] + core.instance.jobs[a.request].length
        gap = b.minutes[0] - latest
        walk = max(core.instance.walk[x][y] for x in core.zones(a.request) for y in core.zones(b.request))
        return gap > 0 and gap - busy.within(latest, b.minutes[0]) - walk >= core.instance.break_minutes

    def _all_breaks(self) -> Expression:
        core = self.core
        others = sum(
            breaks(core.instance, person, ordered(diary.items))
            for person, diary in enumerate(core.state.people)
            if person not in core.by_person
        )
        return others + sum(self.breaks_of(person) for person in self._persons())

    # ---- walking -------------------------------------------------------------------

    def _walking(self) -> Expression:
        return walking(self.core)


class _PlainTime:
    """The gap between two links on the clock."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def gap(self, a: Link, b: Link) -> Expression:
        """Return the minutes from the end of ``a`` to the start of ``b``."""
        core, instance = self.core, self.core.instance
        if a.item is not None and b.item is not None:
            return b.item.start - a.item.end
        start = b.item.start if b.item is not None else instance.zero + instance.tick * core.start[b.request]
        if a.item is not None:
            return start - a.item.end
        return start - (
            instance.zero + instance.tick * core.start[a.request] + instance.jobs[a.request].length
        )


def _parts(cells: int, cell: int) -> dict[int, int]:
    """Return a request's starts as the baseline's (0) and the others (1)."""
    parts = {0: 1 << cell, 1: cells & ~(1 << cell)}
    return {part: mask for part, mask in parts.items() if mask}
