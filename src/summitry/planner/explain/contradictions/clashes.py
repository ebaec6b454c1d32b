"""Contradictions that can be counted out: no search is needed to see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import gcd

from summitry.planner.explain.contradictions.needs import Need, Needs
from summitry.planner.explain.terms import circle_of_after

Numbers = tuple[int, ...]


def clashes(needs: Needs, is_over: Callable[[], bool]) -> Iterator[Numbers]:
    """List requests that contradict each other, the smallest sets first, as long as there is time."""
    for find in (_pairs, _circles, _overloads):
        yield from find(needs)
        if is_over():
            return


def _pairs(needs: Needs) -> Iterator[Numbers]:
    for one, other in needs.related():
        one_first = one.first + one.request.minutes <= other.last and not _later(one, other)
        other_first = other.first + other.request.minutes <= one.last and not _later(other, one)
        if not (one_first or other_first):
            yield tuple(sorted((one.number, other.number)))


def _later(one: Need, other: Need) -> bool:
    return other.request.id in one.request.after


def _circles(needs: Needs) -> Iterator[Numbers]:
    requests = {need.request.id: need.request for need in needs.all}
    waiting = [name for name, request in requests.items() if request.after]
    circles = [circle for name in waiting if (circle := circle_of_after(requests, name))]
    for circle in sorted(circles, key=len):
        yield tuple(sorted(needs.by_name[name].number for name in circle))


def _overloads(needs: Needs) -> Iterator[Numbers]:
    """List people's meetings that are more than fits into their times, the fewest first."""
    found = [numbers for person in needs.by_person for numbers in _of_person(needs, person)]
    found += filter(None, (_disjoint(theirs) for theirs in needs.by_person.values()))
    yield from sorted(found, key=len)


def _disjoint(theirs: Sequence[Need]) -> Numbers:
    """Return some meetings of one person that are more than can start one after the other at any of their times."""
    shortest = min(need.request.minutes for need in theirs)
    ordered = sorted(theirs, key=lambda need: len(need.times))
    times: set[int] = set()
    for count, need in enumerate(ordered, start=1):
        times.update(need.times)
        reached, room = min(times), 0
        for time in sorted(times):
            if time >= reached:
                reached, room = time + shortest, room + 1
        if room < count:
            return tuple(sorted(each.number for each in ordered[:count]))
    return ()


def _of_person(needs: Needs, person: str) -> Iterator[Numbers]:
    theirs = needs.by_person[person]
    untils = sorted({need.until for need in theirs})
    for since in sorted({need.first for need in theirs}):
        later = sorted((need for need in theirs if need.first >= since), key=lambda need: need.until)
        for until in untils:
            inside = [need for need in later if need.until <= until]
            if len(inside) > 1 and inside[-1].until == until:
                too_many = _too_many(inside, needs.gaps(person, since, until))
                if too_many:
                    yield too_many
                    break


def _too_many(inside: Sequence[Need], gaps: Sequence[int]) -> Numbers:
    """Return the fewest of some needs that take more than the gaps have; none where all may fit."""
    unit = gcd(*(need.request.minutes for need in inside))
    spare = sum(gap // unit * unit for gap in gaps)
    ordered = sorted(inside, key=lambda need: -need.request.minutes)
    for count, need in enumerate(ordered, start=1):
        spare -= need.request.minutes
        if spare < 0:
            return tuple(sorted(each.number for each in ordered[:count]))
    return ()
