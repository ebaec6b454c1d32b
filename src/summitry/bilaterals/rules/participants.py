"""Who comes for a delegation that has not named anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from summitry.bilaterals.kinds import Level

#: Capacities that speak for a delegation at each level, the likeliest first (practice notes, bilaterals: level).
_SPEAKS: Final = {
    Level.PRINCIPAL: ("head", "deputy_head", "representative", "alternate", "adviser", "expert", "observer"),
    Level.DEPUTY: ("deputy_head", "representative", "alternate", "adviser", "head", "expert", "observer"),
    Level.EXPERT: ("expert", "adviser", "representative", "alternate", "deputy_head", "head", "observer"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who could come: by key, capacity and place on the delegation's list."""

    id: int
    capacity: str
    order: int


def likeliest(level: str, candidates: Iterable[Candidate]) -> int | None:
    """Return who comes at a level, ``None`` where the delegation has nobody who takes part in meetings."""
    ranks = {capacity: rank for rank, capacity in enumerate(_SPEAKS[Level(level)])}
    able = [one for one in candidates if one.capacity in ranks]
    return min(able, key=lambda one: (ranks[one.capacity], one.order)).id if able else None
