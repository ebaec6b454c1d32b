"""How much anybody may have to do: meetings in a sitting; interpreters' minutes in a sitting, on a day, at a stretch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from summitry.planner.solver.repair.presence import of_interpreters, of_people

if TYPE_CHECKING:
    from summitry.planner.solver.instance import Item
    from summitry.planner.solver.repair.selection import Selection, Timed

Part = Callable[[int, int], int | None]


def limit_work(selection: Selection) -> None:
    """Add the limits to a model."""
    instance, state = selection.instance, selection.state
    sitting = instance.cells.sitting_within

    def date(start: int, _end: int) -> int:
        return instance.date(start)

    for person, requests in of_people(selection).items():
        most = instance.people[person].max_meetings
        if most is not None:
            times = [time for request in requests for time in selection.times(request)]
            items = [(item.start, item.end, 1) for item in state.people[person].items]
            _limit(selection, [(time, 1) for time in times], items, most, sitting)
    for who, times in of_interpreters(selection).items():
        actor = instance.interpreters[who]
        work = [(time, time.end - time.start) for time in times]
        items = [(item.start, item.end, item.end - item.start) for item in state.interpreters[who].items]
        if actor.max_minutes is not None:
            _limit(selection, work, items, actor.max_minutes, sitting)
        if actor.max_minutes_per_day is not None:
            _limit(selection, work, items, actor.max_minutes_per_day, date)
        if actor.max_run is not None:
            _limit_stretches(selection, times, state.interpreters[who].items, actor.max_run, actor.rest)


def _limit(
    selection: Selection,
    sizes: Iterable[tuple[Timed, int]],
    items: Iterable[tuple[int, int, int]],
    most: int,
    part: Part,
) -> None:
    used: dict[int | None, int] = {}
    for start, end, size in items:
        used[part(start, end)] = used.get(part(start, end), 0) + size
    terms: dict[int | None, list[tuple[int, int]]] = {}
    for time, size in sizes:
        terms.setdefault(part(time.start, time.end), []).append((time.variable, size))
    for key, weighted in terms.items():
        left = max(0, most - used.get(key, 0))
        if sum(size for _, size in weighted) > left:
            selection.model.at_most(
                [variable for variable, _ in weighted], left, [size for _, size in weighted]
            )


def _limit_stretches(
    selection: Selection, times: Sequence[Timed], items: Sequence[Item], most: int, rest: int
) -> None:
    """Let an interpreter work no more than ``most`` minutes in any stretch of ``most`` and ``rest``.

    More would leave less than a rest between the meetings in it, so that all were one run.
    """
    length = most + rest
    for begin in sorted({time.start for time in times}):
        done = begin + length
        weighted = [
            (time.variable, min(time.end, done) - max(time.start, begin))
            for time in times
            if time.start < done and begin < time.end
        ]
        left = most - sum(
            min(item.end, done) - max(item.start, begin)
            for item in items
            if item.start < done and begin < item.end
        )
        if sum(size for _, size in weighted) > left >= 0:
            selection.model.at_most(
                [variable for variable, _ in weighted], left, [size for _, size in weighted]
            )
