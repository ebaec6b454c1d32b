"""The time that a request's own terms leave open, in words."""

from __future__ import annotations

from summitry.planner.explain.blockers import Blockers
from summitry.planner.explain.obstacle import Obstacle
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.words import MOST_LISTED, Names, day_and_time, few, lasting, listed, stretch
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Request


def scope(obstacles: Obstacles, found: Blockers, names: Names) -> str:
    """Say what time is open to a meeting by its own terms, as far as these are blockers."""
    own = [term(obstacles, one, names) for one in found.own if one.kind is not BlockerKind.MEETING]
    if len(own) > MOST_LISTED:
        own[MOST_LISTED - 1 :] = [f"{len(own) - MOST_LISTED + 1} more such terms"]
    return ", and ".join(own)


def term(obstacles: Obstacles, one: Obstacle, names: Names) -> str:
    """Say what time one of a request's terms leaves open."""
    request, ground = obstacles.request, obstacles.ground
    until = ground.problem.frozen_until
    if one.kind is BlockerKind.AFTER and one.held is not None:
        other = names.meeting(ground.request(one.held.request))
        if one.id.startswith(f"{request.id}#"):
            return f"after {other}, which ends {names.at(one.held.end)}"
        return f"before {other}, which starts {names.at(one.held.start)}"
    if one.kind is BlockerKind.FROZEN and until is not None:
        return f"from {day_and_time(until)}, up to which nothing may change"
    if one.kind is BlockerKind.SITTING:
        chosen = [each for each in ground.problem.sittings if each.id in request.sittings]
        times = [stretch(each.start, each.end) for each in chosen]
        return f"in the sitting it may use, {times[0]}" if len(times) == 1 else "in the sittings it may use"
    if request.fixed is not None:
        return f"at its fixed time, {day_and_time(request.fixed.start)}"
    return f"within {_windows(request).rstrip(',')}"


def _windows(request: Request) -> str:
    windows = sorted(request.windows, key=lambda window: window.start)
    times = [stretch(window.start, window.end) for window in windows]
    if len(times) == 1:
        return f"its window, {times[0]},"
    if len(times) <= MOST_LISTED:
        return f"its windows, {listed(times)},"
    return f"its {len(times)} windows"


def impossible(obstacles: Obstacles, found: Blockers, names: Names) -> str | None:
    """Say what is wrong with the request itself, whatever else is held; ``None`` where nothing is."""
    if not obstacles.grid.times:
        return f"no sitting is as long as {lasting(obstacles.request.minutes)}"
    if found.has(BlockerKind.AFTER):
        return _circle(obstacles, names)
    kinds = {one.kind for one in found.listed}
    return _fixed(obstacles, kinds) or _never(obstacles, kinds)


def _circle(obstacles: Obstacles, names: Names) -> str | None:
    request, ground = obstacles.request, obstacles.ground
    circle = circle_of_after({each.id: each for each in ground.problem.requests}, request.id)
    others = [names.meeting(ground.request(ground.request_number[each])) for each in circle[1:]]
    if not circle:
        return None
    if not others:
        return "it is to follow itself"
    if len(others) == 1:
        return f"it is to follow {others[0]}, and {others[0]} to follow it, so that not both can be held"
    return f"it and {few(others)} are each to follow another of them, so that not all can be held"


def _fixed(obstacles: Obstacles, kinds: set[BlockerKind]) -> str | None:
    request, fixed = obstacles.request, obstacles.request.fixed
    if fixed is None or BlockerKind.WINDOW not in kinds or kinds - {BlockerKind.WINDOW, BlockerKind.SITTING}:
        return None
    when = f"it is fixed for {day_and_time(fixed.start)}"
    if BlockerKind.SITTING in kinds:
        return f"{when}, outside the sittings it may use"
    inside = any(each.start <= fixed.start < each.end for each in obstacles.ground.problem.sittings)
    if request.windows and inside:
        return f"{when}, which its own windows do not allow"
    return f"{when}, when no sitting can hold {lasting(request.minutes)}"


def _never(obstacles: Obstacles, kinds: set[BlockerKind]) -> str | None:
    request = obstacles.request
    length = lasting(request.minutes)
    if kinds == {BlockerKind.SITTING}:
        return f"the sittings it may use are all shorter than {length}"
    if kinds == {BlockerKind.WINDOW}:
        leave = "leaves" if len(request.windows) == 1 else "leave"
        return f"{_windows(request)} {leave} no {length} in any sitting"
    if kinds == {BlockerKind.WINDOW, BlockerKind.SITTING}:
        return f"{_windows(request)} and the sittings it may use have no {length} in common"
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
