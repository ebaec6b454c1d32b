"""Who and what is held where, with the price of holding anything anywhere else kept up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from summitry.planner.solver.cells import bits
from summitry.planner.solver.exchange.prices import NEVER, Prices, PriceTable, Spans
from summitry.planner.solver.instance import Instance, Item, Place
from summitry.planner.solver.state import Diary

MUST = float(1 << 30)  # on top of the weight of what must be held


class Board:
    """A valid plan in the making, priced.

    The price of a start is the weight of the meetings that would have to go for it,
    ``NEVER`` or more where something stands in the way that cannot go. Meetings in a
    row, a person's number of meetings and interpreters' hours are not in the prices:
    they are asked of :attr:`people` and :attr:`interpreters` when a place was chosen.
    """

    def __init__(
        self,
        instance: Instance,
        places: Sequence[Place | None],
        within: int | None = None,
        fixed: Iterable[int] = (),
    ) -> None:
        self.instance = instance
        self.within = instance.cells.everything if within is None else within
        cells = len(instance.cells.minutes)
        longest = max((job.cells for job in instance.jobs), default=1)
        self.zones = instance.room_zones if instance.walking else [instance.nowhere]
        self.zone_number = {zone: number for number, zone in enumerate(self.zones)}
        self.price = [job.weight + MUST * job.must for job in instance.jobs]
        self.where: list[Place | None] = [None] * len(instance.jobs)
        self.weight = 0
        self.of_person: list[set[int]] = [set() for _ in instance.people]
        self.of_room: list[set[int]] = [set() for _ in instance.room_zone]
        self.people = {
            index: Diary(instance, actor)
            for index, actor in enumerate(instance.people)
            if actor.max_meetings is not None or actor.max_consecutive is not None
        }
        self.interpreters = [Diary(instance, actor) for actor in instance.interpreters]
        self.person_prices = PriceTable(len(instance.people), len(self.zones), cells, longest)
        self.interpreter_prices = PriceTable(len(instance.interpreters), len(self.zones), cells, longest)
        self.room_prices = PriceTable(len(instance.room_zone), 1, cells, longest)
        self._closed: dict[int, Prices] = {}
        self._spans = Spans(instance.cells)
        self._engage()
        for request in fixed:
            self.price[request] = NEVER
        for request, place in enumerate(places):
            if place is not None:
                cell = instance.cells.cell(place.start)
                if instance.jobs[request].frozen is not None or cell is None or not self.within >> cell & 1:
                    self.price[request] = NEVER
                self.place(request, place)

    def _engage(self) -> None:
        instance = self.instance
        for table, actors in (
            (self.person_prices, instance.people),
            (self.interpreter_prices, instance.interpreters),
        ):
            for owner, actor in enumerate(actors):
                for item in actor.engagements:
                    self._mark(table, owner, item, NEVER)
        for room, closed in enumerate(instance.closed):
            for start, end in closed:
                self.room_prices.add(room, 0, self._spans.of(start, end), NEVER)

    def _mark(self, table: PriceTable, owner: int, item: Item, price: float) -> None:
        walk, spans = self.instance.walk[item.zone], self._spans.of
        for number, zone in enumerate(self.zones):
            gap = walk[zone]
            table.add(owner, number, spans(item.start - gap, item.end + gap), price)

    # ---- changing ------------------------------------------------------------------

    def place(self, request: int, place: Place) -> None:
        """Hold a request there; nothing may stand in the way."""
        self.where[request] = place
        self.weight += self.instance.jobs[request].weight
        self._change(request, place, self.price[request])
        item = self._item(request, place)
        for person in self.instance.jobs[request].people:
            self.of_person[person].add(request)
            if person in self.people:
                self.people[person].add(item)
        for who in place.interpreters:
            self.interpreters[who].add(item)
        if place.room >= 0:
            self.of_room[place.room].add(request)

    def remove(self, request: int) -> Place:
        """No longer hold a request; return where it was."""
        place = self.where[request]
        assert place is not None
        self.where[request] = None
        self.weight -= self.instance.jobs[request].weight
        self._change(request, place, -self.price[request])
        for person in self.instance.jobs[request].people:
            self.of_person[person].discard(request)
            if person in self.people:
                self.people[person].drop(request)
        for who in place.interpreters:
            self.interpreters[who].drop(request)
        if place.room >= 0:
            self.of_room[place.room].discard(request)
        return place

    def reprice(self, request: int, change: float) -> None:
        """Let a request cost more or less to take out."""
        self.price[request] += change
        place = self.where[request]
        if place is not None:
            self._change(request, place, change)

    def _item(self, request: int, place: Place) -> Item:
        return Item(place.start, place.end, self.instance.zone_of(place.room), request)

    def _change(self, request: int, place: Place, price: float) -> None:
        item = self._item(request, place)
        for person in self.instance.jobs[request].people:
            self._mark(self.person_prices, person, item, price)
        for who in place.interpreters:
            self._mark(self.interpreter_prices, who, item, price)
        if place.room >= 0:
            gap = self.instance.turnaround[place.room]
            self.room_prices.add(place.room, 0, self._spans.of(place.start - gap, place.end + gap), price)

    # ---- asking --------------------------------------------------------------------

    def starts(self, request: int) -> int:
        """Return the cells at which a request may start as far as its own rules go."""
        return self.instance.jobs[request].starts & self.within

    def closed(self, request: int) -> Prices:
        """Return infinity for each cell that is not among a request's starts, 0 elsewhere."""
        starts = self.starts(request)
        known = self._closed.get(starts)
        if known is None:
            known = np.full(self.room_prices.cells, np.inf)
            known[list(bits(starts))] = 0.0
            self._closed[starts] = known
        return known

    def add_order(self, request: int, price: Prices) -> None:
        """Add to the price of each start that of the meetings it would be out of order with."""
        instance, job = self.instance, self.instance.jobs[request]
        cells = instance.cells
        for earlier in job.after:
            place = self.where[earlier]
            if place is not None:
                price[: cells.starting(instance.zero, place.end - 1).bit_length()] += self.price[earlier]
        for later in job.before:
            place = self.where[later]
            if place is not None and instance.jobs[later].frozen is None:
                first = cells.starting(instance.zero, place.start - job.length).bit_length()
                price[first:] += self.price[later]

    def in_the_way(self, request: int, place: Place) -> set[int]:
        """Return the held requests that would have to go for a request to be held at that place and time."""
        instance = self.instance
        start, end = place.start, place.end
        walk = instance.walk[instance.zone_of(place.room)]
        found = set()
        for other, there in self._near(request, place.interpreters):
            gap = walk[instance.zone_of(there.room)]
            if there.start - gap < end and start < there.end + gap:
                found.add(other)
        gap = instance.turnaround[place.room]
        for other in self.of_room[place.room]:
            beside = self.where[other]
            if beside is not None and beside.start - gap < end and start < beside.end + gap:
                found.add(other)
        found.update(self._out_of_order(request, place))
        return found

    def _out_of_order(self, request: int, place: Place) -> Iterator[int]:
        job = self.instance.jobs[request]
        for earlier in job.after:
            there = self.where[earlier]
            if there is not None and there.end > place.start:
                yield earlier
        for later in job.before:
            there = self.where[later]
            if there is not None and there.start < place.end and self.instance.jobs[later].frozen is None:
                yield later

    def _near(self, request: int, interpreters: Sequence[int]) -> Iterator[tuple[int, Place]]:
        for person in self.instance.jobs[request].people:
            for other in self.of_person[person]:
                place = self.where[other]
                if place is not None:
                    yield other, place
        for who in interpreters:
            for item in self.interpreters[who].items:
                place = self.where[item.request]
                if place is not None:
                    yield item.request, place
