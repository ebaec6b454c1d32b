"""What the rest of the planner calls."""

from __future__ import annotations

import math

from summitry.planner.solver.exchange.compiled import compiled
from summitry.planner.solver.exchange.kernel.drawing import below, chance, number
from summitry.planner.solver.exchange.kernel.holding import hold, keep_best, release, sitting_within
from summitry.planner.solver.exchange.kernel.homing import go_home, somebody_away
from summitry.planner.solver.exchange.kernel.limits import in_the_way, over_limit
from summitry.planner.solver.exchange.kernel.prices import mark
from summitry.planner.solver.exchange.kernel.repacking import refill, repack
from summitry.planner.solver.exchange.kernel.steps import age, place_snugly, step, tidy
from summitry.planner.solver.exchange.kernel.vacancy import survey
from summitry.planner.solver.exchange.tables import (
    BEST,
    ENTRIES,
    NEVER,
    UNHELD,
    WEIGHT,
    Board,
    Flags,
    Ints,
    Rules,
)

TIDY_EVERY = 5
REPACK_EVERY = 20
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
        if turn % REPACK_EVERY == 0 and insisted < 0 and rules.stay == 0 and board.open[rules.base[sitting]]:
            if len(rules.hurried):
                person = rules.hurried[below(board.random, len(rules.hurried))]
                repack(rules, board, person, sitting, heat, fresh_price)
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
