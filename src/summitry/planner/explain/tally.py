"""How often each start is forbidden: a counter for every bit of a set, kept in a few integers.

The n-th integer holds the n-th binary digit of all counters, so that adding or taking away
a whole set costs a handful of operations.
"""

from __future__ import annotations

Tally = tuple[int, ...]


def more(tally: Tally, starts: int) -> Tally:
    """Count the members of a set once more."""
    digits = []
    for digit in tally:
        digits.append(digit ^ starts)
        starts &= digit
    if starts:
        digits.append(starts)
    return tuple(digits)


def less(tally: Tally, starts: int) -> Tally:
    """Count the members of a set, each of which was counted, once less."""
    digits = []
    for digit in tally:
        digits.append(digit ^ starts)
        starts &= ~digit
    return tuple(digits)


def some(tally: Tally) -> int:
    """Return the set of what is counted at all."""
    starts = 0
    for digit in tally:
        starts |= digit
    return starts
