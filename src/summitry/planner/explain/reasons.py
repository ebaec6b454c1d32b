"""One sentence that says why a request is not held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.planner.explain.blockers import Blockers
from summitry.planner.explain.obstacle import Obstacle
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed
from summitry.planner.explain.terms import impossible, scope
from summitry.planner.explain.words import Names, counted, few, lasting, listed, sentence
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Aim

AIMS = {
    Aim.DROPPED: "what was promised",
    Aim.MOVED: "the times already promised",
    Aim.REROOMED: "the rooms already promised",
    Aim.WEIGHT: "weight",
    Aim.LEFT_OUT: "meeting every delegation",
    Aim.BREAKS: "few breaks",
    Aim.WALKING: "short walks",
}
ITEMS = frozenset({BlockerKind.ENGAGEMENT, BlockerKind.MEETING, BlockerKind.CLOSED})


@dataclass(frozen=True, slots=True)
class Want:
    """Somebody or something the meeting needs: how it is called, and how it is said that it is not to be had."""

    called: str
    missing: str
    throughout: str


def reason(obstacles: Obstacles, found: Blockers, names: Names) -> str:
    """Say why a request is not held, resting on the blockers chosen."""
    wrong = impossible(obstacles, found, names)
    if wrong is not None:
        return sentence(wrong)
    when = scope(obstacles, found, names)
    wants = _wants(obstacles, found, names)
    if not wants:
        body = f"no {lasting(obstacles.request.minutes)} are left"
    elif len(wants) == 1:
        body = wants[0].throughout
    elif len(wants) == 2:  # noqa: PLR2004  two stand against each other, more are listed
        body = f"whenever {wants[0].called} is free, {wants[1].missing}"
    else:
        body = f"there is no time at which {few([want.called for want in wants])} are all free"
    return sentence(f"{when}, {body}" if when else body)


def _wants(obstacles: Obstacles, found: Blockers, names: Names) -> list[Want]:
    """List whom and what the meeting needs and cannot have together, as far as the blockers say so."""
    request = obstacles.request
    wants = [_person(own, names.person(number, request)) for number, own in found.of_people.items()]
    if found.needs_interpreters or (request.interpreters and not found.is_minimal):
        wants.append(_interpreters(obstacles, names))
    if found.of_rooms or not found.is_minimal:
        wants.append(_rooms(obstacles, found, names))
    if found.needs_balance:
        most = obstacles.ground.problem.limits.breaks_spread
        apart = f"the breaks of two people would be more than {most} apart"
        wants.append(Want("the balance of breaks", apart, f"wherever it fits, {apart}"))
    return wants


def _person(chosen: Sequence[Obstacle], name: str) -> Want:
    kinds = [one.kind for one in chosen]
    how = ["taken"]
    if BlockerKind.WALK in kinds:
        how.append("too far away to walk there in time")
    if BlockerKind.LIMIT in kinds:
        how.append("at the most meetings allowed")
    meetings, engagements = kinds.count(BlockerKind.MEETING), kinds.count(BlockerKind.ENGAGEMENT)
    counts = []
    if meetings:
        counts.append(counted(meetings, "meeting", "meetings"))
    if engagements:
        counts.append(counted(engagements, "engagement", "engagements"))
    state = listed(how, "or")
    by = f", by {listed(counts)}" if counts else ""
    return Want(name, f"{name} is {state}", f"{name} is {state} throughout{by}")


def _interpreters(obstacles: Obstacles, names: Names) -> Want:
    request = obstacles.request
    languages, needed, known = names.languages(request), request.interpreters, len(obstacles.interpreters)
    if not known:
        missing = f"nobody interprets {languages}"
        return Want(f"a {languages} interpreter", missing, missing)
    if known < needed:
        missing = f"only {counted(known, 'interpreter has', 'interpreters have')} {languages}, and {counted(needed, 'is', 'are')} needed"
        return Want(f"a {languages} team", missing, missing)
    if needed == 1:
        missing = f"no {languages} interpreter is free"
        return Want(f"a {languages} interpreter", missing, missing)
    missing = f"fewer than {counted(needed, 'interpreter', 'interpreters')} for {languages} are free"
    return Want(f"a {languages} team of {needed}", missing, missing)


def _rooms(obstacles: Obstacles, found: Blockers, names: Names) -> Want:
    request = obstacles.request
    asks = found.has(BlockerKind.ROOM) or not found.is_minimal
    wanted = names.room_wanted(request) if asks else "room"
    if asks and found.is_minimal and all(one.kind not in ITEMS for one in found.of_rooms):
        missing = f"there is no {wanted}"
        return Want(f"a {wanted}", missing, missing)
    missing = f"no {wanted} is free"
    return Want(f"a {wanted}", missing, f"{missing} for {lasting(request.minutes)}")


def fitting(best: Placed, names: Names) -> str:
    """Say of a request that has a place why it may be left out all the same."""
    where = f"{names.at(best.held.start)} in {names.room(best.held.room)}"
    for aim, difference in best.cost.items():
        gain = difference if aim is Aim.WEIGHT else -difference
        if gain > 0:
            return sentence(f"it fits {where}, and planning for longer would find it a place")
        if gain < 0:
            return sentence(f"it fits {where}, but the plan puts {AIMS[aim]} before holding it")
    return sentence(f"it fits {where}, but nothing the plan aims at asks for it")
