"""Who may read what of a meeting (practice notes, bilaterals: confidentiality levels, mapped to TLP 2.0)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum

#: The level at which only the parties and the chief of protocol know who meets.
CHIEF_OF_PROTOCOL_ONLY = 3


class Sight(StrEnum):
    """How much of a meeting somebody sees."""

    FULL = "full"
    OCCUPIED = "occupied"
    NOTHING = "nothing"


def sight_of(*, confidentiality: int, is_party: bool, is_protocol: bool, is_desk: bool) -> Sight:
    """Return how much of a meeting somebody sees.

    Parameters
    ----------
    confidentiality
        0 public, 1 the conference, 2 the parties and the host's desks, 3 the parties and the chief of protocol.
    is_party
        Whether the reader belongs to a delegation that meets.
    is_protocol
        Whether the reader is protocol's (or administers the installation).
    is_desk
        Whether the reader works at a desk of the host that plans with rooms.

    Returns
    -------
    Sight
        A desk must know that a room is taken, not by whom: it sees "Occupied".
    """
    if is_party or is_protocol:
        return Sight.FULL
    if not is_desk:
        return Sight.NOTHING
    return Sight.OCCUPIED if confidentiality >= CHIEF_OF_PROTOCOL_ONLY else Sight.FULL


def may_read_brief(*, requester: int, delegations: AbstractSet[int]) -> bool:
    """Tell whether somebody of `delegations` may read the requester's internal brief: nobody else ever does."""
    return requester in delegations
