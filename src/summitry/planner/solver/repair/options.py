"""Where, when and by whom a request could be held: what repair chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from summitry.planner.solver.cells import bits, union
from summitry.planner.solver.instance import Item
from summitry.planner.solver.repair.pools import Pools
from summitry.planner.solver.state import State


class Choice(NamedTuple):
    """A start, a pool of rooms (-1 where that was not asked) and a team; rooms are given later."""

    cell: int
    pool: int
    team: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """All starts of one request, as sets of cells.

    Attributes
    ----------
    starts : int
        The cells from which it could be held somewhere.
    pools : dict of int to int
        Of those, the cells for each pool of rooms.
    serving : dict of int to dict of int to int
        Of those, the cells for each interpreter and zone.
    """

    request: int
    starts: int
    pools: dict[int, int]
    serving: dict[int, dict[int, int]]


def options_of(pools: Pools, state: State, request: int, cells: int | None = None) -> Options:
    """Return the options of a request beside the meetings in ``state``, by default from any cell."""
    instance = state.instance
    job = instance.jobs[request]
    allowed = state.after_cells(request) & job.starts
    if cells is not None:
        allowed &= cells
    zones: dict[int, int] = {}
    by_pool: dict[int, int] = {}
    open_in: dict[int, int] = {}
    if allowed:
        for pool, zone in sorted({(pools.of_room[room], instance.room_zone[room]) for room in job.rooms}):
            if zone not in zones:
                zones[zone] = allowed & state.starts_in_zone(request, zone)
            mask = zones[zone] and zones[zone] & pools.starts(state, request, pool, zone)
            if mask:
                by_pool[pool] = by_pool.get(pool, 0) | mask
                open_in[zone] = open_in.get(zone, 0) | mask
    starts = _not_too_many_in_a_row(instance.cells.minutes, state, request, union(by_pool.values()))
    serving: dict[int, dict[int, int]] = {}
    if job.need and starts:
        by_zone = {zone: left for zone, mask in open_in.items() if (left := mask & starts)}
        for who in job.interpreters:
            there = _serving(state, request, who, by_zone)
            if there:
                serving[who] = there
        starts = _enough(serving, job.need, by_zone)
    return Options(
        request, starts, {pool: left for pool, mask in by_pool.items() if (left := mask & starts)}, serving
    )


def _not_too_many_in_a_row(minutes: list[int], state: State, request: int, starts: int) -> int:
    people = state.instance.jobs[request].people
    if all(state.instance.people[person].max_consecutive is None for person in people):
        return starts
    for cell in bits(starts):
        if not state.in_a_row(request, minutes[cell]):
            starts &= ~(1 << cell)
    return starts


def _serving(state: State, request: int, who: int, by_zone: dict[int, int]) -> dict[int, int]:
    """Return for each zone the starts at which an interpreter could serve, the run so far included."""
    instance, diary = state.instance, state.interpreters[who]
    there = {
        zone: left
        for zone, mask in by_zone.items()
        if (left := mask & state.interpreter_starts(request, who, zone))
    }
    if diary.actor.max_run is None or not diary.items:
        return there
    length, tired = instance.jobs[request].length, 0
    for cell in bits(union(there.values())):
        start = instance.cells.minutes[cell]
        if not diary.run_holds(Item(start, start + length, instance.nowhere, request)):
            tired |= 1 << cell
    return {zone: left for zone, mask in there.items() if (left := mask & ~tired)}


def _enough(serving: dict[int, dict[int, int]], need: int, by_zone: dict[int, int]) -> int:
    """Return the starts at which enough interpreters are free in some zone."""
    found = 0
    for zone, mask in by_zone.items():
        at_least = [mask] + [0] * need
        for there in serving.values():
            free = there.get(zone, 0)
            for count in range(need, 0, -1):
                at_least[count] |= at_least[count - 1] & free
        found |= at_least[need]
    return found
