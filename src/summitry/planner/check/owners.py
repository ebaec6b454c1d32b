"""The rules on what one person, one interpreter or one room holds: no two things at once, walks, limits, rests.

A rule between things none of which could be elsewhere (engagements and frozen meetings) is not asked: nothing in
the plan could mend it. As soon as one meeting that is not frozen takes part, it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from summitry.planner.check.facts import Facts, free_minutes, minutes
from summitry.planner.check.violation import Rule, Violation
from summitry.planner.problem import Interpreter, Meeting, Person, Room, Span
from summitry.planner.wording import clock, shown


@dataclass(frozen=True, slots=True)
class Item:
    """Something that binds somebody for a time; ``planned`` if the plan decides about it."""

    start: datetime
    end: datetime
    zone: str | None
    name: str
    planned: bool


def in_order(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Sort meetings by start, then end."""
    return sorted(meetings, key=lambda meeting: (meeting.start, meeting.end))


def by_sitting(facts: Facts, meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    """Group meetings, in order, by the sitting they lie in; those in none are left out."""
    held: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in in_order(meetings):
        sitting = facts.sitting_of(meeting)
        if sitting is not None:
            held[sitting.id].append(meeting)
    return held


def room_rules(facts: Facts, room: Room, meetings: Sequence[Meeting]) -> Iterator[Violation]:
    """Ask for one meeting at a time, and the turnaround between any two."""
    turnaround = facts.turnaround(room)
    ordered = in_order(meetings)
    for index, first in enumerate(ordered):
        for position in range(index + 1, len(ordered)):
            second = ordered[position]
            gap = minutes(first.end, second.start)
            if gap >= turnaround:
                break
            if facts.is_frozen(first) and facts.is_frozen(second):
                continue
            pair = f"room {shown(room.id)}: {_said(first)} and {_said(second)}"
            if gap < 0:
                yield Violation(Rule.OVERLAP, room.id, f"{pair} overlap")
            else:
                yield Violation(
                    Rule.TURNAROUND, room.id, f"{pair} leave {gap} minutes, {turnaround} are needed"
                )


def person_rules(facts: Facts, person: Person, meetings: Sequence[Meeting]) -> Iterator[Violation]:
    """Ask for one place at a time, with time to walk; not too many meetings in a sitting or in a row."""
    who = f"person {shown(person.id)}"
    yield from _one_place(facts, who, person, meetings)
    for sitting, held in by_sitting(facts, meetings).items():
        if all(facts.is_frozen(meeting) for meeting in held):
            continue
        most = person.max_meetings_per_sitting
        if most is not None and len(held) > most:
            yield Violation(
                Rule.LIMIT, person.id, f"{who} has {len(held)} meetings in {shown(sitting)}, at most {most}"
            )
        if person.max_consecutive is not None:
            yield from _rows(facts, person, person.max_consecutive, held)


def _rows(facts: Facts, person: Person, most: int, held: Sequence[Meeting]) -> Iterator[Violation]:
    row: list[Meeting] = []
    rows = [row]
    for meeting in held:
        if row and minutes(row[-1].end, meeting.start) >= facts.problem.break_minutes:
            row = []
            rows.append(row)
        row.append(meeting)
    for row in rows:
        if len(row) > most and not all(facts.is_frozen(meeting) for meeting in row):
            message = f"person {shown(person.id)} has {len(row)} meetings in a row from {clock(row[0].start)}, at most {most}"
            yield Violation(Rule.LIMIT, person.id, message)


def interpreter_rules(
    facts: Facts, interpreter: Interpreter, meetings: Sequence[Meeting]
) -> Iterator[Violation]:
    """Ask for one place at a time, with time to walk; within the working limits, with the rests."""
    who = f"interpreter {shown(interpreter.id)}"
    yield from _one_place(facts, who, interpreter, meetings)
    held = by_sitting(facts, meetings)
    yield from _worked(facts, interpreter, "in sitting", held, interpreter.max_minutes_per_sitting)
    days: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        days[meeting.start.date().isoformat()].append(meeting)
    yield from _worked(facts, interpreter, "on", days, interpreter.max_minutes_per_day)
    most, rest = interpreter.max_continuous_minutes, interpreter.rest_minutes
    if most is None or rest is None:
        return
    for run in runs(meetings, interpreter.engagements, rest):
        worked = _minutes_worked(run)
        if worked > most and not all(facts.is_frozen(meeting) for meeting in run):
            message = f"{who} works {worked} minutes from {clock(run[0].start)} without {rest} minutes of rest, at most {most}"
            yield Violation(Rule.REST, interpreter.id, message)


def runs(meetings: Iterable[Meeting], engagements: Sequence[Span], rest: int) -> list[list[Meeting]]:
    """Group meetings between free gaps of at least ``rest`` minutes."""
    grouped: list[list[Meeting]] = []
    for meeting in in_order(meetings):
        if grouped:
            reached = max(earlier.end for earlier in grouped[-1])
            if free_minutes(reached, meeting.start, engagements) < rest:
                grouped[-1].append(meeting)
                continue
        grouped.append([meeting])
    return grouped


def _minutes_worked(meetings: Iterable[Meeting]) -> int:
    return sum(minutes(meeting.start, meeting.end) for meeting in meetings)


def _worked(
    facts: Facts, interpreter: Interpreter, when: str, groups: dict[str, list[Meeting]], most: int | None
) -> Iterator[Violation]:
    for name, held in groups.items():
        worked = _minutes_worked(held)
        if most is not None and worked > most and not all(facts.is_frozen(meeting) for meeting in held):
            message = (
                f"interpreter {shown(interpreter.id)} works {worked} minutes {when} {name}, at most {most}"
            )
            yield Violation(Rule.LIMIT, interpreter.id, message)


def _said(meeting: Meeting) -> str:
    return f"meeting {shown(meeting.request)} ({clock(meeting.start)} to {clock(meeting.end)})"


def _one_place(
    facts: Facts, who: str, owner: Person | Interpreter, meetings: Sequence[Meeting]
) -> Iterator[Violation]:
    items = [
        Item(held.start, held.end, facts.zone_of(held), _said(held), planned=not facts.is_frozen(held))
        for held in meetings
    ]
    for index, span in enumerate(owner.engagements):
        name = f"engagements[{index}] ({clock(span.start)} to {clock(span.end)})"
        items.append(Item(span.start, span.end, span.zone, name, planned=False))
    items.sort(key=lambda item: (item.start, item.end))
    for index, first in enumerate(items):
        for position in range(index + 1, len(items)):
            second = items[position]
            gap = minutes(first.end, second.start)
            if gap >= facts.longest_walk:
                break
            if not (first.planned or second.planned):
                continue
            walk = facts.walk(first.zone, second.zone)
            if gap < 0:
                yield Violation(Rule.OVERLAP, owner.id, f"{who}: {first.name} and {second.name} overlap")
            elif gap < walk:
                message = f"{who}: {gap} minutes from {first.name} to {second.name}, the walk takes {walk}"
                yield Violation(Rule.WALK, owner.id, message)
