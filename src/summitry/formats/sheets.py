"""Lists as spreadsheets: the same sheet as XLSX or as CSV, safe to open wherever it goes."""

import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, Literal, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import DEFAULT_FONT, Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from summitry.formats.text import fit_for_print

Kind = Literal["text", "number", "time", "date", "datetime"]
CellValue = str | int | float | Decimal | time | date | datetime | None

_TITLE_LIMIT: Final = 31  # characters; a longer one makes spreadsheet programs "repair" the file
TEXT_LIMIT: Final = 32_767  # characters in one cell
_NARROWEST: Final = 7.0  # characters of the default font
_WIDEST: Final = 60.0
_FILTER_ARROW: Final = 3.0  # room that the filter's button takes from a heading
# What makes a spreadsheet read a cell as a formula; the full-width forms do so where East Asian input is set up.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - the very characters
_NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "number": "General",
    "time": "hh:mm",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
_TYPES: Final[dict[Kind, tuple[type, ...]]] = {
    "text": (),
    "number": (int, float, Decimal),
    "time": (time,),
    "date": (date,),
    "datetime": (datetime,),
}
_FORBIDDEN_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\]")
_INK: Final = "FF14233F"
_SUNK_PAPER: Final = "FFF3F0E8"
_LINE_HEIGHT: Final = 15.0  # points
_MOST_LINES: Final = 27  # a row cannot be higher
_FILLED: Final = 0.92  # of a line, before a word goes to the next
_TYPICAL_WIDTHS: Final[dict[Kind, float]] = {"time": 8, "date": 12, "datetime": 18}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet.

    Attributes
    ----------
    label : str
        The heading, as the reader's language has it.
    kind : {"text", "number", "time", "date", "datetime"}
        What its cells are. A cell of another type is written as text, never lost.
    width : float, optional
        In characters of the default font; measured from the content when not given.
    """

    label: str
    kind: Kind = "text"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list, ready to leave the house.

    Attributes
    ----------
    title : str
        Its name; cut and cleaned where a format allows less.
    columns : sequence of SheetColumn
        At least one.
    rows : sequence of sequences of CellValue
        Each as long as `columns`. Times with a zone are written as the clock on their own wall.
    right_to_left : bool
        Whether the first column stands on the right, as readers of Arabic expect.
    """

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[CellValue]]
    right_to_left: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"Sheet {self.title!r} has no columns: name at least one.")
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Row {number} of sheet {self.title!r} has {len(row)} cells for {len(self.columns)} columns."
                )


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets as one workbook.

    Headings are styled, frozen, filtered and repeated on paper; a text that looks like a formula stays a text.

    Parameters
    ----------
    sheets : sequence of Sheet
        At least one; titles are made valid and distinct.

    Returns
    -------
    bytes
        An Office Open XML workbook (ISO/IEC 29500).
    """
    if not sheets:
        raise ValueError("A workbook needs at least one sheet.")
    book = Workbook(write_only=True)
    book.properties.creator = "Summitry"
    for sheet, title in zip(sheets, _distinct_titles(sheet.title for sheet in sheets), strict=True):
        _write_sheet(cast("Worksheet", book.create_sheet(title)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(sheet: Sheet) -> bytes:
    """Write one sheet as comma-separated values.

    Parameters
    ----------
    sheet : Sheet
        Its title and widths have no place here.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, so that spreadsheets recognise it; lines end as RFC 4180 has them. A text
        that a spreadsheet would take for a formula begins with an apostrophe; numbers are left as they are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(column.label) for column in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _write_sheet(target: Worksheet, sheet: Sheet) -> None:
    # The streaming writer wants everything that stands above the rows settled before the first of them.
    last = get_column_letter(len(sheet.columns))
    target.freeze_panes = "A2"
    target.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    target.sheet_view.rightToLeft = sheet.right_to_left
    lay_out_for_paper(target)
    pens = []
    for index, column in enumerate(sheet.columns):
        wanted = content_width(column, [row[index] for row in sheet.rows])
        width = column.width or min(wanted, _WIDEST)
        target.column_dimensions[get_column_letter(index + 1)].width = width
        pens.append(Pen(target, column.kind, wrap=wanted > width))
    target.append([heading(target, column.label) for column in sheet.columns])
    widths = [target.column_dimensions[get_column_letter(n + 1)].width for n in range(len(sheet.columns))]
    for number, row in enumerate(sheet.rows, 2):
        give_height(target, number, row, widths)
        target.append([pen.draw(cell) for pen, cell in zip(pens, row, strict=True)])


def lay_out_for_paper(target: Worksheet) -> None:
    """Let a sheet be printed on A4, as wide as the page, each page with its headings, its title and its number."""
    target.print_title_rows = "1:1"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = target.oddFooter
    assert footer is not None  # a new sheet has an empty one
    footer.left.text, footer.right.text = "&A", "&P / &N"


class Pen:
    """The cells of one column: three styled once and filled anew for each row, as the writer streams them away."""

    def __init__(
        self, target: Worksheet, kind: Kind, *, wrap: bool = False, text_format: str = "General"
    ) -> None:
        self._fits = _TYPES[kind]
        self._value = WriteOnlyCell(target)
        self._value.number_format = _NUMBER_FORMATS[kind]
        self._value.alignment = (
            Alignment(vertical="top", horizontal="right", indent=1)  # or it touches the text beside it
            if kind == "number"
            else Alignment(vertical="top", horizontal="left")
        )
        self._text, self._quoted = WriteOnlyCell(target), WriteOnlyCell(target)
        for cell in (self._text, self._quoted):
            cell.number_format = text_format
            cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        self._quoted.quotePrefix = True  # or editing the cell would turn it into the formula it looks like

    def draw(self, cell: CellValue) -> XlsxCell | None:
        """Return the cell for a value, to be written before the next is drawn."""
        if cell is None:
            return None
        if isinstance(cell, self._fits):
            self._value.value = cell.replace(tzinfo=None) if isinstance(cell, datetime | time) else cell
            return self._value
        text = fit_for_print(cell if isinstance(cell, str) else _plain(cell))[:TEXT_LIMIT]
        drawn = self._quoted if text.startswith(FORMULA_STARTS) else self._text
        drawn.value = text
        drawn.data_type = "s"  # said after the value, which may look like a formula or an error
        return drawn


def heading(target: Worksheet, label: str, *, bold: bool = True) -> XlsxCell:
    """Return the cell of a heading."""
    cell = WriteOnlyCell(target, fit_for_print(label))
    cell.data_type = "s"
    cell.font = Font(name=DEFAULT_FONT.name, size=DEFAULT_FONT.size, bold=bold, color=_INK)
    cell.fill = PatternFill("solid", fgColor=_SUNK_PAPER)
    cell.border = Border(bottom=Side("medium", color=_INK))
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def give_height(target: Worksheet, number: int, row: Sequence[CellValue], widths: Sequence[float]) -> None:
    """Make a row as high as its wrapped texts need: not every program does so by itself."""
    lines = max(
        (_lines(cell, width) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str)),
        default=1,
    )
    if lines > 1:
        target.row_dimensions[number].height = min(lines, _MOST_LINES) * _LINE_HEIGHT


def _lines(text: str, width: float) -> int:
    """Count the lines of a text in a column, with room for words that do not break."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(1 + int(len(line) / (width * _FILLED)) for line in text.splitlines())


def content_width(column: SheetColumn, cells: Sequence[CellValue]) -> float:
    """Measure how wide a column wants to be, its heading and the filter's button included.

    Returns
    -------
    float
        In characters of the default font; a line break begins a new line.
    """
    widest = _TYPICAL_WIDTHS.get(column.kind, _NARROWEST)
    widest = max(widest, _text_width(column.label) + _FILTER_ARROW)
    for cell in cells:
        if isinstance(cell, str | int | float | Decimal):
            widest = max(widest, _text_width(str(cell)) + 1)
    return widest


def _text_width(text: str) -> int:
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(map(_line_width, text.splitlines()), default=0)


def _line_width(line: str) -> int:
    """Count columns as a terminal would: East Asian letters take two, marks upon a letter none."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in line
        if not unicodedata.combining(letter)
    )


def _distinct_titles(titles: Iterable[str]) -> Iterator[str]:
    """Yield titles that a workbook accepts: cleaned, cut, and different from one another whatever their case."""
    taken = {"history"}  # a name that spreadsheet programs keep for themselves
    for title in titles:
        clean = " ".join(_FORBIDDEN_IN_TITLES.sub(" ", fit_for_print(title)).split()).strip("'") or "Sheet"
        candidate = clean[:_TITLE_LIMIT]
        for number in itertools.count(2):
            if candidate.casefold() not in taken:
                break
            suffix = f" ({number})"
            candidate = clean[: _TITLE_LIMIT - len(suffix)] + suffix
        taken.add(candidate.casefold())
        yield candidate


def _plain(cell: CellValue) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _guarded(cell)
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case time():
            return cell.strftime("%H:%M")
        case _:
            return str(cell)


def _guarded(text: str) -> str:
    text = fit_for_print(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
