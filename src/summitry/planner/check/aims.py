"""The value of each aim, from its definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from summitry.planner.check.facts import Facts, free_minutes
from summitry.planner.check.owners import by_sitting
from summitry.planner.problem import Aim, Meeting, Person, Problem


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
    result: dict[Aim, int] = {}
    for aim in facts.problem.objective:
        match aim:
            case Aim.WEIGHT:
                result[aim] = sum(facts.requests[request].weight for request in held)
            case Aim.LEFT_OUT:
                named = {party for request in facts.problem.requests for party in request.parties}
                result[aim] = len(
                    named - {party for request in held for party in facts.requests[request].parties}
                )
            case Aim.BREAKS:
                result[aim] = sum(breaks_by_person(facts, meetings).values())
            case Aim.WALKING:
                by_person = meetings_by_person(facts, meetings)
                result[aim] = sum(
                    person_walking(facts, person, by_person[person.id]) for person in facts.problem.people
                )
            case Aim.DROPPED:
                result[aim] = sum(
                    facts.requests[request].weight for request in facts.baseline if request not in held
                )
            case Aim.MOVED:
                result[aim] = sum(
                    held[request].start != before.start
                    for request, before in facts.baseline.items()
                    if request in held
                )
            case Aim.REROOMED:
                result[aim] = sum(
                    held[request].start == before.start and held[request].room != before.room
                    for request, before in facts.baseline.items()
                    if request in held
                )
    return result


def meetings_by_person(facts: Facts, meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    """Group meetings by person."""
    held: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for person in facts.requests[meeting.request].people:
            held[person].append(meeting)
    return held


def breaks_by_person(facts: Facts, meetings: Iterable[Meeting]) -> dict[str, int]:
    """Count the breaks of every person named in a request, held or not."""
    by_person = meetings_by_person(facts, meetings)
    named = {person for request in facts.problem.requests for person in request.people}
    return {
        person: person_breaks(facts, facts.people[person], by_person[person])
        for person in facts.people
        if person in named
    }


def person_breaks(facts: Facts, person: Person, meetings: Sequence[Meeting]) -> int:
    """Count the pairs of consecutive meetings in one sitting with a break between them."""
    count = 0
    for held in by_sitting(facts, meetings).values():
        for before, after in pairwise(held):
            free = free_minutes(before.end, after.start, person.engagements)
            walk = facts.walk(facts.zone_of(before), facts.zone_of(after))
            count += free - walk >= facts.problem.break_minutes
    return count


def person_walking(facts: Facts, person: Person, meetings: Sequence[Meeting]) -> int:
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
