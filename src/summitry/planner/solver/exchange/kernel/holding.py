"""Holding a request and no longer holding it."""

from __future__ import annotations

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import number
from summitry.planner.solver.exchange.kernel.prices import change
from summitry.planner.solver.exchange.kernel.vacancy import survey
from summitry.planner.solver.exchange.tables import BEST, DIRTY, UNHELD, WEIGHT, Board, Ints, Rules

DAY = 1440


@part
def copy(source: Ints, target: Ints) -> None:
    """Copy one list onto another of the same length."""
    for index in range(len(source)):
        target[index] = source[index]


@part
def sitting_within(rules: Rules, start: int, end: int) -> int:
    """Return the sitting that an interval lies wholly inside, -1 where there is none."""
    for sitting in range(len(rules.base)):
        if rules.begins[sitting] <= start and end <= rules.ends[sitting]:
            return sitting
    return -1


@part
def count(rules: Rules, board: Board, request: int, sign: int) -> None:
    """Count a meeting for those whose number or minutes are limited."""
    start, end = board.start[request], board.end[request]
    sitting = sitting_within(rules, start, end)
    minutes = sign * (end - start)
    if sitting >= 0:
        for index in range(rules.people_from[request], rules.people_from[request + 1]):
            board.meetings[rules.people[index], sitting] += sign
    for who in board.team[request]:
        if who >= 0:
            board.minutes_a_day[who, start // DAY - rules.first_day] += minutes
            if sitting >= 0:
                board.minutes[who, sitting] += minutes


@part
def strike(items: Ints, low: int, length: int, request: int) -> None:
    """Take a request off a list; the last takes its place."""
    for index in range(low, low + length):
        if items[index] == request:
            items[index] = items[low + length - 1]
            return


@part
def note(board: Board, request: int) -> None:
    """Remember that a request may be elsewhere than in the best plan."""
    if not board.is_dirty[request]:
        board.is_dirty[request] = True
        board.dirty[board.numbers[DIRTY]] = request
        board.numbers[DIRTY] += 1


@part
def hold(rules: Rules, board: Board, request: int, start: int, end: int, room: int, team: Ints) -> None:
    """Hold a request there; nothing may stand in the way."""
    board.start[request], board.end[request], board.room[request] = start, end, room
    copy(team, board.team[request])
    board.numbers[WEIGHT] += rules.weight[request]
    if start == rules.own[request]:
        board.numbers[WEIGHT] += rules.stay
        board.price[request] += rules.stay
    change(rules, board, request, board.price[request])
    count(rules, board, request, number(1))
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        board.of_person[board.of_person_from[who] + board.person_count[who]] = request
        board.person_count[who] += 1
    for who in board.team[request]:
        if who >= 0:
            board.of_interpreter[who, board.interpreter_count[who]] = request
            board.interpreter_count[who] += 1
    if room >= 0:
        board.of_room[room, board.room_count[room]] = request
        board.room_count[room] += 1
        survey(rules, board, room, start - rules.turnaround[room], end + rules.turnaround[room])
    note(board, request)


@part
def release(rules: Rules, board: Board, request: int) -> None:
    """No longer hold a request."""
    board.numbers[WEIGHT] -= rules.weight[request]
    change(rules, board, request, -board.price[request])
    if board.start[request] == rules.own[request]:
        board.numbers[WEIGHT] -= rules.stay
        board.price[request] -= rules.stay
    count(rules, board, request, number(-1))
    for index in range(rules.people_from[request], rules.people_from[request + 1]):
        who = rules.people[index]
        strike(board.of_person, board.of_person_from[who], board.person_count[who], request)
        board.person_count[who] -= 1
    for who in board.team[request]:
        if who >= 0:
            strike(board.of_interpreter[who], number(0), board.interpreter_count[who], request)
            board.interpreter_count[who] -= 1
    room = board.room[request]
    if room >= 0:
        strike(board.of_room[room], number(0), board.room_count[room], request)
        board.room_count[room] -= 1
        gap = rules.turnaround[room]
        survey(rules, board, room, board.start[request] - gap, board.end[request] + gap)
    board.start[request] = -1
    note(board, request)


@part
def leave_out(board: Board, request: int) -> None:
    """Put a request on the list of those not held."""
    board.at[request] = board.numbers[UNHELD]
    board.unheld[board.numbers[UNHELD]] = request
    board.numbers[UNHELD] += 1


@part
def take_in(board: Board, request: int) -> None:
    """Take a request off the list of those not held."""
    at = board.at[request]
    board.numbers[UNHELD] -= 1
    last = board.unheld[board.numbers[UNHELD]]
    board.unheld[at] = last
    board.at[last] = at
    board.at[request] = -1


@part
def keep_best(board: Board) -> None:
    """Remember the plan as the best."""
    numbers = board.numbers
    numbers[BEST] = numbers[WEIGHT]
    for index in range(numbers[DIRTY]):
        request = board.dirty[index]
        board.is_dirty[request] = False
        board.best_start[request], board.best_end[request] = board.start[request], board.end[request]
        board.best_room[request] = board.room[request]
        copy(board.team[request], board.best_team[request])
    numbers[DIRTY] = 0
