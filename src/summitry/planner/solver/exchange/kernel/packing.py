"""Filling a sitting of somebody whose time is scarce anew: which meetings, in which order, in which zones."""

from __future__ import annotations

import math

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import chance, number
from summitry.planner.solver.exchange.kernel.holding import sitting_within
from summitry.planner.solver.exchange.kernel.itineraries import make_itineraries, read_itinerary
from summitry.planner.solver.exchange.kernel.journal import pull, put, undo
from summitry.planner.solver.exchange.kernel.limits import in_the_way, over_limit
from summitry.planner.solver.exchange.kernel.prices import price_team
from summitry.planner.solver.exchange.kernel.repacking import enter, left_out
from summitry.planner.solver.exchange.kernel.steps import dearest_last, no_longer_fresh, place_anywhere
from summitry.planner.solver.exchange.kernel.vacancy import any_vacant
from summitry.planner.solver.exchange.kernel.where import cheapest_room, find_team, hall_rooms, vacant_room
from summitry.planner.solver.exchange.tables import ENTRIES, NEVER, POOL, Board, Rules

NOISE = 0.15  # of a request's price, at most


@part
def hall_in(rules: Rules, request: int, zone: int) -> int:
    """Return a request's rooms in a zone, -1 where it has none there."""
    kind = rules.halls_of[request]
    for hall in range(rules.halls_from[kind], rules.halls_from[kind + 1]):
        if rules.hall_zone[hall] == zone:
            return hall
    return number(-1)


@part
def price_there(rules: Rules, board: Board, request: int, hall: int, cell: int) -> int:
    """Return the price of all that stands in the way of a request from a cell; where no room is free, in one of them."""
    zone, late, price = rules.hall_zone[hall], rules.width[request] - 1, number(0)
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        price += board.person_begun[who, zone, cell + late] - board.person_over[who, zone, cell]
    if price >= NEVER:
        return price
    start, end = rules.minute[cell], rules.minute[cell] + rules.length[request]
    for index in range(rules.after_from[request], rules.after_from[request + 1]):
        earlier = rules.after[index]
        if board.start[earlier] >= 0 and board.end[earlier] > start:
            price += board.price[earlier]
    for index in range(rules.before_from[request], rules.before_from[request + 1]):
        later = rules.before[index]
        if board.start[later] >= 0 and board.start[later] < end:
            price += board.price[later]
    if rules.need[request]:
        price += price_team(rules, board, request, zone, cell)
    if not any_vacant(rules, board, request, hall, cell):
        low, rooms, _, turn = hall_rooms(rules, board, hall)
        room = rules.hall_rooms[low + turn % rooms]
        price += board.room_begun[room, cell + late] - board.room_over[room, cell]
    return price


@part
def may_start_at(rules: Rules, board: Board, request: int, sitting: int, cell: int) -> bool:
    """Return whether a request may start from a cell of a sitting, counted from its first, and ends within."""
    base, cells = rules.base[sitting], (rules.ends[sitting] - rules.begins[sitting]) // rules.grid
    if cell + rules.width[request] > cells or not board.open[base + cell]:
        return False
    return bool(rules.may_start[rules.starts_of[request], base + cell])


@part
def appraise(rules: Rules, board: Board, sitting: int, pool: int) -> None:
    """Put into the beam what each request that waits is worth from where, less a part of what stands in its way.

    How large a part is drawn at random: much of what is taken out will find a place elsewhere.
    """
    cells = (rules.ends[sitting] - rules.begins[sitting]) // rules.grid
    harm, noise = chance(board.random), NOISE * chance(board.random)
    for item in range(pool):
        request = board.waiting[item]
        own = board.price[request] * (1.0 + noise * (chance(board.random) - 0.5))
        for zone in range(rules.zones):
            hall = hall_in(rules, request, zone)
            for cell in range(cells):
                worth = 0.0
                if hall >= 0 and may_start_at(rules, board, request, sitting, cell):
                    price = price_there(rules, board, request, hall, rules.base[sitting] + cell)
                    if price < NEVER:
                        worth = own - harm * price
                board.beam.worth[item, zone, cell] = worth


@part
def takes_part(rules: Rules, request: int, person: int) -> bool:
    """Return whether somebody takes part in a request."""
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        if rules.people[index] == person:
            return True
    return False


@part
def push_in(rules: Rules, board: Board, request: int, cell: int, zone: int, person: int) -> float:
    """Hold a request there, unless a meeting of that person or one that may not go is in the way.

    Returns
    -------
    float
        The price of what is held then, less that of what is not held any more.
    """
    hall, late = hall_in(rules, request, zone), rules.width[request] - 1
    room, _ = vacant_room(rules, board, request, hall, cell)
    if room < 0:
        _, _, seen, turn = hall_rooms(rules, board, hall)
        room = cheapest_room(rules, board, request, hall, cell, turn, seen)
        if board.room_begun[room, cell + late] - board.room_over[room, cell] >= NEVER:
            return 0.0
    team, start = board.team_there, rules.minute[cell]
    find_team(rules, board, request, hall, cell, team)
    found = in_the_way(rules, board, request, start, room, team)
    gained = float(board.price[request])
    for index in range(found):
        other = board.way[index]
        if board.price[other] >= NEVER or takes_part(rules, other, person):
            return 0.0
        gained -= board.price[other]
    entries = board.numbers[ENTRIES]
    for index in range(found):
        pull(rules, board, board.way[index])
    if over_limit(rules, board, request, start, team) >= 0:
        undo(rules, board, entries)
        return 0.0
    put(rules, board, request, start, room, team)
    return gained


@part
def pack(rules: Rules, board: Board, person: int, sitting: int, heat: float, fresh_price: int) -> None:
    """Fill a sitting of somebody anew, and hold elsewhere what stood in the way.

    It stays so if what is lost weighs not much more than what is put in.
    """
    board.numbers[ENTRIES] = 0
    low, cost, pool = board.of_person_from[person], 0.0, number(0)
    for entry in range(board.person_count[person] - 1, -1, -1):
        request = board.of_person[low + entry]
        inside = sitting_within(rules, board.start[request], board.end[request]) == sitting
        if inside and board.price[request] < NEVER:
            cost += board.price[request]
            pull(rules, board, request)
    for index in range(rules.wanting_from[person], rules.wanting_from[person + 1]):
        request = rules.wanting[index]
        if board.at[request] >= 0:
            pool = enter(rules, board, request, pool)
    pool = min(pool, number(POOL))
    appraise(rules, board, sitting, pool)
    make_itineraries(rules, board, board.beam, person, sitting, board.waiting, pool)
    for place in range(read_itinerary(rules, board.beam, number(0))):
        item = board.beam.itinerary[place]
        cell = rules.base[sitting] + item[1]
        cost -= push_in(rules, board, board.waiting[item[0]], cell, item[2], person)
    left = left_out(board)
    dearest_last(board, number(0), left)
    while left > 0:
        left -= 1
        request = board.waiting[left]
        if place_anywhere(rules, board, request, True):
            cost -= board.price[request]
    if cost > max(0.0, -heat * math.log(1.0 - chance(board.random))):
        undo(rules, board, number(0))
        return
    no_longer_fresh(rules, board, fresh_price)
