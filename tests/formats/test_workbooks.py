"""Workbooks are read as other programs write them: built here by openpyxl, or from bare XML."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from summitry.formats.workbooks import (
    Moment,
    NotAWorkbook,
    OpenedWorkbook,
    Unreadable,
    address,
    corners,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> list[dict[int, Any]]:
    opened = OpenedWorkbook(data)
    return [dict(row.cells) for row in opened.read(opened.titles[0]).rows]


def read_values(*values: Any) -> list[Any]:
    book = Workbook()
    assert book.active is not None
    book.active.append(values)
    (cells,) = read(saved(book))
    return [cells.get(column) for column in range(1, len(values) + 1)]


def package(
    sheet: str, *, strings: str = "", styles: str = "", settings: str = "", space: str = MAIN
) -> bytes:
    """Return a workbook of one sheet, from the XML of its parts."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/xl/book.xml"/></Relationships>',
        "xl/_rels/book.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="s" Type="{OFFICE}/worksheet" Target="sheets/one.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="texts.xml"/><Relationship Id="y" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/book.xml": f'<workbook xmlns="{space}" xmlns:r="{OFFICE}">{settings}<sheets><sheet name="One" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/sheets/one.xml": f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/texts.xml": f'<sst xmlns="{space}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{space}">{styles}</styleSheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_values_arrive_as_what_they_are() -> None:
    assert read_values("text", 7, 2.5, True, False, None, -3, 10**12) == [
        "text",
        7,
        2.5,
        True,
        False,
        None,
        -3,
        10**12,
    ]


def test_dates_and_times_arrive_as_such() -> None:
    day, clock, both = read_values(
        date(2019, 10, 15), time(9, 30), datetime.fromisoformat("2019-10-15T09:30")
    )
    assert day.datetime() == datetime.fromisoformat("2019-10-15")
    assert (clock.is_time, clock.time()) == (True, time(9, 30))
    assert both.datetime() == datetime.fromisoformat("2019-10-15T09:30")
    assert not both.is_time


def test_24_hours_are_a_time() -> None:
    (clock,) = read_values(timedelta(days=1))
    assert clock == Moment(1)
    assert clock.is_time


def test_workbooks_that_count_from_1904_mean_the_same_days() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active.append([datetime.fromisoformat("2019-10-15T09:30"), time(9, 30)])
    (cells,) = read(saved(book))
    assert cells[1].datetime() == datetime.fromisoformat("2019-10-15T09:30")
    assert cells[2].time() == time(9, 30)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yy", True), ("[h]:mm", True), ("h:mm AM/PM", True), ("[$-409]d mmm", True), ('"d"0', False),
        ("0.00E+00", False), ("General", False), ("[Red]0", False), ("0\\d", False), ("mmmm", True),
    ],
)  # fmt: skip
def test_formats_that_show_dates_are_known(code: str, *, is_date: bool) -> None:
    code = code.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    (cells,) = read(package('<row r="1"><c r="A1" s="1"><v>43753</v></c></row>', styles=styles))
    assert isinstance(cells[1], Moment) is is_date


def test_a_formula_counts_as_what_it_came_to() -> None:
    cells = (
        '<c r="A1"><f>15+15</f><v>30</v></c><c r="B1" t="str"><f>A9</f><v>text</v></c><c r="C1"><f>A9</f></c>'
        '<c r="D1"><f>A9</f><v/></c><c r="E1" t="str"><f>A9</f><v></v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    assert read(package(f'<row r="1">{cells}</row>')) == [
        {1: 30, 2: "text", 3: Unreadable(), 4: Unreadable(), 6: Unreadable("#DIV/0!")}
    ]


def test_texts_may_be_shared_inline_or_in_runs() -> None:
    strings = "<si><t>plain</t></si><si><r><t>in </t></r><r><t>runs</t></r><rPh><t>spoken</t></rPh></si>"
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t xml:space="preserve"> in line</t></is></c>'
    assert read(package(f'<row r="1">{cells}</row>', strings=strings)) == [
        {1: "plain", 2: "in runs", 3: " in line"}
    ]


def test_rich_texts_are_their_words() -> None:
    assert read_values(CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " word")) == ["a bold word"]


def test_characters_that_xml_cannot_hold_are_put_back() -> None:
    cells = (
        '<c r="A1" t="str"><v>a_x000D_b_x005F_x0041__x0001_</v></c><c r="B1" t="str"><v>_xD800_ _x12_</v></c>'
    )
    assert read(package(f'<row r="1">{cells}</row>')) == [{1: "a\rb_x0041_\x01", 2: "_xD800_ _x12_"}]


def test_rows_and_cells_need_not_say_where_they_stand() -> None:
    sheet = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='5'><c r='AB5'><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>"
    opened = OpenedWorkbook(package(sheet))
    assert [(row.number, dict(row.cells)) for row in opened.read("One").rows] == [
        (1, {1: 1, 3: 3}),
        (5, {28: 4, 29: 5}),
        (6, {1: 6}),
    ]


def test_the_strict_kind_of_workbook_is_read_too() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="d"><v>2019-10-15T09:30:00</v></c><c r="B1" t="d"><v>T09:30:00Z</v></c></row>'
    )
    (cells,) = read(package(sheet, space="http://purl.oclc.org/ooxml/spreadsheetml/main"))
    assert cells[1].datetime() == datetime.fromisoformat("2019-10-15T09:30")
    assert cells[2].time() == time(9, 30)


def test_hidden_rows_and_merged_cells_are_told() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "b"])
    sheet.append(["c", "d"])
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("A1:B1")
    contents = OpenedWorkbook(saved(book)).read("Sheet")
    assert [row.number for row in contents.rows] == [1, 2]
    assert contents.merged == ("A1:B1",)


def test_charts_are_no_sheets() -> None:
    book = Workbook()
    book.create_chartsheet("Chart")
    assert OpenedWorkbook(saved(book)).titles == ("Sheet",)


def test_a_far_cell_costs_nothing() -> None:
    assert read(package('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')) == [{16384: 1}]


@pytest.mark.parametrize(
    ("cell", "row", "column"), [("A1", 1, 1), ("Z9", 9, 26), ("AA10", 10, 27), ("XFD1", 1, 16384)]
)
def test_cells_are_called_as_spreadsheets_call_them(cell: str, row: int, column: int) -> None:
    assert address(row, column) == cell
    assert corners(f"${cell[0]}${row}:{cell}")[2:] == (row, column)


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


GOOD = package('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"a,b\r\n1,2\r\n", "is no workbook, whatever its name says"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old Excel file (.xls) or protected by a password"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "is an OpenDocument file"),
        (zipped(readme="x"), "is no workbook"),
        (GOOD[: len(GOOD) // 2], "is no workbook"),
        (GOOD.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), "protected by a password"),
        (package("<row><c><v>1</v></row>"), "is damaged"),
        (package('<row><c t="s"><v>9</v></c></row>'), "is damaged"),
        (package("<row><c><v>one</v></c></row>"), "is damaged"),
        (package("<row r='x'><c><v>1</v></c></row>"), "is damaged"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_the_mend(data: bytes, said: str) -> None:
    with pytest.raises(NotAWorkbook) as caught:
        read(data)
    assert said in str(caught.value)
    assert "save it" in str(caught.value)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    row = f'<row><c t="str"><v>{"x" * 1_000_000}</v></c></row>'
    with pytest.raises(NotAWorkbook, match="larger than 256 MB once unpacked"):
        read(package(row * 300))


def test_a_row_without_end_is_refused() -> None:
    with pytest.raises(NotAWorkbook, match="a row larger than any event needs"):
        read(package(f"<row>{'<c><v>1</v></c>' * 1_500_000}</row>"))


def test_entities_are_not_followed() -> None:
    data = package("<row><c t='str'><v>&secret;</v></c></row>")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith("one.xml"):
                text = f'<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/hostname">]>{text}'
            new.writestr(name, text)
    assert read(out.getvalue()) == []
