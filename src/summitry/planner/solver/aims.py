"""The value of each aim for a plan, straight from its definition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summitry.planner.problem import Aim
from summitry.planner.solver.instance import IN_ORDER, Instance, Item, Place

WANTED_MOST = frozenset({Aim.WEIGHT})

Places = Sequence[Place | None]


def better(aim: Aim, value: int, than: int) -> bool:
    """Return whether ``value`` of an aim is strictly better ``than`` another."""
    return value > than if aim in WANTED_MOST else value < than


def limit_of(instance: Instance, aim: Aim) -> int:
    """Return what no plan whatever can better: everything held, nothing lost."""
    if aim is Aim.WEIGHT:
        return sum(job.weight for job in instance.jobs)
    return 0


def measure(instance: Instance, places: Places, aims: Sequence[Aim] | None = None) -> dict[Aim, int]:
    """Return the value of each of ``aims``, by default of the objective, in its order."""
    meetings = meetings_of_people(instance, places)
    wanted = instance.objective if aims is None else aims
    return {aim: _value(instance, aim, places, meetings) for aim in wanted}


def _value(instance: Instance, aim: Aim, places: Places, meetings: list[list[Item]]) -> int:  # noqa: PLR0911 - one for each aim
    pairs = zip(instance.jobs, places, strict=True)
    match aim:
        case Aim.WEIGHT:
            return sum(job.weight for job, place in pairs if place is not None)
        case Aim.DROPPED:
            return sum(job.weight for job, place in pairs if job.baseline is not None and place is None)
        case Aim.MOVED:
            return sum(
                job.baseline is not None and place is not None and place.start != job.baseline.start
                for job, place in pairs
            )
        case Aim.REROOMED:
            return sum(
                job.baseline is not None
                and place is not None
                and place.start == job.baseline.start
                and place.room != job.baseline.room
                for job, place in pairs
            )
        case Aim.LEFT_OUT:
            present = {party for job, place in pairs if place is not None for party in job.parties}
            return len(instance.named_parties) - len(present)
        case Aim.BREAKS:
            return sum(breaks(instance, person, items) for person, items in enumerate(meetings))
        case Aim.WALKING:
            return sum(walking(instance, person, items) for person, items in enumerate(meetings))


def meetings_of_people(instance: Instance, places: Places) -> list[list[Item]]:
    """Return each person's meetings by start, then end, then as the requests are listed."""
    meetings: list[list[Item]] = [[] for _ in instance.people]
    for index, place in enumerate(places):
        if place is not None:
            item = Item(place.start, place.end, instance.zone_of(place.room), index)
            for person in instance.jobs[index].people:
                meetings[person].append(item)
    for items in meetings:
        items.sort(key=IN_ORDER)
    return meetings


def breaks(instance: Instance, person: int, items: Sequence[Item]) -> int:
    """Return one person's breaks, given the meetings in order."""
    busy, walk = instance.people[person].busy, instance.walk
    least, within = instance.break_minutes, instance.cells.sitting_within
    count = 0
    last: dict[int, Item] = {}
    for item in items:
        sitting = within(item.start, item.end)
        if sitting is None:
            continue
        before = last.get(sitting)
        last[sitting] = item
        if before is not None:
            gap = item.start - before.end
            if (
                gap >= least
                and gap - busy.within(before.end, item.start) - walk[before.zone][item.zone] >= least
            ):
                count += 1
    return count


def walking(instance: Instance, person: int, items: Sequence[Item]) -> int:
    """Return the minutes that one person walks, given the meetings in order."""
    if not items or not instance.walking:
        return 0
    everything = sorted((*items, *instance.people[person].engagements), key=lambda item: item[:2])
    total = 0
    for a, b in pairwise(everything):
        if (a.request >= 0 or b.request >= 0) and instance.date(a.start) == instance.date(b.start):
            total += instance.walk[a.zone][b.zone]
    return total


def breaks_of_people(instance: Instance, places: Places) -> list[int]:
    """Return the breaks of everybody named in a request."""
    meetings = meetings_of_people(instance, places)
    return [breaks(instance, person, meetings[person]) for person in instance.named_people]


def spread_holds(instance: Instance, places: Places) -> bool:
    """Return whether nobody has too many more breaks than anybody else."""
    if instance.spread is None or not instance.named_people:
        return True
    counts = breaks_of_people(instance, places)
    return max(counts) - min(counts) <= instance.spread
