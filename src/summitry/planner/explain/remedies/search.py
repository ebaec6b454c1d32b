"""The search for remedies for one request."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from summitry.planner.explain.blockers import Blockers
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.remedies.desk import Desk, Draft, Effort, Tries
from summitry.planner.explain.remedies.giving_up import GivingUp
from summitry.planner.explain.remedies.lone import lone_meetings
from summitry.planner.explain.remedies.moving import Moving
from summitry.planner.explain.remedies.own import OwnTerms
from summitry.planner.plan import Remedy

MOST_REMEDIES = 4
FEW_REMEDIES, ENOUGH = 2, 3
MOST_MOVES = 2
# Trials for each request: to find what alone stands in the way, to move it, to move two, to give up more.
LONE_TRIES = 80
MOVE_TRIES = 60
CHAIN_TRIES = 150
SACRIFICE_TRIES = 24


def found(desk: Desk, obstacles: Obstacles, blockers: Blockers | None, effort: Effort) -> tuple[Remedy, ...]:
    """Return up to four remedies, those that disturb least first.

    Parameters
    ----------
    desk
        The plan.
    obstacles
        What stands in the way of the request.
    blockers
        The reason; ``None`` where the request fits.
    effort
        When to come to an end; what was found until then is returned.
    """
    own = OwnTerms(desk, obstacles, blockers or Blockers())
    if blockers is None:
        return tuple(desk.remedy(draft) for draft in own.as_it_is())
    search = _Search(effort)
    search.add(0, own.in_another_room)
    search.add(2, own.at_another_time)
    search.add(3, own.with_another_person)
    search.add(5, own.with_fewer_interpreters)
    search.add(6, own.shorter)
    search.add(7, own.without_somebody)
    if not effort.is_over():
        _with_others(desk, obstacles, search)
    if not search.drafts:
        tries = Tries(effort, SACRIFICE_TRIES)
        search.add(9, lambda: GivingUp(desk, obstacles).by_all_means(tries))
    if len(search.drafts) < FEW_REMEDIES:
        search.add(4, own.in_a_longer_sitting)
    return tuple(desk.remedy(draft) for draft in search.best())


def _with_others(desk: Desk, obstacles: Obstacles, search: _Search) -> None:
    """Move or drop other meetings."""
    effort = search.effort
    lone = lone_meetings(desk, obstacles, Tries(effort, LONE_TRIES))
    moving = Moving(desk, obstacles)
    search.add(8, lambda: GivingUp(desk, obstacles).one_meeting(lone))
    search.add(1, lambda: moving.one(lone, Tries(effort, MOVE_TRIES))[:MOST_MOVES])
    if len(search.drafts) < ENOUGH and not any(rank == 1 for rank, _ in search.drafts):
        search.add(1, lambda: moving.chain(lone, Tries(effort, CHAIN_TRIES))[:1])


class _Search:
    """What was found so far, with a rank: what disturbs least has the lowest."""

    def __init__(self, effort: Effort) -> None:
        self.effort = effort
        self.drafts: list[tuple[int, Draft]] = []

    def add(self, rank: int, kind: Callable[[], Iterable[Draft]]) -> None:
        """Look for remedies of one kind, as long as there is time."""
        if not self.effort.is_over():
            self.drafts += [(rank, draft) for draft in kind()]

    def best(self) -> list[Draft]:
        """Return the best few, each text once."""
        texts: dict[str, Draft] = {}
        for _, draft in sorted(self.drafts, key=lambda pair: pair[0]):
            texts.setdefault(draft.text, draft)
        return list(texts.values())[:MOST_REMEDIES]
