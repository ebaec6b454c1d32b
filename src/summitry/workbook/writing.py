"""From a problem to a workbook of requests: the template, filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from summitry.formats.sheets import CellValue
from summitry.planner import (
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    Interpreter,
    Person,
    Problem,
    Request,
    Room,
    Span,
)
from summitry.planner.explain.words import LANGUAGES
from summitry.workbook.books import Rows, write_book
from summitry.workbook.layout import (
    AIMS,
    CLOSURES,
    EARLIER_PLAN,
    ENGAGEMENTS,
    INTERPRETERS,
    KINDS,
    LANGUAGE_WORDS,
    NO_AIMS,
    PARTIES,
    PEOPLE,
    REQUESTS,
    ROOMS,
    SITTINGS,
    WALKS,
    meant_language,
)
from summitry.workbook.names import Register
from summitry.workbook.texts import Spelling, write_text
from summitry.workbook.times import write_window


class Writing:
    """One problem on its way into a workbook.

    Parameters
    ----------
    problem
        A well-formed problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sittings = Register("sitting", SITTINGS.title)
        self.parties = Register("delegation", PARTIES.title)
        self.people = Register("person", PEOPLE.title)
        self.rooms = Register("room", ROOMS.title)
        self.interpreters = Register("interpreter", INTERPRETERS.title)
        self.requests = Register("request", REQUESTS.title)
        for sitting in problem.sittings:
            self.sittings.add(sitting.id, None)
        for party in problem.parties:
            self.parties.add(party.id, party.name)
        for person in problem.people:
            self.people.add(person.id, person.name)
        for room in problem.rooms:
            self.rooms.add(room.id, room.name)
        for interpreter in problem.interpreters:
            self.interpreters.add(interpreter.id, interpreter.name)
        for request in problem.requests:
            self.requests.add(request.id, None)
        self.zones = Spelling(_zones(problem))
        self.features = Spelling(
            (
                *(feature for room in problem.rooms for feature in room.features),
                *(feature for request in problem.requests for feature in request.features),
            )
        )
        languages = set(_languages(problem))
        slips = {word for word in languages if meant_language(word)}
        self.languages = Spelling(languages, spelt=LANGUAGE_WORDS, said=LANGUAGES, slips=slips)

    def rows(self) -> dict[str, Rows]:
        """Return the rows of each sheet, by its title."""
        problem = self.problem
        return {
            SITTINGS.title: [[write_text(one.id), *_when(one.start, one.end)] for one in problem.sittings],
            PARTIES.title: [
                [write_text(one.name), write_text(one.id), KINDS[one.kind] if one.kind else None]
                for one in problem.parties
            ],
            PEOPLE.title: [self._person(one) for one in problem.people],
            ENGAGEMENTS.title: self._engagements(),
            ROOMS.title: [self._room(one) for one in problem.rooms],
            CLOSURES.title: [
                [self.rooms.reference(room.id), *_when(span.start, span.end), _text(span.label)]
                for room in problem.rooms
                for span in room.closed
            ],
            WALKS.title: [
                [self.zones.write(one.from_zone), self.zones.write(one.to_zone), one.minutes]
                for one in problem.walks
            ],
            INTERPRETERS.title: [self._interpreter(one) for one in problem.interpreters],
            REQUESTS.title: [self._request(one) for one in problem.requests],
            EARLIER_PLAN.title: [
                [
                    self.requests.reference(held.request),
                    *_when(held.start, held.end),
                    self.rooms.reference(held.room),
                    self.interpreters.references(held.interpreters),
                ]
                for held in problem.baseline or ()
            ],
        }

    def settings(self) -> dict[str, CellValue]:
        """Return what the settings are set to."""
        problem = self.problem
        default = DEFAULT_OBJECTIVE if problem.baseline is None else DEFAULT_REPAIR_OBJECTIVE
        objective = "; ".join(AIMS[aim] for aim in problem.objective) or NO_AIMS
        return {
            "title": _text(problem.title),
            "timezone": problem.timezone,
            "grid_minutes": problem.grid_minutes,
            "break_minutes": problem.break_minutes,
            "turnaround_minutes": problem.turnaround_minutes,
            "breaks_spread": problem.limits.breaks_spread,
            "objective": None if problem.objective == default else objective,
            "baseline": None if problem.baseline is None else "yes",
            "frozen_until": problem.frozen_until,
        }

    def _person(self, person: Person) -> list[CellValue]:
        return [
            _text(person.name),
            write_text(person.id),
            self.parties.reference(person.party),
            person.max_meetings_per_sitting,
            person.max_consecutive,
        ]

    def _engagements(self) -> Rows:
        taken: list[tuple[CellValue, CellValue, Span]] = [
            (self.people.reference(person.id), None, span)
            for person in self.problem.people
            for span in person.engagements
        ]
        taken += [
            (None, self.interpreters.reference(one.id), span)
            for one in self.problem.interpreters
            for span in one.engagements
        ]
        return [
            [person, interpreter, *_when(span.start, span.end), _text(span.label), self._zone(span.zone)]
            for person, interpreter, span in taken
        ]

    def _room(self, room: Room) -> list[CellValue]:
        return [
            _text(room.name),
            write_text(room.id),
            room.seats,
            self._zone(room.zone),
            self.features.write_all(sorted(room.features)),
            room.turnaround_minutes,
            None if room.party is None else self.parties.reference(room.party),
        ]

    def _interpreter(self, interpreter: Interpreter) -> list[CellValue]:
        return [
            _text(interpreter.name),
            write_text(interpreter.id),
            self.languages.write_all(sorted(interpreter.languages)),
            interpreter.max_minutes_per_sitting,
            interpreter.max_minutes_per_day,
            interpreter.max_continuous_minutes,
            interpreter.rest_minutes,
        ]

    def _request(self, request: Request) -> list[CellValue]:
        languages = request.languages or ()
        fixed = request.fixed
        return [
            write_text(request.id),
            *_two_and_more(self.parties, request.parties),
            *_two_and_more(self.people, request.people),
            request.minutes,
            request.weight,
            "yes" if request.must else None,
            request.seats,
            self.features.write_all(sorted(request.features)),
            self.rooms.references(request.rooms),
            self.sittings.references(request.sittings),
            "; ".join(write_window(span.start, span.end) for span in request.windows) or None,
            *(self.languages.write(language) for language in languages),
            *(None for _ in range(2 - len(languages))),
            request.interpreters or None,
            self.requests.references(request.after),
            fixed.start if fixed else None,
            self.rooms.reference(fixed.room) if fixed and fixed.room is not None else None,
        ]

    def _zone(self, zone: str | None) -> str | None:
        return None if zone is None else self.zones.write(zone)


def write_problem(problem: Problem) -> bytes:
    """Write a problem as a workbook of requests, which `read_problem` reads as the same problem.

    Parameters
    ----------
    problem
        A well-formed problem.

    Raises
    ------
    TooLong
        If a text, or a list of names, is longer than a cell can be.
    """
    writing = Writing(problem)
    return write_book(writing.rows(), writing.settings())


def _text(text: str | None) -> str | None:
    return None if text is None else write_text(text)


def _when(start: datetime, end: datetime) -> list[CellValue]:
    """Return date, start and end; an end on another day has its date."""
    day: date = start.date()
    until: time | datetime = end.time() if end.date() == day else end
    return [day, start.time(), until]


def _two_and_more(register: Register, ids: Sequence[str]) -> list[CellValue]:
    first = [register.reference(id_) for id_ in ids[:2]]
    return [*first, *(None for _ in range(2 - len(first))), register.references(ids[2:])]


def _zones(problem: Problem) -> Iterable[str]:
    people = (person.engagements for person in problem.people)
    interpreters = (interpreter.engagements for interpreter in problem.interpreters)
    spans = (span for taken in (*people, *interpreters) for span in taken)
    zones = [*(room.zone for room in problem.rooms), *(span.zone for span in spans)]
    walks = [zone for walk in problem.walks for zone in (walk.from_zone, walk.to_zone)]
    return [*walks, *(zone for zone in zones if zone is not None)]


def _languages(problem: Problem) -> Iterable[str]:
    owners = [one.languages for one in problem.interpreters]
    asked = [one.languages for one in problem.requests if one.languages]
    return (language for several in (*owners, *asked) for language in several)
