"""The best plan of a tiny problem by trying every plan there is, with nothing but the validator's rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from math import prod

from summitry.planner.check.aims import values
from summitry.planner.check.facts import Facts
from summitry.planner.check.meetings import after_rules, whole_rules
from summitry.planner.check.owners import interpreter_rules, person_rules, room_rules
from summitry.planner.check.single import meeting_rules
from summitry.planner.problem import Aim, Meeting, Problem, Request

Held = dict[str, Meeting]


def candidates(problem: Problem, request: Request) -> list[Meeting]:
    """Every way to hold a request that is allowed for itself; a frozen meeting has only its own."""
    return list(_candidates(Facts(problem), request))


def _candidates(facts: Facts, request: Request) -> Iterator[Meeting]:
    frozen = facts.frozen.get(request.id)
    if frozen is not None:
        yield frozen
        return
    length = timedelta(minutes=request.minutes)
    for sitting in facts.problem.sittings:
        start = sitting.start
        while start + length <= sitting.end:
            for room in facts.problem.rooms:
                for team in combinations(facts.interpreters, request.interpreters):
                    meeting = Meeting(request.id, start, start + length, room.id, team)
                    if not any(meeting_rules(facts, meeting)):
                        yield meeting
            start += timedelta(minutes=facts.problem.grid_minutes)


def plans_at_most(problem: Problem) -> int:
    """How many plans there can be at most: what trying all of them costs."""
    return prod(1 + len(candidates(problem, request)) for request in problem.requests)


def valid_plans(problem: Problem) -> Iterator[tuple[Meeting, ...]]:
    """Every valid plan, as the meetings it holds."""
    facts = Facts(problem)
    ways = [(request, list(_candidates(facts, request))) for request in problem.requests]

    def extend(position: int, held: Held) -> Iterator[tuple[Meeting, ...]]:
        if position == len(ways):
            if not any(whole_rules(facts, held)):
                yield tuple(held.values())
            return
        request, meetings = ways[position]
        if not request.must and request.id not in facts.frozen:
            yield from extend(position + 1, held)
        for meeting in meetings:
            more = {**held, request.id: meeting}
            if _fits(facts, meeting, more):
                yield from extend(position + 1, more)

    yield from extend(0, {})


def _fits(facts: Facts, meeting: Meeting, held: Held) -> bool:
    """Whether the rules that more meetings can only break further still hold around a meeting just added."""
    people = facts.requests[meeting.request].people
    of_person = {
        person: [other for other in held.values() if person in facts.requests[other.request].people]
        for person in people
    }
    return not (
        any(any(after_rules(facts, other, held)) for other in held.values())
        or any(any(person_rules(facts, facts.people[person], of_person[person])) for person in people)
        or any(
            room_rules(facts, facts.rooms[meeting.room], [x for x in held.values() if x.room == meeting.room])
        )
        or any(
            any(
                interpreter_rules(
                    facts, facts.interpreters[i], [x for x in held.values() if i in x.interpreters]
                )
            )
            for i in meeting.interpreters
        )
    )


def best_plan(problem: Problem) -> tuple[dict[Aim, int], tuple[Meeting, ...]] | None:
    """The lexicographically best score and a plan that has it, or None where no plan is valid."""
    facts = Facts(problem)
    best: tuple[tuple[int, ...], dict[Aim, int], tuple[Meeting, ...]] | None = None
    for meetings in valid_plans(problem):
        score = values(facts, meetings)
        key = tuple(-value if aim is Aim.WEIGHT else value for aim, value in score.items())
        if best is None or key < best[0]:
            best = (key, score, meetings)
    return None if best is None else best[1:]
