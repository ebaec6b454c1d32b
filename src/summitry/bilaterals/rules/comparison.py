"""What is different between two plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """What became of a request from one plan to the other, the gravest first."""

    DROPPED = "dropped"
    ADDED = "added"
    MOVED = "moved"
    REROOMED = "reroomed"
    REINTERPRETED = "reinterpreted"


_ORDER = list(ChangeKind)


@dataclass(frozen=True, slots=True)
class Placement:
    """When, where and with whom a request is held; rooms and interpreters by any ids that both plans share."""

    start: datetime
    end: datetime
    room: int
    interpreters: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """One request that the two plans hold differently.

    Attributes
    ----------
    request
        Its id, as the plans have it.
    kind
        The gravest difference: a meeting moved to another time and room is ``moved``, as the planner counts it.
    before, after
        ``None`` where that plan does not hold it.
    """

    request: int
    kind: ChangeKind
    before: Placement | None
    after: Placement | None

    @property
    def other_room(self) -> bool:
        """Whether it is held in both plans, in different rooms."""
        return bool(self.before and self.after and self.before.room != self.after.room)

    @property
    def other_interpreters(self) -> bool:
        """Whether it is held in both plans, with different interpreters."""
        return bool(self.before and self.after and self.before.interpreters != self.after.interpreters)


def compare(before: Mapping[int, Placement], after: Mapping[int, Placement]) -> tuple[Change, ...]:
    """Compare two plans request by request.

    Parameters
    ----------
    before, after
        What each plan holds, by request.

    Returns
    -------
    tuple of Change
        The gravest first, then by time; a request that both hold alike is not among them.
    """
    changes = [
        Change(request, kind, before.get(request), after.get(request))
        for request in before.keys() | after.keys()
        if (kind := _kind(before.get(request), after.get(request))) is not None
    ]
    return tuple(sorted(changes, key=_place_in_list))


def _kind(before: Placement | None, after: Placement | None) -> ChangeKind | None:
    if before == after:
        return None
    if after is None:
        return ChangeKind.DROPPED
    if before is None:
        return ChangeKind.ADDED
    if (before.start, before.end) != (after.start, after.end):
        return ChangeKind.MOVED
    return ChangeKind.REROOMED if before.room != after.room else ChangeKind.REINTERPRETED


def _place_in_list(change: Change) -> tuple[int, datetime, int]:
    held = change.after or change.before
    assert held is not None
    return _ORDER.index(change.kind), held.start, change.request
