"""The people and the interpreters of a planning problem, and what keeps them from meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from summitry.bilaterals.models import Request
from summitry.bilaterals.queries.problem.ids import interpreter_ids, member_id
from summitry.bilaterals.queries.problem.places import Engagements
from summitry.bookings.models import Resource
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Member
from summitry.interpretation.models import Interpreter, InterpreterLanguage
from summitry.planner.problem import Interpreter as PlannedInterpreter
from summitry.planner.problem import Person, Span

#: Members in these states take part in nothing.
_OUT: Final = frozenset({Member.Accreditation.REJECTED, Member.Accreditation.WITHDRAWN})
#: A consecutive interpreter works both ways, so a passive language (C) is not enough (AIIC's classes).
_ACTIVE: Final = (InterpreterLanguage.Level.A, InterpreterLanguage.Level.B)


@dataclass(frozen=True, slots=True)
class Extent:
    """The whole time that an edition plans, midnight to midnight, on the wall clock."""

    start: datetime
    end: datetime


def people(edition: Edition, asked: Sequence[Request], engagements: Engagements) -> tuple[Person, ...]:
    """Return the people whom requests name, by their ids, each with all that binds them."""
    named = {person.member.pk: person.member for request in asked for person in request.people.all()}
    whole = _whole(edition)
    found = [
        _person(
            edition, member, [*engagements.get((Resource.Kind.PERSON, member.person.public_id), [])], whole
        )
        for member in named.values()
    ]
    return tuple(sorted(found, key=lambda person: (person.party, len(person.id), person.id)))


def _person(edition: Edition, member: Member, spans: list[Span], whole: Extent) -> Person:
    spans += _presence(edition, member, whole)
    is_principal = member.capacity == Member.Capacity.HEAD
    settings = edition.settings
    return Person(
        id=member_id(member),
        party=member.delegation.entity.code,
        name=member.person.display_name,
        engagements=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
        max_meetings_per_sitting=settings.principal_meetings_per_sitting if is_principal else None,
        max_consecutive=settings.principal_consecutive_meetings if is_principal else None,
    )


def _presence(edition: Edition, member: Member, whole: Extent) -> list[Span]:
    """Return when a member is not there: not yet, no longer, or not at all."""
    if member.accreditation in _OUT:
        return [Span(whole.start, whole.end, "no longer accredited")]
    delegation = member.delegation
    arrives_at = member.arrives_at or delegation.arrives_at
    departs_at = member.departs_at or delegation.departs_at
    found = []
    if arrives_at and (arrives := clock.wall(edition, arrives_at)) > whole.start:
        found.append(Span(whole.start, arrives, f"arrives {day_and_time(arrives)}"))
    if departs_at and (departs := clock.wall(edition, departs_at)) < whole.end:
        found.append(Span(departs, whole.end, f"leaves {day_and_time(departs)}"))
    return found


def day_and_time(moment: datetime) -> str:
    """Write a moment as people at the venue say it: ``Wed 30 Oct 14:30``."""
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"


def _whole(edition: Edition) -> Extent:
    """Return the days of the sittings, from the first's midnight to the last's."""
    bounds = [
        clock.wall(edition, moment)
        for sitting in edition.sittings.all()
        for moment in (sitting.starts_at, sitting.ends_at)
    ]
    if not bounds:
        now = clock.wall(edition, clock.now(edition)).replace(second=0, microsecond=0)
        return Extent(now, now)
    first = min(bounds).replace(hour=0, minute=0)
    last = max(bounds).replace(hour=0, minute=0) + timedelta(days=1)
    return Extent(first, last)


@dataclass(frozen=True, slots=True)
class Interpreters:
    """The interpreters of an edition and their ids in the documents."""

    rows: Sequence[Interpreter]
    ids: dict[int, str]

    @classmethod
    def of(cls, edition: Edition) -> Interpreters:
        """Read them, in three statements."""
        rows = list(
            Interpreter.objects.filter(edition=edition)
            .select_related("person")
            .prefetch_related("languages", "absences")
            .order_by("pk")
        )
        return cls(rows, interpreter_ids(rows))

    def problem(self, edition: Edition, engagements: Engagements) -> tuple[PlannedInterpreter, ...]:
        """Return those who can interpret both ways, with their limits and what keeps them away."""
        found = []
        for row in self.rows:
            languages = frozenset(one.language for one in row.languages.all() if one.level in _ACTIVE)
            if languages:
                found.append(self._interpreter(edition, row, languages, engagements))
        return tuple(sorted(found, key=lambda interpreter: interpreter.id))

    def _interpreter(
        self, edition: Edition, row: Interpreter, languages: frozenset[str], engagements: Engagements
    ) -> PlannedInterpreter:
        spans = [
            *engagements.get((Resource.Kind.INTERPRETER, row.public_id), []),
            *(
                Span(clock.wall(edition, a.starts_at), clock.wall(edition, a.ends_at), a.reason or None)
                for a in row.absences.all()
            ),
        ]
        return PlannedInterpreter(
            id=self.ids[row.pk],
            languages=languages,
            name=row.person.display_name,
            engagements=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
            max_minutes_per_sitting=row.max_minutes_per_sitting,
            max_minutes_per_day=row.max_minutes_per_day,
            max_continuous_minutes=row.max_continuous_minutes,
            rest_minutes=row.rest_minutes,
        )
