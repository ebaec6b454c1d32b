"""A request's life, its weight in the plan and the seats it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summitry.bilaterals.kinds import Level, RequestStatus

#: One principal and three others on each side (practice notes, bilaterals: number per side).
PARTICIPANTS_PER_SIDE: Final = 4
#: A counts three times C, B twice: a principals' meeting of priority C still outweighs an experts' of priority A.
_PRIORITY_FACTORS: Final = {1: 3, 2: 2, 3: 1}
_FEWEST_PARTIES: Final = 2

_NEXT: Final[Mapping[RequestStatus, frozenset[RequestStatus]]] = {
    RequestStatus.SENT: frozenset({RequestStatus.ACCEPTED, RequestStatus.DECLINED, RequestStatus.WITHDRAWN}),
    RequestStatus.ACCEPTED: frozenset({RequestStatus.WITHDRAWN}),
    RequestStatus.DECLINED: frozenset(),
    RequestStatus.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class WeightScale:
    """What the host makes of levels when not all requests can be held.

    Attributes
    ----------
    principal, deputy, expert : int
        Points of a request at that level.
    host_factor : int
        What they are multiplied by where the host itself is a party.
    """

    principal: int = 8
    deputy: int = 4
    expert: int = 2
    host_factor: int = 2


def may_become(status: str, wanted: str) -> bool:
    """Tell whether a request in `status` may become `wanted`."""
    return RequestStatus(wanted) in _NEXT[RequestStatus(status)]


def is_final(status: str) -> bool:
    """Tell whether nothing can become of a request any more."""
    return not _NEXT[RequestStatus(status)]


def weight(*, level: str, priority: int, with_host: bool, scale: WeightScale) -> int:
    """Return what holding a request is worth to the plan.

    Parameters
    ----------
    level
        At which level the meeting is asked for.
    priority
        The requester's own: 1 (A) to 3 (C).
    with_host
        Whether the host is a party.
    scale
        The edition's settings.

    Returns
    -------
    int
        At least 1.
    """
    points = {Level.PRINCIPAL: scale.principal, Level.DEPUTY: scale.deputy, Level.EXPERT: scale.expert}
    value = points[Level(level)] * _PRIORITY_FACTORS[priority]
    return max(1, value * scale.host_factor if with_host else value)


def seats_needed(*, parties: int, per_side: int = PARTICIPANTS_PER_SIDE, interpreters: int = 0) -> int:
    """Return the seats that a meeting needs: all sides and the interpreters.

    Raises
    ------
    ValueError
        Where fewer than two parties meet or a side is empty.
    """
    if parties < _FEWEST_PARTIES or per_side < 1 or interpreters < 0:
        raise ValueError("A meeting has at least two parties and somebody on each side.")
    return parties * per_side + interpreters
