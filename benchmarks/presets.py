# ruff: noqa: PLR2004 - the likelihoods of a made-up conference
"""The sizes that are measured, with every rule on.

On top of what :mod:`benchmarks.generate` makes: rooms of single delegations and rooms that
take longer to make up, requests bound to sittings or to rooms, teams of two interpreters,
and meetings that must be held or are fixed. The musts are held together once while the
problem is made, so that it is surely feasible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from benchmarks.board import Board
from benchmarks.generate import make_problem
from summitry.planner import Fixed, Meeting, Problem, Request, Room


@dataclass(frozen=True, slots=True)
class Size:
    """How large a conference is; ``skew`` 0: all are wanted alike."""

    delegations: int
    people: int
    requests: int
    days: int
    rooms: int
    zones: int
    interpreters: int
    skew: float = 0.8
    turnaround: int = 10


SIZES = {
    "b": Size(100, 320, 1_200, 3, 30, 3, 12),
    "c": Size(200, 700, 4_000, 5, 60, 5, 40),
    "d": Size(2_200, 6_000, 50_000, 3, 900, 6, 150, skew=0.35, turnaround=5),
    "small": Size(12, 30, 60, 1, 4, 2, 4),
}
"""The rows b, c and d; `small` is what peers are compared on that do not carry b.

In row d a request is held by tables rather than rooms, and the most wanted have the
demand of some 150 meetings; in b and c they have that of 100 and 190.
"""


def conference(name: str, seed: int) -> Problem:
    """Return the problem of a row, the same for the same seed.

    Parameters
    ----------
    name
        A key of ``SIZES``.
    seed
        Any integer.
    """
    return hardened(SIZES[name], seed, name)


def hardened(size: Size, seed: int, name: str) -> Problem:
    """Return a conference of some size with every rule on."""
    random = Random(f"{name} {seed}")  # noqa: S311 - a benchmark, not a secret
    problem = make_problem(
        seed=seed,
        delegations=size.delegations,
        people=size.people,
        requests=size.requests,
        days=size.days,
        rooms=size.rooms,
        zones=size.zones,
        interpreters=size.interpreters,
        skew=size.skew,
    )
    rooms = tuple(_room(random, room, index, size) for index, room in enumerate(problem.rooms))
    open_rooms = [room for room in rooms if room.party is None]
    problem = replace(
        problem,
        turnaround_minutes=size.turnaround,
        rooms=rooms,
        requests=tuple(_request(random, request, problem, open_rooms) for request in problem.requests),
    )
    return _with_musts(random, problem)


def _room(random: Random, room: Room, index: int, size: Size) -> Room:
    """Give one room in ten to a delegation much wanted, and let some take longer or shorter to make up."""
    if index % 10 == 9:
        return replace(room, party=f"d{index // 10}", features=frozenset())
    turnaround = random.choice((0, 5, 15)) if random.random() < 0.15 else None
    return replace(room, turnaround_minutes=turnaround if size.turnaround else None)


def _request(random: Random, request: Request, problem: Problem, open_rooms: list[Room]) -> Request:
    chance = random.random()
    if chance < 0.04 and not request.windows:
        chosen = random.sample(problem.sittings, k=min(2, len(problem.sittings)))
        return replace(request, sittings=tuple(sorted(sitting.id for sitting in chosen)))
    if chance < 0.07:
        fit = [
            room
            for room in open_rooms
            if request.features <= room.features and (room.seats or 0) >= (request.seats or 0)
        ]
        chosen_rooms = random.sample(fit, k=min(3, len(fit)))
        return replace(request, rooms=tuple(sorted(room.id for room in chosen_rooms)))
    if chance < 0.12 and request.languages and request.minutes >= 30:
        return replace(request, interpreters=2)
    return request


def _with_musts(random: Random, problem: Problem) -> Problem:
    """Let two requests in a hundred be musts, and two fixed, half of them musts too."""
    requests = {request.id: request for request in problem.requests}
    wanted = len(requests) * 3 // 100
    heavy = sorted(requests.values(), key=lambda request: (-request.weight, request.id))[: 6 * wanted]
    random.shuffle(heavy)
    board = Board(problem)
    placed: list[Meeting] = []
    for request in heavy:
        if len(placed) == wanted:
            break
        starts = list(board.starts(request))
        random.shuffle(starts)
        meeting = next(board.places(request, starts), None)
        if meeting is not None:
            board.hold(request, meeting)
            placed.append(meeting)
    for index, meeting in enumerate(placed):
        request = requests[meeting.request]
        fixed = Fixed(meeting.start, meeting.room if index % 9 == 0 else None) if index % 3 else None
        requests[request.id] = replace(request, must=index % 3 < 2, fixed=fixed)
    return replace(problem, requests=tuple(requests.values()))
