"""Workbooks to be filled in: headings with notes, drop-downs, cells that keep what is typed as it is typed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, Literal, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from summitry.formats.sheets import TEXT_LIMIT, CellValue, Kind, Pen, give_height, heading, lay_out_for_paper
from summitry.formats.workbooks import address

ColumnKind = Literal["text", "whole", "time", "date", "datetime"]

LAST_ROW: Final = 1_048_576
_LAST_CHOICE: Final = 10_000  # rows of another sheet that a drop-down offers
_FIRST_DATE: Final = datetime.fromisoformat("1900-03-01")  # spreadsheets count earlier days wrongly
_FORMATS: Final[dict[ColumnKind, str]] = {
    "text": "@",
    "whole": "0",
    "time": "hh:mm",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
_SURELY_SHORT: Final = TEXT_LIMIT // 7  # an escaped character takes seven
_NOTE_WIDTH: Final = 320  # points
_NOTE_LINE: Final = 46  # characters
_NOTE_HEIGHT: Final = 17
_TO_ESCAPE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class TooLong(ValueError):  # noqa: N818 - says what the text is
    """A text has more characters than a cell can hold; the message names the cell."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a drop-down offers.

    Attributes
    ----------
    values : tuple of str
        Together fewer than 255 characters; or
    sheet, column : str, int
        where the values stand from the second row on, without gaps.
    only : bool
        Whether nothing else may be entered.
    """

    values: tuple[str, ...] = ()
    sheet: str = ""
    column: int = 1
    only: bool = False

    def formula(self) -> str:
        """Return the source of the list, as a spreadsheet writes it."""
        if self.values:
            return f'"{",".join(self.values)}"'
        letter = get_column_letter(self.column)
        top = f"{quote_sheetname(self.sheet)}!${letter}$2"
        return f"OFFSET({top},0,0,MAX(1,COUNTA({top}:${letter}${_LAST_CHOICE})),1)"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a form.

    Attributes
    ----------
    label, note : str
        The heading, and what to write below it.
    kind : {"text", "whole", "time", "date", "datetime"}
        How what is typed is taken and shown; another type is kept as it is.
    width : float
        In characters of the default font.
    choices : Choices, optional
        What to offer.
    least : int
        For whole numbers.
    bold : bool
        Whether the heading stands out.
    """

    label: str
    note: str = ""
    kind: ColumnKind = "text"
    width: float = 16
    choices: Choices | None = None
    least: int = 1
    bold: bool = True


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet of a form.

    Attributes
    ----------
    title : str
        Fewer than 32 characters.
    columns : sequence of FormColumn
        At least one.
    rows : sequence of sequences of CellValue
        What is filled in already, each no longer than `columns`.
    frozen : int
        How many columns stay when one scrolls to the side.
    choices : mapping of str to Choices
        Drop-downs of single cells.
    wrap, hidden : bool
        Whether long texts take several lines, and whether the sheet is out of sight.
    """

    title: str
    columns: Sequence[FormColumn]
    rows: Sequence[Sequence[CellValue]] = ()
    frozen: int = 0
    choices: Mapping[str, Choices] = field(default_factory=dict)
    wrap: bool = False
    hidden: bool = False


def write_form(sheets: Sequence[FormSheet]) -> bytes:
    """Write a workbook to be filled in.

    A text that looks like a formula stays a text, and what XML cannot hold is escaped, so that
    :func:`~summitry.formats.workbooks.OpenedWorkbook` reads what was written.

    Parameters
    ----------
    sheets : sequence of FormSheet
        At least one, the first not hidden.

    Raises
    ------
    TooLong
        If a text does not fit into a cell.
    """
    for sheet in sheets:  # all, before the first is begun: a workbook half written complains
        _require_short(sheet)
    book = Workbook(write_only=True)
    book.properties.creator = "Summitry"
    for sheet in sheets:
        _write(cast("Worksheet", book.create_sheet(sheet.title)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(target: Worksheet, sheet: FormSheet) -> None:
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    target.freeze_panes = address(2, sheet.frozen + 1)
    lay_out_for_paper(target)
    for number, column in enumerate(sheet.columns, 1):
        shape = target.column_dimensions[get_column_letter(number)]
        shape.width = column.width
        shape.number_format = _FORMATS[column.kind]
        _validate(target, column, number)
    for place, choices in sheet.choices.items():
        _offer(target, choices, place)
    widths = [column.width for column in sheet.columns]
    give_height(target, 1, [column.label for column in sheet.columns], widths)
    target.append([_headed(target, column) for column in sheet.columns])
    pens = [_pens(target, wrap=sheet.wrap) for _ in sheet.columns]
    for number, row in enumerate(sheet.rows, 2):
        if sheet.wrap:
            give_height(target, number, row, widths)
        target.append([_drawn(pen, value) for pen, value in zip(pens, row, strict=False)])


def _headed(target: Worksheet, column: FormColumn) -> XlsxCell:
    cell = heading(target, column.label, bold=column.bold)
    if column.note:
        lines = sum(1 + len(line) // _NOTE_LINE for line in column.note.splitlines())
        cell.comment = Comment(column.note, "Summitry", width=_NOTE_WIDTH, height=_NOTE_HEIGHT * (lines + 1))
    return cell


def _validate(target: Worksheet, column: FormColumn, number: int) -> None:
    letter = get_column_letter(number)
    below = f"{letter}2:{letter}{LAST_ROW}"
    if column.choices is not None:
        _offer(target, column.choices, below)
    elif column.kind == "whole":
        rule = DataValidation(
            type="whole",
            operator="greaterThanOrEqual",
            formula1=str(column.least),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=column.label,
            error=f"A whole number is expected here, at least {column.least}.",
        )
        rule.add(below)
        target.data_validations.append(rule)


def _offer(target: Worksheet, choices: Choices, place: str) -> None:
    rule = DataValidation(type="list", formula1=choices.formula(), allow_blank=True)
    rule.showErrorMessage = choices.only
    if choices.only:
        rule.errorTitle = "Choose from the list"
        rule.error = "Only what the list offers can stand here."
    rule.add(place)
    target.data_validations.append(rule)


def _pens(target: Worksheet, *, wrap: bool) -> dict[Kind, Pen]:
    kinds: tuple[Kind, ...] = ("text", "number", "time", "date", "datetime")
    return {kind: Pen(target, kind, wrap=wrap, text_format="@") for kind in kinds}


def _drawn(pens: dict[Kind, Pen], value: CellValue) -> XlsxCell | None:
    match value:
        case str():
            return pens["text"].draw(_escaped(value))
        case datetime():
            return pens["datetime"].draw(value if value >= _FIRST_DATE else value.isoformat(" ", "minutes"))
        case date():
            return pens["date"].draw(value if value >= _FIRST_DATE.date() else value.isoformat())
        case time():
            return pens["time"].draw(value)
        case _:
            return pens["number"].draw(value)


def _escaped(text: str) -> str:
    """Write characters that XML cannot hold by their numbers (ISO/IEC 29500-1, 22.9.2.19)."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _require_short(sheet: FormSheet) -> None:
    for number, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > _SURELY_SHORT and len(_escaped(value)) > TEXT_LIMIT:
                place = f"sheet {sheet.title}, cell {address(number, column)}"
                raise TooLong(
                    f"{place} would need {len(_escaped(value)):,} characters; a cell holds {TEXT_LIMIT:,}"
                )
