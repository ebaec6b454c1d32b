"""A handover's list as a sheet with all its fields, and an empty one to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from summitry.formats.forms import Choices, FormColumn, FormSheet, write_form
from summitry.formats.sheets import CellValue, Sheet, SheetColumn
from summitry.outcomes.exchange.columns import ExchangeColumn
from summitry.outcomes.exchange.item_columns import ITEM_COLUMNS, SHEET, WIPED
from summitry.outcomes.kinds import Condition
from summitry.outcomes.models import Commitment, Handover
from summitry.outcomes.queries import ItemLine

_SUMS = frozenset({"delivered", "accepted", "rejected"})


def commitment_name(commitment: Commitment, handover: Handover) -> str:
    """Return what a commitment is called beside a handover: of another edition with that edition's name."""
    if commitment.edition_id == handover.edition_id:
        return commitment.ref
    return f"{commitment.ref} ({commitment.edition.slug})"


def item_sheet(lines: Sequence[ItemLine], *, handover: Handover, served: Sequence[Commitment]) -> Sheet:
    """Return the lines of a list as a sheet; no statement of its own.

    Parameters
    ----------
    served
        The commitments that the handover serves and the reader may see, with their editions.
    """
    names = {one.pk: commitment_name(one, handover) for one in served}
    return Sheet(
        title=_("Items"),
        columns=[SheetColumn(str(column.label), column.kind, column.width) for column in ITEM_COLUMNS],
        rows=[[_cell(column, line, names) for column in ITEM_COLUMNS] for line in lines],
        right_to_left=get_language_bidi(),
    )


def _cell(column: ExchangeColumn, line: ItemLine, names: dict[int, str]) -> CellValue:
    item = line.item
    if column.key in _SUMS:
        return _plain(getattr(line.sums, column.key))
    match column.key:
        case "quantity":
            return _plain(item.quantity)
        case "condition":
            return str(item.get_condition_display())
        case "commitment":
            return names.get(item.commitment_id or 0, "")
        case "data_wiped":
            return str(WIPED[item.data_wiped])
    found: CellValue = getattr(item, column.key)
    return found


def _plain(quantity: Decimal) -> Decimal | int:
    """Return a quantity without the zeros behind its point."""
    return int(quantity) if quantity == quantity.to_integral() else quantity.normalize()


def write_item_template(served: Sequence[str]) -> bytes:
    """Write an empty workbook to be filled in: headings with notes, and lists to choose from.

    Parameters
    ----------
    served
        What the commitments are called that items can count towards.
    """
    lists = {
        "condition": tuple(str(one.label) for one in Condition),
        "data_wiped": tuple(str(label) for label in WIPED.values()),
        **({"commitment": tuple(served)} if served else {}),
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
        for column in ITEM_COLUMNS
        if column.is_read and column.key != "line"
    ]
    return write_form([FormSheet(SHEET, columns, frozen=1)])
