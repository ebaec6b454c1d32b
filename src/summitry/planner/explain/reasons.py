"""One sentence or two that say why a request is not held, and a line on each of its blockers."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.planner.explain.blockers import busiest_first
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import Placed
from summitry.planner.explain.register import Obstacle, Owner
from summitry.planner.explain.words import (
    MOST_LISTED,
    Names,
    counted,
    day_and_time,
    lasting,
    listed,
    sentence,
    stretch,
)
from summitry.planner.plan import Blocker, BlockerKind
from summitry.planner.problem import Aim, Request

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
    impossible = _impossible(obstacles, bits, names)
    if impossible is not None:
        return sentence(impossible)
    scope = _scope(obstacles, bits, names)
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
    return sentence(f"{scope}, {body}" if scope else body)


def _impossible(obstacles: Obstacles, bits: int, names: Names) -> str | None:
    """Say what is wrong with the request itself, whatever else is held."""
    request, ground = obstacles.request, obstacles.ground
    if not obstacles.grid.times:
        return f"no sitting is as long as {lasting(request.minutes)}"
    circle = circle_of_after({each.id: each for each in ground.problem.requests}, request.id)
    if circle and any(one.kind is BlockerKind.AFTER for one in obstacles.register.chosen(bits)):
        others = [names.meeting(ground.request(ground.request_number[each])) for each in circle[1:]]
        if not others:
            return "it is to follow itself"
        return f"it is to follow {others[0]}, and {listed(others)} to follow it, so that not all of them can be held"
    window = obstacles.known(BlockerKind.WINDOW)
    sitting = obstacles.known(BlockerKind.SITTING)
    fixed = request.fixed
    if bits == window and fixed is not None:
        when = f"it is fixed for {day_and_time(fixed.start)}"
        inside = any(each.start <= fixed.start < each.end for each in ground.problem.sittings)
        if request.windows and inside:
            return f"{when}, which its own windows do not allow"
        return f"{when}, when no sitting can hold {lasting(request.minutes)}"
    if bits == window:
        return f"{_windows(request)} leave{'s' if len(request.windows) == 1 else ''} no {lasting(request.minutes)} in any sitting"
    if bits == window | sitting and fixed is not None:
        return f"it is fixed for {day_and_time(fixed.start)}, outside the sittings it may use"
    if bits == window | sitting:
        return f"{_windows(request)} and the sittings it may use have no {lasting(request.minutes)} in common"
    if bits == sitting:
        return f"the sittings it may use are all shorter than {lasting(request.minutes)}"
    return None


def circle_of_after(requests: dict[str, Request], start: str) -> list[str]:
    """Find a shortest circle of ``after`` through a request, empty where there is none."""
    reached: dict[str, list[str]] = {start: [start]}
    queue = [start]
    for each in queue:
        for earlier in requests[each].after if each in requests else ():
            if earlier == start:
                return reached[each]
            if earlier not in reached:
                reached[earlier] = [*reached[each], earlier]
                queue.append(earlier)
    return []


def _windows(request: Request) -> str:
    times = [stretch(window.start, window.end) for window in request.windows]
    if len(times) == 1:
        return f"its window, {times[0]},"
    if len(times) <= MOST_LISTED:
        return f"its windows, {listed(times)},"
    return f"its {len(times)} windows"


def _scope(obstacles: Obstacles, bits: int, names: Names) -> str:
    """Say what time is open to a meeting by its own terms, as far as these are blockers."""
    own = obstacles.register.chosen(bits & obstacles.own)
    return listed([_term(obstacles, one, names) for one in own if one.kind is not BlockerKind.MEETING])


def _term(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    request, ground = obstacles.request, obstacles.ground
    if one.kind is BlockerKind.AFTER and one.held is not None:
        other = names.meeting(ground.request(one.held.request))
        if one.id.startswith(f"{request.id}#"):
            return f"after {other}, which ends {names.at(one.held.end)}"
        return f"before {other}, which starts {names.at(one.held.start)}"
    if one.kind is BlockerKind.FROZEN and ground.problem.frozen_until is not None:
        return f"from {day_and_time(ground.problem.frozen_until)}, up to which nothing may change"
    if one.kind is BlockerKind.SITTING:
        chosen = [each for each in ground.problem.sittings if each.id in request.sittings]
        times = [stretch(each.start, each.end) for each in chosen]
        which = f"sitting it may use, {times[0]}" if len(times) == 1 else "sittings it may use"
        return f"in the {which}"
    if request.fixed is not None:
        return f"at its fixed time, {day_and_time(request.fixed.start)}"
    return f"within {_windows(request).rstrip(',')}"


def _wants(obstacles: Obstacles, bits: int, names: Names) -> list[Want]:
    """List whom and what the meeting needs and cannot have together, as far as the blockers say so."""
    request = obstacles.request
    wants = []
    left = bits
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


def blockers(obstacles: Obstacles, bits: int, names: Names) -> tuple[Blocker, ...]:
    """Return the blockers of a set as the plan writes them, each with a line for the reader."""
    return tuple(
        Blocker(kind=one.kind, id=one.id, detail=sentence(_detail(obstacles, one, names))[:-1])
        for one in obstacles.register.chosen(bits)
    )


def _detail(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    ground, request = obstacles.ground, obstacles.request
    match one.kind, one.owner:
        case BlockerKind.MEETING, _ if one.held is not None:
            meeting = names.meeting(ground.request(one.held.request))
            return f"{meeting}, {names.when(one.held.start, one.held.end)}, {names.room(one.held.room)}"
        case BlockerKind.ENGAGEMENT, _ if one.item is not None:
            label = _engagement_label(obstacles, one)
            return f"{_owner(obstacles, one, names)}: {names.engagement(one.item, label)}"
        case BlockerKind.CLOSED, _ if one.item is not None:
            label = ground.room(one.number).closed[one.item.index].label
            return f"{names.room(one.number)} is closed: {names.engagement(one.item, label)}"
        case BlockerKind.ROOM, Owner.ROOM:
            return f"{names.room(one.number)} belongs to {names.parties[ground.room(one.number).party or '']}"
        case BlockerKind.ROOM, _:
            return f"a {names.room_wanted(request)} is asked for"
        case BlockerKind.INTERPRETER, _:
            return f"{counted(request.interpreters, 'interpreter', 'interpreters')} for {names.languages(request)}"
        case BlockerKind.SITTING, _ if not obstacles.grid.times:
            return f"no sitting is as long as {lasting(request.minutes)}"
        case BlockerKind.AFTER, _ if one.held is None:
            return "it is to follow itself"
        case ((BlockerKind.WINDOW | BlockerKind.SITTING | BlockerKind.FROZEN | BlockerKind.AFTER), _):
            return _term(obstacles, one, names)
        case BlockerKind.WALK, _:
            return f"{_owner(obstacles, one, names)} needs time to walk from one zone to another"
        case BlockerKind.REST, _:
            interpreter = ground.interpreter(one.number)
            most, rest = interpreter.max_continuous_minutes, interpreter.rest_minutes
            return f"{names.interpreter(one.number)} rests {rest} minutes after at most {most} at work"
        case _:
            return _limit(obstacles, one, names)


def _engagement_label(obstacles: Obstacles, one: Obstacle) -> str | None:
    if one.item is None:
        return None
    people, interpreters = obstacles.ground.problem.people, obstacles.ground.problem.interpreters
    owner = people[one.number] if one.owner is Owner.PERSON else interpreters[one.number]
    return owner.engagements[one.item.index].label


def _owner(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    if one.owner is Owner.PERSON:
        return names.person(one.number, obstacles.request)
    return names.interpreter(one.number)


def _limit(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    ground = obstacles.ground
    if one.owner is Owner.REQUEST:
        return f"the breaks of any two people may differ by {ground.problem.limits.breaks_spread} at most"
    said = []
    if one.owner is Owner.PERSON:
        person = ground.person(one.number)
        if person.max_meetings_per_sitting is not None:
            said.append(f"{counted(person.max_meetings_per_sitting, 'meeting', 'meetings')} in a sitting")
        if person.max_consecutive is not None:
            said.append(f"{person.max_consecutive} in a row")
    else:
        interpreter = ground.interpreter(one.number)
        if interpreter.max_minutes_per_sitting is not None:
            said.append(f"{lasting(interpreter.max_minutes_per_sitting)} in a sitting")
        if interpreter.max_minutes_per_day is not None:
            said.append(f"{lasting(interpreter.max_minutes_per_day)} in a day")
    return f"{_owner(obstacles, one, names)}: at most {listed(said)}"


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
