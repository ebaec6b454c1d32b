"""What any place would cost.

For somebody busy with items that each cover some cells of a sitting, two running totals
over the sitting are kept: the prices of the items that have begun by a cell, and of
those that are over by it. The items in the way of a meeting from a cell are those begun
by its last cell less those over by its first.
"""

from __future__ import annotations

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import below
from summitry.planner.solver.exchange.tables import NEVER, Board, Ints, Rules


@part
def zone_of(rules: Rules, room: int) -> int:
    """Return the zone of a room; that of nowhere where the room is not known (-1)."""
    return rules.room_zone[room] if room >= 0 else len(rules.gap) - 1


@part
def mark(rules: Rules, begun: Ints, over: Ints, low: int, high: int, price: int) -> None:
    """Let what reaches from ``low`` to ``high``, in minutes, cost that much more for one owner and zone."""
    for sitting in range(len(rules.base)):
        begins, ends = rules.begins[sitting], rules.ends[sitting]
        start, end = max(low, begins), min(high, ends)
        if start < end:
            base = rules.base[sitting]
            stop = base + (ends - begins) // rules.grid
            for cell in range(base + (start - begins) // rules.grid, stop):
                begun[cell] += price
            for cell in range(base - (begins - end) // rules.grid, stop):
                over[cell] += price


@part
def change(rules: Rules, board: Board, request: int, price: int) -> None:
    """Let what a request occupies cost that much more."""
    start, end, room = board.start[request], board.end[request], board.room[request]
    zone = zone_of(rules, room)
    for other in range(rules.zones):
        low, high = start - rules.gap[zone, other], end + rules.gap[zone, other]
        for index in range(rules.people_from[request], rules.people_from[request + 1]):
            who = rules.people[index]
            mark(rules, board.person_begun[who, other], board.person_over[who, other], low, high, price)
        for who in board.team[request]:
            if who >= 0:
                begun, over = board.interpreter_begun[who, other], board.interpreter_over[who, other]
                mark(rules, begun, over, low, high, price)
    if room >= 0:
        low, high = start - rules.turnaround[room], end + rules.turnaround[room]
        mark(rules, board.room_begun[room], board.room_over[room], low, high, price)


@part
def reprice(rules: Rules, board: Board, request: int, price: int) -> None:
    """Let a request cost that much more to take out."""
    board.price[request] += price
    if board.start[request] >= 0:
        change(rules, board, request, price)


@part
def price_starts(rules: Rules, board: Board, request: int, zone: int) -> None:
    """Price each cell as a start, as far as people and the order go."""
    prices = board.prices
    prices[:] = 0
    late = rules.width[request] - 1
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        begun, over = board.person_begun[who, zone], board.person_over[who, zone]
        for sitting in range(len(rules.base)):
            first = rules.base[sitting]
            if board.open[first]:
                for cell in range(first, first + (rules.ends[sitting] - rules.begins[sitting]) // rules.grid):
                    prices[cell] += begun[cell + late] - over[cell]
    for index in range(rules.after_from[request], rules.after_from[request + 1]):
        earlier = rules.after[index]
        if board.start[earlier] >= 0:
            for cell in range(rules.cells):
                if rules.minute[cell] < board.end[earlier]:
                    prices[cell] += board.price[earlier]
    for index in range(rules.before_from[request], rules.before_from[request + 1]):
        later = rules.before[index]
        if board.start[later] >= 0:
            for cell in range(rules.cells):
                if rules.minute[cell] + rules.length[request] > board.start[later]:
                    prices[cell] += board.price[later]


@part
def price_team(rules: Rules, board: Board, request: int, zone: int, cell: int) -> int:
    """Find the cheapest interpreters for a start; return what they cost together."""
    need = rules.need[request]
    kind = rules.team_of[request]
    low, high = rules.team_from[kind], rules.team_from[kind + 1]
    if high - low < need:
        return NEVER
    late = rules.width[request] - 1
    least, who = board.least, board.least_who
    least[:need] = 2 * NEVER
    turn = below(board.random, high - low)
    for step in range(high - low):
        able = rules.team[low + (step + turn) % (high - low)]
        price = board.interpreter_begun[able, zone, cell + late] - board.interpreter_over[able, zone, cell]
        if price < least[need - 1]:
            slot = need - 1
            while slot > 0 and least[slot - 1] > price:
                least[slot], who[slot] = least[slot - 1], who[slot - 1]
                slot -= 1
            least[slot], who[slot] = price, able
    total = 0
    for slot in range(need):
        total += least[slot]
    return total
