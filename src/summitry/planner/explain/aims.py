"""What a change costs, aim by aim: only the people and requests it touches are counted anew."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from summitry.planner.explain.board import Board
from summitry.planner.explain.ground import NOWHERE
from summitry.planner.explain.limits import union
from summitry.planner.explain.obstacle import Held, Owner
from summitry.planner.problem import Aim

DAY = 1440


def breaks(board: Board, person: int) -> int:
    """Count one person's breaks: pairs of consecutive meetings in one sitting with enough free time between."""
    part = board.part(Owner.PERSON, person)
    if part.breaks is None:
        part.breaks = _count_breaks(board, person)
    return part.breaks


def _count_breaks(board: Board, person: int) -> int:
    ground = board.ground
    least = ground.problem.break_minutes
    away = union((item.start, item.end) for item in ground.engagements(person))
    last: dict[int, Held] = {}
    count = 0
    for held in board.of_person(person):
        if held.sitting is None:
            continue
        before = last.get(held.sitting)
        last[held.sitting] = held
        if before is not None and held.start - before.end >= least:
            taken = sum(max(0, min(end, held.start) - max(start, before.end)) for start, end in away)
            walk = ground.walk[before.zone][held.zone]
            count += held.start - before.end - taken - walk >= least
    return count


def walking(board: Board, person: int) -> int:
    """Add up the minutes one person walks between neighbouring items of a day."""
    part = board.part(Owner.PERSON, person)
    if part.walking is None:
        part.walking = _count_walking(board, person)
    return part.walking


def _count_walking(board: Board, person: int) -> int:
    ground = board.ground
    meetings = board.of_person(person)
    if not meetings:
        return 0
    items = [(held.start, held.end, held.zone, True) for held in meetings]
    items += [(item.start, item.end, item.zone, False) for item in ground.engagements(person)]
    items.sort(key=lambda item: item[:2])
    return sum(
        ground.walk[zone][next_zone]
        for (start, _, zone, meeting), (next_start, _, next_zone, next_meeting) in pairwise(items)
        if (meeting or next_meeting)
        and NOWHERE not in (zone, next_zone)
        and start // DAY == next_start // DAY
    )


def cost(
    before: Board, after: Board, touched: Collection[int], released: Collection[int] = ()
) -> dict[Aim, int]:
    """Return the value of every aim after a change less its value before.

    Parameters
    ----------
    before, after
        The board without and with the change.
    touched
        The numbers of the requests that are placed, moved or dropped.
    released
        The numbers of the people whose engagements differ between the two.
    """
    people = set(released) | {
        person
        for board in (before, after)
        for number in touched
        if (held := board.held(number)) is not None
        for person in held.people
    }
    differences: dict[Aim, int] = {}
    for aim in before.ground.problem.objective:
        match aim:
            case Aim.BREAKS:
                differences[aim] = sum(breaks(after, one) - breaks(before, one) for one in people)
            case Aim.WALKING:
                differences[aim] = sum(walking(after, one) - walking(before, one) for one in people)
            case Aim.LEFT_OUT:
                differences[aim] = _left_out(before, after, touched)
            case _:
                differences[aim] = sum(
                    _of_request(aim, after, number) - _of_request(aim, before, number) for number in touched
                )
    return differences


def _of_request(aim: Aim, board: Board, number: int) -> int:
    """Return what one request adds to the aims that are sums over requests."""
    request, held = board.ground.request(number), board.held(number)
    if aim is Aim.WEIGHT:
        return 0 if held is None else request.weight
    baseline = board.ground.baseline.get(request.id)
    if baseline is None:
        return 0
    if aim is Aim.DROPPED:
        return request.weight if held is None else 0
    if held is None:
        return 0
    same_start = board.ground.minute(baseline.start) == held.start
    if aim is Aim.MOVED:
        return int(not same_start)
    return int(same_start and board.ground.room(held.room).id != baseline.room)


def _left_out(before: Board, after: Board, touched: Collection[int]) -> int:
    requests = before.ground.problem.requests
    difference = 0
    for party in {party for number in touched for party in requests[number].parties}:
        naming = [number for number in touched if party in requests[number].parties]
        had = before.meetings_of(party)
        has = had + sum((number in after) - (number in before) for number in naming)
        difference += (has == 0) - (had == 0)
    return difference


def worth(differences: dict[Aim, int]) -> tuple[int, ...]:
    """Return a cost as a key that sorts the better change first, by the aims in their order."""
    return tuple(-value if aim is Aim.WEIGHT else value for aim, value in differences.items())
