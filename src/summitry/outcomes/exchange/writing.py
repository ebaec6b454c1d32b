"""Commitments as a sheet with all their fields, and an empty one to be filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from summitry.conferences.models import Edition
from summitry.formats.forms import Choices, FormColumn, FormSheet, write_form
from summitry.formats.sheets import CellValue, Sheet, SheetColumn
from summitry.outcomes.exchange.columns import COLUMNS, LEVELS, NO, SEPARATOR, SHEET, YES, ExchangeColumn
from summitry.outcomes.kinds import CommitmentKind, Completion, Light, PartyRole, Timeliness
from summitry.outcomes.models import Commitment, CommitmentParty, Milestone, Wording
from summitry.world.rules import DisplayName

Names = Mapping[int, DisplayName]
_PARTY_COLUMNS: Final = frozenset(role.value for role in PartyRole)
_MAIN_TITLE: Final = ("en", "fr", "es", "ar")


@dataclass(slots=True)
class _Beside:
    """What belongs to commitments in other tables, by their ids."""

    names: Names
    parties: dict[int, list[tuple[int, str]]]
    wordings: dict[int, tuple[str, str]]
    areas: dict[int, list[str]]
    milestones: dict[int, list[str]]
    editions: dict[int, str]


def commitment_sheet(rows: QuerySet[Any], names: Names) -> Sheet:
    """Return commitments as a sheet with all their fields; six statements.

    Parameters
    ----------
    rows
        As :func:`summitry.outcomes.queries.commitments` gives them, in their order.
    names
        What the entities are called, by id.
    """
    kept = list(rows.select_related(None).prefetch_related(None))
    beside = _beside([row.pk for row in kept], names)
    return Sheet(
        title=_("Commitments"),
        columns=[SheetColumn(str(column.label), column.kind, column.width) for column in COLUMNS],
        rows=[[_cell(column, row, beside) for column in COLUMNS] for row in kept],
        right_to_left=get_language_bidi(),
    )


def _beside(ids: list[int], names: Names) -> _Beside:
    parties, areas, milestones = defaultdict(list), defaultdict(list), defaultdict(list)
    told = CommitmentParty.objects.filter(commitment__in=ids).order_by("order", "pk")
    for pk, entity, role in told.values_list("commitment_id", "entity_id", "role"):
        parties[pk].append((entity, role))
    linked = Commitment.areas.through._default_manager.filter(commitment__in=ids)  # noqa: SLF001 Django's documented name
    for pk, code in linked.order_by("area__order", "area__code").values_list("commitment_id", "area__code"):
        areas[pk].append(code)
    steps = Milestone.objects.filter(commitment__in=ids).order_by("due_on", "number")
    for pk, day, title in steps.values_list("commitment_id", "due_on", "title"):
        milestones[pk].append(f"{day.isoformat()}: {title}")
    last = Wording.objects.filter(commitment__in=ids).order_by("commitment_id", "-number")
    return _Beside(
        names=names,
        parties=parties,
        wordings={
            pk: (text, language)
            for pk, text, language in last.distinct("commitment_id").values_list(
                "commitment_id", "text", "language"
            )
        },
        areas=areas,
        milestones=milestones,
        editions=dict(Edition.objects.filter(commitments__in=ids).distinct().values_list("pk", "slug")),
    )


def _cell(column: ExchangeColumn, row: Any, beside: _Beside) -> CellValue:
    if column.key in _PARTY_COLUMNS:
        entities = (entity for entity, role in beside.parties[row.pk] if role == column.key)
        return f"{SEPARATOR} ".join(_entity(entity, beside.names) for entity in entities)
    write = _WRITTEN.get(column.key)
    if write is not None:
        return write(row, beside)
    found: CellValue = getattr(row, column.key)
    return found


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


_WRITTEN: Final[Mapping[str, Callable[[Any, _Beside], CellValue]]] = {
    "edition": lambda row, beside: beside.editions[row.edition_id],
    "title": lambda row, _beside: main_title(row.title)[1],
    "titles": lambda row, beside: _titles(row.title, beside.wordings[row.pk][1]),
    "text": lambda row, beside: beside.wordings[row.pk][0],
    "language": lambda row, beside: beside.wordings[row.pk][1],
    "milestones": lambda row, beside: "\n".join(beside.milestones[row.pk]),
    "kind": lambda row, _beside: str(row.get_kind_display()),
    "owner": lambda row, beside: _entity(row.owner_id, beside.names),
    "areas": lambda row, beside: f"{SEPARATOR} ".join(beside.areas[row.pk]),
    "places": lambda row, _beside: f"{SEPARATOR} ".join(row.places),
    "confidentiality": lambda row, _beside: str(LEVELS[row.confidentiality]),
    "publish": lambda row, _beside: str(YES if row.publish else NO),
    "workflow": lambda row, _beside: str(row.get_workflow_display()),
    "progress": lambda row, _beside: str(row.get_progress_display()) if row.agreed_on else "",
    "completion": lambda row, _beside: str(Completion(row.completion).label) if row.completion else "",
    "timeliness": lambda row, _beside: str(Timeliness(row.timeliness).label) if row.agreed_on else "",
    "light": lambda row, _beside: str(Light(row.light).label) if row.agreed_on else "",
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
