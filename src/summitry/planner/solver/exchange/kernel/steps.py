"""One step of the search: put a request in, and hold elsewhere what stood there."""

from __future__ import annotations

import math

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import below, chance, number
from summitry.planner.solver.exchange.kernel.holding import copy, hold, release, sitting_within
from summitry.planner.solver.exchange.kernel.journal import pull, put, undo
from summitry.planner.solver.exchange.kernel.limits import in_the_way, over_limit
from summitry.planner.solver.exchange.kernel.prices import price_team, reprice
from summitry.planner.solver.exchange.kernel.where import (
    BOTH_SIDES,
    beside,
    beside_pressed,
    cheapest,
    find_team,
    is_seldom,
    people_free,
    snuggest,
    vacant_room,
)
from summitry.planner.solver.exchange.tables import (
    ENTRIES,
    LONGEST_JOURNAL,
    NEVER,
    OLDEST,
    RING,
    TURN,
    WEIGHT,
    YOUNGEST,
    Board,
    Ints,
    Rules,
)

MOST_EXTRA = 4  # meetings taken out for the sake of limits, beyond those in the way
MOST_WRITTEN = LONGEST_JOURNAL // 2  # what waits needs an entry each
LINKS = 3  # exchanges that may follow the first of a step
SELDOM_FIRST = 0.5
FRESH_SHORTEST, FRESH_LONGEST = 10, 30  # steps


@part
def any_hall(rules: Rules, board: Board, request: int) -> int:
    """Draw one of the zones in which a request could be held, half of the time one with a room that few may use."""
    kind = rules.halls_of[request]
    low, high = rules.halls_from[kind], rules.halls_from[kind + 1]
    if rules.seldom_hall[kind] >= 0 and chance(board.random) < SELDOM_FIRST:
        return number(rules.seldom_hall[kind])
    return below(board.random, high - low) + int(low)


@part
def place_snugly(rules: Rules, board: Board, request: int, hall: int, only: int) -> bool:
    """Hold a request in a zone where it is free and leaves a room's time whole; return whether it is."""
    cell, room = snuggest(rules, board, request, hall, number(0), only)
    if cell < 0:
        return False
    start, team = rules.minute[cell], board.team_here
    find_team(rules, board, request, hall, cell, team)
    if over_limit(rules, board, request, start, team) >= 0:
        return False
    put(rules, board, request, start, room, team)
    return True


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
        room, _ = vacant_room(rules, board, request, hall, cell)
        if room < 0:
            continue
        find_team(rules, board, request, hall, cell, board.team_here)
        if over_limit(rules, board, request, rules.minute[cell], board.team_here) < 0:
            put(rules, board, request, rules.minute[cell], room, board.team_here)
            return True
    return False


@part
def place_anywhere(rules: Rules, board: Board, request: int, everywhere: bool) -> bool:
    """Hold a request where it is free, in one zone or ``everywhere``; return whether it is."""
    own = rules.own_cell[request]
    if rules.stay and own >= 0 and place_at(rules, board, request, own):
        return True
    kind = rules.halls_of[request]
    low, halls = rules.halls_from[kind], rules.halls_from[kind + 1] - rules.halls_from[kind]
    turn = below(board.random, halls)
    for step in range(halls if everywhere else 1):
        if place_snugly(rules, board, request, low + (turn + step) % halls, number(-1)):
            return True
    return False


@part
def settle(
    rules: Rules, board: Board, request: int, start: int, team: Ints, most: float, waiting: int
) -> int:
    """Take out more where somebody's limit demands it; return how much waits then, -1 if it is not worth it."""
    cost = 0
    for index in range(waiting):
        cost += board.price[board.waiting[index]]
    for _ in range(MOST_EXTRA):
        found = over_limit(rules, board, request, start, team)
        if found < 0:
            return waiting
        least, chosen = math.inf, number(-1)
        for index in range(found):
            other = board.crowd[index]
            if board.price[other] < NEVER:
                price = board.price[other] * (0.5 + chance(board.random))
                if price < least:
                    least, chosen = price, other
        if chosen < 0:
            return number(-1)
        cost += board.price[chosen]
        if cost >= most:
            return number(-1)
        pull(rules, board, chosen)
        board.waiting[waiting] = chosen
        waiting += 1
    return waiting if over_limit(rules, board, request, start, team) < 0 else number(-1)


@part
def force(rules: Rules, board: Board, request: int, most: float, waiting: int) -> int:
    """Hold a request where least stands in its way: see :func:`force_there`."""
    hall = any_hall(rules, board, request)
    cell, room = cheapest(rules, board, request, hall, most)
    if cell < 0:
        return cell
    return force_there(rules, board, request, hall, cell, room, most, waiting)


@part
def force_there(
    rules: Rules, board: Board, request: int, hall: int, cell: int, room: int, most: float, waiting: int
) -> int:
    """Hold a request there; return how much waits to be held elsewhere, -1 if nothing is done.

    What was taken out is added to ``board.waiting``, of which ``waiting`` are in use.
    """
    start, team = rules.minute[cell], board.team_there
    find_team(rules, board, request, hall, cell, team)
    found = in_the_way(rules, board, request, start, room, team)
    if board.numbers[ENTRIES] + 2 * (waiting + found) > MOST_WRITTEN:
        return number(-1)
    if found == 0 and (rules.stay == 0 or cell != rules.own_cell[request]):
        free_cell, free_room = snuggest(rules, board, request, hall, number(0), number(-1))
        if free_cell >= 0:
            start, room = rules.minute[free_cell], free_room
            find_team(rules, board, request, hall, free_cell, team)
    entries = board.numbers[ENTRIES]
    for index in range(found):
        other = board.way[index]
        pull(rules, board, other)
        board.waiting[waiting + index] = other
    now = settle(rules, board, request, start, team, most, waiting + found)
    if now < 0:
        undo(rules, board, entries)
        return now
    put(rules, board, request, start, room, team)
    return now


@part
def dearest_last(board: Board, low: int, high: int) -> None:
    """Put what waits in the order of its price."""
    for index in range(low + 1, high):
        other, at = board.waiting[index], index
        while at > low and board.price[board.waiting[at - 1]] > board.price[other]:
            board.waiting[at] = board.waiting[at - 1]
            at -= 1
        board.waiting[at] = other


@part
def place_again(
    rules: Rules, board: Board, most: float, ahead: float, fresh_price: int, waiting: int
) -> bool:
    """Hold what waits elsewhere, by more exchanges if need be; return whether what is lost costs less than ``most``.

    What is put in by an exchange costs more as long as this lasts, so that nothing goes round in a circle.
    """
    lost, links = 0, 0
    fine = True
    while waiting > 0 and fine:
        dearest_last(board, 0, waiting)
        outstanding = lost
        for index in range(waiting):
            outstanding += board.price[board.waiting[index]]
        waiting -= 1
        request = board.waiting[waiting]
        if place_anywhere(rules, board, request, outstanding >= most):
            continue
        if outstanding >= most and links < LINKS and board.numbers[ENTRIES] < MOST_WRITTEN:
            now = force(rules, board, request, board.price[request] + ahead, waiting)
            if now >= 0:
                waiting = now
                board.chain[links] = request
                links += 1
                reprice(rules, board, request, fresh_price)
                continue
        lost += board.price[request]
        fine = lost < most
    for link in range(links):
        reprice(rules, board, board.chain[link], -fresh_price)
    return fine


@part
def age(rules: Rules, board: Board, fresh_price: int) -> None:
    """Let go of the freshness of what is no longer fresh."""
    numbers = board.numbers
    numbers[TURN] += 1
    while numbers[OLDEST] < numbers[YOUNGEST] and board.ageing[numbers[OLDEST] % RING, 0] <= numbers[TURN]:
        until, request = board.ageing[numbers[OLDEST] % RING, 0], board.ageing[numbers[OLDEST] % RING, 1]
        numbers[OLDEST] += 1
        if board.fresh[request] == until:
            board.fresh[request] = 0
            reprice(rules, board, request, -fresh_price)


@part
def no_longer_fresh(rules: Rules, board: Board, fresh_price: int) -> None:
    """Let what was taken out in this step no longer be fresh."""
    for entry in range(board.numbers[ENTRIES]):
        other = board.journal[entry, 0]
        if board.journal[entry, 1] and board.fresh[other]:
            board.fresh[other] = 0
            reprice(rules, board, other, -fresh_price)


@part
def step(rules: Rules, board: Board, request: int, most: float, ahead: float, fresh_price: int) -> bool:
    """Try to hold a request; return whether it is held."""
    board.numbers[ENTRIES] = 0
    least = board.numbers[WEIGHT] - (most - board.price[request])
    waiting = force(rules, board, request, most + ahead, number(0))
    if waiting < 0:
        return False
    return conclude(rules, board, request, most, least, ahead, fresh_price, waiting)


@part
def conclude(
    rules: Rules,
    board: Board,
    request: int,
    most: float,
    least: float,
    ahead: float,
    fresh_price: int,
    waiting: int,
) -> bool:
    """Hold elsewhere what waits after a request was held; return whether it stays so.

    It does where what is lost costs less than ``most`` and, where it counts who stays at their own start, more
    than ``least`` is held then; otherwise everything is undone.
    """
    reprice(rules, board, request, fresh_price)
    fine = place_again(rules, board, most, ahead, fresh_price, waiting)
    if not fine or (rules.stay and board.numbers[WEIGHT] <= least):
        reprice(rules, board, request, -fresh_price)
        undo(rules, board, number(0))
        return False
    until = board.numbers[TURN] + FRESH_SHORTEST + below(board.random, FRESH_LONGEST - FRESH_SHORTEST + 1)
    no_longer_fresh(rules, board, fresh_price)
    board.fresh[request] = until
    board.ageing[board.numbers[YOUNGEST] % RING, 0] = until
    board.ageing[board.numbers[YOUNGEST] % RING, 1] = request
    board.numbers[YOUNGEST] += 1
    return True


@part
def tidy(rules: Rules, board: Board) -> None:
    """Move a held meeting to where it leaves less of a room's time in pieces."""
    request = below(board.random, len(board.start))
    start, end, room = board.start[request], board.end[request], board.room[request]
    if start < 0 or board.price[request] >= NEVER or board.fresh[request]:
        return
    if rules.stay and start == rules.own[request]:
        return
    sitting = sitting_within(rules, start, end)
    cell = rules.base[sitting] + (start - rules.begins[sitting]) // rules.grid
    before = beside(rules, board, room, cell, rules.width[request])
    if is_seldom(rules, room):
        before += BOTH_SIDES
    team = board.team_there
    copy(board.team[request], team)
    release(rules, board, request)
    before += beside_pressed(rules, board, request, cell)
    hall = any_hall(rules, board, request)
    there, other = snuggest(rules, board, request, hall, number(before), number(-1))
    if there >= 0:
        find_team(rules, board, request, hall, there, board.team_here)
        moved = rules.minute[there]
        if over_limit(rules, board, request, moved, board.team_here) < 0:
            hold(rules, board, request, moved, moved + rules.length[request], other, board.team_here)
            return
    hold(rules, board, request, start, end, room, team)
