"""How much fits into a stretch of time at best: knapsacks, in which each size is there as often as wanted."""

from __future__ import annotations

import math
from functools import cache, reduce
from operator import or_


@cache
def most_that_fits(minutes: int, sizes: tuple[tuple[int, int], ...]) -> int:
    """Return the greatest worth of what fits into some minutes.

    Each of ``sizes`` is what it takes and what it is worth, and is there as often as wanted.
    """
    step = math.gcd(minutes, *(takes for takes, _ in sizes))
    best = [0] * (minutes // step + 1)
    for have in range(1, len(best)):
        best[have] = max(
            [
                best[have - 1],
                *(best[have - takes // step] + worth for takes, worth in sizes if takes // step <= have),
            ]
        )
    return best[-1]


@cache
def most_in_rows(minutes: int, lengths: tuple[int, ...], row: int, rest: int, counted: int) -> int:
    """Return the greatest worth of meetings that one person can hold in some minutes.

    After every ``row`` meetings follows a gap of ``rest`` minutes; a meeting is worth ``row`` times
    its length and ``counted`` more.
    """
    best, sums, held = 0, 1, 0
    while True:
        within = minutes - rest * max(0, -(-held // row) - 1)
        fitting = sums & ((1 << max(0, within + 1)) - 1)
        if not fitting:
            return best
        best = max(best, row * (fitting.bit_length() - 1) + counted * held)
        sums = reduce(or_, (fitting << length for length in lengths), 0)
        held += 1
