"""The minutes people walk, as an expression of a model."""

from __future__ import annotations

from typing import Any

from summitry.planner.solver.aims import walking as walked
from summitry.planner.solver.model.chains import Chain, ordered
from summitry.planner.solver.model.core import Core, Literal


def walking(core: Core) -> Any:
    """Return the walking of everybody as a linear expression, kept meetings included."""
    total: Any = sum(
        walked(core.instance, person, ordered(diary.items))
        for person, diary in enumerate(core.state.people)
        if person not in core.by_person
    )
    if not core.instance.walking:
        return total
    for person in sorted(core.by_person):
        for date in _dates(core, person):
            total += _walked_on(core, person, date)
    return total


def _dates(core: Core, person: int) -> list[int]:
    """Return the dates that a person's kept and free meetings may fall on."""
    kept = {core.instance.date(item.start) for item in core.state.people[person].items}
    return sorted(kept.union(*(core.on_date(request) for request in core.by_person[person])))


def _walked_on(core: Core, person: int, date: int) -> Any:
    instance = core.instance
    items = (*core.state.people[person].items, *instance.people[person].engagements)
    fixed = ordered([item for item in items if instance.date(item.start) == date])
    day = instance.cells.starting(date * 1440, date * 1440 + 1439)
    free = {
        request: (core.on_date(request)[date], core.cells[request] & day)
        for request in core.by_person[person]
        if date in core.on_date(request)
    }
    chain = Chain(core, fixed, free)
    total: Any = 0
    legs: dict[int, Literal] = {}
    for u, v, arc in chain.pairs():
        a, b = chain.links[u].item, chain.links[v].item
        if a is not None and b is not None:
            if a.request >= 0 or b.request >= 0:
                total += arc * instance.walk[a.zone][b.zone]
            continue
        for zone_a, where_a in chain.zones(u):
            for zone_b, where_b in chain.zones(v):
                minutes = instance.walk[zone_a][zone_b]
                if not minutes:
                    continue
                if v not in legs:
                    legs[v] = core.model.new_int_var(0, max(max(row) for row in instance.walk), "")
                core.model.add(legs[v] >= minutes).only_enforce_if([arc, *where_a, *where_b])
    return total + sum(legs.values())
