"""Ruin and recreate: take out a few meetings that stand in each other's way, put them back better.

What is taken out is related (the meetings in the way of one that is not held; or some
of one person's, with others of that time and those rooms); each is put back where it
costs the aims least. A change is kept if the plan is no worse, so that the search
drifts over plans of equal value; now and then a slightly worse one is kept for a while.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from summitry.planner.problem import Aim
from summitry.planner.solver.cells import bits
from summitry.planner.solver.construct import Greedy
from summitry.planner.solver.instance import Instance, Place
from summitry.planner.solver.ledger import Key, Ledger
from summitry.planner.solver.state import State

PLACES_TRIED = 12
POSITIONS_TRIED = 10
UNHELD_TRIED = 4
ANYBODY, NEIGHBOUR_TOO, ROOM_TOO = 0.2, 0.4, 0.3  # how often a change looks further


class Improver:
    """Improves one plan aim by aim."""

    def __init__(
        self, instance: Instance, state: State, random: Random, offer: Callable[[list[Place | None]], object]
    ) -> None:
        self.instance = instance
        self.random = random
        self.greedy = Greedy(instance, random)
        self.ledger = Ledger(state)
        self.state = state
        self.offer = offer
        self.best: Key = self.ledger.key()
        self.unheld = {
            index for index, place in enumerate(state.places) if place is None and self._static(index)
        }
        self.movable = [index for index, job in enumerate(instance.jobs) if job.frozen is None]

    def _static(self, request: int) -> bool:
        return bool(self.instance.jobs[request].starts and self.instance.jobs[request].rooms)

    def step(self, aim: Aim, heat: float) -> bool:
        """Try one change for the sake of an aim; return whether the best plan improved."""
        ledger = self.ledger
        before = ledger.key()
        ledger.begin()
        unheld = set(self.unheld)
        if aim in (Aim.WEIGHT, Aim.LEFT_OUT, Aim.DROPPED):
            if not self._force_one(aim):
                return False
        else:
            self._shake(aim)
        after = ledger.key()
        if not self._valid(unheld) or (after > before and not self._tolerated(aim, before, after, heat)):
            ledger.undo()
            self.unheld = unheld
            return False
        if after < self.best:
            self.best = after
            self.offer(self.state.places)
            return True
        return False

    def _valid(self, unheld: set[int]) -> bool:
        """Return whether everything that must be held still is, and nobody has too many more breaks."""
        lost = self.unheld - unheld
        return self.ledger.spread_holds() and not any(self.instance.jobs[request].must for request in lost)

    def _tolerated(self, aim: Aim, before: Key, after: Key, heat: float) -> bool:
        """Return whether a change that harms nothing dearer than ``aim`` is bad but may be kept."""
        at = self.instance.objective.index(aim)
        if heat <= 0 or after[:at] > before[:at]:
            return False
        return self.random.random() < math.exp(-(after[at] - before[at] + 0.1) / heat)

    # ---- holding more --------------------------------------------------------------

    def _force_one(self, aim: Aim) -> bool:
        """Hold a request that is not held, and put what was in its way elsewhere."""
        wanted = [request for request in sorted(self.unheld) if self._helps(aim, request)]
        if not wanted:
            return False
        request = self.random.choice(wanted)
        position = self._cheapest_position(request)
        if position is None:
            return False
        start, room, conflicts = position
        for other in conflicts:
            self.ledger.remove(other)
        place = self._open_place(request, start, room)
        if place is None:
            more = self._also_in_the_way(request, start)
            for other in more:
                self.ledger.remove(other)
            conflicts = [*conflicts, *more]
            place = self._open_place(request, start, room)
        if place is None:
            self._put_back(conflicts)
            return True
        self.ledger.place(request, place)
        self.unheld.discard(request)
        spare = self.random.sample(sorted(self.unheld), min(UNHELD_TRIED, len(self.unheld)))
        self._put_back([*conflicts, *spare])
        return True

    def _helps(self, aim: Aim, request: int) -> bool:
        return aim is not Aim.DROPPED or self.instance.jobs[request].baseline is not None

    def _open_place(self, request: int, start: int, room: int) -> Place | None:
        cell = self.instance.cells.cell(start)
        mask = self.state.starts(request).get(room, 0)
        if cell is None or not mask >> cell & 1:
            return None
        return self.state.place_at(request, start, room)

    def _cheapest_position(self, request: int) -> tuple[int, int, list[int]] | None:
        """Return, of some random places for a request, the one with the least weight in its way."""
        instance, job = self.instance, self.instance.jobs[request]
        cells = list(bits(job.starts))
        if not cells or not job.rooms:
            return None
        best: tuple[float, int, int, list[int]] | None = None
        for _ in range(POSITIONS_TRIED):
            start = instance.cells.minutes[self.random.choice(cells)]
            room = self.random.choice(job.rooms)
            conflicts = self._in_the_way(request, start, room)
            if conflicts is None:
                continue
            weight = sum(instance.jobs[other].weight for other in conflicts) * (0.5 + self.random.random())
            if best is None or weight < best[0]:
                best = (weight, start, room, conflicts)
        return best[1:] if best else None

    def _in_the_way(self, request: int, start: int, room: int) -> list[int] | None:
        """Return the meetings that must go for a request to be held there; ``None`` where they cannot."""
        instance, job = self.instance, self.instance.jobs[request]
        zone, end = instance.room_zone[room], start + job.length
        found: set[int] = set()
        for person in job.people:
            for item in self.state.people[person].actor.engagements:
                gap = instance.walk[item.zone][zone]
                if item.start - gap < end and start < item.end + gap:
                    return None
            for item in self.state.people[person].items:
                gap = instance.walk[item.zone][zone]
                if item.start - gap < end and start < item.end + gap:
                    found.add(item.request)
        gap = instance.turnaround[room]
        if any(low < end and start < high for low, high in instance.closed[room]):
            return None
        found.update(
            other
            for low, high, other in self.state.room_items[room]
            if low - gap < end and start < high + gap
        )
        found.update(other for other in job.after if self._ends(other) > start)
        found.update(other for other in job.before if self._is_held(other) and self._starts_at(other) < end)
        if any(instance.jobs[other].frozen is not None for other in found - set(job.before)):
            return None
        return sorted(other for other in found if instance.jobs[other].frozen is None)

    def _is_held(self, request: int) -> bool:
        return self.state.places[request] is not None

    def _starts_at(self, request: int) -> int:
        place = self.state.places[request]
        return -1 if place is None else place.start

    def _ends(self, request: int) -> int:
        place = self.state.places[request]
        return -1 if place is None else place.end

    def _also_in_the_way(self, request: int, start: int) -> list[int]:
        """Return one more meeting for each person at a limit and for some who could interpret, the nearest."""
        job = self.instance.jobs[request]
        busy = [self.state.people[person] for person in job.people]
        diaries = [diary for diary in busy if diary.actor.max_meetings or diary.actor.max_consecutive]
        if job.need:
            team = self.random.sample(job.interpreters, min(job.need, len(job.interpreters)))
            diaries += [self.state.interpreters[who] for who in team]
        found = set()
        for diary in diaries:
            items = [item for item in diary.items if self.instance.jobs[item.request].frozen is None]
            if items:
                found.add(min(items, key=lambda item: abs(item.start - start)).request)
        return sorted(found)

    def _put_back(self, requests: list[int]) -> None:
        jobs = self.instance.jobs
        noise = {request: self.random.random() for request in requests}
        order = sorted(
            requests,
            key=lambda request: (
                not jobs[request].must,
                -jobs[request].weight / jobs[request].cells * noise[request],
            ),
        )
        for request in order:
            place = self.greedy.best_place(self.state, request)
            if place is None:
                self.unheld.add(request)
            else:
                self.ledger.place(request, place)
                self.unheld.discard(request)

    # ---- holding the same better ---------------------------------------------------

    def _shake(self, aim: Aim) -> None:
        """Take out some meetings of one person and around, and put each where it costs least."""
        taken = self._related(aim)
        for request in taken:
            self.ledger.remove(request)
        self.random.shuffle(taken)
        for request in taken:
            place = self._cheapest_place(request)
            if place is None:
                self.unheld.add(request)
            else:
                self.ledger.place(request, place)

    def _related(self, aim: Aim) -> list[int]:
        ledger, random, state = self.ledger, self.random, self.state
        costs = ledger.walking if aim is Aim.WALKING else ledger.breaks
        people = [
            person for person in self.instance.named_people if costs[person] and state.people[person].items
        ]
        if aim in (Aim.MOVED, Aim.REROOMED) or not people or random.random() < ANYBODY:
            people = [person for person in self.instance.named_people if state.people[person].items]
        if not people:
            return []
        items = [item.request for item in state.people[random.choice(people)].items]
        taken = set(random.sample(items, min(len(items), random.choice((1, 1, 2, 2, 3)))))
        for request in list(taken):
            place = state.places[request]
            assert place is not None
            for person in self.instance.jobs[request].people:
                near = sorted(state.people[person].items, key=lambda item: abs(item.start - place.start))
                taken.update(item.request for item in near[1:3] if random.random() < NEIGHBOUR_TOO)
            beside = sorted(state.room_items[place.room], key=lambda item: abs(item[0] - place.start))
            taken.update(other for _, _, other in beside[1:3] if random.random() < ROOM_TOO)
        return [request for request in sorted(taken) if self.instance.jobs[request].frozen is None]

    def _cheapest_place(self, request: int) -> Place | None:
        """Return the place that costs the later aims least, among those beside its people's other meetings."""
        instance, job, state = self.instance, self.instance.jobs[request], self.state
        masks = state.starts(request)
        if not masks:
            return None
        together = 0
        for mask in masks.values():
            together |= mask
        snug = 0
        for person in job.people:
            taken = state.people[person].blocked(instance.room_zones[0])
            snug |= together & (taken << 1 | taken >> job.cells)
        candidates = list(bits(snug or together))
        if len(candidates) > PLACES_TRIED:
            candidates = self.random.sample(candidates, PLACES_TRIED)
        if job.baseline is not None:
            cell = instance.cells.cell(job.baseline.start)
            if cell is not None and together >> cell & 1:
                candidates.append(cell)
        entries = [
            (self.ledger.cost(request, place), self.random.random(), place)
            for cell in candidates
            for room in self._one_of_each_zone(masks, cell, job.baseline)
            if (place := state.place_at(request, instance.cells.minutes[cell], room)) is not None
        ]
        return min(entries)[2] if entries else self.greedy.best_place(state, request)

    def _one_of_each_zone(self, masks: dict[int, int], cell: int, baseline: Place | None) -> list[int]:
        rooms: dict[int, int] = {}
        for room, mask in masks.items():
            if mask >> cell & 1:
                zone = self.instance.room_zone[room]
                known = rooms.get(zone)
                if known is None or self.greedy.room_demand[room] < self.greedy.room_demand[known]:
                    rooms[zone] = room
        if baseline is not None and masks.get(baseline.room, 0) >> cell & 1:
            return [*rooms.values(), baseline.room]
        return list(rooms.values())
