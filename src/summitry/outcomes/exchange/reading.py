"""Commitments out of a file: every cell that cannot be read is named, and nothing is kept of a file with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.formats.workbooks import Value
from summitry.outcomes.actions import Party, Step, Taken, Terms
from summitry.outcomes.actions.commitments import CHANGEABLE, Checker
from summitry.outcomes.exchange import cells
from summitry.outcomes.exchange.books import read_grid
from summitry.outcomes.exchange.cells import Wrong
from summitry.outcomes.exchange.changes import completed, differences
from summitry.outcomes.exchange.columns import LEVELS, READ, kinds, levels, yes_and_no
from summitry.outcomes.exchange.known import Known
from summitry.outcomes.exchange.rows import CellFault, Row, optional, required
from summitry.outcomes.kinds import CommitmentKind, PartyRole
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES

MOST_FAULTS: Final = 200  # nobody mends more at once
_FIELDS: Final = {
    "parties": [role.value for role in PartyRole],
    "contact": ["contact_role"],
    "milestones": ["milestones"],
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that is new."""

    number: int
    taken: Taken


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that says something else of a commitment that can still be changed.

    Attributes
    ----------
    commitment
        As it stands here.
    columns
        Headings of the cells that say something else.
    """

    number: int
    commitment: Any
    terms: Terms
    columns: Sequence[str]


@dataclass(slots=True)
class Found:
    """What a file holds.

    Attributes
    ----------
    new
        Rows to be recorded.
    changed
        Rows that change a draft, or what a change was asked for.
    known
        Numbers of commitments that are here already, just as the file has them.
    faults
        What has to be mended first; at most 200, then `is_complete` is false.
    """

    sheet: str = ""
    new: list[ReadRow] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    is_complete: bool = True


def read_commitments(data: bytes, *, edition: Edition, by: Actor) -> Found:
    """Read a file of commitments of an edition; a constant number of statements.

    Raises
    ------
    RefusedError
        Where the file as a whole cannot be read.
    """
    grid = read_grid(data)
    found = Found(sheet=grid.sheet)
    column = grid.columns.get("edition", 0)
    spoken_of = {str(values[column]).strip() for _number, values in grid.rows if column in values}
    known = Known.of(edition, by, editions=spoken_of)
    checker = Checker(edition, by)
    taken: list[tuple[Row, Taken, str]] = []
    for number, values in grid.rows:
        row = Row(grid.sheet, number, grid.columns, values, found.faults)
        if not any(values.get(grid.columns[key]) not in {None, ""} for key in READ if key in grid.columns):
            continue
        one = _taken(row, known)
        if one is not None:
            taken.append((row, one, str(row.read("ref", cells.text, ""))))
        if len(found.faults) >= MOST_FAULTS:
            found.is_complete = False
            del found.faults[MOST_FAULTS:]
            return found
    checker.prepare([one for _row, one, _ref in taken])
    for row, one, ref in taken:
        _place(row, one, ref=ref, found=found, known=known, checker=checker)
    if len(found.faults) > MOST_FAULTS:
        found.is_complete = False
        del found.faults[MOST_FAULTS:]
    return found


def _taken(row: Row, known: Known) -> Taken | None:
    """Return what a row promises; none where a cell of it cannot be read."""
    owner = row.read("owner", required(known.entity))
    language = row.read("language", required(_language))
    terms: dict[str, Any] = {
        "title": _title(row, language or "en"),
        "text": row.read("text", required(str)),
        "language": language,
        "kind": row.read("kind", required(_kind)),
        "owner": owner,
        "parties": [
            Party(entity, role.value)
            for role in PartyRole
            for entity in row.read(role.value, _each(known.entity), [])
        ],
        "areas": row.read("areas", _each(known.area), []),
        "places": [place.upper() for place in row.read("places", cells.parts, [])],
        "starts_on": row.read("starts_on", cells.day),
        "due_on": row.read("due_on", cells.day),
        "milestones": row.read("milestones", _milestones, []),
        "target": row.read("target", cells.number),
        "value": row.read("value", cells.number),
        "currency": str(row.read("currency", cells.text, "")).upper(),
        "confidentiality": row.read("confidentiality", optional(_level)),
        "report_months": row.read("report_months", cells.whole),
        "publish": row.read("publish", optional(lambda word: cells.one_of(word, yes_and_no())), True)
        is not False,
    }
    for key in ("indicator", "baseline", "unit", "funding_source", "contact_role", "dependency"):
        terms[key] = row.read(key, cells.text, "")
        if key != "dependency" and len(terms[key]) > _LONGEST[key]:
            row.fault(key, _("is longer than %(most)d characters") % {"most": _LONGEST[key]})
    agreed_on = row.read("agreed_on", cells.day)
    elsewhere = row.read("agreed_elsewhere", cells.text, "")
    return None if row.is_bad else Taken(Terms(**terms), agreed_on, elsewhere)


_LONGEST: Final = {"indicator": 300, "baseline": 300, "unit": 60, "funding_source": 300, "contact_role": 200}


def _each(read: Callable[[str], Any]) -> Callable[[Value | None], list[Any]]:
    return lambda value: [read(part) for part in cells.parts(value)]


def _kind(word: str) -> str:
    return cells.one_of(word, kinds(), (str(kind.label) for kind in CommitmentKind))


def _language(word: str) -> str:
    if word.lower() not in LANGUAGES:
        raise Wrong(_("“%(text)s” is not a language known here: write its code, such as en") % {"text": word})
    return word.lower()


def _level(word: str) -> int:
    return cells.one_of(word, levels(), map(str, LEVELS.values()))


def _milestones(value: Value | None) -> list[Step]:
    steps = []
    for when, title in cells.lines(value):
        day = cells.day(when)
        assert day is not None
        steps.append(Step(title, day))
    return steps


def _title(row: Row, language: str) -> dict[str, str]:
    """Return a title by language: the first is in the language of the text, unless the others name it."""
    first = row.read("title", required(str), "")
    others = dict(row.read("titles", lambda value: list(cells.lines(value)), []))
    return others if first in others.values() else {language: first, **others}


def _place(row: Row, one: Taken, *, ref: str, found: Found, known: Known, checker: Checker) -> None:
    """Say whether a row is new, changes a commitment, is here already as it says, or cannot be."""
    edition = row.read("edition", cells.text, "") or known.edition.slug
    there = known.refs.get((edition, ref))
    terms = completed(one.terms, there, columns=row.columns) if there is not None else one.terms
    differing = [*differences(terms, there), *_agreed_otherwise(one, there)] if there is not None else []
    if there is not None and not differing:
        found.known.append(ref)
    elif edition != known.edition.slug:
        row.fault(
            differing[0] if differing else "edition",
            _("is of the edition %(other)s: read it in there, or leave the cell empty") % {"other": edition}
            if there is None
            else _("changes a commitment of the edition %(other)s: read it in there") % {"other": edition},
        )
    elif there is None:
        if _is_possible(row, one, checker):
            found.new.append(ReadRow(row.number, one))
    elif there.workflow not in CHANGEABLE:
        row.fault(
            differing[0],
            _("changes %(ref)s, which is %(state)s: take it back, or correct it with a reason, on its page")
            % {"ref": ref, "state": there.get_workflow_display()},
        )
    elif "agreed_on" in differing or "agreed_elsewhere" in differing:
        row.fault(
            next(key for key in differing if key.startswith("agreed")),
            _("note on the page of %(ref)s how it was agreed, and leave the cell empty") % {"ref": ref},
        )
    elif _is_possible(row, Taken(terms), checker):
        labels = [str(READ[key].label) for key in differing]
        found.changed.append(ChangedRow(row.number, there, terms, labels))


def _agreed_otherwise(one: Taken, there: Any) -> list[str]:
    """Return the columns that tell otherwise when and how a commitment was agreed; an empty cell tells nothing."""
    told = {"agreed_on": one.agreed_on, "agreed_elsewhere": one.agreed_elsewhere}
    return [key for key, value in told.items() if value and value != getattr(there, key)]


def _is_possible(row: Row, one: Taken, checker: Checker) -> bool:
    try:
        checker.check(one)
    except RefusedError as error:
        named = _FIELDS.get(error.field or "", [error.field or ""])
        row.fault(next((key for key in named if row.value(key) is not None), named[0]), error.message)
    except PermissionDenied as error:
        row.fault("confidentiality", str(error))
    return not row.is_bad
