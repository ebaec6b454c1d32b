"""One plan, prepared for asking why a request is not held."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from summitry.planner.explain.blockers import Blockers, minimal_blockers
from summitry.planner.explain.board import Board
from summitry.planner.explain.details import blockers
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import MOST_TRIED, places
from summitry.planner.explain.reasons import fitting, reason
from summitry.planner.explain.remedies import Desk, Effort, found
from summitry.planner.explain.words import Names
from summitry.planner.plan import Unscheduled
from summitry.planner.problem import Meeting, Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a request is not held, with what remedies are looked for from."""

    obstacles: Obstacles
    blockers: Blockers | None
    said: Unscheduled


class Explainer:
    """Says of single requests why they are not held, what stands in their way, and what would help.

    It is made once for a plan and asked as often as one likes; what one answer has
    worked out serves the next. On a conference of 1,200 requests an answer takes some
    tens of milliseconds.

    Parameters
    ----------
    problem
        A well-formed problem.
    meetings
        Everything that is held; a valid plan.

    Examples
    --------
    >>> explainer = Explainer(problem, plan.meetings)  # doctest: +SKIP
    >>> print(explainer.explain("r3").reason)  # doctest: +SKIP
    """

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]) -> None:
        self.ground = Ground(problem)
        self.board = Board(self.ground, meetings)
        self._desk = Desk(self.board, Names(self.ground))

    def is_held(self, request: str) -> bool:
        """Say whether a request is held.

        Raises
        ------
        KeyError
            If the problem has no such request.
        """
        return self.ground.request_number[request] in self.board

    def explain(
        self,
        request: str,
        *,
        remedies: bool = True,
        seconds: float | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Unscheduled:
        """Say why a request is not held.

        Parameters
        ----------
        request
            The id of a request that is not held.
        remedies
            Whether to look for changes that would help.
        seconds
            Wall time after which no more remedies are sought; those found until then are
            kept. ``None``: as many are tried as are worth trying, always the same.
        should_stop
            Asked between trials; once it says yes, no more remedies are sought.

        Returns
        -------
        Unscheduled
            Blockers are minimal: none of them can be spared. There are none where the
            request fits as it is.

        Raises
        ------
        KeyError
            If the problem has no such request.
        ValueError
            If the request is held.
        """
        if self.is_held(request):
            raise ValueError(f"request {request!r} is held")
        answer = self.look(request)
        if not remedies:
            return answer.said
        return self.help(answer, Effort(None if seconds is None else time.monotonic() + seconds, should_stop))

    def look(self, request: str, most: int | None = None) -> Answer:
        """Find out why a request is not held; sets of more blockers than ``most`` are not worked out."""
        names, number = self._desk.names, self.ground.request_number[request]
        obstacles = Obstacles(self.board, self.ground.request(number))
        chosen = minimal_blockers(obstacles, self._desk.ranking, most)
        if chosen is None:
            return Answer(obstacles, None, Unscheduled(request, self._fitting(obstacles, number)))
        said, shown = reason(obstacles, chosen, names), blockers(obstacles, chosen, names)
        return Answer(obstacles, chosen, Unscheduled(request, said, shown))

    def help(self, answer: Answer, effort: Effort) -> Unscheduled:
        """Look for what would help."""
        remedies = found(self._desk, answer.obstacles, answer.blockers, effort)
        return replace(answer.said, remedies=remedies)

    def _fitting(self, obstacles: Obstacles, number: int) -> str:
        everywhere = len(obstacles.grid.times) * len(obstacles.rooms)
        for most in (MOST_TRIED, everywhere):
            best = self._desk.ranking.ranked(
                places(obstacles, most=most), on=self.board, touched=[number], request=obstacles.request
            )
            if best:
                break
        return fitting(best[0], self._desk.names)
