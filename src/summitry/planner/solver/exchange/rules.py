"""A problem as the arrays of the compiled search."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np

from summitry.planner.solver.cells import MINUTES_PER_DAY, bits
from summitry.planner.solver.exchange.tables import NO_LIMIT, NO_START, WORD, Bits, Ints, Rules
from summitry.planner.solver.instance import Actor, Instance, Job

Key = TypeVar("Key")
PRESSED = 0.8
SELDOM = 0.2  # of the minutes asked for in most rooms
SIDE_OF_PRESSED = 2  # where a side of a room counts 1


def rules_of(instance: Instance, *, worth: int = 1, stay: int = 0) -> Rules:
    """Return what does not change while a problem is searched.

    Parameters
    ----------
    instance
        The problem.
    worth
        What a weight of 1 is worth.
    stay
        What it is worth beside that that a meeting keeps the start it has in the baseline.
    """
    cells, jobs = instance.cells, instance.jobs
    longest = max((job.cells for job in jobs), default=1)
    size = len(cells.minutes)
    edge = np.array([not cells.everything >> cell & 1 for cell in range(size)] + [True] * (longest + 1))
    people_from, people = _listed(job.people for job in jobs)
    starts_of, masks = _numbered(job.starts for job in jobs)
    starts_from, starts = _listed(list(bits(mask)) for mask in masks)
    may_start = np.zeros((len(masks), size), dtype=np.bool_)
    may_start[np.repeat(np.arange(len(masks)), np.diff(starts_from)), starts] = True
    wanting: list[list[int]] = [[] for _ in instance.people]
    for request, job in enumerate(jobs):
        for person in job.people:
            wanting[person].append(request)
    wanting_from, wanting_of = _listed(wanting)
    pressed, rooms_asked = _pressed(instance), _rooms_asked(instance)
    zones = Zones(instance)
    halls_of, kinds = _numbered(job.rooms for job in jobs)
    halls = [zones.halls(rooms) for rooms in kinds]
    halls_from = np.concatenate(([0], np.cumsum([len(each) for each in halls]))).astype(np.int64)
    hall_from, hall_rooms = _listed(rooms for each in halls for _, rooms in each)
    may_use = np.zeros((len(kinds), len(instance.room_zone)), dtype=np.bool_)
    for kind, rooms in enumerate(kinds):
        may_use[kind, list(rooms)] = True
    room_at = np.argsort(np.array(instance.room_zone, dtype=np.int64), kind="stable").astype(np.int64)
    room_place = np.argsort(room_at, kind="stable").astype(np.int64)
    room_bit = np.left_shift(np.uint64(1), (room_place % WORD).astype(np.uint64))
    hall_bits = _bits_of([rooms for each in halls for _, rooms in each], room_place // WORD, room_bit)
    seldom = _seldom(jobs, len(instance.room_zone))
    seldom_bits = _bits_of([seldom], room_place // WORD, room_bit)[0]
    spans, span_of = np.unique(np.array([job.cells for job in jobs], dtype=np.int64), return_inverse=True)
    team_of, teams = _numbered(job.interpreters for job in jobs)
    team_from, team = _listed(teams)
    after_from, after = _listed(job.after for job in jobs)
    before_from, before = _listed(
        [later for later in job.before if jobs[later].frozen is None] for job in jobs
    )
    engaged_from, engaged = _listed(_merged(who) for who in instance.interpreters)
    return Rules(
        grid=instance.grid,
        cells=size,
        zones=len(zones.numbers),
        break_minutes=instance.break_minutes,
        minute=np.array(cells.minutes, dtype=np.int64),
        sitting_of=np.array(cells.sitting_of, dtype=np.int64),
        edge=edge,
        base=np.array(cells.base, dtype=np.int64),
        begins=np.array([start for start, _ in cells.sittings], dtype=np.int64),
        ends=np.array([end for _, end in cells.sittings], dtype=np.int64),
        gap=zones.gaps(),
        length=np.array([job.length for job in jobs], dtype=np.int64),
        width=np.array([job.cells for job in jobs], dtype=np.int64),
        weight=np.array([worth * job.weight for job in jobs], dtype=np.int64),
        need=np.array([job.need for job in jobs], dtype=np.int64),
        people_from=people_from,
        people=people,
        starts_of=starts_of,
        starts_from=starts_from,
        starts=starts,
        may_start=may_start,
        halls_of=halls_of,
        halls_from=halls_from,
        hall_zone=np.array([zone for each in halls for zone, _ in each], dtype=np.int64),
        hall_from=hall_from,
        hall_rooms=hall_rooms,
        team_of=team_of,
        team_from=team_from,
        team=team,
        after_from=after_from,
        after=after,
        before_from=before_from,
        before=before,
        may_use=may_use,
        room_zone=np.array([zones.number(zone) for zone in instance.room_zone], dtype=np.int64),
        room_word=room_place // WORD,
        room_bit=room_bit,
        room_at=room_at,
        hall_bits=hall_bits,
        seldom=seldom_bits,
        seldom_hall=_seldom_halls(kinds, halls, halls_from, set(seldom)),
        span_of=span_of.astype(np.int64),
        spans=spans,
        turnaround=np.array(instance.turnaround, dtype=np.int64),
        rooms_short=rooms_asked > PRESSED,
        rooms_lacking=rooms_asked > 1.0,
        most_meetings=_limits(who.max_meetings for who in instance.people),
        most_in_a_row=_limits(who.max_consecutive for who in instance.people),
        wanting_from=wanting_from,
        wanting=wanting_of,
        hurried=np.flatnonzero(pressed),
        pressed=pressed,
        most_minutes=_limits(who.max_minutes for who in instance.interpreters),
        most_minutes_a_day=_limits(who.max_minutes_per_day for who in instance.interpreters),
        longest_run=_limits(who.max_run for who in instance.interpreters),
        rest=np.array([who.rest for who in instance.interpreters], dtype=np.int64),
        engaged_from=engaged_from,
        engaged=engaged.reshape(-1, 2),
        first_day=days(instance)[0],
        stay=stay,
        own=np.array([_own_start(job) for job in jobs], dtype=np.int64),
        own_cell=np.array([_own_cell(instance, job) for job in jobs], dtype=np.int64),
    )


def _own_start(job: Job) -> int:
    return NO_START if job.baseline is None or job.frozen is not None else job.baseline.start


def _own_cell(instance: Instance, job: Job) -> int:
    """Return the cell of a request's own start, -1 where it has none or may not start there."""
    cell = instance.cells.cell(_own_start(job))
    return cell if cell is not None and job.starts >> cell & 1 else -1


def _merged(actor: Actor) -> list[tuple[int, int]]:
    """Return an actor's engagements without overlaps."""
    merged: list[tuple[int, int]] = []
    for item in actor.engagements:
        if merged and item.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], item.end))
        else:
            merged.append((item.start, item.end))
    return merged


class Zones:
    """The rooms' zones numbered first, then all others; one for all where nobody walks."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        rooms = instance.room_zones if instance.walking else [instance.nowhere]
        self.numbers = {zone: number for number, zone in enumerate(rooms)}
        others = [zone for zone in range(instance.nowhere) if zone not in self.numbers]
        self.rows = {**self.numbers, **{zone: len(rooms) + number for number, zone in enumerate(others)}}

    def number(self, zone: int) -> int:
        """Return the number of a room's zone."""
        return self.numbers.get(zone, 0)

    def row(self, zone: int) -> int:
        """Return the row of any zone among the gaps."""
        return self.rows.get(zone, len(self.rows))

    def gaps(self) -> Ints:
        """Return the walks from each zone, and from nowhere, to each zone of rooms."""
        walk = self.instance.walk
        rows = [[walk[zone][room] for room in self.numbers] for zone in self.rows]
        return np.array([*rows, [0] * len(self.numbers)], dtype=np.int64)

    def halls(self, rooms: Sequence[int]) -> list[tuple[int, list[int]]]:
        """Return rooms by zone."""
        found: dict[int, list[int]] = {}
        for room in rooms:
            found.setdefault(self.number(self.instance.room_zone[room]), []).append(room)
        return sorted(found.items())


def _bits_of(sets: Sequence[Sequence[int]], word: Ints, bit: Bits) -> Bits:
    """Return sets of rooms as bits."""
    found = np.zeros((len(sets), max([0, *word.tolist()]) + 1), dtype=np.uint64)
    for each, rooms in enumerate(sets):
        for room in rooms:
            found[each, word[room]] |= bit[room]
    return found


def _seldom(jobs: Sequence[Job], rooms: int) -> list[int]:
    """Return the rooms in which far less may be held than in most: those of one party, say."""
    minutes: dict[tuple[int, ...], int] = {}
    for job in jobs:
        minutes[job.rooms] = minutes.get(job.rooms, 0) + job.length
    asked = np.zeros(rooms, dtype=np.int64)
    for some, length in minutes.items():
        asked[list(some)] += length
    return np.flatnonzero(asked < SELDOM * np.median(asked)).tolist() if rooms else []


def _seldom_halls(
    kinds: Sequence[tuple[int, ...]],
    halls: Sequence[Sequence[tuple[int, list[int]]]],
    halls_from: Ints,
    seldom: set[int],
) -> Ints:
    """Return for each list of zones with rooms one with a room of which others make little use, -1 for none."""
    found = np.full(len(kinds), -1, dtype=np.int64)
    for kind, rooms in enumerate(kinds):
        if seldom.issuperset(rooms):
            continue
        for place, (_, there) in enumerate(halls[kind]):
            if not seldom.isdisjoint(there):
                found[kind] = halls_from[kind] + place
                break
    return found


def _rooms_asked(instance: Instance) -> float:
    """Return for how much of the rooms' time all requests together ask; above 1 for more than there is."""
    gap = sum(instance.turnaround) / max(1, len(instance.turnaround))
    asked = sum(job.length + gap for job in instance.jobs)
    there = sum(end - start for start, end in instance.cells.sittings) * len(instance.turnaround)
    return asked / there if there else math.inf


def _pressed(instance: Instance) -> Ints:
    """Return for each person how much it counts that no time is lost between meetings.

    It counts for those who are wanted for about as many minutes as they have, or for more.
    """
    cells = instance.cells
    wanted = np.zeros(len(instance.people), dtype=np.int64)
    for job in instance.jobs:
        wanted[list(job.people)] += job.length
    free = [
        sum(end - start - actor.busy.within(start, end) for start, end in cells.sittings)
        for actor in instance.people
    ]
    return np.where(wanted > PRESSED * np.array(free), SIDE_OF_PRESSED, 0)


def days(instance: Instance) -> tuple[int, int]:
    """Return the first day on which a meeting may start, and how many follow, itself included."""
    starts = [start for start, _ in instance.cells.sittings]
    starts += [end for _, end in instance.cells.sittings]
    starts += [job.frozen.start for job in instance.jobs if job.frozen]
    first = min(starts) // MINUTES_PER_DAY
    return first, max(starts) // MINUTES_PER_DAY - first + 1


def _listed(lists: Iterable[Sequence[object]]) -> tuple[Ints, Ints]:
    known = list(lists)
    begins = np.concatenate(([0], np.cumsum([len(each) for each in known]))).astype(np.int64)
    return begins, np.array([entry for each in known for entry in each], dtype=np.int64)


def _numbered(keys: Iterable[Key]) -> tuple[Ints, list[Key]]:
    """Return for each key the number of its kind, and the kinds."""
    kinds: dict[Key, int] = {}
    numbers = [kinds.setdefault(key, len(kinds)) for key in keys]
    return np.array(numbers, dtype=np.int64), list(kinds)


def _limits(values: Iterable[int | None]) -> Ints:
    return np.array([NO_LIMIT if value is None else value for value in values], dtype=np.int64)
