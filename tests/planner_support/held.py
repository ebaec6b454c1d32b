"""Random problems together with a valid plan that leaves some requests out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from planner_support.bruteforce import candidates
from planner_support.strategies import problems
from summitry.planner.check import check_meetings
from summitry.planner.problem import Meeting, Problem


@st.composite
def problems_with_meetings(draw: st.DrawFn, *, most_requests: int = 5) -> tuple[Problem, tuple[Meeting, ...]]:
    """A problem in which nothing must be held, and meetings that are valid in it."""
    problem = draw(problems(most_requests=most_requests, most_plans=100_000))
    problem = replace(problem, requests=tuple(replace(request, must=False) for request in problem.requests))
    frozen = {
        held.request: held
        for held in problem.baseline or ()
        if problem.frozen_until is not None and held.start < problem.frozen_until
    }
    known = {request.id for request in problem.requests}
    meetings = [held for name, held in frozen.items() if name in known]
    for request in draw(st.permutations(problem.requests)):
        ways = [] if request.id in frozen else candidates(problem, request)
        wanted: int = draw(st.integers(0, 3))
        if ways and wanted:
            more = [*meetings, draw(st.sampled_from(ways))]
            if not check_meetings(problem, more):
                meetings = more
    assume(not check_meetings(problem, meetings))
    assume(len(meetings) < len(problem.requests))
    return problem, tuple(meetings)
