"""What the rest of the planner calls."""

from __future__ import annotations

import math

from summitry.planner.solver.exchange.compiled import compiled
from summitry.planner.solver.exchange.kernel.drawing import below, chance, number
from summitry.planner.solver.exchange.kernel.holding import hold, keep_best, release, sitting_within
from summitry.planner.solver.exchange.kernel.homing import go_home, somebody_away
from summitry.planner.solver.exchange.kernel.itineraries import make_itineraries, read_itinerary
from summitry.planner.solver.exchange.kernel.journal import put
from summitry.planner.solver.exchange.kernel.limits import in_the_way, over_limit
from summitry.planner.solver.exchange.kernel.packing import (
    hall_in,
    may_start_at,
    pack,
    price_there,
)
from summitry.planner.solver.exchange.kernel.prices import mark
from summitry.planner.solver.exchange.kernel.repacking import refill, repack
from summitry.planner.solver.exchange.kernel.steps import age, place_snugly, step, tidy
from summitry.planner.solver.exchange.kernel.vacancy import survey
from summitry.planner.solver.exchange.kernel.where import find_team, vacant_room
from summitry.planner.solver.exchange.tables import (
    BEST,
    ENTRIES,
    NEVER,
    UNHELD,
    WEIGHT,
    Beam,
    Board,
    Flags,
    Floats,
    Ints,
    Rules,
)

TIDY_EVERY = 5
PACK_EVERY = 20
HOMING = 0.8  # of the steps, where it counts who stays at their own start: for those who are not there


@compiled
def search(
    rules: Rules,
    board: Board,
    steps: int,
    hot: float,
    cold: float,
    ahead: float,
    fresh_price: int,
    insisted: int,
) -> int:
    """Make steps, from one heat to another; return how many.

    Where a request is ``insisted`` on (-1: none), ``hot`` is what may be taken out for it.
    """
    numbers = board.numbers
    for turn in range(steps):
        if numbers[UNHELD] == 0 and rules.stay == 0:
            return turn
        age(rules, board, fresh_price)
        heat = hot + (cold - hot) * turn / steps
        if rules.stay and insisted < 0 and (numbers[UNHELD] == 0 or chance(board.random) < HOMING):
            request = somebody_away(rules, board)
            if request >= 0:
                most = -heat * math.log(1.0 - chance(board.random))
                if (
                    go_home(rules, board, request, most, ahead, fresh_price)
                    and numbers[WEIGHT] > numbers[BEST]
                ):
                    keep_best(board)
            continue
        if insisted >= 0:
            request, most = insisted, hot
        else:
            request = board.unheld[below(board.random, numbers[UNHELD])]
            most = board.price[request] - heat * math.log(1.0 - chance(board.random))
        step(rules, board, request, most, ahead, fresh_price)
        if turn % TIDY_EVERY == 0:
            tidy(rules, board)
        sitting = below(board.random, len(rules.base))
        if turn % PACK_EVERY == 0 and insisted < 0 and rules.stay == 0 and board.open[rules.base[sitting]]:
            if len(rules.hurried):
                person = rules.hurried[below(board.random, len(rules.hurried))]
                if rules.rooms_lacking:
                    repack(rules, board, person, sitting, heat, fresh_price)
                else:
                    pack(rules, board, person, sitting, heat, fresh_price)
            if rules.rooms_short and numbers[UNHELD]:
                refill(rules, board, below(board.random, len(rules.turnaround)), sitting, heat, fresh_price)
        if numbers[WEIGHT] > numbers[BEST]:
            keep_best(board)
    return steps


@compiled
def fill(rules: Rules, board: Board, orders: Ints, sittings: Ints) -> None:
    """Hold each of these requests where it stands in nobody's way, in its sitting (-1: in any)."""
    for index in range(len(orders)):
        request = orders[index]
        if board.at[request] < 0:
            continue
        board.numbers[ENTRIES] = 0
        kind = rules.halls_of[request]
        low, halls = rules.halls_from[kind], rules.halls_from[kind + 1] - rules.halls_from[kind]
        turn = below(board.random, halls)
        for each in range(halls):
            if place_snugly(rules, board, request, low + (turn + each) % halls, sittings[index]):
                break


@compiled
def set_up(rules: Rules, board: Board, starts: Ints, ends: Ints, rooms: Ints, teams: Ints) -> None:
    """Hold what a plan holds (``starts`` -1: not held), and let that be the best plan.

    What is held outside the open cells, and what is priced so, may not be taken out.
    """
    for room in range(len(rules.turnaround)):
        survey(rules, board, room, number(-NEVER), number(NEVER))
    for request in range(len(starts)):
        if starts[request] < 0:
            continue
        sitting = sitting_within(rules, starts[request], ends[request])
        inside = False
        if sitting >= 0:
            cell = rules.base[sitting] + (starts[request] - rules.begins[sitting]) // rules.grid
            inside = board.open[cell]
        if not inside:
            board.price[request] = NEVER
        hold(rules, board, request, starts[request], ends[request], rooms[request], teams[request])
    keep_best(board)


@compiled
def adopt(
    rules: Rules, board: Board, starts: Ints, ends: Ints, rooms: Ints, teams: Ints, theirs: Flags
) -> None:
    """Hold, of what is marked as ``theirs``, what another plan holds of it, as far as it fits."""
    for request in range(len(starts)):
        if theirs[request] and board.start[request] >= 0:
            release(rules, board, request)
    for request in range(len(starts)):
        if not theirs[request] or starts[request] < 0:
            continue
        start, room, team = starts[request], rooms[request], teams[request]
        if in_the_way(rules, board, request, start, room, team) > 0:
            continue
        if over_limit(rules, board, request, start, team) < 0:
            hold(rules, board, request, start, ends[request], room, team)
    keep_best(board)


@compiled
def engage(rules: Rules, begun: Ints, over: Ints, owners: Ints, zones: Ints, lows: Ints, highs: Ints) -> None:
    """Let engagements or closures cost more than anything that may be taken out."""
    for index in range(len(owners)):
        owner, zone = owners[index], zones[index]
        for other in range(begun.shape[1]):
            gap = rules.gap[zone, other]
            mark(
                rules,
                begun[owner, other],
                over[owner, other],
                lows[index] - gap,
                highs[index] + gap,
                number(NEVER),
            )


@compiled
def find_open(rules: Rules, board: Board, requests: Ints, sitting: int, found: Flags) -> None:
    """Find from which cells of a sitting requests could be held: ``found`` [which, zone, cell]."""
    found[:] = False
    for item in range(len(requests)):
        request = requests[item]
        for zone in range(rules.zones):
            hall = hall_in(rules, request, zone)
            for cell in range(found.shape[2]):
                if hall >= 0 and may_start_at(rules, board, request, sitting, cell):
                    there = rules.base[sitting] + cell
                    found[item, zone, cell] = price_there(rules, board, request, hall, there) == 0


@compiled
def best_itineraries(
    rules: Rules,
    board: Board,
    beam: Beam,
    person: int,
    sitting: int,
    requests: Ints,
    values: Floats,
    free: Flags,
    found: Ints,
) -> None:
    """Find the itineraries worth most of somebody in a sitting.

    ``requests``, of which there are at most :data:`POOL`, are worth their ``values`` from where they are ``free``
    [which, zone, cell]. Into ``found`` [itinerary, place in it, (which, cell, zone)] goes what is in each, -1 where it
    is over; what each is worth is in ``beam.best_totals``, 0 where there is none.
    """
    pool = len(requests)
    for item in range(pool):
        for zone in range(rules.zones):
            for cell in range(free.shape[2]):
                beam.worth[item, zone, cell] = values[item] if free[item, zone, cell] else 0.0
    make_itineraries(rules, board, beam, person, sitting, requests, pool)
    found[:] = -1
    for which in range(len(beam.best_totals)):
        for place in range(read_itinerary(rules, beam, which)):
            for field in range(3):
                found[which, place, field] = beam.itinerary[place, field]


@compiled
def hold_there(rules: Rules, board: Board, request: int, cell: int, zone: int) -> bool:
    """Hold a request from a cell in a zone if it stands in nobody's way there; return whether it is held."""
    board.numbers[ENTRIES] = 0
    hall = hall_in(rules, request, zone)
    if board.at[request] < 0 or hall < 0 or price_there(rules, board, request, hall, cell) > 0:
        return False
    room, _ = vacant_room(rules, board, request, hall, cell)
    if room < 0:
        return False
    team, start = board.team_here, rules.minute[cell]
    find_team(rules, board, request, hall, cell, team)
    if over_limit(rules, board, request, start, team) >= 0:
        return False
    put(rules, board, request, start, room, team)
    return True
