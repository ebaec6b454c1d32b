"""The solver: a problem in, the best plan that can be found and proved in the time given out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from summitry import __version__
from summitry.planner.plan import Plan, Status, Unscheduled
from summitry.planner.problem import Problem
from summitry.planner.progress import Progress
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.instance import Instance
from summitry.planner.solver.run import Run
from summitry.planner.stop import AnyOf, FirstPlan, MaxSeconds, StoppingCriterion

CANCELLED = 0.2  # seconds for explaining a plan whose run was cancelled
CONTRADICTION = 5.0  # seconds at most for looking for a small contradiction


def solve(
    problem: Problem,
    *,
    stop: StoppingCriterion | None = None,
    seed: int = 0,
    workers: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    explain: bool = True,
) -> Plan:
    """Plan the meetings of a problem.

    Parameters
    ----------
    problem : Problem
        A well-formed problem (see :func:`summitry.planner.read_problem`).
    stop : StoppingCriterion, optional
        When to end before everything is proved; the plan is then the best found.
    seed : int
        The random seed. With one worker and no limit on time, the same problem and
        seed give the same plan.
    workers : int
        Threads to use.
    on_progress : callable, optional
        Called on each improvement of the plan or of a bound.
    explain : bool
        Whether to say of each request that is not held why not, and what would help.

    Returns
    -------
    Plan
        Valid whatever stopped the run; ``status`` tells what is proved.
    """
    clock = Clock(stop, on_progress, len(problem.requests))
    limit = clock.limit()
    if explain and limit is not None:
        clock.keep(_share_for_explaining(limit))
    instance = Instance(problem)
    incumbent = Run(instance, clock, seed=seed, workers=workers).go()
    clock.keep(0.0)
    plan = _plan(incumbent, seed)
    return replace(
        plan, unscheduled=_unscheduled(problem, plan, clock, explain=explain), seconds=clock.elapsed()
    )


def feasible(problem: Problem, must_ids: Collection[str], seconds: float | None = None) -> bool | None:
    """Return whether some valid plan holds all of ``must_ids``; ``None`` where time ran out.

    The problem's own ``must`` flags are ignored; its frozen meetings are kept.
    """
    wanted = set(must_ids)
    requests = tuple(replace(request, must=request.id in wanted) for request in problem.requests)
    first = FirstPlan()
    stop: StoppingCriterion = first if seconds is None else AnyOf((first, MaxSeconds(seconds)))
    plan = solve(replace(problem, requests=requests, objective=()), stop=stop, explain=False)
    return {Status.INFEASIBLE: False, Status.UNKNOWN: None}.get(plan.status, True)


def _plan(incumbent: Incumbent, seed: int) -> Plan:
    planner = f"summitry {__version__}"
    if incumbent.places is None:
        status = Status.INFEASIBLE if incumbent.infeasible else Status.UNKNOWN
        return Plan(status, seed=seed, planner=planner)
    instance = incumbent.instance
    held = [(place.start, index, place) for index, place in enumerate(incumbent.places) if place is not None]
    return Plan(
        Status.OPTIMAL if incumbent.optimal() else Status.FEASIBLE,
        meetings=tuple(instance.meeting(index, place) for _, index, place in sorted(held)),
        score=incumbent.score(),
        seed=seed,
        planner=planner,
    )


def _unscheduled(problem: Problem, plan: Plan, clock: Clock, *, explain: bool) -> tuple[Unscheduled, ...]:
    if len(plan.meetings) == len(problem.requests):
        return ()
    seconds, should_stop = _time_to_explain(clock)
    if plan.status is Status.INFEASIBLE:
        if explain:
            from summitry.planner.explain import contradiction  # noqa: PLC0415 - it asks this module in turn

            at_most = CONTRADICTION if seconds is None else min(seconds, CONTRADICTION)
            return contradiction(problem, seconds=at_most, should_stop=should_stop)
        wanted = [request.id for request in problem.requests if request.must]
        return tuple(
            Unscheduled(request, "cannot be held together with the others named") for request in wanted
        )
    if plan.status is Status.UNKNOWN:
        reason = "No plan that holds all that must be held was found in the time given."
        return tuple(Unscheduled(request.id, reason) for request in problem.requests)
    if explain:
        from summitry.planner.explain import explain as explained  # noqa: PLC0415 - it asks this module in turn

        return explained(problem, plan.meetings, seconds=seconds, should_stop=should_stop)
    held = {meeting.request for meeting in plan.meetings}
    missing = [request.id for request in problem.requests if request.id not in held]
    return tuple(Unscheduled(request, "is not held; nobody asked why") for request in missing)


def _share_for_explaining(limit: float) -> float:
    from summitry.planner.explain import time_to_explain  # noqa: PLC0415 - it asks this module in turn

    return time_to_explain(limit)


def _time_to_explain(clock: Clock) -> tuple[float | None, Callable[[], bool] | None]:
    """Return the seconds that are left for explaining (``None``: no limit), and what to ask whether to stop."""
    left = clock.left()
    if not clock.stopped():
        return left, clock.stopped
    limit = clock.limit()
    kept = 0.0 if limit is None else _share_for_explaining(limit)
    if left is None or left > kept:  # cancelled, or no more than the first plan is wanted
        return CANCELLED, None
    return max(kept, CANCELLED), None  # over the limit, where planning has used up what it should keep
