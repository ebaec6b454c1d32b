"""One record of a problem at a time: what a small JSON Patch changes, without reading all the rest again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry.planner.documents.clock import Clock
from summitry.planner.documents.consistency import Names, require_person, require_request, require_room
from summitry.planner.documents.patch import MOST_DIGITS, patched, steps
from summitry.planner.documents.problem import (
    INTERPRETER_KEYS,
    PERSON_KEYS,
    REQUEST_KEYS,
    ROOM_KEYS,
    to_interpreter,
    to_person,
    to_request,
    to_room,
)
from summitry.planner.documents.record import Record
from summitry.planner.documents.writing import (
    interpreter_document,
    person_document,
    request_document,
    room_document,
)
from summitry.planner.problem import Interpreter, Person, Problem, Request, Room

LISTS = frozenset({"requests", "people", "rooms", "interpreters"})
INSIDE_A_RECORD = 3  # the list, the index, a key


@dataclass(slots=True)
class Records:
    """Records that a patch has changed, by id."""

    requests: dict[str, Request] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    interpreters: dict[str, Interpreter] = field(default_factory=dict)


class Patcher:
    """Applies patches to a problem, each to the problem as it is."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.names = Names(problem)
        self.clock = Clock(problem.timezone)

    def changed(self, operations: Sequence[dict[str, Any]]) -> Records | None:
        """Return the records that operations change, or None if they change anything else.

        Raises
        ------
        BadInput
            If an operation does not apply, or a changed record is not well formed.
        """
        touched = {place for operation in operations for place in self._touched(operation)}
        if None in touched:
            return None
        documents = {place: self._document(*place) for place in sorted(place for place in touched if place)}
        nested: dict[str, dict[str, Any]] = {}
        for (name, index), document in documents.items():
            nested.setdefault(name, {})[str(index)] = document
        nested = patched(nested, operations)
        found = Records()
        for name, index in documents:
            self._read(found, name, index, nested[name][str(index)])
        return found

    def _touched(self, operation: dict[str, Any]) -> list[tuple[str, int] | None]:
        return [self._place(operation[key]) for key in ("path", "from") if key in operation]

    def _place(self, pointer: str) -> tuple[str, int] | None:
        path = steps(pointer)
        if len(path) < INSIDE_A_RECORD or path[2] == "id" or path[0] not in LISTS:
            return None
        name, index = path[:2]
        plain = index.isascii() and index.isdigit() and len(index) < MOST_DIGITS and str(int(index)) == index
        return (name, int(index)) if plain and int(index) < len(getattr(self.problem, name)) else None

    def _document(self, name: str, index: int) -> dict[str, Any]:
        match name:
            case "requests":
                return request_document(self.problem.requests[index])
            case "people":
                return person_document(self.problem.people[index])
            case "rooms":
                return room_document(self.problem.rooms[index])
            case _:
                return interpreter_document(self.problem.interpreters[index])

    def _read(self, found: Records, name: str, index: int, document: Any) -> None:
        place = f"{name}[{index}]"
        match name:
            case "requests":
                request = to_request(Record(document, place, REQUEST_KEYS, self.clock))
                require_request(self.problem, self.names, request, place)
                found.requests[request.id] = request
            case "people":
                person = to_person(Record(document, place, PERSON_KEYS, self.clock))
                require_person(self.names, person, place)
                found.people[person.id] = person
            case "rooms":
                room = to_room(Record(document, place, ROOM_KEYS, self.clock))
                require_room(self.names, room, place)
                found.rooms[room.id] = room
            case _:
                interpreter = to_interpreter(Record(document, place, INTERPRETER_KEYS, self.clock))
                found.interpreters[interpreter.id] = interpreter
