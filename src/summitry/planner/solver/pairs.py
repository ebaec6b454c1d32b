"""Requests that cannot both be held, whatever else is: by their order, or by a start that both are bound to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from summitry.planner.solver.instance import Instance

Kept = list[tuple[int, int]]


def exclusive(instance: Instance, starts: Mapping[int, int]) -> Iterator[Kept]:
    """Yield sets of requests in sittings, (request, sitting), of which no plan holds more than one.

    Parameters
    ----------
    starts : mapping of int to int
        The cells from which each request could be held.
    """
    yield from _out_of_order(instance, starts)
    yield from _at_one_time(instance, starts)


def _out_of_order(instance: Instance, starts: Mapping[int, int]) -> Iterator[Kept]:
    """Yield what comes after from some sitting on, with what comes before that too late for it."""
    cells, jobs = instance.cells, instance.jobs
    masks = [cells.sitting(sitting) for sitting in range(len(cells.sittings))]
    order = sorted(range(len(masks)), key=lambda sitting: cells.sittings[sitting])
    for later, open_later in starts.items():
        for earlier in jobs[later].after:
            if earlier not in starts:
                continue
            from_here: Kept = []
            for sitting in reversed(order):
                mask = starts[earlier] & masks[sitting]
                if not mask:
                    continue
                from_here = [*from_here, (earlier, sitting)]
                first = cells.minutes[(mask & -mask).bit_length() - 1] + jobs[earlier].length
                too_soon = [
                    (later, other)
                    for other in order
                    if (there := open_later & masks[other]) and cells.minutes[there.bit_length() - 1] < first
                ]
                if too_soon:
                    yield from_here + too_soon


def _at_one_time(instance: Instance, starts: Mapping[int, int]) -> Iterator[Kept]:
    """Yield pairs of one person's requests that have one start each, and overlap."""
    cells, jobs = instance.cells, instance.jobs
    bound: dict[int, list[int]] = {}
    for request, mask in starts.items():
        if mask.bit_count() == 1:
            for person in jobs[request].people:
                bound.setdefault(person, []).append(request)
    seen: set[tuple[int, int]] = set()
    for requests in bound.values():
        for pair in combinations(sorted(requests), 2):
            spans = [starts[request].bit_length() - 1 for request in pair]
            begins = [cells.minutes[cell] for cell in spans]
            ends = [begin + jobs[request].length for begin, request in zip(begins, pair, strict=True)]
            if pair not in seen and max(begins) < min(ends):
                seen.add(pair)
                yield [(request, cells.sitting_of[cell]) for request, cell in zip(pair, spans, strict=True)]
