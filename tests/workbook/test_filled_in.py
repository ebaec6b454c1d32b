"""A workbook is read as people fill it in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from summitry.planner import DEFAULT_REPAIR_OBJECTIVE, Aim, Fixed, Meeting, PartyKind, Problem, Span
from summitry.workbook import read_problem
from workbook_support import book_of, problem


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2030-05-{text}")


SIMPLE: dict[str, list[list[Any]]] = {
    "Settings": [["Setting", "Value"], ["Time zone", "Europe/Warsaw"]],
    "Sittings": [["Start", "End"], ["2030-05-14 09:00", "12:00"]],
    "Delegations": [["Name"], ["Alvania"], ["Corvia"]],
    "People": [["Name", "Delegation"], ["Ada", "Alvania"], ["Dan", "Corvia"]],
    "Rooms": [["Name"], ["Library"]],
    "Requests": [["Delegations", "People", "Minutes"], ["Alvania; Corvia", "Ada; Dan", 30]],
}


def simple(**sheets: list[list[Any]]) -> Problem:
    return read_problem(
        book_of({**SIMPLE, **{title.replace("_", " "): rows for title, rows in sheets.items()}})
    )


def sitting(start: Any, end: Any, day: Any = None) -> tuple[datetime, datetime]:
    found = simple(Sittings=[["Sitting", "Date", "Start", "End"], ["am", day, start, end]]).sittings[0]
    return found.start, found.end


def test_six_sheets_of_names_are_enough() -> None:
    found = simple()
    assert found.requests[0].id == "r1"
    assert found.requests[0].parties == ("Alvania", "Corvia")
    assert found.sittings[0].id == "s1"
    assert (found.people[0].id, found.people[0].name) == ("Ada", "Ada")
    assert (found.grid_minutes, found.break_minutes, found.turnaround_minutes) == (5, 5, 0)


def test_every_column_of_the_template_is_read() -> None:
    found = problem()
    asked = {request.id: request for request in found.requests}
    assert found.timezone == "Europe/Warsaw"
    assert found.parties[3].kind is PartyKind.ORGANISATION
    assert found.people[0].engagements == (Span(at("14T09:00"), at("14T10:30"), "Opening plenary", "North"),)
    assert found.people[4].engagements == (Span(at("14T17:00"), at("15T10:00"), "Away"),)
    assert (found.people[0].max_consecutive, found.people[3].max_meetings_per_sitting) == (3, 4)
    assert found.rooms[0].features == {"booth", "screen"}
    assert found.rooms[1].closed == (Span(at("14T14:00"), at("14T15:00"), "Press briefing"),)
    assert (found.rooms[2].party, found.rooms[2].turnaround_minutes) == ("Corvia", 0)
    assert found.walks[0].minutes == 5
    assert found.interpreters[0].languages == {"en", "fr"}
    assert (found.interpreters[0].max_continuous_minutes, found.interpreters[0].rest_minutes) == (60, 15)
    assert (asked["r1"].must, asked["r1"].seats, asked["r1"].languages) == (True, 6, ("en", "fr"))
    assert asked["r1"].interpreters == 2
    assert asked["r1"].features == {"booth"}
    assert asked["r2"].windows == (Span(at("14T14:00"), at("14T16:00")), Span(at("15T09:00"), at("15T11:00")))
    assert asked["r3"].rooms == ("Library", "Great Hall")
    assert asked["r3"].sittings == ("Tuesday morning", "Tuesday afternoon")
    assert asked["r4"].parties == ("Alvania", "BM", "IFE")
    assert asked["r4"].after == ("r1",)
    assert asked["r5"].fixed == Fixed(at("14T16:00"), "Office of Corvia")


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2030, 5, 14), time(9), time(12)),
        (datetime.fromisoformat("2030-05-14"), "9:00", "12:00"),
        (None, at("14T09:00"), at("14T12:00")),
        (None, "2030-05-14T09:00", "2030-05-14 12:00"),
        ("14.5.2030", "9.00", "12h00"),
        ("14 May 2030", "9 am", "12:00 pm"),
        ("Tuesday, May 14th, 2030", "09:00:00", "12.00"),
        ("14/05/2030", 0.375, 0.5),
        (47617, "09:00", "12:00"),
        (date(2030, 5, 14), at("14T09:00"), timedelta(hours=12)),
        (None, at("14T09:00") + timedelta(microseconds=300), time(12)),
    ],
)
def test_dates_and_times_are_read_as_people_write_them(day: Any, start: Any, end: Any) -> None:
    assert sitting(start, end, day) == (at("14T09:00"), at("14T12:00"))


@pytest.mark.parametrize("midnight", [timedelta(days=1), "24:00", at("15T00:00"), "2030-05-15 00:00"])
def test_a_day_ends_at_24(midnight: Any) -> None:
    assert sitting(time(9), midnight, date(2030, 5, 14))[1] == at("15T00:00")


@pytest.mark.parametrize(
    "window",
    [
        "2030-05-14 09:00 to 11:00",
        "2030-05-14 09:00-11:00",
        "14.5.2030 9:00 – 11:00",
        "2030-05-14T09:00 until 2030-05-14T11:00",
    ],
)
def test_windows_are_read_as_people_write_them(window: str) -> None:
    assert problem({"Requests!O3": window}).requests[1].windows == (Span(at("14T09:00"), at("14T11:00")),)


@pytest.mark.parametrize("minutes", [30, 30.0, "30", " 30 ", "30.0", "\u00a030"])
def test_numbers_may_be_texts(minutes: Any) -> None:
    assert problem({"Requests!H3": minutes}).requests[1].minutes == 30


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("yes", True),
        ("YES", True),
        ("x", True),
        (True, True),
        (1, True),
        ("no", False),
        ("No ", False),
        (False, False),
        (None, False),
    ],
)
def test_yes_and_no_are_read_as_people_write_them(word: Any, *, meant: bool) -> None:
    assert problem({"Requests!J3": word}).requests[1].must is meant


def test_names_may_differ_in_case_and_blanks() -> None:
    found = problem({"Requests!B2": "  ALVANIA ", "Requests!C2": "bruma  minor", "Requests!M4": "library"})
    assert found.requests[0].parties == ("Alvania", "BM")
    assert found.requests[2].rooms == ("Library",)


def test_several_stand_between_semicolons_or_on_lines() -> None:
    found = problem(
        {"Requests!M4": "Library;\nGreat Hall;", "Requests!N4": "Tuesday morning\nTuesday afternoon"}
    )
    assert found.requests[2].rooms == ("Library", "Great Hall")
    assert len(found.requests[2].sittings) == 2


def test_a_name_with_a_semicolon_can_be_chosen_from_the_list() -> None:
    found = problem({"People!A2": "Example; Ada", "Engagements!A2": "Cleo Sample", "Requests!E2": "Example; Ada", "Requests!E3": '"Example; Ada"; Ben Example', "Requests!G3": None, "Requests!E7": "Ben Example"})  # fmt: skip
    assert found.requests[0].people[0] == "Example; Ada"
    assert found.requests[1].people == ("Example; Ada", "Ben Example", "Dan Sample")


@pytest.mark.parametrize("word", ["English", "english", "EN", "en"])
def test_languages_go_by_name_or_code(word: str) -> None:
    assert problem({"Requests!P2": word}).requests[0].languages == ("en", "fr")


def test_zones_and_features_are_the_same_in_any_case() -> None:
    found = problem({"Walks!A2": "NORTH", "Requests!L2": "Booth"})
    assert found.walks[0].from_zone == "North"
    assert found.requests[0].features == {"booth"}


def test_ids_may_be_numbers() -> None:
    found = problem({"Requests!A2": 7, "Requests!S5": 7.0, "Delegations!B3": 12, "People!C4": 12, "Requests!C2": "12", "Requests!B4": 12, "Requests!C5": "Bruma Minor"})  # fmt: skip
    assert found.requests[0].id == "7"
    assert found.requests[3].after == ("7",)
    assert found.requests[0].parties[1] == "12"


def test_ids_that_are_made_avoid_those_given() -> None:
    found = problem({"Requests!A4": "r1", "Requests!S5": None})
    assert [request.id for request in found.requests] == ["r2", "r3", "r1", "r4", "r5", "r6"]


def test_empty_and_hidden_rows_and_notes_change_nothing() -> None:
    def edit(book: Workbook) -> None:
        sheet = book["Requests"]
        sheet.insert_rows(3, 2)
        sheet["B3"], sheet["V4"] = "   ", "only a note"
        sheet.row_dimensions[2].hidden = True
        book["Rooms"].insert_cols(1)
        book["Rooms"]["A1"] = "Notes of the house"
        book["Rooms"]["A2"] = "ask twice"
        book["People"].insert_rows(1, 2)
        book["People"]["A1"] = "List of people, as of today"
        book.create_sheet("Notes")["A1"] = "ours"
        book.create_sheet("Sheet1")
        book["Walks"].sheet_state = "hidden"
        book["Closures"].title = "closed"

    assert problem(edit=edit) == problem()


def test_columns_may_change_places_and_be_left_out() -> None:
    found = simple(
        Requests=[
            ["minutes (whole)", " PEOPLE:", "Delegation 2 *", "delegation_1", "Remarks"],
            [30, "Ada", "Corvia", "Alvania", 7],
        ]
    )
    assert found.requests[0].parties == ("Alvania", "Corvia")


def test_sheets_and_columns_go_by_the_names_of_the_format_too() -> None:
    found = simple(
        People=[["id", "party", "max_consecutive"], ["ada", "Alvania", 2], ["dan", "Corvia", None]],
        Requests=[["id", "parties", "people", "minutes", "must"], ["m", "Alvania;Corvia", "ada;dan", 30, "x"]],
    )  # fmt: skip
    assert found.people[0].max_consecutive == 2
    assert found.requests[0].must


def test_aims_are_said_in_plain_words_or_by_their_names() -> None:
    assert problem({"Settings!B8": "Left out; weight"}).objective == (Aim.LEFT_OUT, Aim.WEIGHT)
    assert problem({"Settings!B8": "left_out"}).objective == (Aim.LEFT_OUT,)
    assert problem({"Settings!B8": "None"}).objective == ()


EARLIER: list[list[Any]] = [["Request", "Date", "Start", "End", "Room", "Interpreters"], ["r1", date(2030, 5, 14), time(9), time(9, 30), "Library", None]]  # fmt: skip


def test_an_earlier_plan_asks_for_few_changes() -> None:
    found = simple(Earlier_plan=EARLIER)
    assert found.baseline == (Meeting("r1", at("14T09:00"), at("14T09:30"), "Library"),)
    assert found.objective == DEFAULT_REPAIR_OBJECTIVE


@pytest.mark.parametrize(("word", "meetings"), [("no", None), ("yes", 1)])
def test_an_earlier_plan_can_be_left_aside(word: str, meetings: int | None) -> None:
    settings = [*SIMPLE["Settings"], ["Earlier plan", word]]
    found = simple(Settings=settings, Earlier_plan=EARLIER)
    assert (found.baseline and len(found.baseline)) == meetings


def test_an_earlier_plan_may_be_empty() -> None:
    found = simple(Settings=[*SIMPLE["Settings"], ["Earlier plan", "yes"]], Earlier_plan=EARLIER[:1])
    assert found.baseline == ()
