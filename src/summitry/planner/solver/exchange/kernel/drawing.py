"""Random numbers (xorshift64*, whose state is one number), and numbers that are not literals."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from summitry.planner.solver.exchange.compiled import part

Random: TypeAlias = npt.NDArray[np.uint64]

MULTIPLIER = 2685821657736338717
STEPS_TO_ONE = 1 << 53  # how finely a float can tell numbers below 1


@part
def chance(random: Random) -> float:
    """Return a number from 0 up to, but not, 1."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return float((x * np.uint64(MULTIPLIER)) >> np.uint64(11)) * (1.0 / STEPS_TO_ONE)


@part
def below(random: Random, count: int) -> int:
    """Return a whole number from 0 up to, but not, ``count``."""
    return int(chance(random) * count)


@part
def number(value: int) -> int:
    """Return a number as one like any other: for a literal everything it reaches would be compiled anew."""
    return np.int64(value)  # type: ignore[return-value] # an int to whoever compiles
