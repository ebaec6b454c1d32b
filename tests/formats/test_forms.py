"""Forms are opened by another reader than their writer, openpyxl, and read again by the house's own."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from summitry.formats.forms import Choices, FormColumn, FormSheet, TooLong, write_form
from summitry.formats.sheets import CellValue
from summitry.formats.workbooks import OpenedWorkbook

STARTS = ["=1+1", "+48 22 000", "-1", "@SUM(A1)", "\tx", "\nx"]


def opened(*sheets: FormSheet) -> Worksheet:
    return load_workbook(io.BytesIO(write_form(sheets)))[sheets[0].title]


def form(*values: CellValue) -> FormSheet:
    return FormSheet("Form", [FormColumn("Value", "What to write.")], [[value] for value in values])


def test_headings_stay_are_noted_and_stand_out_where_they_must() -> None:
    sheet = opened(FormSheet("Form", [FormColumn("Id", "Short."), FormColumn("Name", bold=False)], frozen=1))
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].comment is not None
    assert sheet["A1"].comment.text == "Short."
    assert sheet["B1"].comment is None
    assert (sheet["A1"].font.b, sheet["B1"].font.b) == (True, False)


def test_cells_offer_choices() -> None:
    columns = [
        FormColumn("Sure", choices=Choices(("yes", "no"), only=True)),
        FormColumn("Room", choices=Choices(sheet="Our rooms", column=2)),
        FormColumn("Minutes", kind="whole", least=5),
    ]
    sheet = opened(FormSheet("Form", columns, choices={"A9": Choices(("maybe",))}))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    sure, room, minutes, single = rules["A2"], rules["B2"], rules["C2"], rules["A9"]
    assert (sure.formula1, sure.showErrorMessage) == ('"yes,no"', True)
    assert room.formula1.startswith("OFFSET('Our rooms'!$B$2,0,0,")
    assert not room.showErrorMessage
    assert (minutes.type, minutes.formula1) == ("whole", "5")
    assert single.formula1 == '"maybe"'


def test_columns_take_what_is_typed_as_what_it_is() -> None:
    columns = [FormColumn("Text"), FormColumn("Date", kind="date"), FormColumn("Time", kind="time")]
    sheet = opened(FormSheet("Form", columns))
    assert [sheet.column_dimensions[letter].number_format for letter in "ABC"] == ["@", "yyyy-mm-dd", "hh:mm"]


@pytest.mark.parametrize("text", STARTS)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    cell = opened(form(text))["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_values_keep_their_kind() -> None:
    sheet = opened(
        form(date(2019, 10, 15), time(9, 30), datetime.fromisoformat("2019-10-15T09:30"), 7, None, "x")
    )
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        datetime.fromisoformat("2019-10-15"), time(9, 30), datetime.fromisoformat("2019-10-15T09:30"), 7, None, "x",
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=5))
def test_every_text_is_read_as_it_was_written(texts: list[str]) -> None:
    contents = OpenedWorkbook(write_form([form(*texts)])).read("Form")
    assert [row.cells[1] for row in contents.rows[1:]] == texts


def test_a_sheet_may_be_out_of_sight() -> None:
    book = load_workbook(
        io.BytesIO(write_form([form("x"), FormSheet("Lists", [FormColumn("A")], hidden=True)]))
    )
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden"]


def test_long_texts_give_their_row_its_height() -> None:
    sheet = opened(FormSheet("Form", [FormColumn("Text", width=20)], [["word " * 30], ["word"]], wrap=True))
    assert (sheet.row_dimensions[2].height or 0) > 100
    assert sheet.row_dimensions[3].height is None


def test_a_text_too_long_for_a_cell_is_refused_by_its_address() -> None:
    with pytest.raises(TooLong, match="sheet Form, cell A3 would need 32,768 characters"):
        write_form([form("x", "y" * 32_768)])
    assert write_form([form("y" * 32_767)])
