"""The list of a handover out of a file: every cell that cannot be read is named, and nothing is kept of a file with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Final

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.outcomes.actions import Item
from summitry.outcomes.exchange import cells
from summitry.outcomes.exchange.books import read_grid
from summitry.outcomes.exchange.cells import Wrong
from summitry.outcomes.exchange.columns import values
from summitry.outcomes.exchange.item_columns import ITEM_COLUMNS, READ_ITEMS, WIPED, wiped
from summitry.outcomes.exchange.item_writing import commitment_name
from summitry.outcomes.exchange.rows import CellFault, Row, optional, required
from summitry.outcomes.kinds import Condition, HandoverState
from summitry.outcomes.models import Commitment, Handover, HandoverItem
from summitry.outcomes.queries.handing_over import Serial, taken_serials
from summitry.world.rules.sorting import fold

MOST_ITEMS: Final = 1_000  # on one list
MOST_FAULTS: Final = 200  # nobody mends more at once
_TEXTS: Final = (
    "make", "model", "serial_number", "batch", "currency", "part_number", "asset_tag", "accessories",
    "software_licence", "export_licence",
)  # fmt: skip
_LARGEST_QUANTITY: Final = Decimal(10) ** 11
_LARGEST_VALUE: Final = Decimal(10) ** 12
_YEARS: Final = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A row that is new, or says something else of a line than the list does."""

    number: int
    item: Item


@dataclass(slots=True)
class FoundItems:
    """What a file holds.

    Attributes
    ----------
    new, changed
        Further lines, and lines of a draft that shall say something else.
    known
        Numbers of lines that the list has just as the file has them.
    faults
        What has to be mended first; at most 200, then `is_complete` is false.
    """

    sheet: str = ""
    new: list[ReadItem] = field(default_factory=list)
    changed: list[ReadItem] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    is_complete: bool = True

    @property
    def items(self) -> list[Item]:
        """What is to be taken over."""
        return [row.item for row in (*self.changed, *self.new)]


@dataclass(frozen=True, slots=True)
class _List:
    """The list as it stands, and what its items can count towards."""

    handover: Handover
    lines: Mapping[int, HandoverItem]
    served: Mapping[str, Commitment]


def read_items(data: bytes, *, handover: Handover, served: Sequence[Commitment], by: Actor) -> FoundItems:
    """Read a file of items of a handover; a constant number of statements.

    Parameters
    ----------
    served
        The commitments that the handover serves, with their editions.

    Raises
    ------
    RefusedError
        Where the file as a whole cannot be read.
    """
    grid = read_grid(data, ITEM_COLUMNS)
    found = FoundItems(sheet=grid.sheet)
    there = _List(
        handover,
        {item.line: item for item in handover.items.filter(struck=False).select_related("commitment")},
        {
            fold(name): one
            for one in served
            for name in (one.ref, commitment_name(one, handover))
            if name != one.ref or sum(other.ref == one.ref for other in served) == 1
        },
    )
    taken: list[tuple[Row, Item]] = []
    for number, cell_values in grid.rows:
        row = Row(grid.sheet, number, grid.columns, cell_values, found.faults)
        if any(row.value(key) not in {None, ""} for key in READ_ITEMS):
            item = _item(row, there)
            if item is not None:
                taken.append((row, item))
    _check_serials(taken, there, by)
    if len(there.lines) + sum(item.line is None for _row, item in taken) > MOST_ITEMS and taken:
        taken[-1][0].fault(
            "line",
            _("at most %(most)d lines stand on one list: make two handovers of it") % {"most": MOST_ITEMS},
        )
    _place(taken, there, found)
    if len(found.faults) > MOST_FAULTS:
        found.is_complete = False
        del found.faults[MOST_FAULTS:]
    return found


def _item(row: Row, there: _List) -> Item | None:
    """Return what a row lists; none where a cell of it cannot be read."""
    words: dict[str, Any] = {
        "line": row.read("line", lambda value: _line(cells.whole(value), there)),
        "category": row.read("category", required(_tidy), ""),
        "unit": row.read("unit", required(_tidy), ""),
        "quantity": row.read("quantity", _quantity, Decimal(1)),
        "condition": row.read("condition", optional(_condition)) or Condition.NEW.value,
        "unit_value": row.read("unit_value", _value),
        "commitment": row.read("commitment", optional(lambda word: _commitment(word, there))),
        "year": row.read("year", _year),
        "warranty_to": row.read("warranty_to", cells.day),
        "data_wiped": row.read(
            "data_wiped", optional(lambda word: cells.one_of(word, wiped(), map(str, WIPED.values()))[0])
        ),
        **{key: _tidy(row.read(key, cells.text, "")) for key in _TEXTS},
    }
    words["currency"] = words["currency"].upper()
    for key in ("category", "unit", *_TEXTS):
        most = getattr(HandoverItem._meta.get_field(key), "max_length", None)  # noqa: SLF001 Django's documented name
        if most is not None and len(words[key]) > most:
            row.fault(key, _("is longer than %(most)d characters") % {"most": most})
    _check_together(row, words)
    return None if row.is_bad else Item(**words)


def _tidy(written: str) -> str:
    return " ".join(written.split())


def _line(number: int | None, there: _List) -> int | None:
    if number is not None and number not in there.lines:
        raise Wrong(
            _("there is no line %(line)d on the list: leave it empty for what is new") % {"line": number}
        )
    return number


def _quantity(value: Any) -> Decimal:
    found = cells.number(value)
    if found is None:
        return Decimal(1)
    if not 0 < found < _LARGEST_QUANTITY or found != round(found, 3):
        raise Wrong(_("give more than nothing, with three digits behind the point at most"))
    return found


def _value(value: Any) -> Decimal | None:
    found = cells.number(value)
    if found is not None and (not 0 <= found < _LARGEST_VALUE or found != round(found, 2)):
        raise Wrong(_("give no less than nothing, with two digits behind the point at most"))
    return found


def _year(value: Any) -> int | None:
    found = cells.whole(value)
    if found is not None and found not in _YEARS:
        raise Wrong(_("give a year with four digits, such as 2019"))
    return found


def _condition(word: str) -> str:
    return cells.one_of(word, values(Condition), (str(one.label) for one in Condition))


def _commitment(word: str, there: _List) -> Commitment:
    names = [commitment_name(one, there.handover) for one in dict.fromkeys(there.served.values())]
    if not names:
        raise Wrong(_("the handover serves no commitment: leave the cell empty"))
    return cells.one_of(word, there.served, names)


def _check_together(row: Row, words: Mapping[str, Any]) -> None:
    """Note what does not fit together, at the cell that is to be mended."""
    serial, commitment = words["serial_number"], words["commitment"]
    wrong = [
        ("make", serial and not words["make"], _("is empty: a serial number needs its make")),
        ("model", serial and not words["model"], _("is empty: a serial number needs its model")),
        ("batch", serial and words["batch"], _("give a batch or a serial number, not both")),
        ("quantity", serial and words["quantity"] != 1, _("a serial number is of one piece: give 1 or leave it empty")),
        ("currency", words["unit_value"] is not None and not words["currency"], _("is empty: give the currency of the value")),
        ("currency", words["currency"] and words["currency"] not in list_currencies(),
         _("“%(text)s” is no currency's code, such as EUR") % {"text": words["currency"]}),
        ("unit_value", words["currency"] and words["unit_value"] is None and row.value("unit_value") is None,
         _("is empty: give the value of one, or no currency")),
        ("unit", commitment is not None and commitment.unit and words["unit"]
         and commitment.unit.casefold() != words["unit"].casefold(),
         _("%(ref)s counts %(unit)s: count the same, or let it count towards nothing")
         % {"ref": commitment.ref if commitment else "", "unit": commitment.unit if commitment else ""}),
    ]  # fmt: skip
    for key, is_wrong, message in wrong:
        if is_wrong:
            row.fault(key, message)


def _key(item: Item) -> Serial:
    return item.make.upper(), item.model.upper(), item.serial_number.upper()


def _check_serials(taken: Sequence[tuple[Row, Item]], there: _List, by: Actor) -> None:
    """Note serial numbers that stand twice: in the file, on the list, or on another transfer in effect."""
    elsewhere = taken_serials(
        [_key(item) for _row, item in taken if item.serial_number], who=by, apart_from=there.handover
    )
    named = {item.line for _row, item in taken}
    listed = {
        (item.make.upper(), item.model.upper(), item.serial_number.upper()): item.line
        for item in there.lines.values()
        if item.serial_number and item.line not in named
    }
    seen: dict[Serial, int] = {}
    for row, item in taken:
        if not item.serial_number:
            continue
        key, said = _key(item), {"serial": item.serial_number}
        if key in seen:
            row.fault(
                "serial_number", _("%(serial)s stands in row %(row)d already") % {**said, "row": seen[key]}
            )
        elif key in listed:
            row.fault(
                "serial_number",
                _("%(serial)s is line %(line)d of the list already") % {**said, "line": listed[key]},
            )
        elif key in elsewhere:
            words = {**said, "handover": elsewhere[key] or _("another handover")}
            row.fault(
                "serial_number",
                _("%(serial)s is on %(handover)s, which is in effect: take it off one of them") % words,
            )
        seen.setdefault(key, row.number)


def _place(taken: Sequence[tuple[Row, Item]], there: _List, found: FoundItems) -> None:
    """Say which rows are new, which change a line, and which say what the list says."""
    lines: dict[int, int] = {}
    for row, item in taken:
        if row.is_bad:
            continue
        if item.line is None:
            found.new.append(ReadItem(row.number, item))
        elif item.line in lines:
            row.fault("line", _("stands in row %(row)d already") % {"row": lines[item.line]})
        elif _is_same(there.lines[item.line], item):
            found.known.append(item.line)
        elif there.handover.state != HandoverState.DRAFT:
            row.fault(
                "line", _("the list is agreed and this line says something else: lines that are agreed stand")
            )
        else:
            found.changed.append(ReadItem(row.number, item))
        if item.line is not None:
            lines.setdefault(item.line, row.number)


def _is_same(known: HandoverItem, item: Item) -> bool:
    names = {one.name for one in fields(item)} - {"line", "commitment"}
    written = item.columns()
    return known.commitment_id == written["commitment_id"] and all(
        getattr(known, name) == written[name] for name in names
    )
