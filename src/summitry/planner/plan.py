"""The planner's answer: what is held when and where, how good it is, and why not the rest.

Immutable typed data with the names of the ``summitry.plan/1`` document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from summitry.planner.problem import Aim, Meeting


class Status(StrEnum):
    """What is known of a plan."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class BlockerKind(StrEnum):
    """What stands in the way of a request."""

    MEETING = "meeting"
    ENGAGEMENT = "engagement"
    CLOSED = "closed"
    ROOM = "room"
    INTERPRETER = "interpreter"
    SITTING = "sitting"
    WINDOW = "window"
    WALK = "walk"
    REST = "rest"
    LIMIT = "limit"
    AFTER = "after"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One obstacle; ``id`` is the request's or the owner's, with ``#index`` for an item of its list."""

    kind: BlockerKind
    id: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a remedy does: JSON Patch operations on the problem, meetings placed or replaced, requests dropped."""

    problem: tuple[dict[str, Any], ...] = ()
    meetings: tuple[Meeting, ...] = ()
    drop: tuple[str, ...] = ()
    cost: dict[Aim, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that was tried and gives a valid plan holding the request."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A request that is not held, why not, and what would help."""

    request: str
    reason: str
    blockers: tuple[Blocker, ...] = ()
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class AimScore:
    """The value of an aim, and what no valid plan equal in every earlier aim can better (``None``: unknown)."""

    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The result of planning."""

    status: Status
    meetings: tuple[Meeting, ...] = ()
    unscheduled: tuple[Unscheduled, ...] = ()
    score: dict[Aim, AimScore] = field(default_factory=dict)
    seconds: float = 0.0
    seed: int = 0
    planner: str = ""
