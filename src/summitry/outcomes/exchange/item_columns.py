"""The columns of a handover's list: what they are called, what stands in them, which are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.outcomes.exchange.columns import ExchangeColumn, in_all_languages

SHEET: Final = "Items"
HOLDS_NO_DATA: Final = _("holds no data")
WIPED: Final[Mapping[bool | None, str | Promise]] = {
    True: _("wiped"),
    False: _("not wiped"),
    None: HOLDS_NO_DATA,
}


def _column(key: str, label: Any, note: Any = "", **words: Any) -> ExchangeColumn:
    return ExchangeColumn(key=key, label=label, note=note, **words)


def _told(key: str, label: Any, **words: Any) -> ExchangeColumn:
    return ExchangeColumn(key=key, label=label, is_read=False, kind="number", **words)


ITEM_COLUMNS: Final = (
    _column(
        "line", _("Line"), _("Of an item that is on the list. Leave it empty for what is new."),
        kind="number", width=8,
    ),
    _column("category", _("What it is"), _("Registration device."), required=True, width=26),
    _column("make", _("Make"), _("Needed with a serial number."), width=18),
    _column("model", _("Model"), _("Needed with a serial number."), width=16),
    _column("serial_number", _("Serial number"), _("Or IMEI; one a row, as text."), width=22),
    _column("batch", _("Batch"), _("In place of a serial number."), width=16),
    _column("quantity", _("Quantity"), _("A number; 1 with a serial number."), kind="number", width=11),
    _column("unit", _("Unit"), _("In what it is counted: devices."), required=True, width=12),
    _column("condition", _("Condition"), _("One of the list; empty: new."), width=12),
    _column("unit_value", _("Unit value"), _("A number: the value of one."), kind="number", width=13),
    _column("currency", _("Currency"), _("As a code: EUR."), width=10),
    _column(
        "commitment", _("Counts towards"), _("A commitment that the handover serves: C-012."), width=18
    ),
    _column("part_number", _("Part number"), width=16),
    _column("asset_tag", _("Asset tag"), width=14),
    _column("year", _("Year"), _("Of make: 2019."), kind="number", width=8),
    _column("warranty_to", _("Warranty until"), _("A date: 2021-12-31."), kind="date", width=14),
    _column("accessories", _("Accessories"), width=30),
    _column("software_licence", _("Software licence"), width=24),
    _column("export_licence", _("Export licence"), _("Its number."), width=20),
    _column("data_wiped", _("Data"), _("One of the list; empty: it holds none."), width=14),
    _told("delivered", _("Delivered"), width=11),
    _told("accepted", _("Accepted"), width=11),
    _told("rejected", _("Rejected"), width=11),
)  # fmt: skip
READ_ITEMS: Final = {column.key: column for column in ITEM_COLUMNS if column.is_read}


def wiped() -> dict[str, tuple[bool | None]]:
    """Return what says whether data was wiped, folded; none: there is none."""
    return {said: (answer,) for answer, label in WIPED.items() for said in in_all_languages(label)}
