"""What must agree between the records of a problem: ids, references, the grid, the baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from itertools import pairwise

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.problem import BASELINE_AIMS, Meeting, Person, Problem, Request, Room
from summitry.planner.wording import clock, near, shown


class Names:
    """The ids of a problem, by list."""

    def __init__(self, problem: Problem) -> None:
        self.sittings = _unique("sittings", (sitting.id for sitting in problem.sittings))
        self.parties = _unique("parties", (party.id for party in problem.parties))
        self.people = _unique("people", (person.id for person in problem.people))
        self.rooms = _unique("rooms", (room.id for room in problem.rooms))
        self.interpreters = _unique("interpreters", (interpreter.id for interpreter in problem.interpreters))
        self.requests = _unique("requests", (request.id for request in problem.requests))


def require_consistent(problem: Problem) -> None:
    """Refuse a problem whose records do not agree.

    Raises
    ------
    BadInput
        For ids given twice or dangling, sittings that overlap, minutes and fixed starts off the
        grid, and a baseline or objective that does not fit. What is merely impossible to hold
        passes: that is for a plan to say.
    """
    names = Names(problem)
    _sittings(problem)
    _walks(problem)
    for index, person in enumerate(problem.people):
        require_person(names, person, f"people[{index}]")
    for index, room in enumerate(problem.rooms):
        require_room(names, room, f"rooms[{index}]")
    for index, request in enumerate(problem.requests):
        require_request(problem, names, request, f"requests[{index}]")
    _objective(problem)
    _baseline(problem, names)


def _unique(place: str, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, name in enumerate(ids):
        if name in found:
            raise BadInput(
                f"{shown(name)} is already the id of {place}[{found[name]}]", f"{place}[{index}].id"
            )
        found[name] = index
    return found


def _known(names: Collection[str], name: str, place: str, what: str) -> None:
    if name not in names:
        raise BadInput(
            f"there is no {what} {shown(name)}{near(name, names) or '; add it, or take it out here'}", place
        )


def _all_known(names: Collection[str], chosen: Iterable[str], place: str, what: str) -> None:
    for index, name in enumerate(chosen):
        if name not in names:
            _known(names, name, f"{place}[{index}]", what)


def _sittings(problem: Problem) -> None:
    ordered = sorted(enumerate(problem.sittings), key=lambda pair: (pair[1].start, pair[1].end))
    for (_, before), (index, after) in pairwise(ordered):
        if after.start < before.end:
            message = f"starts at {clock(after.start)}, before sitting {shown(before.id)} ends at {clock(before.end)}"
            raise BadInput(f"{message}; sittings may touch but not overlap", f"sittings[{index}]")


def _walks(problem: Problem) -> None:
    seen: dict[frozenset[str], int] = {}
    for index, walk in enumerate(problem.walks):
        pair = frozenset((walk.from_zone, walk.to_zone))
        if pair in seen:
            message = f"the walk between {shown(walk.from_zone)} and {shown(walk.to_zone)} is already walks[{seen[pair]}]"
            raise BadInput(f"{message}; walks count both ways, give it once", f"walks[{index}]")
        seen[pair] = index


def require_person(names: Names, person: Person, place: str) -> None:
    """Refuse a person of a party that is not there."""
    _known(names.parties, person.party, f"{place}.party", "party")


def require_room(names: Names, room: Room, place: str) -> None:
    """Refuse a room of a party that is not there."""
    if room.party is not None:
        _known(names.parties, room.party, f"{place}.party", "party")


def require_request(problem: Problem, names: Names, request: Request, place: str) -> None:
    """Refuse a request that names what is not there, or is off the grid."""
    _all_known(names.parties, request.parties, f"{place}.parties", "party")
    _all_known(names.people, request.people, f"{place}.people", "person")
    _all_known(names.rooms, request.rooms, f"{place}.rooms", "room")
    _all_known(names.sittings, request.sittings, f"{place}.sittings", "sitting")
    _all_known(names.requests, request.after, f"{place}.after", "request")
    grid = problem.grid_minutes
    if request.minutes % grid:
        down = request.minutes - request.minutes % grid
        choice = f"{down} or {down + grid}" if down else str(grid)
        message = f"{request.minutes} is no multiple of grid_minutes ({grid}); take {choice}, or another grid"
        raise BadInput(message, f"{place}.minutes")
    if request.fixed is None:
        return
    if request.fixed.room is not None:
        _known(names.rooms, request.fixed.room, f"{place}.fixed.room", "room")
    start = request.fixed.start
    for sitting in problem.sittings:
        if sitting.start <= start < sitting.end and (start - sitting.start) % timedelta(minutes=grid):
            message = f"{clock(start)} is off the grid: sitting {shown(sitting.id)} starts at {clock(sitting.start)}"
            raise BadInput(f"{message} and meetings start every {grid} minutes", f"{place}.fixed.start")


def _objective(problem: Problem) -> None:
    if problem.baseline is not None:
        return
    for index, aim in enumerate(problem.objective):
        if aim in BASELINE_AIMS:
            raise BadInput(f"{aim} needs a baseline; give one, or leave the aim out", f"objective[{index}]")


def _baseline(problem: Problem, names: Names) -> None:
    seen: dict[str, int] = {}
    for index, held in enumerate(problem.baseline or ()):
        place = f"baseline.meetings[{index}]"
        if held.request not in names.requests:
            _require_not_frozen(problem, held, place)
            continue
        if held.request in seen:
            earlier = f"baseline.meetings[{seen[held.request]}]"
            raise BadInput(f"{shown(held.request)} is already held by {earlier}", f"{place}.request")
        seen[held.request] = index
        _known(names.rooms, held.room, f"{place}.room", "room")
        _all_known(names.interpreters, held.interpreters, f"{place}.interpreters", "interpreter")


def _require_not_frozen(problem: Problem, held: Meeting, place: str) -> None:
    if problem.frozen_until is not None and held.start < problem.frozen_until:
        message = f"there is no request {shown(held.request)}, but its meeting starts before frozen_until"
        raise BadInput(f"{message}; keep the request, or take the meeting out", f"{place}.request")
