"""Every hard rule over a set of meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from summitry.planner.check.aims import breaks, meetings_by_person
from summitry.planner.check.facts import Facts
from summitry.planner.check.owners import interpreter_rules, person_rules, room_rules
from summitry.planner.check.single import meeting_rules
from summitry.planner.check.violation import Rule, Violation
from summitry.planner.problem import Meeting, Problem
from summitry.planner.wording import clock, shown

MOST_OF_ONE_OWNER = (
    50  # a plan that puts everything on one spot breaks a rule for every pair: the first ones say it
)


def check_meetings(problem: Problem, meetings: Iterable[Meeting]) -> list[Violation]:
    """Hold a set of meetings against every hard rule of a problem.

    Parameters
    ----------
    problem
        A well-formed problem.
    meetings
        What is held.

    Returns
    -------
    list of Violation
        Empty if all rules hold; at most 50 for one person, room or interpreter.
    """
    facts = Facts(problem)
    known: dict[str, Meeting] = {}
    violations: list[Violation] = []
    for meeting in meetings:
        dangling = list(name_rules(facts, meeting, known))
        violations += dangling
        if not dangling:
            known[meeting.request] = meeting
    violations += meetings_broken(facts, known)
    return violations


def meetings_broken(facts: Facts, known: dict[str, Meeting]) -> Iterator[Violation]:
    """Apply every hard rule to meetings (by request) that name only what exists."""
    for meeting in known.values():
        yield from meeting_rules(facts, meeting)
        yield from after_rules(facts, meeting, known)
    by_room: dict[str, list[Meeting]] = defaultdict(list)
    by_interpreter: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in known.values():
        by_room[meeting.room].append(meeting)
        for interpreter in meeting.interpreters:
            by_interpreter[interpreter].append(meeting)
    for person, held in meetings_by_person(facts, known.values()).items():
        yield from islice(person_rules(facts, facts.people[person], held), MOST_OF_ONE_OWNER)
    for room, held in by_room.items():
        yield from islice(room_rules(facts, facts.rooms[room], held), MOST_OF_ONE_OWNER)
    for interpreter, held in by_interpreter.items():
        yield from islice(interpreter_rules(facts, facts.interpreters[interpreter], held), MOST_OF_ONE_OWNER)
    yield from whole_rules(facts, known)


def name_rules(facts: Facts, meeting: Meeting, known: dict[str, Meeting]) -> Iterator[Violation]:
    """Ask that a meeting names only what exists, and that its request is not held already."""
    where = f"meeting {shown(meeting.request)}"
    if meeting.request not in facts.requests:
        yield Violation(Rule.REQUEST, meeting.request, f"{where}: there is no such request")
    elif meeting.request in known:
        yield Violation(Rule.REQUEST, meeting.request, f"{where} is held twice")
    if meeting.room not in facts.rooms:
        yield Violation(Rule.ROOM, meeting.request, f"{where}: there is no room {shown(meeting.room)}")
    for name in meeting.interpreters:
        if name not in facts.interpreters:
            yield Violation(
                Rule.INTERPRETERS, meeting.request, f"{where}: there is no interpreter {shown(name)}"
            )
    if len(set(meeting.interpreters)) < len(meeting.interpreters):
        yield Violation(Rule.INTERPRETERS, meeting.request, f"{where} names an interpreter twice")


def after_rules(facts: Facts, meeting: Meeting, known: dict[str, Meeting]) -> Iterator[Violation]:
    """Ask that a meeting starts at or after the end of each one it comes after, where that is held.

    This is a rule on the later meeting's own time, so a frozen one is exempt.
    """
    if facts.is_frozen(meeting):
        return
    for earlier in facts.requests[meeting.request].after:
        if earlier in known and meeting.start < known[earlier].end:
            message = f"meeting {shown(meeting.request)} starts at {clock(meeting.start)}, before {shown(earlier)} has ended"
            yield Violation(Rule.AFTER, meeting.request, message)


def whole_rules(facts: Facts, known: dict[str, Meeting]) -> Iterator[Violation]:
    """Apply the rules that a plan meets as a whole: what must be held, what is frozen, the spread of breaks."""
    yield from held_rules(facts, facts.requests, known)
    if facts.problem.limits.breaks_spread is not None:
        by_person = meetings_by_person(facts, known.values())
        counted = {
            person: breaks(facts, facts.people[person], by_person[person]) for person in people_named(facts)
        }
        yield from spread_rules(facts, counted)


def held_rules(facts: Facts, requests: Iterable[str], known: dict[str, Meeting]) -> Iterator[Violation]:
    """Ask that of some requests those that must be and those that are frozen are held."""
    for name in requests:
        if name in known:
            continue
        if facts.requests[name].must:
            yield Violation(Rule.MUST, name, f"request {shown(name)} must be held and is not")
        if name in facts.frozen:
            yield Violation(Rule.FROZEN, name, f"meeting {shown(name)} is frozen and is not held")


def people_named(facts: Facts) -> set[str]:
    """Return the people named in any request, held or not."""
    return {person for request in facts.requests.values() for person in request.people}


def spread_rules(facts: Facts, counted: dict[str, int]) -> Iterator[Violation]:
    """Ask that the breaks of any two people named in a request differ by no more than the limit."""
    spread = facts.problem.limits.breaks_spread
    if spread is None or not counted or max(counted.values()) - min(counted.values()) <= spread:
        return
    most, least = max(counted, key=counted.__getitem__), min(counted, key=counted.__getitem__)
    said = f"{shown(most)} has {counted[most]} breaks and {shown(least)} {counted[least]}"
    yield Violation(Rule.SPREAD, "", f"{said}, at most {spread} apart")
