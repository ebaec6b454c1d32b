"""The search for a small set of requests that contradict each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from summitry.planner.explain.blockers import minimal_blockers
from summitry.planner.explain.board import Board
from summitry.planner.explain.contradictions.clashes import clashes
from summitry.planner.explain.contradictions.clauses import core
from summitry.planner.explain.contradictions.needs import Need, Needs
from summitry.planner.explain.contradictions.said import said
from summitry.planner.explain.details import blockers
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.minimal import smallest
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.reasons import reason
from summitry.planner.explain.remedies import Effort
from summitry.planner.explain.words import Names
from summitry.planner.plan import Unscheduled
from summitry.planner.problem import Problem

Oracle = Callable[[Problem, Collection[str], float | None], bool | None]
"""Whether a valid plan holds the named requests, with no other that must be held; ``None``: not known in time."""
PAIR = 2
SHARE_OF_ONE = 0.3
"""The most of the time left that one question to the oracle may take."""
MOST_TRIED = 60
"""Requests up to which, where time is limited, planning with fewer of them is tried where all else has failed."""
CHECKED_FOR = 0.3
"""Seconds, where time is limited, for trying whether less than what binds people contradicts itself too."""


def contradiction(
    problem: Problem,
    *,
    seconds: float | None = None,
    oracle: Oracle | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Unscheduled, ...]:
    """Find a small set of requests that must be held and cannot all be.

    Single requests without any place, two that need one person at one time, circles of
    ``after``, and people with too little time are looked for first, then people's time
    altogether with a SAT solver; what is left is decided by planning with fewer and fewer
    of the requests.

    Parameters
    ----------
    problem
        A problem that has no valid plan.
    seconds
        Wall time after which the set is not made smaller any more: it then contradicts
        itself all the same, but something might be spared.
    oracle
        Decides whether some requests can all be held; the planner's own by default.
    should_stop
        Asked between steps; once it says yes, the set is not made smaller any more.

    Returns
    -------
    tuple of Unscheduled
        In the order of the problem's requests; empty where nothing that must be held
        contradicts, so that only what is frozen can.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    search = _Search(problem, Effort(deadline, should_stop), oracle or _planner)
    return search.single() or search.together()


def _planner(problem: Problem, requests: Collection[str], seconds: float | None) -> bool | None:
    from summitry.planner.solver import feasible  # noqa: PLC0415  the solver calls this package

    return feasible(problem, requests, seconds)


class _Search:
    def __init__(self, problem: Problem, effort: Effort, oracle: Oracle) -> None:
        self.problem = problem
        self.effort = effort
        self.oracle = oracle
        self.ground = Ground(problem)
        self.names = Names(self.ground)
        frozen = [held for held in self.ground.baseline.values() if self.ground.is_frozen(held.request)]
        self.frozen = {held.request for held in frozen}
        self.board = Board(self.ground, frozen)
        self.musts = [
            number
            for number, request in enumerate(problem.requests)
            if request.must and number not in self.board
        ]
        self.needs = Needs(self.ground, [])

    def single(self) -> tuple[Unscheduled, ...]:
        """Find a request that has no place even when nothing but what is frozen is held."""
        needs = []
        for number in self.musts:
            request = self.problem.requests[number]
            obstacles = Obstacles(self.board, request)
            free = 0
            for _, starts in obstacles.free():
                free |= starts
            # The spread of breaks is left aside: other meetings could mend it.
            found = None if free else minimal_blockers(obstacles, None)
            if found is not None:
                shown = blockers(obstacles, found, self.names)
                return (Unscheduled(request.id, reason(obstacles, found, self.names), shown),)
            needs.append(Need(number, request, tuple(obstacles.grid.at(free))))
            if self.effort.is_over():
                break
        self.needs = Needs(self.ground, needs)
        return ()

    def together(self) -> tuple[Unscheduled, ...]:
        """Find several requests that contradict each other."""
        found = next(clashes(self.needs, self.effort.is_over), ())
        if len(found) != PAIR and not self.effort.is_over():
            other = core(self.needs, self.effort.is_over, thorough=not found)
            found = min((each for each in (found, other) if each), key=len, default=())
        left = self.effort.left()
        if left is None or (not found and len(self.musts) <= MOST_TRIED):
            return said(self.needs, self.names, self._reduced(found or self.musts))
        if len(found) > PAIR and self._is_varied():
            self.effort = Effort(time.monotonic() + min(left, CHECKED_FOR), self.effort.should_stop)
            found = self._reduced(found)
        return said(self.needs, self.names, found or self.musts)

    def _is_varied(self) -> bool:
        """Say whether rooms and interpreters may bind more tightly than people do."""
        rooms = {(room.seats, room.features, room.party) for room in self.problem.rooms}
        return len(rooms) > 1 or bool(self.problem.interpreters)

    def _reduced(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Take requests away as long as the rest is known to contradict."""
        times = {need.number: len(need.times) for need in self.needs.all}
        ordered = sorted(numbers, key=lambda number: (times.get(number, 0), number))
        bits = smallest(self._contradict, [1 << number for number in ordered])
        return tuple(number for number in self.musts if bits >> number & 1)

    def _contradict(self, bits: int) -> bool:
        """Say whether some requests are known to contradict each other; not known counts as no."""
        if self.effort.is_over():
            return False
        left = self.effort.left()
        chosen = [self.problem.requests[number].id for number in self.musts if bits >> number & 1]
        seconds = None if left is None else left * SHARE_OF_ONE
        return self.oracle(self._only(chosen), chosen, seconds) is False

    def _only(self, names: Collection[str]) -> Problem:
        """Return the problem with no other requests, where these could not help to hold the chosen ones.

        More meetings only ever stand in the way, but for the spread of breaks, which they may mend.
        """
        problem = self.problem
        if problem.limits.breaks_spread is not None:
            return problem
        kept = self.frozen.union(names)
        requests = tuple(
            replace(each, after=tuple(earlier for earlier in each.after if earlier in kept))
            for each in problem.requests
            if each.id in kept
        )
        baseline = problem.baseline and tuple(held for held in problem.baseline if held.request in kept)
        return replace(problem, requests=requests, baseline=baseline)
