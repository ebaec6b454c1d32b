"""The columns of a sheet of commitments: what they are called, what stands in them, which are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.formats.forms import ColumnKind
from summitry.formats.sheets import Kind
from summitry.outcomes.kinds import CommitmentKind
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.world.rules.sorting import fold

SHEET: Final = "Commitments"
#: Between several in one cell.
SEPARATOR: Final = ";"
#: Who may know, as a sheet says it.
LEVELS: Final[Mapping[int, str | Promise]] = {
    Confidentiality.PUBLIC: _("everybody"),
    Confidentiality.CONFERENCE: _("the conference"),
    Confidentiality.PARTIES: _("the parties and the host's desks"),
    Confidentiality.CHIEF_OF_PROTOCOL: _("the parties and protocol alone"),
}
YES: Final = _("yes")
NO: Final = _("no")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeColumn:
    """One column.

    Attributes
    ----------
    key
        Its name in the house.
    label
        Its heading; read in any language of the interface.
    note
        What to write below it.
    is_read
        Whether it is read in again; the others only tell where a commitment stands.
    """

    key: str
    label: str | Promise
    note: str | Promise = ""
    kind: Kind = "text"
    width: float = 18
    required: bool = False
    is_read: bool = True

    @property
    def form_kind(self) -> ColumnKind:
        """What is typed into it."""
        return "date" if self.kind == "date" else "text"


def _column(key: str, label: Any, note: Any = "", **words: Any) -> ExchangeColumn:
    return ExchangeColumn(key=key, label=label, note=note, **words)


def _told(key: str, label: Any, **words: Any) -> ExchangeColumn:
    return ExchangeColumn(key=key, label=label, is_read=False, **words)


_ENTITIES = _("Names or codes, separated by semicolons: Morocco; Senegal.")
COLUMNS: Final = (
    _column("ref", _("Number"), _("As Summitry gave it: C-012. Leave it empty for what is new."), width=10),
    _column(
        "edition", _("Edition"), _("Leave it empty: it is the edition that the file is read into."), width=14
    ),
    _column("title", _("Title"), _("A few words."), required=True, width=34),
    _column("titles", _("Title in other languages"), _("One a line: fr: Formation d'experts"), width=30),
    _column("text", _("Text as agreed"), _("Word for word."), required=True, width=60),
    _column("language", _("Language of the text"), _("As a code: en, fr, es, ar."), required=True, width=12),
    _column("kind", _("Kind"), _("One of the list."), required=True, width=22),
    _column("owner", _("Promised by"), _("A name or a code: Poland."), required=True, width=22),
    _column("counterpart", _("Counterparts"), _ENTITIES, width=22),
    _column("beneficiary", _("Beneficiaries"), _ENTITIES, width=22),
    _column("supporter", _("Supporters"), _ENTITIES, width=22),
    _column("areas", _("Areas"), _("Titles or codes, separated by semicolons."), width=24),
    _column("places", _("Places"), _("ISO 3166 or UN M49 codes: BA; 039."), width=14),
    _column("starts_on", _("Starts"), _("A date: 2020-01-31."), kind="date", width=13),
    _column("due_on", _("Due"), _("A date: 2020-12-31."), kind="date", width=13),
    _column("milestones", _("Milestones"), _("One a line: 2020-06-30: First course held"), width=40),
    _column("indicator", _("Indicator"), _("What shows that it is kept."), width=26),
    _column("baseline", _("Baseline"), _("What it was before."), width=20),
    _column("target", _("Target"), _("A number."), kind="number", width=12),
    _column("unit", _("Unit"), _("What the target counts: devices, officers."), width=14),
    _column("value", _("Value"), _("A number."), kind="number", width=14),
    _column("currency", _("Currency"), _("As a code: EUR."), width=10),
    _column("funding_source", _("Funding source"), width=24),
    _column("contact_role", _("Contact"), _("The office that answers for it."), width=26),
    _column("dependency", _("Depends on"), width=30),
    _column("confidentiality", _("Who may know"), _("One of the list."), width=30),
    _column("report_months", _("Report every (months)"), _("A whole number."), kind="number", width=12),
    _column("publish", _("To be published"), _("yes or no"), width=10),
    _column(
        "agreed_on", _("Agreed on"), _("Only for what was agreed elsewhere: a date."), kind="date", width=13
    ),
    _column(
        "agreed_elsewhere",
        _("Agreed how"),
        _("Only for what was agreed elsewhere: Agreed minutes of 12 March 2018."),
        width=30,
    ),
    _told("workflow", _("Record"), width=18),
    _told("progress", _("Owner reports"), width=18),
    _told("reported_on", _("Last report"), kind="date", width=13),
    _told("expected_on", _("Expected now"), kind="date", width=13),
    _told("completion", _("Assessed"), width=18),
    _told("timeliness", _("Stands"), width=12),
    _told("light", _("Reports"), width=16),
    _told("closed_on", _("Closed on"), kind="date", width=13),
)
READ: Final = {column.key: column for column in COLUMNS if column.is_read}


def in_all_languages(text: str | Promise) -> set[str]:
    """Return a text as each language of the interface says it, folded."""
    said = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.add(fold(str(text)))
    return said


def headings(columns: Sequence[ExchangeColumn] = COLUMNS) -> dict[str, str]:
    """Return the key of each column by what it may be called, folded."""
    return {
        said: column.key for column in columns for said in (fold(column.key), *in_all_languages(column.label))
    }


def kinds() -> dict[str, str]:
    """Return each kind of commitment by what it may be called, folded."""
    return values(CommitmentKind)


def values(choices: type[TextChoices]) -> dict[str, str]:
    """Return each of some choices by what it may be called, folded."""
    return {
        said: choice.value
        for choice in choices
        for said in (fold(choice.value), *in_all_languages(choice.label))
    }


def levels() -> dict[str, int]:
    """Return each level of confidentiality by what it may be called, folded."""
    return {said: level for level, label in LEVELS.items() for said in in_all_languages(label)}


def yes_and_no() -> dict[str, bool]:
    """Return what says yes and what says no, folded."""
    return {said: answer for word, answer in ((YES, True), (NO, False)) for said in in_all_languages(word)}
