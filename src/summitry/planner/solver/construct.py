"""A first plan: requests in order of urgency, each where it hurts the others least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

from summitry.planner.solver.instance import Instance, Place
from summitry.planner.solver.state import State

MOST_TRIES = 40


class Greedy:
    """Places requests one by one; remembers how much each person, room and language is in demand."""

    def __init__(self, instance: Instance, random: Random) -> None:
        self.instance = instance
        self.random = random
        self.demand = [0] * len(instance.people)
        self.room_demand = [0] * len(instance.room_zone)
        for job in instance.jobs:
            for person in job.people:
                self.demand[person] += job.length
        for rooms, count in Counter(job.rooms for job in instance.jobs).items():
            for room in rooms:
                self.room_demand[room] += count

    def order(self) -> list[int]:
        """Return all requests that are not frozen, the most urgent first."""
        jobs = self.instance.jobs
        keys = {}
        for index, job in enumerate(jobs):
            if job.frozen is None:
                pressure = sum(self.demand[person] for person in job.people)
                choice = job.starts.bit_count() if job.must else 0
                keys[index] = (not job.must, choice, -job.weight / job.cells, -pressure, self.random.random())
        return _earlier_first(self.instance, sorted(keys, key=keys.__getitem__))

    def fill(self, state: State, requests: Iterable[int]) -> list[int]:
        """Place what can be placed; return the rest."""
        rest = []
        for request in requests:
            place = self.best_place(state, request)
            if place is None:
                rest.append(request)
            else:
                state.place(request, place)
        return rest

    def best_place(self, state: State, request: int) -> Place | None:
        """Return where a request now fits most snugly beside what is there, ``None`` where nowhere."""
        masks = state.starts(request)
        for _ in range(MOST_TRIES):
            if not masks:
                return None
            cell, room = self._choose(state, request, masks)
            place = state.place_at(request, self.instance.cells.minutes[cell], room)
            if place is not None:
                return place
            zone = self.instance.room_zone[room]
            masks = {
                other: left
                for other, mask in masks.items()
                if (left := mask & ~(1 << cell) if self.instance.room_zone[other] == zone else mask)
            }
        return None

    def _choose(self, state: State, request: int, masks: dict[int, int]) -> tuple[int, int]:
        instance, job = self.instance, self.instance.jobs[request]
        baseline = job.baseline
        if baseline is not None:
            cell = instance.cells.cell(baseline.start)
            if cell is not None:
                same = [room for room, mask in masks.items() if mask >> cell & 1]
                if same:
                    return cell, baseline.room if baseline.room in same else self._room(
                        state, job.cells, cell, same
                    )
        together = 0
        for mask in masks.values():
            together |= mask
        for person in sorted(job.people, key=self.demand.__getitem__, reverse=True):
            taken = state.people[person].blocked(instance.nowhere)
            snug = together & (taken << 1 | taken >> job.cells)
            together = snug or together
        for beside in (_both_sides, _one_side):
            snug = 0
            for room, mask in masks.items():
                snug |= mask & beside(state.room_busy[room], job.cells)
            if snug & together:
                together &= snug
                break
        cell = (together & -together).bit_length() - 1
        rooms = [room for room, mask in masks.items() if mask >> cell & 1]
        return cell, self._room(state, job.cells, cell, rooms)

    def _room(self, state: State, length: int, cell: int, rooms: list[int]) -> int:
        """Return the room least asked for by others, and of those the one that is used around then."""

        def key(room: int) -> tuple[int, int, int]:
            busy = state.room_busy[room]
            beside = (busy >> (cell - 1) & 1 if cell else 0) + (busy >> (cell + length) & 1)
            return -beside, self.room_demand[room], room

        return min(rooms, key=key)


def _both_sides(busy: int, length: int) -> int:
    """Return the starts from which a meeting would just fill a gap."""
    return (busy << 1) & (busy >> length)


def _one_side(busy: int, length: int) -> int:
    """Return the starts from which a meeting would touch what is there."""
    return (busy << 1) | (busy >> length)


def _earlier_first(instance: Instance, order: list[int]) -> list[int]:
    """Return ``order`` with each request behind those it comes after, as far as that is no circle."""
    done: set[int] = set()
    result: list[int] = []
    for request in order:
        stack = [request]
        seen: set[int] = set()
        while stack:
            top = stack[-1]
            waiting = [
                earlier
                for earlier in instance.jobs[top].after
                if earlier not in done and earlier not in seen and instance.jobs[earlier].frozen is None
            ]
            if top not in seen and waiting:
                seen.add(top)
                stack += waiting
                continue
            stack.pop()
            if top not in done:
                done.add(top)
                result.append(top)
    return result
