"""What the validator says: a rule, whose rule it is, and how it is broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules a plan is held against."""

    REQUEST = "request"
    CLOCK = "clock"
    LENGTH = "length"
    SITTING = "sitting"
    GRID = "grid"
    WINDOW = "window"
    FIXED = "fixed"
    ROOM = "room"
    CLOSED = "closed"
    INTERPRETERS = "interpreters"
    FROZEN = "frozen"
    OVERLAP = "overlap"
    WALK = "walk"
    TURNAROUND = "turnaround"
    LIMIT = "limit"
    REST = "rest"
    AFTER = "after"
    MUST = "must"
    SPREAD = "spread"
    STATUS = "status"
    UNSCHEDULED = "unscheduled"
    SCORE = "score"
    BOUND = "bound"
    REMEDY = "remedy"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Attributes
    ----------
    rule
        Which rule.
    id
        The request, person, room or interpreter that it is broken for; empty for the plan as a whole.
    message
        How, in one line.
    """

    rule: Rule
    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"
