"""Contradictions over the time of people, found by a SAT solver.

Only what is easily written is asked: each request starts at one of its times, nobody is in
two meetings at once, and what is to follow follows. Rooms, interpreters, walks and limits
are left aside, so that what contradicts itself here does so all the more in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import combinations, pairwise

from summitry.planner.explain.contradictions.needs import Need, Needs

MOST_VARIABLES = 30_000
MOST_LITERALS = 200_000
FEW = 5
FIRST_CONFLICTS = 20_000
EACH_CONFLICTS = 2_000


def core(needs: Needs, is_over: Callable[[], bool], *, thorough: bool = True) -> tuple[int, ...]:
    """Return requests whose people have no time to hold them all, as few as may be; none where not found.

    Parameters
    ----------
    needs
        What must be held.
    is_over
        Asked now and then whether to come to an end.
    thorough
        Whether to look for long, or only for what is soon seen.
    """
    clauses = _Clauses(needs)
    if clauses.too_many:
        return ()
    from summitry.planner.explain.contradictions.sat import Assuming  # noqa: PLC0415 - loads the SAT solver

    with closing(Assuming(clauses.rows())) as solver:

        def contradicting(chosen: Sequence[int], conflicts: int) -> list[int]:
            """Return a part of some requests that contradicts itself, none where not found."""
            literals = [clauses.held[number] for number in chosen]
            found = solver.core(literals, conflicts=conflicts, is_over=is_over)
            return [number for number in chosen if clauses.held[number] in found]

        conflicts = FIRST_CONFLICTS if thorough else EACH_CONFLICTS
        kept = contradicting([need.number for need in needs.all], conflicts)
        for number in tuple(kept):
            if number in kept:
                fewer = contradicting([other for other in kept if other != number], EACH_CONFLICTS)
                kept = fewer or kept
        return tuple(sorted(kept))


class _Clauses:
    """The variables: a request is held, and it starts at a time."""

    def __init__(self, needs: Needs) -> None:
        self.needs = needs
        self.count = 0
        self.held = {need.number: self._new() for need in needs.all}
        starts = sum(len(need.times) for need in needs.all)
        grid = needs.ground.problem.grid_minutes
        literals = sum(
            len(need.times) * len(need.request.people) * (need.request.minutes // grid) for need in needs.all
        )
        self.too_many = starts > MOST_VARIABLES or literals > MOST_LITERALS

    def _new(self) -> int:
        self.count += 1
        return self.count

    def rows(self) -> Iterator[list[int]]:
        """Write the clauses."""
        at = {need.number: {time: self._new() for time in need.times} for need in self.needs.all}
        for need in self.needs.all:
            yield [-self.held[need.number], *at[need.number].values()]
        for needs in self.needs.by_person.values():
            yield from self._one_at_a_time(needs, at)
        for later, earlier in self.needs.ordered():
            yield from self._in_order(later, earlier, at)

    def _one_at_a_time(self, needs: Sequence[Need], at: dict[int, dict[int, int]]) -> Iterator[list[int]]:
        # Meetings that overlap in pairs all run at the start of the last of them.
        moments = sorted({time for need in needs for time in need.times})
        running: dict[int, list[int]] = {moment: [] for moment in moments}
        place = {moment: index for index, moment in enumerate(moments)}
        for need in needs:
            for time, variable in at[need.number].items():
                index = place[time]
                while index < len(moments) and moments[index] < time + need.request.minutes:
                    running[moments[index]].append(variable)
                    index += 1
        for variables in running.values():
            yield from self._at_most_one(variables)

    def _at_most_one(self, variables: Sequence[int]) -> Iterator[list[int]]:
        if len(variables) <= FEW:
            yield from ([-one, -other] for one, other in combinations(variables, 2))
            return
        reached = [self._new() for _ in variables]  # one of those up to here is true
        for variable, here in zip(variables, reached, strict=True):
            yield [-variable, here]
        for (before, here), variable in zip(pairwise(reached), variables[1:], strict=True):
            yield [-before, here]
            yield [-before, -variable]

    def _in_order(self, later: Need, earlier: Need, at: dict[int, dict[int, int]]) -> Iterator[list[int]]:
        held = -self.held[later.number], -self.held[earlier.number]
        ends = sorted((time + earlier.request.minutes, one) for time, one in at[earlier.number].items())
        # By the time of a start, the earlier meeting starts in time to have ended, or either is not held.
        enough: list[int] = []
        for start, variable in sorted(at[later.number].items()):
            while ends and ends[0][0] <= start:
                enough.append(ends.pop(0)[1])
            yield [-variable, *enough, *held]
