"""Decisions about requests and plans, without a database."""

from summitry.bilaterals.rules.comparison import Change, ChangeKind, Placement, compare
from summitry.bilaterals.rules.participants import Candidate, likeliest
from summitry.bilaterals.rules.reading import Sight, may_read_brief, sight_of
from summitry.bilaterals.rules.remedies import asked_again
from summitry.bilaterals.rules.requests import (
    PARTICIPANTS_PER_SIDE,
    WeightScale,
    is_final,
    may_become,
    seats_needed,
    weight,
)
from summitry.bilaterals.rules.troubles import Gravity, Trouble, troubles

__all__ = [
    "PARTICIPANTS_PER_SIDE",
    "Candidate",
    "Change",
    "ChangeKind",
    "Gravity",
    "Placement",
    "Sight",
    "Trouble",
    "WeightScale",
    "asked_again",
    "compare",
    "is_final",
    "likeliest",
    "may_become",
    "may_read_brief",
    "seats_needed",
    "sight_of",
    "troubles",
    "weight",
]
