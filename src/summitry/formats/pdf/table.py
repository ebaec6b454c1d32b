"""Any list on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from summitry.formats.pdf.engine import render
from summitry.formats.pdf.imprint import Imprint, clock_time, imprint_data, locale_for
from summitry.formats.sheets import CellValue, Sheet, SheetColumn, content_width

_NARROWEST_SHARE = 8.0  # of the text columns' room, in characters
_WIDEST_SHARE = 36.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list to be printed: the same sheet that leaves as XLSX or CSV.

    Attributes
    ----------
    imprint : Imprint
        Its language decides the direction.
    sheet : Sheet
        Numbers and times stand in columns as wide as they need; texts share what is left, by `SheetColumn.width` or
        by what they hold.
    subtitle : str
        What the list was narrowed to, or how many rows it has.
    footnotes : sequence of str
        Follow the last row.
    landscape : bool
        Whether the paper lies on its long side.
    """

    imprint: Imprint
    sheet: Sheet
    subtitle: str = ""
    footnotes: Sequence[str] = ()
    landscape: bool = False


def table(data: Table) -> bytes:
    """Print a list: title, headings repeated on every page, rows, footnotes."""
    language = data.imprint.language
    sheet = data.sheet
    return render(
        "table",
        {
            "imprint": imprint_data(data.imprint),
            "title": sheet.title,
            "subtitle": data.subtitle,
            "columns": [
                _column(column, [row[index] for row in sheet.rows])
                for index, column in enumerate(sheet.columns)
            ],
            "rows": [[_printed(cell, language) for cell in row] for row in sheet.rows],
            "footnotes": list(data.footnotes),
            "landscape": data.landscape,
        },
        moment=data.imprint.as_at,
    )


def _column(column: SheetColumn, cells: Sequence[CellValue]) -> dict[str, Any]:
    share = None
    if column.kind == "text":
        wanted = column.width or content_width(column, cells)
        share = min(max(wanted, _NARROWEST_SHARE), _WIDEST_SHARE)
    return {"label": column.label, "share": share, "number": column.kind == "number"}


def _printed(cell: CellValue, language: str) -> str:
    match cell:
        case None:
            text = ""
        case datetime():
            text = f"{_short_date(cell, language)}, {clock_time(cell)}"
        case date():
            text = _short_date(cell, language)
        case time():
            text = clock_time(cell)
        case float() | Decimal():
            text = format_decimal(cell, locale=locale_for(language), group_separator=False)
        case _:
            text = str(cell)
    return text


def _short_date(day: date, language: str) -> str:
    return format_date(day, "medium", locale=locale_for(language))
