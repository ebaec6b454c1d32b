"""Everybody at their times, as many as can be in the rooms they had.

Two rooms exchange what meets in time, and whatever that meets in the other: a Kempe chain, after which
nothing clashes that did not before. Exchanges that bring meetings home are taken at once, and now and then
one that brings nothing or little harm, so that others become possible.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import combinations
from random import Random
from typing import NamedTuple

from summitry.planner.problem import Aim
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.repair.fitting import is_open
from summitry.planner.solver.repair.seating import Seating
from summitry.planner.solver.state import State, state_of

SITTING_SHARE = 0.2
"""Of the time left, for one sitting, and at most so many :data:`SECONDS`."""
SECONDS = 0.5
TRIES = 20_000
"""Exchanges looked at in a sitting at most."""
HEAT, COLDEST = 0.5, 0.05
"""How many meetings fewer at home are taken, on average, to begin with and at the end."""


class Held(NamedTuple):
    """A meeting in a room, minutes."""

    start: int
    end: int
    request: int


class Chain(NamedTuple):
    """What changes rooms, and how many more are at home then."""

    changes: list[tuple[Held, int, int]]
    gain: int


class Rooms:
    """The rooms of one sitting and who is in them.

    Parameters
    ----------
    zones : bool
        Whether meetings may change zones, each as if nobody else did.
    """

    def __init__(self, state: State, sitting: int, *, zones: bool) -> None:
        instance, seating = state.instance, Seating(state)
        self.gap = instance.turnaround
        self.held: list[list[Held]] = [[] for _ in instance.room_zone]
        self.home: dict[int, int] = {}
        self.able: dict[int, frozenset[int]] = {}
        for request, place in enumerate(state.places):
            if place is None or place.room < 0 or instance.cells.sitting_at(place.start) != sitting:
                continue
            self.held[place.room].append(Held(place.start, place.end, request))
            job, cells = instance.jobs[request], instance.cells.touched(place.start, place.end)
            if job.baseline is not None and job.baseline.start == place.start:
                self.home[request] = job.baseline.room
            zone = instance.room_zone
            near = seating.zones_open_to(request) if zones else {zone[place.room]}
            self.able[request] = frozenset(
                room
                for room in job.rooms
                if job.frozen is None and zone[room] in near and not instance.room_closed_cells[room] & cells
            )
        self.pairs = [
            (one, other)
            for one, other in combinations(range(len(self.held)), 2)
            if self.gap[one] == self.gap[other] and (self.held[one] or self.held[other])
        ]

    def away(self) -> int:
        """Return how many are at their start but not in their room."""
        return sum(
            self.home.get(each.request, room) != room for room, some in enumerate(self.held) for each in some
        )

    def now(self) -> dict[int, int]:
        """Return who is in which room."""
        return {each.request: room for room, some in enumerate(self.held) for each in some}

    def chains(self, one: int, other: int) -> Iterator[Chain]:
        """Yield what two rooms can exchange."""
        both = sorted(
            [(*each, one, other) for each in self.held[one]]
            + [(*each, other, one) for each in self.held[other]]
        )
        changes: list[tuple[Held, int, int]] = []
        gain, free, until = 0, True, -math.inf
        for start, end, request, now, then in both:
            if start >= until:
                if changes and free:
                    yield Chain(changes, gain)
                changes, gain, free = [], 0, True
            changes.append((Held(start, end, request), now, then))
            home = self.home.get(request, -1)
            gain += (home == then) - (home == now)
            free = free and then in self.able[request]
            until = max(until, end + self.gap[one])
        if changes and free:
            yield Chain(changes, gain)

    def change(self, chain: Chain) -> None:
        """Let two rooms exchange something."""
        for each, now, _ in chain.changes:
            self.held[now].remove(each)
        for each, _, then in chain.changes:
            self.held[then].append(each)


def give_back_rooms(incumbent: Incumbent, seed: int) -> None:
    """Let the meetings of each sitting change rooms so that fewer are elsewhere than they were; offer what is found."""
    if incumbent.places is None or incumbent.proved(Aim.REROOMED):
        return
    state, jobs = state_of(incumbent.instance, incumbent.places), incumbent.instance.jobs
    away: set[int] = {
        sitting
        for job, place in zip(jobs, incumbent.places, strict=True)
        if place is not None and job.frozen is None and job.baseline is not None
        if job.baseline.start == place.start and job.baseline.room != place.room
        if (sitting := incumbent.instance.cells.sitting_at(place.start)) is not None
    }
    for sitting in sorted(away):
        for zones in (True, False):
            if _change(state, _nearer_home(incumbent, Rooms(state, sitting, zones=zones), seed)):
                break
    incumbent.offer(state.places)


def _nearer_home(incumbent: Incumbent, rooms: Rooms, seed: int) -> dict[int, int]:
    """Return the rooms of a sitting's meetings with the fewest away that were found."""
    clock, random = incumbent.clock, Random(seed)  # noqa: S311 - for search, not for secrets
    left = clock.left()
    ends = math.inf if left is None else clock.elapsed() + min(SECONDS, SITTING_SHARE * left)
    away = least = rooms.away()
    best = rooms.now()
    for number in range(TRIES if rooms.pairs else 0):
        if least == 0 or clock.elapsed() >= ends or clock.stopped():
            break
        share = number / TRIES if math.isinf(ends) else 1.0 - (ends - clock.elapsed()) / SECONDS
        heat = HEAT * (1.0 - min(1.0, share)) + COLDEST
        for chain in list(rooms.chains(*random.choice(rooms.pairs))):
            if chain.gain >= 0 or random.random() < math.exp(chain.gain / heat):
                rooms.change(chain)
                away -= chain.gain
        if away < least:
            least, best = away, rooms.now()
    return best


def _change(state: State, rooms: Mapping[int, int]) -> bool:
    """Let meetings change rooms if every rule allows it; return whether it does."""
    before = {
        request: place
        for request, room in rooms.items()
        if (place := state.places[request]) is not None and place.room != room
    }
    for request in before:
        state.remove(request)
    for request, place in before.items():
        if not is_open(state, request, place._replace(room=rooms[request])):
            break
        state.place(request, place._replace(room=rooms[request]))
    else:
        return True
    for request in before:
        if state.places[request] is not None:
            state.remove(request)
    for request, place in before.items():
        state.place(request, place)
    return False
