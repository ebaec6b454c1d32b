"""Commitments out of a file: every cell that cannot be read is named, and nothing is kept of a file with one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.formats.workbooks import Value
from summitry.outcomes.actions import Party, Step, Taken, Terms
from summitry.outcomes.actions.commitments import Checker
from summitry.outcomes.exchange import cells
from summitry.outcomes.exchange.books import read_grid
from summitry.outcomes.exchange.cells import Wrong
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


@dataclass(slots=True)
class Found:
    """What a file holds.

    Attributes
    ----------
    new
        Rows to be recorded.
    known
        Numbers of commitments that are here already, just as the file has them.
    faults
        What has to be mended first; at most 200, then `is_complete` is false.
    """

    sheet: str = ""
    new: list[ReadRow] = field(default_factory=list)
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
    known = Known.of(edition, by)
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
    """Say whether a row is new, here already, or cannot be."""
    edition = row.read("edition", cells.text, "")
    if edition and edition != known.edition.slug:
        row.fault(
            "edition",
            _("is of the edition %(other)s: read it in there, or leave the cell empty") % {"other": edition},
        )
        return
    there = known.refs.get(ref)
    if there is not None:
        if known.is_same(there, one):
            found.known.append(ref)
        else:
            row.fault(
                "ref",
                _(
                    "%(ref)s is here already and says something else: change it on its page, or leave the cell empty to record this as new"
                )
                % {"ref": ref},
            )
        return
    try:
        checker.check(one)
    except RefusedError as error:
        named = _FIELDS.get(error.field or "", [error.field or ""])
        row.fault(next((key for key in named if row.value(key) is not None), named[0]), error.message)
    except PermissionDenied as error:
        row.fault("confidentiality", str(error))
    else:
        found.new.append(ReadRow(row.number, one))
