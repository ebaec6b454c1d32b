"""The rules on one meeting alone: its own place, time and interpreters."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.planner.check.facts import Facts, minutes, same_meeting
from summitry.planner.check.violation import Rule, Violation
from summitry.planner.problem import Meeting, Request, Room
from summitry.planner.wording import clock, shown


def meeting_rules(facts: Facts, meeting: Meeting) -> Iterator[Violation]:
    """Apply every rule on a meeting's own place and time; a frozen meeting kept as it was is exempt from them."""
    frozen = facts.frozen.get(meeting.request)
    if frozen is not None:
        if same_meeting(frozen, meeting):
            return
        yield _broken(
            Rule.FROZEN, meeting, f"must stay as it was, at {clock(frozen.start)} in {shown(frozen.room)}"
        )
    request, room = facts.requests[meeting.request], facts.rooms[meeting.room]
    yield from _time(facts, request, meeting)
    yield from _place(request, room, meeting)
    yield from _interpreters(facts, request, meeting)


def _broken(rule: Rule, meeting: Meeting, how: str) -> Violation:
    return Violation(
        rule, meeting.request, f"meeting {shown(meeting.request)} at {clock(meeting.start)} {how}"
    )


def _time(facts: Facts, request: Request, meeting: Meeting) -> Iterator[Violation]:
    problem = facts.problem
    if minutes(meeting.start, meeting.end) != request.minutes:
        yield _broken(
            Rule.LENGTH, meeting, f"ends at {clock(meeting.end)}, not after {request.minutes} minutes"
        )
    for time in (meeting.start, meeting.end):
        if not facts.is_on_the_clock(time):
            yield _broken(
                Rule.CLOCK,
                meeting,
                f"uses {clock(time)}, which the clock of {problem.timezone} does not show once",
            )
    if problem.frozen_until is not None and meeting.start < problem.frozen_until:
        yield _broken(Rule.FROZEN, meeting, f"starts before {clock(problem.frozen_until)}")
    if request.fixed is not None and meeting.start != request.fixed.start:
        yield _broken(Rule.FIXED, meeting, f"is fixed at {clock(request.fixed.start)}")
    if request.windows and not any(
        window.start <= meeting.start and meeting.end <= window.end for window in request.windows
    ):
        yield _broken(Rule.WINDOW, meeting, "lies in none of its windows")
    sitting = facts.sitting_of(meeting)
    if sitting is None:
        yield _broken(Rule.SITTING, meeting, "lies wholly inside no sitting")
        return
    if request.sittings and sitting.id not in request.sittings:
        yield _broken(Rule.SITTING, meeting, f"may not be held in sitting {shown(sitting.id)}")
    if minutes(sitting.start, meeting.start) % problem.grid_minutes:
        yield _broken(
            Rule.GRID, meeting, f"is off the grid of {problem.grid_minutes} minutes of {shown(sitting.id)}"
        )


def _place(request: Request, room: Room, meeting: Meeting) -> Iterator[Violation]:
    where = shown(room.id)
    if request.rooms and room.id not in request.rooms:
        yield _broken(Rule.ROOM, meeting, f"may not be held in {where}")
    if request.fixed is not None and request.fixed.room not in (None, room.id):
        yield _broken(Rule.FIXED, meeting, f"is fixed in another room than {where}")
    if room.party is not None and room.party not in request.parties:
        yield _broken(Rule.ROOM, meeting, f"is in {where}, which belongs to {shown(room.party)}")
    if request.seats is not None and room.seats is not None and request.seats > room.seats:
        yield _broken(Rule.ROOM, meeting, f"needs {request.seats} seats, {where} has {room.seats}")
    for feature in sorted(request.features - room.features):
        yield _broken(Rule.ROOM, meeting, f"needs {shown(feature)}, which {where} lacks")
    for index, span in enumerate(room.closed):
        if span.start < meeting.end and meeting.start < span.end:
            yield _broken(Rule.CLOSED, meeting, f"is in {where} while that is closed (closed[{index}])")


def _interpreters(facts: Facts, request: Request, meeting: Meeting) -> Iterator[Violation]:
    if len(meeting.interpreters) != request.interpreters:
        has = len(meeting.interpreters)
        yield _broken(Rule.INTERPRETERS, meeting, f"needs {request.interpreters} interpreters and has {has}")
    for name in meeting.interpreters:
        missing = set(request.languages or ()) - facts.interpreters[name].languages
        if missing:
            lacks = ", ".join(shown(language) for language in sorted(missing))
            yield _broken(Rule.INTERPRETERS, meeting, f"is given to {shown(name)}, who lacks {lacks}")
