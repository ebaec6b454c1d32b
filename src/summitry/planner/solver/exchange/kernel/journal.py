"""What a step does, written down so that it can be undone."""

from __future__ import annotations

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.kernel.drawing import number
from summitry.planner.solver.exchange.kernel.holding import copy, hold, leave_out, release, take_in
from summitry.planner.solver.exchange.tables import ENTRIES, Board, Ints, Rules


@part
def write(board: Board, request: int, held: int) -> None:
    """Write down where a request is, and whether it is ``held`` (1) or about to be (0)."""
    entry = board.numbers[ENTRIES]
    board.journal[entry, 0], board.journal[entry, 1] = request, held
    board.journal[entry, 2], board.journal[entry, 3] = board.start[request], board.end[request]
    board.journal[entry, 4] = board.room[request]
    copy(board.team[request], board.journal_team[entry])
    board.numbers[ENTRIES] += 1


@part
def put(rules: Rules, board: Board, request: int, start: int, room: int, team: Ints) -> None:
    """Hold a request that was left out, and write it down."""
    hold(rules, board, request, start, start + rules.length[request], room, team)
    take_in(board, request)
    write(board, request, number(0))


@part
def pull(rules: Rules, board: Board, request: int) -> None:
    """Leave a request out that was held, and write it down."""
    write(board, request, number(1))
    release(rules, board, request)
    leave_out(board, request)


@part
def undo(rules: Rules, board: Board, first: int) -> None:
    """Undo what was written down from that entry on."""
    journal = board.journal
    for entry in range(board.numbers[ENTRIES] - 1, first - 1, -1):
        request = journal[entry, 0]
        if journal[entry, 1]:
            team = board.journal_team[entry]
            hold(rules, board, request, journal[entry, 2], journal[entry, 3], journal[entry, 4], team)
            take_in(board, request)
        else:
            release(rules, board, request)
            leave_out(board, request)
    board.numbers[ENTRIES] = first
