"""The compact problem: equal meetings in equal slots, all of which must be held.

A problem is *compact* where every request must be held, every meeting lasts exactly one
step of the grid, and rooms, walks and interpreters never tell two plans apart, so that a
plan is a slot for each meeting and its value the number of breaks. This is the
business-to-business meeting scheduling problem of Bofill et al. (JAIR 74, 2022), with
sittings, engagements and some limits more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from summitry.planner.problem import Aim
from summitry.planner.solver.cells import bits, union
from summitry.planner.solver.instance import Instance

CONSTANT = frozenset({Aim.WEIGHT, Aim.LEFT_OUT, Aim.WALKING})
"""Aims that have the same value in every plan that holds all and in which nobody walks."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with meetings, and for each sitting the slots that count for them."""

    meetings: tuple[int, ...]
    stretches: tuple[tuple[int, ...], ...]
    """The slots in which they meet or wait, in order: those wholly taken by engagements are no waiting."""
    most_per_sitting: int | None = None
    most_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Meetings that share rooms, and how many of the rooms are open in each slot."""

    meetings: tuple[int, ...]
    rooms: tuple[int, ...]
    capacity: dict[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A compact problem in small integers: a slot is a cell of the instance.

    ``starts`` has for each meeting the slots it may have, as bits; ``pools`` are such
    that any two are disjoint or one holds the other; ``spread`` bounds the difference of
    the breaks of any two members.
    """

    starts: tuple[int, ...]
    sittings: tuple[tuple[int, ...], ...]
    members: tuple[Member, ...]
    pools: tuple[Pool, ...]
    after: tuple[tuple[int, int], ...]
    spread: int | None
    counted: bool


def compact_case(instance: Instance) -> Case | None:
    """Return the compact problem that an instance is, or ``None`` where it is something else."""
    if not _is_plain(instance):
        return None
    rooms = {job.rooms for job in instance.jobs}
    if any(set(one) & set(other) and not _nested(one, other) for one, other in combinations(rooms, 2)):
        return None
    counted = Aim.BREAKS in instance.objective
    members = _members(instance, breaks_matter=counted or instance.spread is not None)
    if members is None:
        return None
    pools = _pools(instance, rooms)
    blocked = [
        union(instance.cells.touched(item.start, item.end) for item in person.engagements)
        for person in instance.people
    ]
    starts = []
    for job in instance.jobs:
        free = job.starts & ~union(blocked[person] for person in job.people)
        shut = union(1 << slot for pool in pools if pool.rooms == job.rooms for slot in _shut(pool))
        starts.append(free & ~shut)
    return Case(
        starts=tuple(starts),
        sittings=tuple(
            tuple(range(base, base + count))
            for base, count in zip(instance.cells.base, instance.cells.count, strict=True)
        ),
        members=members,
        pools=pools,
        after=tuple((index, earlier) for index, job in enumerate(instance.jobs) for earlier in job.after),
        spread=instance.spread,
        counted=counted,
    )


def _is_plain(instance: Instance) -> bool:
    jobs = instance.jobs
    return (
        bool(jobs)
        and all(job.must and job.cells == 1 and not job.need and job.frozen is None for job in jobs)
        and all(aim is Aim.BREAKS or aim in CONSTANT for aim in instance.objective)
        and not instance.walking
        and instance.break_minutes <= instance.grid
        and not any(instance.turnaround[room] for job in jobs for room in job.rooms)
    )


def _nested(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)


def _pools(instance: Instance, kinds: set[tuple[int, ...]]) -> tuple[Pool, ...]:
    """Return one pool for each set of rooms, the smallest first."""
    pools = []
    for rooms in sorted(kinds, key=lambda rooms: (len(rooms), rooms)):
        inside = tuple(index for index, job in enumerate(instance.jobs) if set(job.rooms) <= set(rooms))
        closed = [instance.room_closed_cells[room] for room in rooms]
        capacity = {
            slot: sum(not shut >> slot & 1 for shut in closed) for slot in bits(instance.cells.everything)
        }
        pools.append(Pool(inside, rooms, capacity))
    return tuple(pools)


def _shut(pool: Pool) -> list[int]:
    return [slot for slot, capacity in pool.capacity.items() if capacity == 0]


def _members(instance: Instance, *, breaks_matter: bool) -> tuple[Member, ...] | None:
    """Return everybody named, or ``None`` where somebody's waiting cannot be told slot by slot."""
    meetings: dict[int, list[int]] = {person: [] for person in instance.named_people}
    for request, job in enumerate(instance.jobs):
        for number in job.people:
            meetings[number].append(request)
    cells, grid = instance.cells, instance.grid
    members = []
    for index, own in meetings.items():
        person = instance.people[index]
        stretches = []
        for base, count in zip(cells.base, cells.count, strict=True):
            free = [
                grid - person.busy.within(cells.minutes[slot], cells.minutes[slot] + grid)
                for slot in range(base, base + count)
            ]
            if breaks_matter and len(own) > 1 and any(0 < rest < instance.break_minutes for rest in free):
                return None
            stretches.append(tuple(base + step for step, rest in enumerate(free) if rest))
        members.append(Member(tuple(own), tuple(stretches), person.max_meetings, person.max_consecutive))
    return tuple(members)
