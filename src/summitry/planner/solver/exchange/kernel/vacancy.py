"""Which rooms are free: for each width and start a bit for each room, so that many are looked at at once."""

from __future__ import annotations

import math

import numpy as np

from summitry.planner.solver.exchange.compiled import part
from summitry.planner.solver.exchange.tables import WORD, Board, Rules

ONE = np.uint64(1)


@part
def survey(rules: Rules, board: Board, room: int, low: int, high: int) -> None:
    """Note anew from where a room is free, in the sittings between two minutes."""
    begun, over = board.room_begun[room], board.room_over[room]
    word, bit = rules.room_word[room], rules.room_bit[room]
    for sitting in range(len(rules.base)):
        begins, ends = rules.begins[sitting], rules.ends[sitting]
        if begins >= high or ends <= low:
            continue
        base = rules.base[sitting]
        stop = base + (ends - begins) // rules.grid
        for span in range(len(rules.spans)):
            late = rules.spans[span] - 1
            for cell in range(base, stop - late):
                if begun[cell + late] == over[cell]:
                    board.vacant[span, cell, word] |= bit
                else:
                    board.vacant[span, cell, word] &= ~bit


@part
def any_vacant(rules: Rules, board: Board, request: int, hall: int, cell: int) -> bool:
    """Return whether a room of a zone is free for a request from a cell."""
    rooms, there = board.vacant[rules.span_of[request], cell], rules.hall_bits[hall]
    for word in range(len(there)):
        if rooms[word] & there[word]:
            return True
    return False


@part
def lowest(rules: Rules, word: int, left: np.uint64) -> int:
    """Return the room of the lowest bit of a word."""
    low = left & (~left + ONE)
    return int(rules.room_at[word * WORD + math.frexp(float(low))[1] - 1])
