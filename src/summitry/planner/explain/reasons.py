"""One sentence that says why a request is not held."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.planner.explain.blockers import busiest_first
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed
from summitry.planner.explain.terms import impossible, scope
from summitry.planner.explain.words import Names, counted, lasting, listed, sentence
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


def reason(obstacles: Obstacles, bits: int, names: Names) -> str:
    """Say why a request is not held, resting on the blockers chosen."""
    wrong = impossible(obstacles, bits, names)
    if wrong is not None:
        return sentence(wrong)
    when = scope(obstacles, bits, names)
    wants = _wants(obstacles, bits, names)
    if not wants:
        body = f"no {lasting(obstacles.request.minutes)} are left"
    elif len(wants) == 1:
        body = wants[0].throughout
    elif len(wants) == 2:  # noqa: PLR2004  two stand against each other, more are listed
        body = f"whenever {wants[0].called} is free, {wants[1].missing}"
    else:
        called = listed([want.called for want in wants])
        body = f"there is no time at which {called} are all free"
    return sentence(f"{when}, {body}" if when else body)


def _wants(obstacles: Obstacles, bits: int, names: Names) -> list[Want]:
    """List whom and what the meeting needs and cannot have together, as far as the blockers say so."""
    request = obstacles.request
    wants = []
    left = bits & ~obstacles.own
    for number in busiest_first(obstacles):
        own = left & obstacles.people[number].bits
        if own:
            wants.append(_person(obstacles, own, names.person(number, request)))
            left &= ~own
    if bits & obstacles.need_interpreters:
        wants.append(_interpreters(obstacles, names))
        left &= ~obstacles.of_interpreters
    spread = obstacles.known(BlockerKind.LIMIT)
    if left & obstacles.of_rooms:
        wants.append(_rooms(obstacles, left, names))
    if left & spread:
        most = obstacles.ground.problem.limits.breaks_spread
        wants.append(
            Want(
                "the balance of breaks",
                f"the breaks of two people would be more than {most} apart",
                f"wherever it fits, the breaks of two people would be more than {most} apart",
            )
        )
    return wants


def _person(obstacles: Obstacles, bits: int, name: str) -> Want:
    chosen = obstacles.register.chosen(bits)
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
    return Want(name, f"{name} is {state}", f"{name} is {state} throughout, by {listed(counts)}")


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


def _rooms(obstacles: Obstacles, bits: int, names: Names) -> Want:
    request = obstacles.request
    needs = obstacles.known(BlockerKind.ROOM)
    wanted = names.room_wanted(request) if bits & needs else "room"
    items = [one for one in obstacles.register.chosen(bits & obstacles.of_rooms) if one.kind in ITEMS]
    if not items and bits & needs:
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
