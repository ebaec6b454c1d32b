"""What has to be changed in a request so that it may be held in a given place, as JSON Patch operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from summitry.planner.explain.board import Board
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.obstacle import Held
from summitry.planner.explain.words import Names, clock, counted, few, lasting, listed, stretch
from summitry.planner.problem import Request


@dataclass(frozen=True, slots=True)
class Step:
    """One change: how a button says it, and the operations on the problem document."""

    text: str
    operations: tuple[dict[str, Any], ...]


class Relaxing:
    """Writes changes to one request of a problem."""

    def __init__(self, ground: Ground, names: Names, request: Request) -> None:
        self.ground = ground
        self.names = names
        self.request = request
        self.path = f"/requests/{ground.request_number[request.id]}"

    def steps(self, place: Held, board: Board) -> Iterator[Step]:
        """List what stands against a place in the request itself, and change it."""
        yield from self._time(place)
        yield from self._room(place, board)
        yield from self._order(place, board)

    def _put(self, key: str, value: object) -> dict[str, Any]:
        """Set a key, whether the document gives it or not."""
        return {"op": "add", "path": f"{self.path}/{key}", "value": value}

    def _drop(self, key: str) -> tuple[dict[str, Any], ...]:
        """Take a key out, whether the document gives it or not."""
        return self._put(key, 1), {"op": "remove", "path": f"{self.path}/{key}"}

    def _time(self, place: Held) -> Iterator[Step]:
        request, ground = self.request, self.ground
        start, end = ground.time(place.start), ground.time(place.end)
        operations = []
        if request.fixed is not None and request.fixed.start != start:
            fixed = {"start": start.isoformat(timespec="minutes")}
            if request.fixed.room is not None:
                fixed["room"] = ground.room(place.room).id
            operations.append(self._put("fixed", fixed))
        if request.windows and not any(each.start <= start and end <= each.end for each in request.windows):
            spans = [(each.start, each.end) for each in request.windows]
            written = [
                [time.isoformat(timespec="minutes") for time in span] for span in [*spans, (start, end)]
            ]
            operations.append(self._put("windows", written))
        sitting = None if place.sitting is None else ground.problem.sittings[place.sitting].id
        if request.sittings and sitting is not None and sitting not in request.sittings:
            operations.append(self._put("sittings", [*request.sittings, sitting]))
        if operations:
            yield Step(f"hold it {self.names.at(place.start)}", tuple(operations))

    def _room(self, place: Held, board: Board) -> Iterator[Step]:
        request, room = self.request, self.ground.room(place.room)
        operations, said = [], []
        fixed = request.fixed
        if fixed is not None and fixed.room not in (None, room.id) and self._is_fixed_time(place):
            start = fixed.start.isoformat(timespec="minutes")
            operations.append(self._put("fixed", {"start": start, "room": room.id}))
        if request.rooms and room.id not in request.rooms:
            operations.append(self._put("rooms", [*request.rooms, room.id]))
        if request.seats is not None and room.seats is not None and room.seats < request.seats:
            operations.append(self._put("seats", room.seats))
            said.append(f"{room.seats} seats")
        lacking = sorted(request.features - room.features)
        if lacking:
            operations.append(self._put("features", sorted(request.features & room.features)))
            said.append(f"without {listed(lacking)}")
        if board.housing.owned_by_another(request, place.room):
            operations.append({"op": "remove", "path": f"/rooms/{place.room}/party"})
            said.append(f"{self.names.parties[room.party or '']}’s room")
        if operations:
            name = self.names.room(place.room)
            yield Step(f"use {name} ({', '.join(said)})" if said else f"use {name}", tuple(operations))

    def _is_fixed_time(self, place: Held) -> bool:
        fixed = self.request.fixed
        return fixed is not None and fixed.start == self.ground.time(place.start)

    def _order(self, place: Held, board: Board) -> Iterator[Step]:
        broken = []
        for earlier in self.request.after:
            held = board.held(self.ground.request_number[earlier])
            if earlier == self.request.id or (held is not None and place.start < held.end):
                broken.append(earlier)
        if broken:
            kept = [earlier for earlier in self.request.after if earlier not in broken]
            requests = [self.ground.request(self.ground.request_number[earlier]) for earlier in broken]
            text = f"hold it before {few([self.names.meeting(each) for each in requests])} ends"
            yield Step(text, (self._put("after", kept),))

    def shortened(self, minutes: int) -> Step:
        """Make the meeting shorter."""
        return Step(f"shorten to {lasting(minutes)}", (self._put("minutes", minutes),))

    def with_interpreters(self, count: int) -> Step:
        """Do with fewer interpreters, or with none."""
        if count:
            text = f"do with {counted(count, 'interpreter', 'interpreters')}"
            return Step(text, (self._put("interpreters", count),))
        return Step("without interpretation", (*self._drop("interpreters"), *self._drop("languages")))

    def silent(self) -> Request:
        """Return the request without interpretation."""
        return replace(self.request, interpreters=0, languages=None)

    def without_person(self, person: int) -> Step:
        """Hold the meeting without one of those asked for."""
        left = [each for each in self.request.people if each != self.ground.person(person).id]
        return Step(f"without {self.names.person(person, self.request)}", (self._put("people", left),))

    def with_another(self, person: int, other: int) -> Step:
        """Send somebody else of the same delegation."""
        ground = self.ground
        asked, sent = ground.person(person).id, ground.person(other).id
        people = [sent if each == asked else each for each in self.request.people]
        text = f"send {self.names.person(other)} instead of {self.names.person(person)}"
        return Step(text, (self._put("people", people),))

    def longer(self, sitting: int, end: int, place: Held) -> Step:
        """Let a sitting run on."""
        one = self.ground.problem.sittings[sitting]
        until = self.ground.time(end)
        text = f"let the sitting {stretch(one.start, one.end)} run until {clock(until)}, and hold it {self.names.at(place.start)}"
        path = f"/sittings/{sitting}/end"
        return Step(text, ({"op": "replace", "path": path, "value": until.isoformat(timespec="minutes")},))

    def released(self, person: int, index: int) -> Step:
        """Take an engagement from a person."""
        engagement = self.ground.person(person).engagements[index]
        what = engagement.label or "an engagement"
        when = self.names.when(self.ground.minute(engagement.start), self.ground.minute(engagement.end))
        text = f"release {self.names.person(person, self.request)} from {what}, {when}"
        return Step(text, ({"op": "remove", "path": f"/people/{person}/engagements/{index}"},))
