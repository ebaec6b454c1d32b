"""The template guides whoever fills it in."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from summitry.planner import FirstPlan, Status, solve
from summitry.workbook import read_problem, write_template
from workbook_support import TEMPLATE, problem, saved


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(TEMPLATE))


SHEETS = [
    "Settings", "Sittings", "Delegations", "People", "Engagements", "Rooms", "Closures", "Walks", "Interpreters",
    "Requests", "Earlier plan",
]  # fmt: skip


def offered(sheet: Worksheet) -> dict[str, str]:
    return {str(rule.sqref): str(rule.formula1) for rule in sheet.data_validations.dataValidation}


def test_it_has_a_sheet_for_everything(book: Workbook) -> None:
    assert book.sheetnames == ["Read me", *SHEETS, "Lists"]
    assert book["Lists"].sheet_state == "hidden"


@pytest.mark.parametrize("title", SHEETS)
def test_every_heading_stays_and_is_explained(book: Workbook, title: str) -> None:
    sheet = book[title]
    assert sheet.freeze_panes in {"A2", "B2"}
    for cell in sheet[1]:
        assert cell.comment is not None or cell.value == "Explanation"
    assert min(column.width for column in sheet.column_dimensions.values()) >= 10


def test_cells_offer_what_can_stand_there(book: Workbook) -> None:
    requests = offered(book["Requests"])
    assert requests["J2:J1048576"] == '"yes,no"'
    assert "Delegations" in requests["B2:B1048576"]
    assert "People" in requests["E2:E1048576"]
    assert "Lists" in requests["P2:P1048576"]
    assert offered(book["Delegations"])["C2:C1048576"] == '"State,organisation,other"'
    assert "Lists" in offered(book["Settings"])["B3"]


def test_texts_that_a_spreadsheet_would_turn_into_dates_stay_texts(book: Workbook) -> None:
    assert book["Requests"].column_dimensions["O"].number_format == "@"
    assert book["Sittings"].column_dimensions["B"].number_format == "yyyy-mm-dd"


def test_its_examples_are_marked_and_plan_at_once(book: Workbook) -> None:
    assert str(book["Requests"]["V2"].value).startswith("Made-up example")
    plan = solve(problem(), stop=FirstPlan())
    assert plan.status in {Status.OPTIMAL, Status.FEASIBLE}
    assert plan.meetings


def test_it_can_be_had_without_examples() -> None:
    empty = load_workbook(io.BytesIO(write_template(examples=False)))
    assert empty["Requests"].max_row == 1


def test_it_is_read_again_after_another_program_saved_it(book: Workbook) -> None:
    assert read_problem(saved(book)) == read_problem(TEMPLATE)
