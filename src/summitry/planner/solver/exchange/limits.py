"""Limits that no price tells: meetings in a row, meetings in a sitting, interpreters' hours and rests."""

from __future__ import annotations

from summitry.planner.solver.exchange.board import Board
from summitry.planner.solver.instance import Item, Place
from summitry.planner.solver.state import Diary

NEAREST = 4


def crowd_over_limit(board: Board, request: int, place: Place) -> list[int] | None:
    """Return meetings of which one must go for somebody's limit, ``None`` where all limits hold.

    Nothing else may stand in the way of the request any more.
    """
    instance = board.instance
    item = Item(place.start, place.end, instance.zone_of(place.room), request)
    cell = instance.cells.cell(place.start)
    assert cell is not None
    sitting = instance.cells.sitting_of[cell]
    for person in instance.jobs[request].people:
        diary = board.people.get(person)
        if diary is not None and (diary.full >> cell & 1 or not diary.row_holds(item)):
            return _within(board, diary, sitting)
    for who in place.interpreters:
        diary = board.interpreters[who]
        length = place.end - place.start
        if not diary.has_minutes(sitting, length):
            return _within(board, diary, sitting)
        if not diary.within_day(1 << cell, length):
            date = instance.date(place.start)
            return [each.request for each in diary.items if instance.date(each.start) == date]
        if not diary.run_holds(item):
            near = sorted(diary.items, key=lambda each: abs(each.start - place.start))
            return [each.request for each in near[:NEAREST]]
    return None


def _within(board: Board, diary: Diary, sitting: int) -> list[int]:
    within = board.instance.cells.sitting_within
    return [each.request for each in diary.items if within(each.start, each.end) == sitting]
