"""The value of each aim, from its definition: a sum over requests, parties or people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from summitry.planner.check.facts import Facts, free_minutes
from summitry.planner.check.owners import by_sitting
from summitry.planner.problem import Aim, Meeting, Person, Problem

OF_REQUESTS = frozenset({Aim.WEIGHT, Aim.DROPPED, Aim.MOVED, Aim.REROOMED})
OF_PEOPLE = frozenset({Aim.BREAKS, Aim.WALKING})


def score(problem: Problem, meetings: Iterable[Meeting]) -> dict[Aim, int]:
    """Return the value of every aim of the problem's objective, in order.

    Parameters
    ----------
    problem
        A well-formed problem.
    meetings
        The meetings held, at most one for each request; they need not be valid.
    """
    return values(Facts(problem), tuple(meetings))


def values(facts: Facts, meetings: Sequence[Meeting]) -> dict[Aim, int]:
    """Do as :func:`score`, with the facts at hand."""
    held = {meeting.request: meeting for meeting in meetings}
    by_person = meetings_by_person(facts, meetings)
    result: dict[Aim, int] = {}
    for aim in facts.problem.objective:
        if aim in OF_REQUESTS:
            result[aim] = sum(of_request(aim, facts, request, held) for request in facts.requests)
        elif aim in OF_PEOPLE:
            result[aim] = sum(
                of_person(aim, facts, facts.people[person], mine) for person, mine in by_person.items()
            )
        else:
            named = {party for request in facts.requests.values() for party in request.parties}
            result[aim] = len(
                named - {party for request in held for party in facts.requests[request].parties}
            )
    return result


def of_request(aim: Aim, facts: Facts, request: str, held: Mapping[str, Meeting]) -> int:
    """Return what one request adds to an aim that sums over requests."""
    now, before = held.get(request), facts.baseline.get(request)
    if aim is Aim.WEIGHT:
        return facts.requests[request].weight if now is not None else 0
    if before is None:
        return 0
    if now is None:
        return facts.requests[request].weight if aim is Aim.DROPPED else 0
    if aim is Aim.MOVED:
        return int(now.start != before.start)
    return int(aim is Aim.REROOMED and now.start == before.start and now.room != before.room)


def of_person(aim: Aim, facts: Facts, person: Person, meetings: Sequence[Meeting]) -> int:
    """Return what one person's meetings add to an aim that sums over people."""
    return breaks(facts, person, meetings) if aim is Aim.BREAKS else walking(facts, person, meetings)


def meetings_by_person(facts: Facts, meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    """Group meetings by person."""
    held: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for person in facts.requests[meeting.request].people:
            held[person].append(meeting)
    return held


def breaks(facts: Facts, person: Person, meetings: Sequence[Meeting]) -> int:
    """Count the pairs of consecutive meetings in one sitting with a break between them."""
    count = 0
    for held in by_sitting(facts, meetings).values():
        for before, after in pairwise(held):
            free = free_minutes(before.end, after.start, person.engagements)
            walk = facts.walk(facts.zone_of(before), facts.zone_of(after))
            count += free - walk >= facts.problem.break_minutes
    return count


def walking(facts: Facts, person: Person, meetings: Sequence[Meeting]) -> int:
    """Add up the minutes walked between neighbouring items of one date, of which at least one is a meeting.

    Items that start and end together stand in the order meetings, then engagements as listed.
    """
    if not meetings:
        return 0
    items: list[tuple[datetime, datetime, str | None, bool]] = [
        (meeting.start, meeting.end, facts.zone_of(meeting), True) for meeting in meetings
    ]
    items += [(span.start, span.end, span.zone, False) for span in person.engagements]
    items.sort(key=lambda item: item[:2])
    return sum(
        facts.walk(zone, next_zone)
        for (start, _, zone, meeting), (next_start, _, next_zone, next_meeting) in pairwise(items)
        if (meeting or next_meeting) and start.date() == next_start.date()
    )
