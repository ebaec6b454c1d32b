"""What a planning run reports while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from summitry.planner.plan import AimScore
from summitry.planner.problem import Aim


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a planning run, sent on each improvement of the plan or of a bound.

    Attributes
    ----------
    seconds : float
        Wall time since the run began.
    held, requests : int
        Meetings in the best plan so far, and requests in the problem.
    phase : str
        What the planner is working on, in words a desk officer understands.
    found : bool
        Whether there is a plan yet; where not, ``score`` is empty.
    score : dict[Aim, AimScore]
        Value and bound so far of each aim of the objective, in its order.
    """

    seconds: float
    held: int
    requests: int
    phase: str
    found: bool = False
    score: dict[Aim, AimScore] = field(default_factory=dict)
