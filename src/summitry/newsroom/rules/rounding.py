"""Numbers as an agency says them: round where the exact number says no more, and never false."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_COUNTED: Final = 20  # up to here everybody can count along
_NEARLY_ONE_IN: Final = 20  # at most a twentieth may be missing


class Closeness(StrEnum):
    """How a number that is said stands to the number there is."""

    EXACT = "exact"
    NEARLY = "nearly"
    MORE_THAN = "more_than"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number as it is said: ``Rounded(NEARLY, 100)`` for 97."""

    closeness: Closeness
    number: int

    def is_true_of(self, count: int) -> bool:
        """Tell whether it may be said of so many."""
        if self.closeness is Closeness.NEARLY:
            missing = self.number - count
            return missing > 0 and missing * _NEARLY_ONE_IN <= self.number
        return count > self.number if self.closeness is Closeness.MORE_THAN else count == self.number


def rounded(count: int) -> Rounded:
    """Return how a number is said.

    Up to 20 and on round numbers exactly; where at most a twentieth is missing to the next
    round number, as nearly that; otherwise as more than the last. Round are tens up to a
    hundred, fifties up to a thousand, five hundreds up to ten thousand and so on.

    >>> rounded(97), rounded(318)
    (Rounded(closeness=<Closeness.NEARLY: 'nearly'>, number=100), Rounded(closeness=<Closeness.MORE_THAN: 'more_than'>, number=300))
    """
    step = _step(count)
    if count <= _COUNTED or count % step == 0:
        return Rounded(Closeness.EXACT, count)
    below = count - count % step
    nearly = Rounded(Closeness.NEARLY, below + step)
    return nearly if nearly.is_true_of(count) else Rounded(Closeness.MORE_THAN, below)


def _step(count: int) -> int:
    step, limit = 10, 100
    while count >= limit:
        step, limit = limit // 2, limit * 10
    return step
