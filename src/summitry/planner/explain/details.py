"""A line on each blocker, for the reader."""

from __future__ import annotations

from collections.abc import Callable

from summitry.planner.explain.blockers import Blockers
from summitry.planner.explain.obstacle import Obstacle, Owner
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.terms import term
from summitry.planner.explain.words import Names, counted, lasting, listed, sentence
from summitry.planner.plan import Blocker, BlockerKind

MOST_DETAILED = 12


def blockers(obstacles: Obstacles, found: Blockers, names: Names) -> tuple[Blocker, ...]:
    """Return blockers as the plan writes them, the first ones with a line for the reader."""
    if not found.is_minimal:
        return ()
    return tuple(
        Blocker(
            kind=one.kind,
            id=one.id,
            detail=sentence(_detail(obstacles, one, names))[:-1] if at < MOST_DETAILED else None,
        )
        for at, one in enumerate(found.listed)
    )


def _detail(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    if one.kind in WRITERS:
        return WRITERS[one.kind](obstacles, one, names)
    if one.kind is BlockerKind.SITTING and not obstacles.grid.times:
        return f"no sitting is as long as {lasting(obstacles.request.minutes)}"
    if one.kind is BlockerKind.AFTER and one.held is None:
        return "it is to follow itself"
    return term(obstacles, one, names)


def _meeting(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    held = one.held
    if held is None:
        return one.id
    meeting = names.meeting(obstacles.ground.request(held.request))
    return f"{meeting}, {names.when(held.start, held.end)}, {names.room(held.room)}"


def _engagement(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    people, interpreters = obstacles.ground.problem.people, obstacles.ground.problem.interpreters
    owner = people[one.number] if one.owner is Owner.PERSON else interpreters[one.number]
    if one.item is None:
        return one.id
    engagement = names.engagement(one.item, owner.engagements[one.item.index].label)
    return f"{_owner(obstacles, one, names)}: {engagement}"


def _closed(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    if one.item is None:
        return one.id
    label = obstacles.ground.room(one.number).closed[one.item.index].label
    return f"{names.room(one.number)} is closed: {names.engagement(one.item, label)}"


def _room(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    if one.owner is Owner.ROOM:
        party = obstacles.ground.room(one.number).party or ""
        return f"{names.room(one.number)} belongs to {names.parties[party]}"
    return f"a {names.room_wanted(obstacles.request)} is asked for"


def _interpreter(obstacles: Obstacles, _one: Obstacle, names: Names) -> str:
    request = obstacles.request
    needed = counted(request.interpreters, "interpreter", "interpreters")
    return f"{needed} for {names.languages(request)}"


def _walk(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    return f"{_owner(obstacles, one, names)} needs time to walk from one zone to another"


def _rest(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    interpreter = obstacles.ground.interpreter(one.number)
    most, rest = interpreter.max_continuous_minutes, interpreter.rest_minutes
    return f"{names.interpreter(one.number)} rests {rest} minutes after at most {most} at work"


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


WRITERS: dict[BlockerKind, Callable[[Obstacles, Obstacle, Names], str]] = {
    BlockerKind.MEETING: _meeting,
    BlockerKind.ENGAGEMENT: _engagement,
    BlockerKind.CLOSED: _closed,
    BlockerKind.ROOM: _room,
    BlockerKind.INTERPRETER: _interpreter,
    BlockerKind.WALK: _walk,
    BlockerKind.REST: _rest,
    BlockerKind.LIMIT: _limit,
}
