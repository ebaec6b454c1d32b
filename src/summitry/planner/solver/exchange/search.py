"""The search: put a request where it costs least, take out what stood there, and find that another place.

Each step takes a request that is not held, looks at all its starts in one zone at once,
takes the one with the least weight in its way, and puts what was in the way elsewhere
where that is free. It stays so if what finds no place weighs not much more than the
request: how much more is drawn anew for each step, and less and less as the search cools. What was put in lately counts as heavier for some steps, so that two
requests do not push each other out for ever. Where no room of the zone is free, one room
drawn at random is looked at, not the one that would cost least: otherwise it is always
the lightest meetings that move, and the search goes round in a circle.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from random import Random

import numpy as np
import numpy.typing as npt

from summitry.planner.solver.exchange.board import Board
from summitry.planner.solver.exchange.limits import crowd_over_limit
from summitry.planner.solver.exchange.prices import NEVER, Prices
from summitry.planner.solver.instance import Instance, Place

Rooms = npt.NDArray[np.int64]

NOISE = 1 << 14
TIE = 0.5  # less than any difference of weights
MOST_EXTRA = 4  # meetings taken out for the sake of limits, beyond those in the way
ROOMS_SEEN = 16
FRESH_MEANS = 5.0  # mean weights that a request weighs more while it is fresh
FRESH_STEPS = (10, 30)
AHEAD = 2.0  # mean weights more than may be lost that may be taken out to see what can be placed again
BOTH_SIDES = 2


class Exchange:
    """Improves the weight held on a board, step by step.

    Parameters
    ----------
    instance : Instance
        The problem.
    places : sequence of Place or None
        The plan to begin with.
    seed : int
        Of the random numbers.
    within : int, optional
        The cells within which anything may change; meetings elsewhere stay.
    candidates : iterable of int, optional
        The requests, of those not held, to try; by default all.
    fixed : iterable of int
        Requests whose meetings stay where they are.

    Attributes
    ----------
    best, best_weight
        The plan with the most weight so far, and its weight.
    unheld : list of int
        The requests that are not held now and could be.
    """

    def __init__(
        self,
        instance: Instance,
        places: Sequence[Place | None],
        seed: int,
        *,
        within: int | None = None,
        candidates: Iterable[int] | None = None,
        fixed: Iterable[int] = (),
    ) -> None:
        self.instance = instance
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        self.board = Board(instance, places, within, fixed)
        self._noise: Prices = np.random.default_rng(seed).random(NOISE) * TIE
        weights = [job.weight for job in instance.jobs]
        self._mean = sum(weights) / max(1, len(weights))
        self._fresh_price = FRESH_MEANS * self._mean
        self.unheld: list[int] = []
        self._at: dict[int, int] = {}
        self._turn = 0
        count = len(instance.cells.minutes)
        longest = max((job.cells for job in instance.jobs), default=1)
        everything = instance.cells.everything
        self._edges = np.array([not everything >> cell & 1 for cell in range(count)] + [True] * (longest + 1))
        self._fresh: dict[int, int] = {}
        self._ageing: deque[tuple[int, int]] = deque()
        known = {rooms: self._by_zone(rooms) for rooms in {job.rooms for job in instance.jobs}}
        self._rooms = [known[job.rooms] for job in instance.jobs]
        for request in range(len(instance.jobs)) if candidates is None else candidates:
            if self.board.where[request] is None and self.board.starts(request) and self._rooms[request]:
                self._leave_out(request)
        self.best_weight = self.board.weight
        self.best = list(self.board.where)

    def _by_zone(self, rooms: Sequence[int]) -> list[tuple[int, Rooms]]:
        found: dict[int, list[int]] = {}
        for room in rooms:
            found.setdefault(self.board.zone_number.get(self.instance.room_zone[room], 0), []).append(room)
        return [(number, np.array(some)) for number, some in sorted(found.items())]

    def _leave_out(self, request: int) -> None:
        self._at[request] = len(self.unheld)
        self.unheld.append(request)

    def _take_in(self, request: int) -> None:
        at = self._at.pop(request)
        last = self.unheld.pop()
        if last != request:
            self.unheld[at] = last
            self._at[last] = at

    # ---- one step ------------------------------------------------------------------

    def step(self, heat: float, request: int | None = None) -> bool:
        """Try to hold one more request; return whether the plan is the best so far.

        Parameters
        ----------
        heat : float
            How much more weight than a request's own may be taken out for it, on average.
        request : int, optional
            The request to hold; by default one that is drawn.
        """
        board, random = self.board, self.random
        self._age()
        if request is None:
            request = self.unheld[int(random.random() * len(self.unheld))]
        price = board.price
        most = price[request] - heat * math.log(1.0 - random.random())
        looked = most + AHEAD * self._mean
        zone = self._any_zone(request)
        place = self._cheapest(request, looked, zone)
        if place is None:
            return False
        taken = [(other, board.remove(other)) for other in board.in_the_way(request, place)]
        if not taken:
            place = self._snuggest(request, zone, 0.0) or place
        if not self._settle(request, place, taken, looked):
            self._restore(taken)
            return False
        price[request] += self._fresh_price
        board.place(request, place)
        self._take_in(request)
        if not self._place_again(taken, most):
            board.remove(request)
            price[request] -= self._fresh_price
            self._leave_out(request)
            self._restore(taken)
            return False
        self._made_fresh(request, taken)
        if board.weight <= self.best_weight:
            return False
        self.best_weight = board.weight
        self.best = list(board.where)
        return True

    def _restore(self, taken: Sequence[tuple[int, Place]]) -> None:
        for other, before in reversed(taken):
            self.board.place(other, before)

    def _place_again(self, taken: Sequence[tuple[int, Place]], most: float) -> bool:
        """Hold what was taken out where it is free; return whether what is lost costs less than ``most``.

        Where it does not, nothing of it is held any more.
        """
        board, price = self.board, self.board.price
        cost = sum(price[other] for other, _ in taken)
        held = []
        for other, _ in taken:
            self._leave_out(other)
        for other in sorted((other for other, _ in taken), key=price.__getitem__, reverse=True):
            zones = list(self.zones_of(other))
            self.random.shuffle(zones)
            if any(self.place_snugly(other, zone) for zone in (zones if cost >= most else zones[:1])):
                cost -= price[other]
                held.append(other)
        if cost < most:
            return True
        for other in held:
            board.remove(other)
        for other, _ in taken:
            if other in self._at:
                self._take_in(other)
        return False

    def _made_fresh(self, request: int, taken: Sequence[tuple[int, Place]]) -> None:
        until = self._turn + self.random.randint(*FRESH_STEPS)
        self._fresh[request] = until
        self._ageing.append((until, request))
        for other, _ in taken:
            if self._fresh.pop(other, None) is not None:
                self.board.reprice(other, -self._fresh_price)

    def _age(self) -> None:
        self._turn += 1
        while self._ageing and self._ageing[0][0] <= self._turn:
            until, request = self._ageing.popleft()
            if self._fresh.get(request) == until:
                del self._fresh[request]
                self.board.reprice(request, -self._fresh_price)

    def place_free(self, request: int, zone: int) -> bool:
        """Hold a request in the zone of that number where nothing stands in the way; return whether it is."""
        place = self._cheapest(request, 1.0, zone)
        if place is None or not self._fits(request, place):
            return False
        self.board.place(request, place)
        self._take_in(request)
        return True

    def place_snugly(self, request: int, zone: int, only: Prices | None = None) -> bool:
        """Hold a request in a zone where it is free and leaves a room's time whole; return whether it is.

        ``only``, infinite elsewhere, restricts the starts.
        """
        place = self._snuggest(request, zone, 0.0, only)
        if place is None or not self._fits(request, place):
            return False
        self.board.place(request, place)
        self._take_in(request)
        return True

    def _fits(self, request: int, place: Place) -> bool:
        if self.board.in_the_way(request, place):
            return False
        return crowd_over_limit(self.board, request, place) is None

    def tidy(self) -> bool:
        """Move a held meeting to where it leaves less of a room's time in pieces; return whether one moved."""
        board = self.board
        request = int(self.random.random() * len(board.where))
        place = board.where[request]
        if place is None or board.price[request] >= NEVER or request in self._fresh:
            return False
        cell = self.instance.cells.cell(place.start)
        before = float(self._beside(np.array([place.room]), self.instance.jobs[request].cells)[0, cell])
        if before >= BOTH_SIDES:
            return False
        board.remove(request)
        there = self._snuggest(request, self._any_zone(request), before)
        if there is not None and not self._fits(request, there):
            there = None
        board.place(request, there or place)
        return there is not None

    def _snuggest(self, request: int, zone: int, least: float, only: Prices | None = None) -> Place | None:
        """Return a free place beside other meetings of its room, on ``least`` sides at least."""
        number, rooms = self._some_rooms(request, zone)
        length = self.instance.jobs[request].cells
        price = self._price(request, number)
        if only is not None:
            price += only
        if price.min() > 0:
            return None
        taken = self.board.room_prices.of(rooms, 0, length) + price > 0
        offset = int(self.random.random() * (NOISE - len(price)))
        score = np.where(taken, -1.0, self._beside(rooms, length) + self._noise[offset : offset + len(price)])
        row, cell = divmod(int(score.argmax()), len(price))
        if score[row, cell] < least:
            return None
        return self._place(request, number, cell, int(rooms[row]))

    def _beside(self, rooms: Rooms, length: int) -> Prices:
        """Return for each room and start on how many sides a meeting would touch another or an end."""
        table = self.board.room_prices
        size = table.cells
        busy = table.begun[rooms, 0, : size + length] > table.over[rooms, 0, : size + length]
        busy |= self._edges[: size + length]
        beside: Prices = busy[:, length : length + size].astype(np.float64)
        beside[:, 1:] += busy[:, : size - 1]
        beside[:, 0] += 1.0
        return beside

    def zones_of(self, request: int) -> range:
        """Return the numbers of the zones in which a request could be held."""
        return range(len(self._rooms[request]))

    def _any_zone(self, request: int) -> int:
        return int(self.random.random() * len(self._rooms[request]))

    # ---- where -----------------------------------------------------------------------

    def _cheapest(self, request: int, most: float, zone: int) -> Place | None:
        """Return the place in a zone that costs least, ``None`` where all cost ``most`` or more."""
        number, rooms = self._some_rooms(request, zone)
        length = self.instance.jobs[request].cells
        price = self._price(request, number)
        by_room = self.board.room_prices.of(rooms, 0, length)
        one = by_room[int(self.random.random() * len(rooms))]
        price += np.where(by_room.min(axis=0) > 0, one, 0.0)
        offset = int(self.random.random() * (NOISE - len(price)))
        drawn = price + self._noise[offset : offset + len(price)]
        cell = int(drawn.argmin())
        if drawn[cell] >= most or price[cell] >= NEVER:
            return None
        return self._place(request, number, cell, self._room(rooms, by_room[:, cell], cell, length))

    def _some_rooms(self, request: int, zone: int) -> tuple[int, Rooms]:
        """Return a zone's number among all, and its rooms for a request, some of them where they are many."""
        number, rooms = self._rooms[request][zone]
        if len(rooms) > ROOMS_SEEN:
            rooms = np.roll(rooms, int(self.random.random() * len(rooms)))[:ROOMS_SEEN]
        return number, rooms

    def _price(self, request: int, number: int) -> Prices:
        """Return the price of each start as far as people, interpreters and the order go."""
        board, job = self.board, self.instance.jobs[request]
        price = board.closed(request).copy()
        for person in job.people:
            price += board.person_prices.of(person, number, job.cells)
        if job.need:
            price += self._price_of_team(job.interpreters, job.need, number, job.cells)
        if job.after or job.before:
            board.add_order(request, price)
        return price

    def _place(self, request: int, number: int, cell: int, room: int) -> Place:
        start = self.instance.cells.minutes[cell]
        length = self.instance.jobs[request].length
        return Place(start, start + length, room, self._team(request, number, cell))

    def _room(self, rooms: Rooms, prices: Prices, cell: int, length: int) -> int:
        """Return a room of the least price, rather one that is in use just before or after."""
        cheapest = rooms[prices == prices.min()]
        if len(cheapest) == 1:
            return int(cheapest[0])
        table = self.board.room_prices
        beside = (table.begun[cheapest, 0, cell + length] > table.over[cheapest, 0, cell + length]) * 1.0
        if cell:
            beside += table.begun[cheapest, 0, cell - 1] > table.over[cheapest, 0, cell - 1]
        offset = int(self.random.random() * (NOISE - len(cheapest)))
        return int(cheapest[(beside + self._noise[offset : offset + len(cheapest)]).argmax()])

    def _price_of_team(self, able: Sequence[int], need: int, number: int, length: int) -> Prices:
        if len(able) < need:
            return np.full(self.board.room_prices.cells, np.inf)
        prices = self.board.interpreter_prices.of(list(able), number, length)
        if need == 1:
            least: Prices = prices.min(axis=0)
            return least
        total: Prices = np.partition(prices, need - 1, axis=0)[:need].sum(axis=0)
        return total

    def _team(self, request: int, number: int, cell: int) -> tuple[int, ...]:
        job, table = self.instance.jobs[request], self.board.interpreter_prices
        if not job.need:
            return ()
        able = list(job.interpreters)
        prices = table.begun[able, number, cell + job.cells - 1] - table.over[able, number, cell]
        entries = sorted(
            (float(price), self.random.random(), who) for price, who in zip(prices, able, strict=True)
        )
        return tuple(sorted(who for _, _, who in entries[: job.need]))

    # ---- limits that no price tells ------------------------------------------------

    def _settle(self, request: int, place: Place, taken: list[tuple[int, Place]], most: float) -> bool:
        """Take out more where somebody's limit demands it; return whether that stays worth it."""
        board, price = self.board, self.board.price
        cost = sum(price[other] for other, _ in taken)
        for _ in range(MOST_EXTRA):
            crowd = crowd_over_limit(board, request, place)
            if crowd is None:
                return True
            movable = [other for other in crowd if price[other] < NEVER]
            if not movable:
                return False
            other = min(movable, key=lambda each: price[each] * (0.5 + self.random.random()))
            cost += price[other]
            if cost >= most:
                return False
            taken.append((other, board.remove(other)))
        return crowd_over_limit(board, request, place) is None
