"""Where a request would be held best."""

from __future__ import annotations

import numpy as np

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import below, chance, number
from summitry.planner.solver.exchange.kernel.prices import price_starts, price_team
from summitry.planner.solver.exchange.kernel.vacancy import any_vacant, lowest
from summitry.planner.solver.exchange.tables import NEVER, Board, Ints, Rules

ROOMS_SEEN = 16
BOTH_SIDES = 2
MOST_SIDES = 2 * BOTH_SIDES  # in a room that few may use
ONE = np.uint64(1)


@part
def hall_rooms(rules: Rules, board: Board, hall: int) -> tuple[int, int, int, int]:
    """Return the first room, the number of rooms, how many to look at, and from which."""
    low = rules.hall_from[hall]
    rooms = rules.hall_from[hall + 1] - low
    return low, rooms, min(rooms, ROOMS_SEEN), below(board.random, rooms)


@part
def vacant_room(rules: Rules, board: Board, request: int, hall: int, cell: int) -> tuple[int, int]:
    """Return a room of a zone that is free from a cell, -1 where none is, and on how many sides it is in use.

    A room that few may use comes before all others, and counts as if it were in use on two sides more: what could
    be held there stands in other rooms' way of all that could not. Of up to ``ROOMS_SEEN`` others it is one with
    the most.
    """
    rooms, there = board.vacant[rules.span_of[request], cell], rules.hall_bits[hall]
    best, best_sides, looked = number(-1), -1, 0
    words = len(there)
    for word in range(words):
        left = rooms[word] & there[word] & rules.seldom[word]
        while left:
            room = lowest(rules, word, left)
            left &= left - ONE
            sides = BOTH_SIDES + beside(rules, board, room, cell, rules.width[request])
            if sides > best_sides:
                best, best_sides = room, sides
    if best >= 0:
        return best, best_sides
    shift = below(board.random, words) if words > 1 else 0
    for step in range(words):
        word = (shift + step) % words
        left = rooms[word] & there[word]
        while left and looked < ROOMS_SEEN and best_sides < BOTH_SIDES:
            room = lowest(rules, word, left)
            left &= left - ONE
            looked += 1
            sides = beside(rules, board, room, cell, rules.width[request])
            if sides > best_sides:
                best, best_sides = room, sides
    return best, best_sides


@part
def beside(rules: Rules, board: Board, room: int, cell: int, width: int) -> int:
    """Return on how many sides a meeting would touch another of its room, or an end of the sitting."""
    begun, over = board.room_begun[room], board.room_over[room]
    sides = 0
    if cell == 0 or rules.edge[cell - 1] or begun[cell - 1] > over[cell - 1]:
        sides += 1
    after = cell + width
    if rules.edge[after] or begun[after] > over[after]:
        sides += 1
    return sides


@part
def is_seldom(rules: Rules, room: int) -> bool:
    """Return whether few requests may use a room."""
    return bool(rules.seldom[rules.room_word[room]] & rules.room_bit[room])


@part
def occupied(rules: Rules, board: Board, who: int, cell: int) -> bool:
    """Return whether somebody is busy at a cell, not only on the way."""
    for zone in range(rules.zones):
        if board.person_begun[who, zone, cell] == board.person_over[who, zone, cell]:
            return False
    return True


@part
def beside_pressed(rules: Rules, board: Board, request: int, cell: int) -> int:
    """Return on how many sides a meeting would touch another of those whose time is scarce."""
    width, sides = rules.width[request], number(0)
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        if rules.pressed[who]:
            if cell == 0 or rules.edge[cell - 1] or occupied(rules, board, who, cell - 1):
                sides += rules.pressed[who]
            if rules.edge[cell + width] or occupied(rules, board, who, cell + width):
                sides += rules.pressed[who]
    return sides


@part
def cheapest(rules: Rules, board: Board, request: int, hall: int, most: float) -> tuple[int, int]:
    """Return the start (a cell, -1 where all cost ``most`` or more) and the room that cost least in a zone."""
    zone, late = rules.hall_zone[hall], rules.width[request] - 1
    low, rooms, seen, turn = hall_rooms(rules, board, hall)
    price_starts(rules, board, request, zone)
    drawn = rules.hall_rooms[low + (turn + below(board.random, seen)) % rooms]
    kind = rules.starts_of[request]
    first, starts = rules.starts_from[kind], rules.starts_from[kind + 1] - rules.starts_from[kind]
    best, best_cell, ties = min(most, float(NEVER)), number(-1), 0
    shift = below(board.random, starts)
    for step in range(starts):
        cell = rules.starts[first + (step + shift) % starts]
        price = board.prices[cell]
        if cell == rules.own_cell[request]:
            price -= rules.stay
        if price > best or not board.open[cell]:
            continue
        if rules.need[request]:
            price += price_team(rules, board, request, zone, cell)
            if price > best:
                continue
        if not any_vacant(rules, board, request, hall, cell):
            price += board.room_begun[drawn, cell + late] - board.room_over[drawn, cell]
        if price < best:
            best, best_cell, ties = float(price), cell, 1
        elif price == best and best_cell >= 0:
            ties += 1
            if chance(board.random) * ties < 1.0:
                best_cell = cell
    if best_cell < 0:
        return best_cell, best_cell
    return best_cell, cheapest_room(rules, board, request, hall, best_cell, turn, seen)


@part
def cheapest_room(
    rules: Rules, board: Board, request: int, hall: int, cell: int, turn: int, seen: int
) -> int:
    """Return a room of the least price at a start, rather one that is in use just before or after."""
    vacant, _ = vacant_room(rules, board, request, hall, cell)
    if vacant >= 0:
        return vacant
    low = rules.hall_from[hall]
    rooms = rules.hall_from[hall + 1] - low
    late, best, best_room, best_sides = rules.width[request] - 1, number(4 * NEVER), number(-1), -1
    for each in range(seen):
        room = rules.hall_rooms[low + (turn + each) % rooms]
        price = board.room_begun[room, cell + late] - board.room_over[room, cell]
        if price > best:
            continue
        sides = beside(rules, board, room, cell, late + 1)
        if price < best or sides > best_sides:
            best, best_room, best_sides = price, room, sides
    return best_room


@part
def snuggest(rules: Rules, board: Board, request: int, hall: int, least: int, only: int) -> tuple[int, int]:
    """Return a free start and room beside other meetings, on ``least`` sides at least (-1: there is none).

    ``only`` is a sitting, -1 for any.
    """
    zone = rules.hall_zone[hall]
    price_starts(rules, board, request, zone)
    kind = rules.starts_of[request]
    first, starts = rules.starts_from[kind], rules.starts_from[kind + 1] - rules.starts_from[kind]
    best, best_cell, best_room, ties = least, number(-1), number(-1), 0
    shift = below(board.random, starts)
    for step in range(starts):
        cell = rules.starts[first + (step + shift) % starts]
        if board.prices[cell] > 0 or not board.open[cell]:
            continue
        if only >= 0 and rules.sitting_of[cell] != only:
            continue
        if rules.need[request] and price_team(rules, board, request, zone, cell) > 0:
            continue
        pressed = beside_pressed(rules, board, request, cell)
        if pressed + MOST_SIDES < best:
            continue
        room, sides = vacant_room(rules, board, request, hall, cell)
        if room < 0:
            continue
        sides += pressed
        if sides > best or best_cell < 0:
            if sides >= best:
                best, best_cell, best_room, ties = sides, cell, room, 1
        elif sides == best:
            ties += 1
            if chance(board.random) * ties < 1.0:
                best_cell, best_room = cell, room
    return best_cell, best_room


@part
def find_team(rules: Rules, board: Board, request: int, hall: int, cell: int, team: Ints) -> None:
    """Put the cheapest interpreters for a start into ``team``."""
    team[:] = -1
    need = rules.need[request]
    if need:
        price_team(rules, board, request, rules.hall_zone[hall], cell)
        for slot in range(need):
            team[slot] = board.least_who[slot]


@part
def people_free(rules: Rules, board: Board, request: int, zone: int, cell: int) -> bool:
    """Return whether all of a request are free for it at a start, and it is in order."""
    late = rules.width[request] - 1
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        if board.person_begun[who, zone, cell + late] > board.person_over[who, zone, cell]:
            return False
    start, end = rules.minute[cell], rules.minute[cell] + rules.length[request]
    for index in range(rules.after_from[request], rules.after_from[request + 1]):
        earlier = rules.after[index]
        if board.start[earlier] >= 0 and board.end[earlier] > start:
            return False
    for index in range(rules.before_from[request], rules.before_from[request + 1]):
        later = rules.before[index]
        if board.start[later] >= 0 and board.start[later] < end:
            return False
    return True
