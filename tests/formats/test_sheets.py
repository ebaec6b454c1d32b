"""Sheets are read back by other readers than their writer: the XML itself, and the csv module."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from summitry.formats.sheets import CellValue, Sheet, SheetColumn, write_csv, write_xlsx

MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
STARTS = ["=1+1", "+48 22 000", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]  # noqa: RUF001 - the forms


def part(workbook: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return etree.fromstring(archive.read(f"xl/{name}"))


def sheet_xml(workbook: bytes, number: int = 1) -> etree._Element:
    return part(workbook, f"worksheets/sheet{number}.xml")


def attribute(element: etree._Element, path: str, name: str) -> str | None:
    found = element.find(path, MAIN)
    return None if found is None else found.get(name)


def texts(workbook: bytes) -> list[str]:
    return [node.text or "" for node in sheet_xml(workbook).iterfind(".//m:is/m:t", MAIN)]


def cell(workbook: bytes, address: str) -> etree._Element:
    found = sheet_xml(workbook).find(f".//m:c[@r='{address}']", MAIN)
    assert found is not None
    return found


def style(workbook: bytes, address: str) -> etree._Element:
    return part(workbook, "styles.xml").findall("m:cellXfs/m:xf", MAIN)[
        int(cell(workbook, address).get("s") or 0)
    ]


def list_of(*values: CellValue, kind: str = "text") -> Sheet:
    return Sheet("List", [SheetColumn("Value", kind)], [[value] for value in values])  # type: ignore[arg-type] # by the test's parameter


def test_headings_and_texts_arrive_as_they_were_given() -> None:
    book = write_xlsx([list_of("Côte d’Ivoire", "محمد", "山田", "two\nlines", None)])
    assert texts(book) == ["Value", "Côte d’Ivoire", "محمد", "山田", "two\nlines"]


@pytest.mark.parametrize("text", STARTS)
def test_a_text_that_looks_like_a_formula_stays_a_text_in_a_workbook(text: str) -> None:
    book = write_xlsx([Sheet("List", [SheetColumn(text)], [[text]])])
    assert not sheet_xml(book).findall(".//m:f", MAIN)
    assert cell(book, "A1").get("t") == "inlineStr"
    assert cell(book, "A2").get("t") == "inlineStr"
    assert style(book, "A2").get("quotePrefix") == "1"


@pytest.mark.parametrize("text", STARTS)
def test_a_text_that_looks_like_a_formula_is_quoted_in_a_csv(text: str) -> None:
    rows = list(
        csv.reader(io.StringIO(write_csv(Sheet("L", [SheetColumn(text)], [[text]])).decode("utf-8-sig"), ""))
    )
    assert rows == [[f"'{text}"], [f"'{text}"]]


def test_negative_numbers_are_no_formulas() -> None:
    sheet = list_of(-5, Decimal("-2.5"), kind="number")
    assert write_csv(sheet) == b"\xef\xbb\xbfValue\r\n-5\r\n-2.5\r\n"
    book = write_xlsx([sheet])
    assert [cell(book, address).findtext("m:v", namespaces=MAIN) for address in ("A2", "A3")] == [
        "-5",
        "-2.5",
    ]


def test_a_csv_is_recognised_by_spreadsheets() -> None:
    content = write_csv(list_of("Türkiye", "a,b", 'say "x"'))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 4
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["Value"],
        ["Türkiye"],
        ["a,b"],
        ['say "x"'],
    ]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=5))
def test_whatever_was_pasted_both_formats_can_be_read(values: list[str]) -> None:
    sheet = list_of(*values)
    book = write_xlsx([sheet])
    assert not sheet_xml(book).findall(".//m:f", MAIN)
    rows = list(csv.reader(io.StringIO(write_csv(sheet).decode("utf-8-sig"), "")))
    assert len(rows) == len(values) + 1
    assert not any("\x00" in text for row in rows for text in row)


def test_control_characters_are_taken_out() -> None:
    sheet = list_of("a\x00b\x0bc\ud800d\x7fe")
    assert texts(write_xlsx([sheet]))[1:] == ["abcde"]
    assert b"abcde" in write_csv(sheet)


def test_times_are_real_times_on_the_wall_of_their_zone() -> None:
    book = write_xlsx(
        [
            Sheet(
                "Times",
                [SheetColumn("At", "time"), SheetColumn("On", "date"), SheetColumn("When", "datetime")],
                [[time(12, 0), date(2019, 10, 30), datetime(2019, 10, 30, 18, 0, tzinfo=UTC)]],
            )
        ]
    )
    values = [cell(book, address).findtext("m:v", namespaces=MAIN) for address in ("A2", "B2", "C2")]
    assert [float(value or 0) for value in values] == [0.5, 43768.0, 43768.75]
    codes = {
        node.get("numFmtId"): node.get("formatCode")
        for node in part(book, "styles.xml").iterfind("m:numFmts/m:numFmt", MAIN)
    }
    assert [codes[style(book, address).get("numFmtId")] for address in ("A2", "B2", "C2")] == [
        "hh:mm",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]


def test_a_value_of_another_kind_is_written_as_text() -> None:
    assert texts(write_xlsx([list_of("late", date(2019, 10, 30), kind="time")]))[1:] == ["late", "2019-10-30"]


def test_the_head_stays_is_filtered_and_repeated_on_paper() -> None:
    book = write_xlsx([Sheet("List", [SheetColumn("A"), SheetColumn("B")], [["x", "y"]] * 3)])
    sheet = sheet_xml(book)
    assert attribute(sheet, ".//m:pane", "state") == "frozen"
    assert attribute(sheet, ".//m:pane", "topLeftCell") == "A2"
    assert attribute(sheet, "m:autoFilter", "ref") == "A1:B4"
    names = part(book, "workbook.xml").iterfind("m:definedNames/m:definedName", MAIN)
    assert {node.get("name"): node.text for node in names}["_xlnm.Print_Titles"] == "'List'!$1:$1"


def test_a_sheet_can_run_from_the_right() -> None:
    book = write_xlsx([Sheet("الوفود", [SheetColumn("الوفد")], [], right_to_left=True), list_of("x")])
    assert attribute(sheet_xml(book, 1), ".//m:sheetView", "rightToLeft") == "1"
    assert attribute(sheet_xml(book, 2), ".//m:sheetView", "rightToLeft") in (None, "0")


def widths(sheet: Sheet) -> list[float]:
    columns = sheet_xml(write_xlsx([sheet])).findall("m:cols/m:col", MAIN)
    return [float(column.get("width") or 0) for column in columns]


def test_columns_are_as_wide_as_their_content_within_reason() -> None:
    columns = [SheetColumn("A"), SheetColumn("B"), SheetColumn("C"), SheetColumn("D", width=20)]
    assert widths(Sheet("L", columns, [["x" * 30, "x" * 300, "山" * 15, "x" * 50]])) == [
        31.0,
        60.0,
        31.0,
        20.0,
    ]


def test_titles_become_valid_and_distinct() -> None:
    wanted = ["A/B: [x]?", "a b x", "", "History", "'quoted'", "long " * 20, "long " * 20]
    book = write_xlsx([Sheet(title, [SheetColumn("A")], []) for title in wanted])
    titles = [
        node.get("name") or "" for node in part(book, "workbook.xml").iterfind("m:sheets/m:sheet", MAIN)
    ]
    assert titles[:5] == ["A B x", "a b x (2)", "Sheet", "History (2)", "quoted"]
    assert max(map(len, titles)) <= 31
    assert len({title.casefold() for title in titles}) == len(wanted)


def test_a_row_of_the_wrong_length_is_named() -> None:
    with pytest.raises(ValueError, match=r"Row 2 of sheet 'L' has 1 cells for 2 columns\."):
        Sheet("L", [SheetColumn("A"), SheetColumn("B")], [["x", "y"], ["x"]])


def test_paper_has_the_title_and_the_number_of_each_page_on_a4() -> None:
    workbook = write_xlsx([Sheet("By day", [SheetColumn("Room")], [["Bug"]])])
    assert attribute(sheet_xml(workbook), "m:pageSetup", "paperSize") == "9"
    footer = sheet_xml(workbook).find("m:headerFooter/m:oddFooter", MAIN)
    assert footer is not None
    assert footer.text == "&L&A&R&P / &N"


def test_headings_are_in_the_font_of_their_cells() -> None:
    workbook = write_xlsx([Sheet("By day", [SheetColumn("Room")], [["Bug"]])])
    names = {font.get("val") for font in part(workbook, "styles.xml").iterfind("m:fonts/m:font/m:name", MAIN)}
    fonts = part(workbook, "styles.xml").findall("m:fonts/m:font", MAIN)
    assert len(names) == 1
    assert all(font.find("m:name", MAIN) is not None for font in fonts)
