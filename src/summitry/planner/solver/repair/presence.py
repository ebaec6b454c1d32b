"""Everybody is in one place at a time, with time to walk: rules between requests that share somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.planner.solver.repair.selection import Selection, Timed


def one_place_at_a_time(selection: Selection) -> None:
    """Add the rules to a model."""
    seen: set[tuple[int, int]] = set()
    for members in of_people(selection).values():
        _no_overlap(selection, [time for request in members for time in selection.times(request)])
        if selection.where is None or not selection.where.walks:
            continue
        for pair in combinations(sorted(members), 2):
            if pair not in seen:
                seen.add(pair)
                _leave_time_to_walk(selection, *pair)
    for times in of_interpreters(selection).values():
        _no_overlap(selection, times)


def of_people(selection: Selection) -> dict[int, list[int]]:
    """Return the requests each person is needed for."""
    found: dict[int, list[int]] = {}
    for request in selection.starts:
        for person in selection.instance.jobs[request].people:
            found.setdefault(person, []).append(request)
    return found


def of_interpreters(selection: Selection) -> dict[int, list[Timed]]:
    """Return when each interpreter might serve."""
    found: dict[int, list[Timed]] = {}
    for request, by_cell in selection.serving.items():
        for cell, team in by_cell.items():
            for who, variable in team.items():
                found.setdefault(who, []).append(selection.timed(request, cell, variable))
    return found


def _no_overlap(selection: Selection, times: Iterable[Timed]) -> None:
    """Let at most one variable cover any time; it is enough to say so where one starts."""
    ordered = sorted(times)
    live: list[tuple[int, int]] = []
    for index, (start, end, variable) in enumerate(ordered):
        live.append((end, variable))
        if index + 1 < len(ordered) and ordered[index + 1].start == start:
            continue
        live = [(until, other) for until, other in live if until > start]
        selection.model.at_most_one([other for _, other in live])


def _leave_time_to_walk(selection: Selection, one: int, other: int) -> None:
    """Keep two requests of one person apart by the walk between their zones."""
    assert selection.where is not None
    walk, zone_of = selection.instance.walk, selection.where.zone
    longest = max(max(row) for row in walk)
    few, many = sorted((one, other), key=lambda request: len(selection.starts[request]))
    away = [
        (selection.timed(many, cell, variable), zone_of[pool])
        for cell, pools in selection.pools[many].items()
        for pool, variable in pools.items()
    ]
    for cell, pools in selection.pools[few].items():
        start, end, _ = selection.timed(few, cell, 0)
        near = [
            (there, zone)
            for there, zone in away
            if end <= there.start < end + longest or start - longest < there.end <= start
        ]
        if not near:
            continue
        by_zone: dict[int, list[int]] = {}
        for pool, variable in pools.items():
            by_zone.setdefault(zone_of[pool], []).append(variable)
        for zone, here in by_zone.items():
            _at_most_one_of(
                selection,
                here,
                [
                    there.variable
                    for there, far in near
                    if there.start < end + walk[zone][far] and start < there.end + walk[zone][far]
                ],
            )


def _at_most_one_of(selection: Selection, here: Sequence[int], there: Sequence[int]) -> None:
    if there:
        selection.model.at_most_one(list(dict.fromkeys((*here, *there))))
