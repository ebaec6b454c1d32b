"""`conference-scheduler`, which puts events into slots of rooms by an integer program.

What it has no words for is mapped as well as it can be. Slots are as long as the longest
meeting, and stand apart by the turnaround or the longest walk, so that both hold by
themselves. As it holds every event or fails, each has a slot of its own in which it is
left out, which the objective makes dear. Interpreters, limits and the order by `after` are
unknown to it: a meeting that breaks them is taken out afterwards, the lightest first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.board import Board, Item, RoomDiary
from benchmarks.peers.round_robin import Found
from summitry.planner import Meeting, Problem, Request

NO_LIMIT = 10_000
LEFT_OUT = "left out"


def plan(problem: Problem, seconds: float, found: Found) -> None:
    """Ask for the most weight; there is an answer when the time is up, or none."""
    import pulp  # noqa: PLC0415 - of the benchmarks' own group, which the tests do without
    from conference_scheduler import scheduler  # noqa: PLC0415 - likewise

    began = time.monotonic()
    board = Board(problem)
    events, slots = _events(board, list(slots_of(board)))
    weights = [request.weight for request in problem.requests]
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=2)

    def left_out(*, X: Any, **_: Any) -> Any:  # noqa: N803 - its name for the variables
        solver.timeLimit = max(1.0, seconds - (time.monotonic() - began))  # the constraints are built by now
        return pulp.lpSum(
            weight * X[event, len(slots) - len(weights) + event] for event, weight in enumerate(weights)
        )

    try:
        chosen = scheduler.solution(events, slots, objective_function=left_out, solver=solver)
    except ValueError:
        return
    found(list(_kept(problem, [(event, slots[slot]) for event, slot in chosen])))


def slots_of(board: Board) -> Iterator[tuple[str, int, int]]:
    """Walk over the slots of all rooms: the room, start and end, in minutes."""
    problem = board.problem
    length = max(request.minutes for request in problem.requests)
    walk = max((walk.minutes for walk in problem.walks), default=0)
    apart = length + max(walk, *(diary.turnaround for diary in board.rooms.values()))
    for since, until, _ in sorted(board.clock.sittings):
        for start in range(since, until - length + 1, apart):
            for room in board.rooms:
                yield room, start, start + length


def suits(board: Board, request: Request, diary: RoomDiary, start: int) -> bool:
    """Say whether a slot is open to a request beside nothing else that is held."""
    if start not in set(board.starts(request)) or diary not in board.suitable(request):
        return False
    item = Item(start, start + request.minutes, diary.room.zone)
    return diary.free(item.start, item.end) and all(board.people[name].free(item) for name in request.people)


def _events(board: Board, places: list[tuple[str, int, int]]) -> tuple[list[Any], list[Any]]:
    from conference_scheduler.resources import Event, Slot  # noqa: PLC0415 - as above

    requests, clock = board.problem.requests, board.clock
    slots = [
        Slot(room, clock.time(start), end - start, board.rooms[room].room.seats or NO_LIMIT, str(start))
        for room, start, end in places
    ]
    last = max(slot.starts_at for slot in slots)
    aside = [
        Slot(LEFT_OUT, last + timedelta(days=number + 1), NO_LIMIT // 10, NO_LIMIT, LEFT_OUT)
        for number in range(len(requests))
    ]
    events = [
        Event(request.id, request.minutes, request.seats or 0, list(request.people)) for request in requests
    ]
    for number, (request, event) in enumerate(zip(requests, events, strict=True)):
        closed = [
            slot
            for slot, (room, start, _) in zip(slots, places, strict=True)
            if not suits(board, request, board.rooms[room], start)
        ]
        event.add_unavailability(*closed)
        event.add_unavailability(
            *(slot for other, slot in enumerate(aside) if other != number or request.must)
        )
        for other in range(number):
            if set(request.people) & set(requests[other].people):
                event.add_unavailability(events[other])
    return events, [*slots, *aside]


def _kept(problem: Problem, chosen: list[tuple[int, Any]]) -> Iterator[Meeting]:
    """Hold what was chosen on an empty board, musts and the heaviest first, and leave out what does not fit."""
    board = Board(problem)
    slots = {problem.requests[event].id: slot for event, slot in chosen if slot.venue != LEFT_OUT}
    for request in sorted(problem.requests, key=lambda each: (not each.must, -each.weight)):
        if request.id not in slots:
            continue
        start = board.clock.minute(slots[request.id].starts_at)
        at_start = board.places(request, [start])
        meeting = next((place for place in at_start if place.room == slots[request.id].venue), None)
        if meeting is not None:
            board.hold(request, meeting)
            yield meeting
