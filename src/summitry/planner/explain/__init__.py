"""Why a request is not held, in words, with what stands in its way and what would help.

An engine of its own, apart from the solver's: it places one request at a time beside
meetings that stay where they are, and answers in milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.planner.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from summitry.planner.explain.contradictions import contradiction
    from summitry.planner.explain.explainer import Explainer
    from summitry.planner.explain.explanations import explain_one
    from summitry.planner.plan import Unscheduled
    from summitry.planner.problem import Meeting, Problem
else:
    __getattr__ = lazily(
        __name__,
        {
            "Explainer": "summitry.planner.explain.explainer",
            "contradiction": "summitry.planner.explain.contradictions",
            "explain_one": "summitry.planner.explain.explanations",
        },
    )

__all__ = ["Explainer", "contradiction", "explain", "explain_one", "time_to_explain"]

SHARE_OF_RUN, MOST_OF_RUN = 0.1, 2.0


def time_to_explain(limit: float) -> float:
    """Return the seconds that a planning run of so many seconds leaves for explaining."""
    return min(SHARE_OF_RUN * limit, MOST_OF_RUN)


def explain(
    problem: Problem,
    meetings: Sequence[Meeting],
    *,
    requests: Collection[str] | None = None,
    seconds: float | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Unscheduled, ...]:
    """Say of each request that is not held why not, what stands in its way, and what would help.

    Where time is short the most important requests come first: those that must be held,
    then by weight. First each gets its reason, then its remedies; those that the time
    does not reach are said not to have been looked into. Where very many requests are left
    out, reasons that rest on very many blockers are given without them.

    Parameters
    ----------
    problem
        A well-formed problem.
    meetings
        Everything that is held; a valid plan.
    requests
        Explain only these; ``None`` explains every request not held.
    seconds
        Wall time for all of it. ``None``: all reasons are given, and remedies for the 200
        most important requests; the same every time.
    should_stop
        Asked every few milliseconds; once it says yes, what is known is returned.

    Returns
    -------
    tuple of Unscheduled
        In the order of the problem's requests; those that are held are left out.

    Raises
    ------
    KeyError
        If ``requests`` names one that the problem does not have.
    """
    from summitry.planner.explain.explanations import explanations  # noqa: PLC0415 - loaded when asked for

    return explanations(problem, meetings, requests=requests, seconds=seconds, should_stop=should_stop)
