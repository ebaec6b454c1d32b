"""Who: delegations, people, interpreters, and when these are taken."""

from __future__ import annotations

from summitry.planner import Interpreter, Party, PartyKind, Person, Span
from summitry.workbook.layout import ENGAGEMENTS, INTERPRETERS, KINDS, PARTIES, PEOPLE
from summitry.workbook.reading.names import Entered, Names, language_words, word
from summitry.workbook.tables import Row
from summitry.workbook.texts import fold
from summitry.workbook.values import choose, read_word

_KIND_WORDS = {
    **{fold(word): kind.value for kind, name in KINDS.items() for word in (name, kind.value)},
    "organization": PartyKind.ORGANISATION.value,
}
Taken = dict[str, list[Span]]


def read_parties(names: Names) -> list[Party]:
    """Read the delegations."""
    found = []
    for row, id_, name in names.enter(PARTIES, names.parties, "parties"):
        if name is None:
            row.missing("name", "write the delegation's name")
        found.append(Party(id_, name or "", _kind(row)))
    return found


def _kind(row: Row) -> PartyKind | None:
    return row.read(
        "kind", lambda value: PartyKind(choose(read_word(value), _KIND_WORDS, list(KINDS.values())))
    )


def enter_people(names: Names) -> list[Entered]:
    """Enter the people, so that others may name them."""
    return names.enter(PEOPLE, names.people, "people")


def enter_interpreters(names: Names) -> list[Entered]:
    """Enter the interpreters, so that others may name them."""
    return names.enter(INTERPRETERS, names.interpreters, "interpreters")


def read_engagements(names: Names) -> tuple[Taken, Taken]:
    """Read when people, and when interpreters, are taken."""
    table = names.book.table(ENGAGEMENTS)
    people: Taken = {}
    interpreters: Taken = {}
    for row in table.rows() if table is not None else ():
        if row.value("person") is None and row.value("interpreter") is None:
            row.wrong("person", "is empty; name the person, or an interpreter in the next column")
        span = row.span()
        label, zone = row.text("label"), word(row, "zone", names.zones)
        for key, register, taken in (
            ("person", names.people, people),
            ("interpreter", names.interpreters, interpreters),
        ):
            for id_ in register.several(row, key):
                if span is not None:
                    taken.setdefault(id_, []).append(Span(*span, label, zone))
    return people, interpreters


def read_people(names: Names, entered: list[Entered], taken: Taken) -> list[Person]:
    """Read the people."""
    found = []
    for row, id_, name in entered:
        if row.value("party") is None:
            row.missing("party", "name the delegation")
        found.append(
            Person(
                id=id_,
                party=names.parties.one(row, "party") or "",
                name=name,
                engagements=tuple(taken.get(id_, ())),
                max_meetings_per_sitting=row.whole("max_meetings_per_sitting", unit="meetings"),
                max_consecutive=row.whole("max_consecutive", unit="meetings"),
            )
        )
    return found


def read_interpreters(names: Names, entered: list[Entered], taken: Taken) -> list[Interpreter]:
    """Read the interpreters."""
    found = []
    for row, id_, name in entered:
        if row.value("languages") is None:
            row.missing("languages", "name the languages, such as English; French")
        run, rest = row.value("max_continuous_minutes"), row.value("rest_minutes")
        if (run is None) != (rest is None):
            empty = "max_continuous_minutes" if run is None else "rest_minutes"
            row.wrong(empty, "is empty; the most minutes without rest and the rest come together")
        found.append(
            Interpreter(
                id=id_,
                languages=frozenset(language_words(row, "languages", names.languages)),
                name=name,
                engagements=tuple(taken.get(id_, ())),
                max_minutes_per_sitting=row.whole("max_minutes_per_sitting", unit="minutes"),
                max_minutes_per_day=row.whole("max_minutes_per_day", unit="minutes"),
                max_continuous_minutes=row.whole("max_continuous_minutes", unit="minutes"),
                rest_minutes=row.whole("rest_minutes", unit="minutes"),
            )
        )
    return found
