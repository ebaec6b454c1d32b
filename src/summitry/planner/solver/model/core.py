"""Every hard rule as a CP-SAT model, for all requests or for a few amid a plan that is kept.

A request that is free has a presence literal, a start in ticks, one literal for each
class of rooms that no rule tells apart, and one for each interpreter. Meetings that are
kept are not variables: they narrow the domains and stand as fixed links in the chains.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from summitry.planner.solver.cells import bits
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.state import State

Literal = cp_model.IntVar


class Core:
    """Presence, time, room class and people of the free requests.

    Parameters
    ----------
    state : State
        The meetings that are kept; no free request is held in it.
    free : sequence of int
        The requests to decide on. All others stay as they are in ``state``.
    """

    def __init__(self, state: State, free: Sequence[int]) -> None:
        self.state = state
        self.instance: Instance = state.instance
        self.model = cp_model.CpModel()
        self.free = list(free)
        self.held: dict[int, Literal] = {}
        self.start: dict[int, Literal] = {}
        self.cells: dict[int, int] = {}
        self.kind: dict[int, dict[int, Literal]] = {}
        self._zones: dict[tuple[int, int], Literal] = {}
        self._sittings: dict[int, dict[int, Literal]] = {}
        self._dates: dict[int, dict[int, Literal]] = {}
        self._order: dict[tuple[int, int], Literal] = {}
        for request in self.free:
            self._add_request(request)
        self.by_person: dict[int, list[int]] = {}
        for request in self.held:
            for person in self.instance.jobs[request].people:
                self.by_person.setdefault(person, []).append(request)
        self._add_rooms()
        self._add_people()
        self._add_order()

    # ---- requests ------------------------------------------------------------------

    def _add_request(self, request: int) -> None:
        instance, model = self.instance, self.model
        job = instance.jobs[request]
        domains = self._domains(request)
        if not domains:
            if job.must:
                model.add_bool_or([])
            return
        everything = 0
        for mask in domains.values():
            everything |= mask
        held = model.new_bool_var("")
        self.held[request] = held
        self.cells[request] = everything
        self.start[request] = model.new_int_var_from_domain(self.domain(everything), "")
        if job.must:
            model.add(held == 1)
        kinds = {kind: held if len(domains) == 1 else model.new_bool_var("") for kind in domains}
        self.kind[request] = kinds
        if len(kinds) > 1:
            model.add(sum(kinds.values()) == held)
        for kind, mask in domains.items():
            self.only_in(request, mask, [kinds[kind]])

    def _domains(self, request: int) -> dict[int, int]:
        """Return for each room class the cells from which the kept meetings let a request be held."""
        instance, state = self.instance, self.state
        job = instance.jobs[request]
        allowed = state.after_cells(request) & job.starts
        by_zone: dict[int, int] = {}
        domains: dict[int, int] = {}
        for kind in sorted({instance.class_of_room[room] for room in job.rooms}):
            rooms = instance.classes[kind]
            if rooms.zone not in by_zone:
                mask = state.starts_in_zone(request, rooms.zone) & allowed
                by_zone[rooms.zone] = mask and mask & state.enough_interpreters(request, rooms.zone)
            mask = by_zone[rooms.zone]
            if mask:
                first = rooms.rooms[0]
                mask &= (
                    state.room_starts(request, first)
                    if len(rooms.rooms) == 1
                    else state.open_starts(request, first)
                )
            if mask:
                domains[kind] = mask
        return domains

    def domain(self, mask: int) -> cp_model.Domain:
        """Return the ticks at which the cells of ``mask`` start."""
        instance = self.instance
        minutes, zero, tick = instance.cells.minutes, instance.zero, instance.tick
        return cp_model.Domain.from_values([(minutes[cell] - zero) // tick for cell in bits(mask)])

    def only_in(self, request: int, mask: int, literals: Sequence[Literal]) -> None:
        """Let a request start only in ``mask`` where all ``literals`` are true."""
        mask &= self.cells[request]
        if mask == self.cells[request]:
            return
        if not mask:
            self.model.add_bool_or([literal.negated() for literal in literals])
            return
        self.model.add_linear_expression_in_domain(self.start[request], self.domain(mask)).only_enforce_if(
            list(literals)
        )

    def ticks(self, minutes: int) -> int:
        """Return the least number of ticks that lasts that many minutes."""
        return -(-minutes // self.instance.tick)

    def length(self, request: int) -> int:
        """Return a request's length in ticks."""
        return self.instance.jobs[request].length // self.instance.tick

    # ---- literals made when first asked for ----------------------------------------

    def zones(self, request: int) -> list[int]:
        """Return the zones in which a request could be held."""
        return sorted({self.instance.classes[kind].zone for kind in self.kind[request]})

    def in_zone(self, request: int, zone: int) -> Literal:
        """Return the literal that says that a request is held in a zone."""
        known = self._zones.get((request, zone))
        if known is None:
            there = [
                literal
                for kind, literal in self.kind[request].items()
                if self.instance.classes[kind].zone == zone
            ]
            if len(there) == len(self.kind[request]):
                known = self.held[request]
            elif len(there) == 1:
                known = there[0]
            else:
                known = self.model.new_bool_var("")
                self.model.add(sum(there) == known)
            self._zones[request, zone] = known
        return known

    def in_sitting(self, request: int) -> dict[int, Literal]:
        """Return for each sitting the literal that says that a request is held in it."""
        if request not in self._sittings:
            sitting_of = self.instance.cells.sitting_of
            self._sittings[request] = self._split(
                request, {c: sitting_of[c] for c in bits(self.cells[request])}
            )
        return self._sittings[request]

    def on_date(self, request: int) -> dict[int, Literal]:
        """Return for each date the literal that says that a request is held on it."""
        if request not in self._dates:
            minutes, date = self.instance.cells.minutes, self.instance.date
            parts = {cell: date(minutes[cell]) for cell in bits(self.cells[request])}
            self._dates[request] = self._split(request, parts)
        return self._dates[request]

    def _split(self, request: int, parts: dict[int, int]) -> dict[int, Literal]:
        masks: dict[int, int] = {}
        for cell, part in parts.items():
            masks[part] = masks.get(part, 0) | 1 << cell
        return self.split(request, masks, self.held[request])

    def split(self, request: int, masks: dict[int, int], whole: Literal) -> dict[int, Literal]:
        """Return one literal for each part of a request's starts; exactly one is true where ``whole`` is."""
        if len(masks) == 1:
            return dict.fromkeys(masks, whole)
        literals = {part: self.model.new_bool_var("") for part in masks}
        self.model.add(sum(literals.values()) == whole)
        for part, mask in masks.items():
            self.only_in(request, mask, [literals[part]])
        return literals

    def first(self, a: int, b: int) -> tuple[Any, Any]:
        """Return the literals that say that ``a`` comes before ``b``, and the reverse."""
        low, high = min(a, b), max(a, b)
        known = self._order.get((low, high))
        if known is None:
            known = self._order[low, high] = self.model.new_bool_var("")
        return (known, known.negated()) if a == low else (known.negated(), known)

    # ---- rules ---------------------------------------------------------------------

    def _add_rooms(self) -> None:
        instance, model = self.instance, self.model
        users: dict[int, list[tuple[int, Literal]]] = {}
        for request, kinds in self.kind.items():
            for kind, literal in kinds.items():
                users.setdefault(kind, []).append((request, literal))
        for kind, wanted in users.items():
            rooms = instance.classes[kind]
            gap = self.ticks(rooms.turnaround)
            intervals = [
                model.new_optional_fixed_size_interval_var(
                    self.start[request], self.length(request) + gap, literal, ""
                )
                for request, literal in wanted
            ]
            if len(rooms.rooms) == 1:
                model.add_no_overlap(intervals)
                continue
            kept = [item for room in rooms.rooms for item in self.state.room_items[room]]
            intervals += [
                model.new_fixed_size_interval_var(instance.to_tick(start), self.ticks(end - start) + gap, "")
                for start, end, _ in kept
            ]
            if len(intervals) > len(rooms.rooms):
                model.add_cumulative(intervals, [1] * len(intervals), len(rooms.rooms))

    def _add_people(self) -> None:
        model = self.model
        whole = {
            request: model.new_optional_fixed_size_interval_var(
                self.start[request], self.length(request), held, ""
            )
            for request, held in self.held.items()
        }
        pairs: set[tuple[int, int]] = set()
        for person, requests in self.by_person.items():
            if len(requests) > 1:
                model.add_no_overlap([whole[request] for request in requests])
                pairs.update(combinations(sorted(requests), 2))
            self._add_most_meetings(person, requests)
        if self.instance.walking:
            for a, b in sorted(pairs):
                self.keep_walk(a, b, [])

    def _add_most_meetings(self, person: int, requests: Sequence[int]) -> None:
        limit = self.instance.people[person].max_meetings
        if limit is None:
            return
        used: dict[int, int] = {}
        for item in self.state.people[person].items:
            sitting = self.instance.cells.sitting_within(item.start, item.end)
            if sitting is not None:
                used[sitting] = used.get(sitting, 0) + 1
        there: dict[int, list[Literal]] = {}
        for request in requests:
            for sitting, literal in self.in_sitting(request).items():
                there.setdefault(sitting, []).append(literal)
        for sitting, literals in there.items():
            left = max(0, limit - used.get(sitting, 0))
            if len(literals) > left:
                self.model.add(sum(literals) <= left)

    def keep_walk(self, a: int, b: int, together: list[Literal]) -> None:
        """Leave time to walk between two meetings that somebody attends where ``together`` holds."""
        for zone_a in self.zones(a):
            for zone_b in self.zones(b):
                gap = self.ticks(self.instance.walk[zone_a][zone_b])
                if not gap:
                    continue
                both = [*together, self.in_zone(a, zone_a), self.in_zone(b, zone_b)]
                for x, y, order in ((a, b, self.first(a, b)[0]), (b, a, self.first(b, a)[0])):
                    self.model.add(self.start[y] >= self.start[x] + self.length(x) + gap).only_enforce_if(
                        [*both, order]
                    )

    def _add_order(self) -> None:
        for later in self.held:
            for earlier in self.instance.jobs[later].after:
                if earlier in self.held:
                    self.model.add(
                        self.start[later] >= self.start[earlier] + self.length(earlier)
                    ).only_enforce_if([self.held[later], self.held[earlier]])
