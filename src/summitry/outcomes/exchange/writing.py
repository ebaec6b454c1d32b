"""Commitments as a sheet with all their fields, and an empty one to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from summitry.formats.forms import Choices, FormColumn, FormSheet, write_form
from summitry.formats.sheets import CellValue, Sheet, SheetColumn
from summitry.outcomes.exchange.columns import COLUMNS, LEVELS, NO, SEPARATOR, SHEET, YES, ExchangeColumn
from summitry.outcomes.kinds import CommitmentKind, Completion, Light, PartyRole, Timeliness
from summitry.outcomes.models import Milestone
from summitry.world.rules import DisplayName

Names = Mapping[int, DisplayName]
_MAIN_TITLE: Final = ("en", "fr", "es", "ar")


def commitment_sheet(rows: Iterable[Any], names: Names) -> Sheet:
    """Return commitments as a sheet with all their fields; one statement beside those of `rows`.

    Parameters
    ----------
    rows
        As :func:`summitry.outcomes.queries.fetched` gives them.
    names
        What the entities are called, by id.
    """
    kept = list(rows)
    steps: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.filter(commitment__in=[row.pk for row in kept]):
        steps.setdefault(milestone.commitment_id, []).append(milestone)
    return Sheet(
        title=_("Commitments"),
        columns=[SheetColumn(str(column.label), column.kind, column.width) for column in COLUMNS],
        rows=[[_cell(column, row, names, steps.get(row.pk, [])) for column in COLUMNS] for row in kept],
        right_to_left=get_language_bidi(),
    )


def _cell(column: ExchangeColumn, row: Any, names: Names, steps: list[Milestone]) -> CellValue:
    if column.key in PartyRole:
        return _entities((p.entity_id for p in row.other_parties if p.role == column.key), names)
    if column.key == "milestones":
        return "\n".join(f"{step.due_on.isoformat()}: {step.title}" for step in steps)
    write = _WRITTEN.get(column.key)
    if write is not None:
        return write(row, names)
    found: CellValue = getattr(row, column.key)
    return found


def _entities(entities: Iterable[int], names: Names) -> str:
    return f"{SEPARATOR} ".join(_entity(entity, names) for entity in entities)


def _entity(entity: int, names: Names) -> str:
    name = names[entity]
    return f"{name.short} ({name.code})"


def main_title(title: Mapping[str, str]) -> tuple[str, str]:
    """Return the language that a title is told in first, and its text there."""
    code = next((code for code in _MAIN_TITLE if code in title), next(iter(title), "en"))
    return code, title.get(code, "")


def _titles(title: Mapping[str, str], language: str) -> str:
    """Return a title in all its languages; the first is left out where it is that of the text."""
    first, _text = main_title(title)
    others = [(code, text) for code, text in title.items() if code != first or first != language]
    return "\n".join(f"{code}: {text}" for code, text in others)


_WRITTEN: Final[Mapping[str, Callable[[Any, Names], CellValue]]] = {
    "edition": lambda row, _names: str(row.edition.slug),
    "title": lambda row, _names: main_title(row.title)[1],
    "titles": lambda row, _names: _titles(row.title, row.last_wordings[0].language),
    "text": lambda row, _names: str(row.last_wordings[0].text),
    "language": lambda row, _names: str(row.last_wordings[0].language),
    "kind": lambda row, _names: str(row.get_kind_display()),
    "owner": lambda row, names: _entity(row.owner_id, names),
    "areas": lambda row, _names: f"{SEPARATOR} ".join(area.code for area in row.areas.all()),
    "places": lambda row, _names: f"{SEPARATOR} ".join(row.places),
    "confidentiality": lambda row, _names: str(LEVELS[row.confidentiality]),
    "publish": lambda row, _names: str(YES if row.publish else NO),
    "workflow": lambda row, _names: str(row.get_workflow_display()),
    "progress": lambda row, _names: str(row.get_progress_display()) if row.agreed_on else "",
    "completion": lambda row, _names: str(Completion(row.completion).label) if row.completion else "",
    "timeliness": lambda row, _names: str(Timeliness(row.timeliness).label) if row.agreed_on else "",
    "light": lambda row, _names: str(Light(row.light).label) if row.agreed_on else "",
}


def write_template() -> bytes:
    """Write an empty workbook to be filled in: headings with notes, and lists to choose from."""
    lists = {
        "kind": tuple(str(kind.label) for kind in CommitmentKind),
        "confidentiality": tuple(str(label) for label in LEVELS.values()),
        "publish": (str(YES), str(NO)),
    }
    columns = [
        FormColumn(
            label=str(column.label),
            note=str(column.note),
            kind=column.form_kind,
            width=column.width,
            choices=Choices(lists[column.key], only=True) if column.key in lists else None,
            bold=column.required,
        )
        for column in COLUMNS
        if column.is_read and column.key not in {"ref", "edition"}
    ]
    return write_form([FormSheet(SHEET, columns, frozen=1, wrap=True)])
