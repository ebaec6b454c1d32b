"""A problem, and a plan in the making, as the arrays of the compiled search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from summitry.planner.solver.cells import bits
from summitry.planner.solver.exchange import kernel
from summitry.planner.solver.exchange.rules import Zones, days, rules_of
from summitry.planner.solver.exchange.tables import (
    BEAM,
    FIELDS,
    LONGEST_JOURNAL,
    MUST,
    NEAREST,
    NEVER,
    POOL,
    RING,
    UNHELD,
    Beam,
    Board,
    Flags,
    Ints,
    Rules,
)
from summitry.planner.solver.instance import Actor, Instance, Place

NUMBERS = 8
MIX = 0x9E3779B97F4A7C15  # spreads seeds over all 64 bits


class Held(NamedTuple):
    """A plan as arrays; ``start`` -1 where a request is not held, ``team`` filled up with -1."""

    start: Ints
    end: Ints
    room: Ints
    team: Ints

    def without(self, requests: Sequence[int]) -> Held:
        """Return a plan that does not hold these requests."""
        found = Held(*(column.copy() for column in self))
        for column in found:
            column[requests] = -1
        return found


class Ground:
    """A problem as arrays, with the prices of engagements and closures.

    Parameters
    ----------
    instance : Instance
        The problem.
    worth, stay : int
        What a weight of 1 is worth, and that a meeting keeps the start it has in the baseline.
    """

    def __init__(self, instance: Instance, *, worth: int = 1, stay: int = 0) -> None:
        jobs, cells = instance.jobs, instance.cells
        self.instance = instance
        self.rules: Rules = rules_of(instance, worth=worth, stay=stay)
        self.slots = max(
            [1, *(job.need for job in jobs), *(len(job.frozen.interpreters) for job in jobs if job.frozen)]
        )
        self.price = np.array([worth * job.weight + MUST * job.must for job in jobs], dtype=np.int64)
        self.frozen = np.array([job.frozen is not None for job in jobs], dtype=np.bool_)
        self.price[self.frozen] = NEVER
        self.able = np.array(
            [bool(job.starts and job.rooms and job.frozen is None) for job in jobs], dtype=np.bool_
        )
        self.named = np.bincount(self.rules.people, minlength=len(instance.people))
        shortest = min((job.length for job in jobs), default=1)
        at_most = sum((end - start) // shortest for start, end in cells.sittings)
        self.at_a_time = min(len(jobs), int(self.frozen.sum()) + at_most) + 1
        self.width = len(cells.minutes) + max((job.cells for job in jobs), default=1) + 1
        zones = Zones(instance)
        self.people = self._engaged(zones, instance.people)
        self.interpreters = self._engaged(zones, instance.interpreters)
        closed = [
            (room, zones.row(-1), *span) for room, spans in enumerate(instance.closed) for span in spans
        ]
        self.rooms = self._marked((len(instance.room_zone), 1, self.width), closed)

    def _engaged(self, zones: Zones, actors: Sequence[Actor]) -> tuple[Ints, Ints]:
        items = [
            (owner, zones.row(item.zone), item.start, item.end)
            for owner, actor in enumerate(actors)
            for item in actor.engagements
        ]
        return self._marked((len(actors), self.rules.zones, self.width), items)

    def _marked(
        self, shape: tuple[int, int, int], items: Sequence[tuple[int, int, int, int]]
    ) -> tuple[Ints, Ints]:
        begun, over = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        columns = np.array(items, dtype=np.int64).reshape(-1, 4)
        kernel.engage(self.rules, begun, over, *(np.ascontiguousarray(column) for column in columns.T))
        return begun, over

    def held(self, places: Sequence[Place | None]) -> Held:
        """Return a plan as arrays."""
        count = len(places)
        held = Held(_nowhere(count), _nowhere(count), _nowhere(count), _nowhere(count, self.slots))
        for request, place in enumerate(places):
            if place is not None:
                held.start[request], held.end[request], held.room[request] = place[:3]
                held.team[request, : len(place.interpreters)] = place.interpreters
        return held

    def places(self, held: Held) -> list[Place | None]:
        """Return a plan of arrays as places."""
        found: list[Place | None] = []
        columns = zip(self.instance.jobs, *(column.tolist() for column in held), strict=True)
        for job, start, end, room, team in columns:
            if job.frozen is not None:
                found.append(job.frozen)
            elif start < 0:
                found.append(None)
            else:
                found.append(Place(start, end, room, tuple(sorted(who for who in team if who >= 0))))
        return found

    def cells(self, mask: int) -> Flags:
        """Return a set of cells as flags."""
        flags = np.zeros(self.rules.cells, dtype=np.bool_)
        flags[list(bits(mask))] = True
        return flags


def board_of(
    ground: Ground,
    held: Held,
    *,
    seed: int,
    within: Flags | None = None,
    candidates: Sequence[int] | None = None,
    fixed: Iterable[int] = (),
) -> Board:
    """Return a board.

    Parameters
    ----------
    ground
        The problem.
    held
        The plan to begin with.
    seed
        Of the random numbers.
    within
        The cells from which anything may be held, by default all; what is held elsewhere stays.
    candidates
        The requests, of those not held, to try; by default all.
    fixed
        Requests whose meetings stay where they are.
    """
    rules, instance, slots = ground.rules, ground.instance, ground.slots
    count, sittings = len(rules.length), len(rules.base)
    people, interpreters, rooms = len(instance.people), len(instance.interpreters), len(instance.room_zone)
    price = ground.price.copy()
    price[list(fixed)] = NEVER
    unheld = np.arange(count) if candidates is None else np.array(candidates, dtype=np.int64)
    unheld = unheld[(held.start[unheld] < 0) & ground.able[unheld]]
    at = _nowhere(count)
    at[unheld] = np.arange(len(unheld))
    waiting = _zeros(count)
    waiting[: len(unheld)] = unheld
    numbers = _zeros(NUMBERS)
    numbers[UNHELD] = len(unheld)
    some = count + NEAREST
    board = Board(
        start=_nowhere(count),
        end=_nowhere(count),
        room=_nowhere(count),
        team=_nowhere(count, slots),
        price=price,
        open=np.ones(rules.cells, dtype=np.bool_) if within is None else within,
        person_begun=ground.people[0].copy(),
        person_over=ground.people[1].copy(),
        interpreter_begun=ground.interpreters[0].copy(),
        interpreter_over=ground.interpreters[1].copy(),
        room_begun=ground.rooms[0][:, 0].copy(),
        room_over=ground.rooms[1][:, 0].copy(),
        vacant=np.zeros((len(rules.spans), rules.cells, rules.hall_bits.shape[1]), dtype=np.uint64),
        of_person_from=np.concatenate(([0], np.cumsum(ground.named))).astype(np.int64),
        of_person=_zeros(len(rules.people)),
        person_count=_zeros(people),
        of_interpreter=_zeros(interpreters, ground.at_a_time),
        interpreter_count=_zeros(interpreters),
        of_room=_zeros(rooms, ground.at_a_time),
        room_count=_zeros(rooms),
        meetings=_zeros(people, sittings),
        minutes=_zeros(interpreters, sittings),
        minutes_a_day=_zeros(interpreters, days(instance)[1]),
        unheld=waiting,
        at=at,
        fresh=_zeros(count),
        ageing=_zeros(RING, 2),
        best_start=_nowhere(count),
        best_end=_nowhere(count),
        best_room=_nowhere(count),
        best_team=_nowhere(count, slots),
        dirty=_zeros(count),
        is_dirty=np.zeros(count, dtype=np.bool_),
        way=_zeros(some),
        crowd=_zeros(some),
        journal=_zeros(LONGEST_JOURNAL, 5),
        journal_team=_zeros(LONGEST_JOURNAL, slots),
        waiting=_zeros(some),
        chain=_zeros(some),
        team_here=_nowhere(slots),
        team_there=_nowhere(slots),
        keys=np.zeros(some),
        row=_zeros(some),
        prices=_zeros(rules.cells),
        beam=beam_of(rules, 1),
        least=_zeros(slots),
        least_who=_zeros(slots),
        numbers=numbers,
        random=np.array([((2 * seed + 1) * MIX) & ((1 << 64) - 1)], dtype=np.uint64),
    )
    kernel.set_up(rules, board, held.start, held.end, held.room, held.team)
    return board


def beam_of(rules: Rules, best: int) -> Beam:
    """Return where itineraries are made, of which so many are kept that are worth most."""
    cells = max((rules.ends - rules.begins).tolist(), default=0) // rules.grid + 1
    return Beam(
        worth=np.zeros((POOL, rules.zones, cells)),
        totals=np.zeros((cells, rules.zones, BEAM)),
        records=_zeros(cells, rules.zones, BEAM, FIELDS),
        counts=_zeros(cells, rules.zones),
        over_totals=np.zeros((cells, rules.zones, BEAM)),
        over_records=_zeros(cells, rules.zones, BEAM, FIELDS),
        over_counts=_zeros(cells, rules.zones),
        record=_zeros(FIELDS),
        best_totals=np.zeros(best),
        best=_zeros(best, FIELDS),
        itinerary=_zeros(cells, 3),
    )


def _zeros(*shape: int) -> Ints:
    return np.zeros(shape, dtype=np.int64)


def _nowhere(*shape: int) -> Ints:
    return np.full(shape, -1, dtype=np.int64)
