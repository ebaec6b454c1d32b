"""One explanation for each request that a plan leaves out, in the time there is."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence

from summitry.planner.explain.explainer import Explainer
from summitry.planner.explain.remedies import Effort
from summitry.planner.plan import Unscheduled
from summitry.planner.problem import Meeting, Problem

NOT_LOOKED_INTO = "No place was found for it; there was no time to look into why."
BLOCKERS_IN_ALL = 60_000
MOST_FOR_ALL = 25
"""So many blockers are written in all, about two megabytes; sets up to the second number always are."""
WITH_REMEDIES = 200
"""Where time is not limited: so many requests, the most important ones, get remedies."""
LEAST_EACH = 0.03
"""Seconds for the remedies of one request at least, as long as there is any time."""
REASONS_SHARE = 0.5
"""The share of the time after which remedies are looked for, even if some reasons are missing."""
LARGE = 5_000
"""Requests and meetings from which on compiling takes so long that it has to be worth it."""
LEAST_FOR_LARGE = 0.25


def explain_one(
    problem: Problem,
    meetings: Sequence[Meeting],
    request: str,
    *,
    seconds: float | None = None,
) -> Unscheduled:
    """Say why one request of a plan is not held, what stands in its way, and what would help.

    To ask for several requests of one plan, make an :class:`Explainer` and keep it.

    Parameters
    ----------
    problem
        A well-formed problem.
    meetings
        Everything that is held; a valid plan.
    request
        The id of a request that is not held.
    seconds
        Wall time after which no more remedies are sought.

    Raises
    ------
    KeyError
        If the problem has no such request.
    ValueError
        If the request is held.
    """
    return Explainer(problem, meetings).explain(request, seconds=seconds)


def explanations(
    problem: Problem,
    meetings: Sequence[Meeting],
    *,
    requests: Collection[str] | None = None,
    seconds: float | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Unscheduled, ...]:
    """Do what :func:`summitry.planner.explain` says."""
    began = time.monotonic()
    effort = Effort(None if seconds is None else began + seconds, should_stop)
    missing = _missing(problem, meetings, requests)
    found = {number: Unscheduled(problem.requests[number].id, NOT_LOOKED_INTO) for number in missing}
    size = len(problem.requests) + len(meetings)
    if (
        not missing
        or effort.is_over()
        or (size > LARGE and seconds is not None and seconds < LEAST_FOR_LARGE)
    ):
        return tuple(found.values())
    explainer = Explainer(problem, meetings)
    ordered = sorted(missing, key=lambda at: (not problem.requests[at].must, -problem.requests[at].weight))
    reasons_until = Effort(None if seconds is None else began + seconds * REASONS_SHARE, should_stop)
    most = max(MOST_FOR_ALL, BLOCKERS_IN_ALL // len(missing))
    answers = {}
    for number in ordered:
        if reasons_until.is_over():
            break
        answers[number] = explainer.look(problem.requests[number].id, most)
        found[number] = answers[number].said
    helped = list(answers)[:WITH_REMEDIES] if seconds is None else list(answers)
    for position, number in enumerate(helped):
        if effort.is_over():
            break
        left = effort.left()
        share = None if left is None else time.monotonic() + max(left / (len(helped) - position), LEAST_EACH)
        found[number] = explainer.help(answers[number], Effort(share, effort.is_over))
    return tuple(found.values())


def _missing(problem: Problem, meetings: Sequence[Meeting], requests: Collection[str] | None) -> list[int]:
    """Return the numbers of the requests to explain, in the problem's order."""
    held = {meeting.request for meeting in meetings}
    if requests is not None:
        names = {request.id for request in problem.requests}
        for name in requests:
            if name not in names:
                raise KeyError(name)
    wanted = None if requests is None else set(requests)
    return [
        number
        for number, request in enumerate(problem.requests)
        if request.id not in held and (wanted is None or request.id in wanted)
    ]
