"""Filling a sitting of somebody, or of a room, whose time is scarce anew."""

from __future__ import annotations

import math

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import below, chance, number
from summitry.planner.solver.exchange.kernel.holding import sitting_within
from summitry.planner.solver.exchange.kernel.journal import pull, put, undo
from summitry.planner.solver.exchange.kernel.limits import listed, over_limit
from summitry.planner.solver.exchange.kernel.prices import price_team
from summitry.planner.solver.exchange.kernel.steps import (
    dearest_last,
    no_longer_fresh,
    place_anywhere,
    place_at,
)
from summitry.planner.solver.exchange.kernel.where import people_free
from summitry.planner.solver.exchange.tables import ENTRIES, NEVER, UNHELD, Board, Rules

SAMPLE = 40  # requests not held that are tried when a room is filled anew


@part
def place_in(rules: Rules, board: Board, request: int, cell: int, room: int) -> bool:
    """Hold a request from that cell in that room where it is free; return whether it is."""
    if not rules.may_start[rules.starts_of[request], cell]:
        return False
    late = rules.width[request] - 1
    if board.room_begun[room, cell + late] > board.room_over[room, cell]:
        return False
    zone = rules.room_zone[room]
    if not people_free(rules, board, request, zone, cell):
        return False
    if rules.need[request] and price_team(rules, board, request, zone, cell) > 0:
        return False
    team = board.team_here
    team[:] = -1
    for slot in range(rules.need[request]):
        team[slot] = board.least_who[slot]
    if over_limit(rules, board, request, rules.minute[cell], team) >= 0:
        return False
    put(rules, board, request, rules.minute[cell], room, team)
    return True


@part
def enter(rules: Rules, board: Board, request: int, pool: int) -> int:
    """Enter a request among those to choose from, the heavier for its length the sooner; return how many there are."""
    key = (0.3 + chance(board.random)) * board.price[request] / rules.length[request]
    at = pool
    while at > 0 and board.keys[at - 1] < key:
        board.keys[at], board.waiting[at] = board.keys[at - 1], board.waiting[at - 1]
        at -= 1
    board.keys[at], board.waiting[at] = key, request
    return pool + 1


@part
def after(rules: Rules, sitting: int) -> int:
    """Return the cell after the last of a sitting."""
    minutes = rules.ends[sitting] - rules.begins[sitting]
    return int(rules.base[sitting]) + int(minutes) // rules.grid


@part
def left_out(board: Board) -> int:
    """Let what was taken out in this step and is not held wait; return how much that is."""
    left = number(0)
    for entry in range(board.numbers[ENTRIES]):
        request = board.journal[entry, 0]
        if board.journal[entry, 1] and board.at[request] >= 0 and not listed(board.waiting, left, request):
            board.waiting[left] = request
            left += 1
    return left


@part
def settle_up(rules: Rules, board: Board, cost: float, heat: float, fresh_price: int) -> None:
    """Hold elsewhere what was taken out and not put in again, and undo everything if that costs too much.

    ``cost`` is the price of what is no longer held, less that of what is.
    """
    most = -heat * math.log(1.0 - chance(board.random))
    if cost >= most:
        left = left_out(board)
        dearest_last(board, number(0), left)
        while left > 0 and cost >= most:
            left -= 1
            request = board.waiting[left]
            if place_anywhere(rules, board, request, True):
                cost -= board.price[request]
    if cost >= most:
        undo(rules, board, number(0))
        return
    no_longer_fresh(rules, board, fresh_price)


@part
def repack(rules: Rules, board: Board, person: int, sitting: int, heat: float, fresh_price: int) -> None:
    """Fill a sitting of somebody whose time is scarce anew, from its beginning, without a gap where that can be.

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
    cell = number(rules.base[sitting])
    while cell < after(rules, sitting):
        step = number(1)
        for index in range(pool):
            request = board.waiting[index]
            if board.at[request] >= 0 and place_at(rules, board, request, cell):
                cost -= board.price[request]
                step = rules.width[request]
                break
        cell += step
    settle_up(rules, board, cost, heat, fresh_price)


@part
def refill(rules: Rules, board: Board, room: int, sitting: int, heat: float, fresh_price: int) -> None:
    """Fill a sitting of a room anew, from its beginning, without a gap where that can be.

    It stays so if what is lost weighs not much more than what is put in.
    """
    numbers = board.numbers
    numbers[ENTRIES] = 0
    cost, pool = 0.0, number(0)
    for entry in range(board.room_count[room] - 1, -1, -1):
        request = board.of_room[room, entry]
        inside = sitting_within(rules, board.start[request], board.end[request]) == sitting
        if inside and board.price[request] < NEVER:
            cost += board.price[request]
            pull(rules, board, request)
            pool = enter(rules, board, request, pool)
    for _ in range(SAMPLE if numbers[UNHELD] else 0):
        request = board.unheld[below(board.random, numbers[UNHELD])]
        if rules.may_use[rules.halls_of[request], room] and not listed(board.waiting, pool, request):
            pool = enter(rules, board, request, pool)
    gap = -(-rules.turnaround[room] // rules.grid)
    cell = number(rules.base[sitting])
    while cell < after(rules, sitting):
        step = number(1)
        for index in range(pool):
            request = board.waiting[index]
            if board.at[request] >= 0 and place_in(rules, board, request, cell, room):
                cost -= board.price[request]
                step = rules.width[request] + gap
                break
        cell += step
    settle_up(rules, board, cost, heat, fresh_price)
