"""Filling a sitting of somebody whose time is scarce anew."""

from __future__ import annotations

import math

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import below, chance, number
from summitry.planner.solver.exchange.kernel.holding import sitting_within
from summitry.planner.solver.exchange.kernel.journal import pull, put, undo
from summitry.planner.solver.exchange.kernel.limits import listed, over_limit
from summitry.planner.solver.exchange.kernel.prices import price_team
from summitry.planner.solver.exchange.kernel.steps import dearest_last, no_longer_fresh, place_anywhere
from summitry.planner.solver.exchange.kernel.where import find_team, free_room, people_free
from summitry.planner.solver.exchange.tables import ENTRIES, NEVER, Board, Rules


@part
def place_at(rules: Rules, board: Board, request: int, cell: int) -> bool:
    """Hold a request from that cell where it is free in some zone; return whether it is."""
    if not rules.may_start[rules.starts_of[request], cell] or not board.open[cell]:
        return False
    kind = rules.halls_of[request]
    low, halls = rules.halls_from[kind], rules.halls_from[kind + 1] - rules.halls_from[kind]
    turn = below(board.random, halls)
    for step in range(halls):
        hall = low + (turn + step) % halls
        zone = rules.hall_zone[hall]
        if not people_free(rules, board, request, zone, cell):
            continue
        if rules.need[request] and price_team(rules, board, request, zone, cell) > 0:
            continue
        room = free_room(rules, board, request, hall, cell)
        if room < 0:
            continue
        find_team(rules, board, request, hall, cell, board.team_here)
        if over_limit(rules, board, request, rules.minute[cell], board.team_here) < 0:
            put(rules, board, request, rules.minute[cell], room, board.team_here)
            return True
    return False


@part
def repack(rules: Rules, board: Board, person: int, sitting: int, heat: float, fresh_price: int) -> None:
    """Fill a sitting of somebody whose time is scarce anew, from its beginning, without a gap where that can be.

    It stays so if what is lost weighs not much more than what is put in.
    """
    numbers = board.numbers
    numbers[ENTRIES] = 0
    low, cost = board.of_person_from[person], 0.0
    for entry in range(board.person_count[person] - 1, -1, -1):
        request = board.of_person[low + entry]
        inside = sitting_within(rules, board.start[request], board.end[request]) == sitting
        if inside and board.price[request] < NEVER and board.open[rules.base[sitting]]:
            cost += board.price[request]
            pull(rules, board, request)
    first, wanted = rules.wanting_from[person], rules.wanting_from[person + 1] - rules.wanting_from[person]
    pool = 0
    for index in range(wanted):
        request = rules.wanting[first + index]
        if board.at[request] >= 0:
            # the heavier for its length, the more likely early
            key = (0.3 + chance(board.random)) * board.price[request] / rules.length[request]
            at = pool
            while at > 0 and board.keys[at - 1] < key:
                board.keys[at], board.waiting[at] = board.keys[at - 1], board.waiting[at - 1]
                at -= 1
            board.keys[at], board.waiting[at] = key, request
            pool += 1
    cell = rules.base[sitting]
    stop = cell + (rules.ends[sitting] - rules.begins[sitting]) // rules.grid
    while cell < stop:
        step = 1
        for index in range(pool):
            request = board.waiting[index]
            if board.at[request] >= 0 and place_at(rules, board, request, cell):
                cost -= board.price[request]
                step = rules.width[request]
                break
        cell += step
    most = -heat * math.log(1.0 - chance(board.random))
    if cost >= most:
        left = 0
        for entry in range(numbers[ENTRIES]):
            request = board.journal[entry, 0]
            if (
                board.journal[entry, 1]
                and board.at[request] >= 0
                and not listed(board.waiting, left, request)
            ):
                board.waiting[left] = request
                left += 1
        dearest_last(board, 0, left)
        while left > 0 and cost >= most:
            left -= 1
            if place_anywhere(rules, board, board.waiting[left], True):
                cost -= board.price[board.waiting[left]]
    if cost >= most:
        undo(rules, board, number(0))
        return
    no_longer_fresh(rules, board, fresh_price)
