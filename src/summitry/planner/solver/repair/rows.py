"""The rules that need to know who is next to whom, held against a choice.

Fewer meetings never break a rule that more of them keep, so that the choices named here
could not stand together in any plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from summitry.planner.solver.instance import Item
from summitry.planner.solver.repair.options import Choice
from summitry.planner.solver.repair.selection import Selection

Groups = list[list[int]]


def broken_rows(selection: Selection, chosen: Mapping[int, Choice]) -> Iterator[Groups]:
    """Yield groups of variables of which not one each may be true, each broken by what is chosen."""
    people: dict[int, list[Item]] = {}
    interpreters: dict[int, list[Item]] = {}
    instance, pools = selection.instance, selection.where
    for request, choice in chosen.items():
        job, start = instance.jobs[request], instance.cells.minutes[choice.cell]
        zone = pools.zone[choice.pool] if pools is not None and pools.walks else instance.nowhere
        item = Item(start, start + job.length, zone, request)
        for person in job.people:
            if instance.people[person].max_consecutive is not None:
                people.setdefault(person, []).append(item)
        for who in choice.team:
            interpreters.setdefault(who, []).append(item)
    for person, items in people.items():
        for row in _long_rows(selection, person, sorted((*selection.state.people[person].items, *items))):
            held = [
                [selection.starts[item.request][chosen[item.request].cell]]
                for item in row
                if item.request in chosen
            ]
            if held:
                yield held
    for who, items in interpreters.items():
        yield from _of_interpreter(selection, chosen, who, items)


def _of_interpreter(
    selection: Selection, chosen: Mapping[int, Choice], who: int, items: list[Item]
) -> Iterator[Groups]:
    instance = selection.instance

    def served(item: Item) -> list[int]:
        return [selection.serving[item.request][chosen[item.request].cell][who]]

    if instance.interpreters[who].max_run is not None:
        done = selection.state.interpreters[who].items
        for run in _long_runs(selection, who, sorted((*done, *items))):
            if groups := [served(item) for item in run if item.request in chosen]:
                yield groups
    for one, other in combinations(sorted(items), 2):
        if other.start - one.end < instance.walk[one.zone][other.zone]:
            yield [
                served(one),
                served(other),
                *([_there(selection, item, chosen[item.request])] for item in (one, other)),
            ]


def _there(selection: Selection, item: Item, choice: Choice) -> int:
    return selection.pools[item.request][choice.cell][choice.pool]


def _long_rows(selection: Selection, person: int, items: list[Item]) -> Iterator[list[Item]]:
    """Yield each stretch of one meeting too many in a row."""
    instance = selection.instance
    limit, within = instance.people[person].max_consecutive, instance.cells.sitting_within
    assert limit is not None
    last: dict[int, list[Item]] = {}
    for item in items:
        sitting = within(item.start, item.end)
        if sitting is None:
            continue
        row = last.get(sitting, [])
        if row and item.start - row[-1].end >= instance.break_minutes:
            row = []
        last[sitting] = row = [*row, item]
        if len(row) > limit:
            yield row[-limit - 1 :]


def _long_runs(selection: Selection, who: int, items: list[Item]) -> Iterator[list[Item]]:
    """Yield each run, as long as it is, that exceeds an interpreter's maximum."""
    actor = selection.instance.interpreters[who]
    assert actor.max_run is not None
    run: list[Item] = []
    reached = 0
    for item in [*items, None]:
        rested = item is None or item.start - reached - actor.busy.within(reached, item.start) >= actor.rest
        if run and rested:
            if sum(each.end - each.start for each in run) > actor.max_run:
                yield run
            run = []
        if item is not None:
            run = [*run, item]
            reached = max(reached, item.end)
