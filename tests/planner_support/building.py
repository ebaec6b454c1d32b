"""Short ways to say a problem of one day, 15 October 2019."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from summitry.planner.check import Rule, check_meetings
from summitry.planner.problem import (
    Interpreter,
    Meeting,
    Party,
    Person,
    Problem,
    Request,
    Room,
    Sitting,
    Span,
)


def at(clock: str, day: int = 15) -> datetime:
    return datetime.fromisoformat(f"2019-10-{day:02}T{clock}")


def span(start: str, end: str, zone: str | None = None) -> Span:
    return Span(at(start), at(end), None, zone)


def held(
    request: str, start: str, *interpreters: str, minutes: int = 30, room: str = "hall", day: int = 15
) -> Meeting:
    begins = at(start, day)
    return Meeting(request, begins, begins + timedelta(minutes=minutes), room, interpreters)


def request(name: str, *people: str, minutes: int = 30, **terms: Any) -> Request:
    """A request of half an hour between the first two delegations."""
    return Request(name, terms.pop("parties", ("pl", "ma")), people or (f"of-{name}",), minutes, **terms)


def person(name: str, **terms: Any) -> Person:
    return Person(name, "pl", **terms)


def problem(*requests: Request, people: tuple[Person, ...] = (), **terms: Any) -> Problem:
    """Morning and afternoon, one hall without limits, and for each name a person where none is given."""
    given = {person.id for person in people}
    missing = {name: None for request in requests for name in request.people if name not in given}
    return Problem(
        timezone="Europe/Warsaw",
        sittings=terms.pop(
            "sittings",
            (Sitting("morning", at("09:00"), at("12:00")), Sitting("afternoon", at("12:00"), at("17:00"))),
        ),
        parties=(Party("pl", "Poland"), Party("ma", "Morocco"), Party("au", "African Union")),
        people=(*people, *(person(name) for name in missing)),
        rooms=terms.pop("rooms", (Room("hall"),)),
        requests=requests,
        **terms,
    )


def rooms(*names: str, **zones: str) -> tuple[Room, ...]:
    return tuple(Room(name, zone=zones.get(name)) for name in names)


def anna(**terms: Any) -> Interpreter:
    """An interpreter of English and French."""
    return Interpreter("anna", frozenset({"en", "fr"}), **terms)


def broken(asked: Problem, *meetings: Meeting) -> set[Rule]:
    """The rules that a set of meetings breaks."""
    return {violation.rule for violation in check_meetings(asked, meetings)}
