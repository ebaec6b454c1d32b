"""What stands in the way of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, auto

from summitry.planner.explain.ground import Busy
from summitry.planner.plan import BlockerKind


class Owner(IntEnum):
    """What the id of an obstacle is an id of: ids are unique only within their list."""

    REQUEST = auto()
    PERSON = auto()
    INTERPRETER = auto()
    ROOM = auto()


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting in its place, in the numbers of the ground."""

    request: int
    start: int
    end: int
    room: int
    zone: int
    sitting: int | None
    people: tuple[int, ...]
    interpreters: tuple[int, ...]

    @property
    def minutes(self) -> int:
        """The length."""
        return self.end - self.start


def in_order(held: Held) -> tuple[int, int]:
    """Order meetings by start, then end."""
    return held.start, held.end


Key = tuple[BlockerKind, Owner, str]
"""What tells obstacles apart: a meeting is the same to each of those it binds."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that could be taken away.

    ``number`` is its owner's where that is a person, an interpreter or a room; ``item``
    the engagement or closure, ``held`` the meeting. ``key`` tells it apart from the others.
    """

    kind: BlockerKind
    id: str
    owner: Owner
    number: int = 0
    item: Busy | None = None
    held: Held | None = None
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.kind, self.owner, self.id))
