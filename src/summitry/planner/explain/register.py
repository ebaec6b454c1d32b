"""The obstacles of one request by number: each is a bit, so that sets of them are integers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from summitry.planner.explain.board import Held
from summitry.planner.explain.ground import Busy, listed_bits
from summitry.planner.plan import BlockerKind


class Owner(Enum):
    """What the id of an obstacle is an id of: ids are unique only within their list."""

    REQUEST = auto()
    PERSON = auto()
    INTERPRETER = auto()
    ROOM = auto()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that could be taken away.

    ``number`` is its owner's where that is a person, an interpreter or a room; ``item``
    the engagement or closure, ``held`` the meeting.
    """

    kind: BlockerKind
    id: str
    owner: Owner
    number: int = 0
    item: Busy | None = None
    held: Held | None = None


class Register:
    """Obstacles as they are met, each with its bit."""

    def __init__(self) -> None:
        self.listed: list[Obstacle] = []
        self._bits: dict[tuple[BlockerKind, Owner, str], int] = {}
        self._of_meeting: dict[int, int] = {}

    @property
    def everything(self) -> int:
        """All obstacles."""
        return (1 << len(self.listed)) - 1

    def bit(self, obstacle: Obstacle) -> int:
        """Return the bit of an obstacle, giving it one when it is new."""
        key = (obstacle.kind, obstacle.owner, obstacle.id)
        known = self._bits.get(key)
        if known is None:
            known = self._bits[key] = 1 << len(self.listed)
            self.listed.append(obstacle)
        return known

    def of_meeting(self, request: str, held: Held) -> int:
        """Return the bit of a held meeting."""
        known = self._of_meeting.get(held.request)
        if known is None:
            known = self.bit(Obstacle(BlockerKind.MEETING, request, Owner.REQUEST, held=held))
            self._of_meeting[held.request] = known
        return known

    def known(self, kind: BlockerKind, request: str) -> int:
        """Return the bit of an obstacle of a request, 0 where there is none such."""
        return self._bits.get((kind, Owner.REQUEST, request), 0)

    def chosen(self, bits: int) -> list[Obstacle]:
        """Return the obstacles of a set, in their order."""
        return [self.listed[at] for at in listed_bits(bits)]
