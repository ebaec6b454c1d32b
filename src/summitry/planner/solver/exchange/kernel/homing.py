"""Holding a meeting at its own start again: what a repair moves it moves back, where that costs nothing else."""

from __future__ import annotations

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import below, number
from summitry.planner.solver.exchange.kernel.journal import pull, undo
from summitry.planner.solver.exchange.kernel.prices import price_starts, price_team
from summitry.planner.solver.exchange.kernel.steps import any_hall, conclude, force_there, place_at
from summitry.planner.solver.exchange.kernel.where import vacant_room
from summitry.planner.solver.exchange.tables import ENTRIES, NEVER, WEIGHT, Board, Rules

DRAWN = 64


@part
def somebody_away(rules: Rules, board: Board) -> int:
    """Draw a meeting that is held, but not at its own start; -1 where none was found."""
    for _ in range(DRAWN):
        request = below(board.random, len(board.start))
        away = board.start[request] >= 0 and board.start[request] != rules.own[request]
        free = board.price[request] < NEVER and board.fresh[request] == 0
        if away and free and rules.own_cell[request] >= 0:
            return request
    return number(-1)


@part
def go_home(rules: Rules, board: Board, request: int, heat: float, ahead: float, fresh_price: int) -> bool:
    """Try to hold a meeting at its own start, and elsewhere what stood there; return whether it is.

    It stays so if less than ``heat`` is lost.
    """
    board.numbers[ENTRIES] = 0
    cell, late = rules.own_cell[request], rules.width[request] - 1
    least = board.numbers[WEIGHT] - heat
    pull(rules, board, request)
    if place_at(rules, board, request, cell):
        return True
    waiting = number(-1)
    most = board.price[request] + rules.stay + heat
    if board.open[cell]:
        hall = any_hall(rules, board, request)
        zone = rules.hall_zone[hall]
        price_starts(rules, board, request, zone)
        price = board.prices[cell]
        if rules.need[request]:
            price += price_team(rules, board, request, zone, cell)
        room, _ = vacant_room(rules, board, request, hall, cell)
        if room < 0:
            low = rules.hall_from[hall]
            room = rules.hall_rooms[low + below(board.random, rules.hall_from[hall + 1] - low)]
            price += board.room_begun[room, cell + late] - board.room_over[room, cell]
        if price < most + ahead:
            waiting = force_there(rules, board, request, hall, cell, room, most + ahead, number(0))
    if waiting < 0:
        undo(rules, board, number(0))
        return False
    return conclude(rules, board, request, most, least, ahead, fresh_price, waiting)
