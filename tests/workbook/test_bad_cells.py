"""Every cell that cannot be read is named with its sheet, its address and the mend, all at once."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from summitry.planner import BadInput
from summitry.workbook import BadCells, read_problem, write_template
from workbook_support import book_of, changed, refused


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("Requests!H3", "30.5", '"30.5" is not a whole number of minutes; write 30'),
        ("Requests!H3", 30.5, '"30.5" is not a whole number of minutes; write 30'),
        ("Requests!H3", "30 min", '"30 min" is not a whole number of minutes; write 30'),
        ("Requests!H3", "half an hour", "write it in digits"),
        ("Requests!H3", time(0, 30), "00:30 is not a whole number of minutes; write 30"),
        ("Requests!H3", date(2030, 5, 14), "2030-05-14 is not a whole number"),
        ("Requests!H3", True, "TRUE is not a whole number"),
        ("Requests!H3", 0, "write at least 1"),
        ("Requests!H3", 10**10, "write at most 2,147,483,647"),
        ("Requests!H3", 40, "no multiple of the grid, 15 minutes; write 30 or 45"),
        ("Requests!H3", None, "is empty; write how long"),
        ("Requests!H3", "=15+15", "a formula that was never calculated"),
        ("Requests!H3", "#N/A", "shows #N/A; mend the formula"),
        ("Requests!I3", "1.000", '"1.000" is not a whole number; write it in digits'),
        ("Requests!I3", 1_000_001, "write at most 1,000,000"),
        ("Requests!B2", "Alvannia", 'there is no delegation "Alvannia" in sheet Delegations; did you mean "Alvania"?'),
        ("Requests!C2", "Alvania", 'names "Alvania" a second time'),
        ("Requests!C2", None, "a meeting needs two delegations"),
        ("Requests!D2", "Corvia, IFE", "separate several by semicolons"),
        ("Requests!E3", "Zoe Nobody", "there is no person"),
        ("Requests!J2", "perhaps", "neither yes nor no; write yes or no"),
        ("Requests!L2", "booth, screen", "separate several by semicolons"),
        ("Requests!M4", "Libary", 'did you mean "Library"?'),
        ("Requests!N4", "Tuesday", "there is no sitting"),
        ("Requests!O3", "in the afternoon", "write it like 2019-10-15 09:30 to 11:30"),
        ("Requests!O3", "14:00 to 15:00", "has no date"),
        ("Requests!O3", "2030-05-14 16:00 to 15:00", "ends before it starts"),
        ("Requests!O3", date(2030, 5, 14), "format the cell as text"),
        ("Requests!Q2", None, "name the other language"),
        ("Requests!Q2", "english", "is the same language again"),
        ("Requests!Q2", "French; Spanish", "more than two languages"),
        ("Requests!Q2", "Frensh", '"Frensh" is not a known language; write French, or put it in quotation marks'),
        ("Interpreters!C3", "English; Arabik", '"Arabik" is not a known language; write Arabic'),
        ("Requests!R3", 1, "needs two languages"),
        ("Requests!S5", "r99", "there is no request"),
        ("Requests!T6", time(14), "has no date"),
        ("Requests!T6", datetime.fromisoformat("2030-05-14T14:20"), "off the grid"),
        ("Requests!T6", None, "has no fixed start"),
        ("Requests!X2", "stray", "a column without a heading"),
        ("Sittings!B3", "03/04/2030", "can be read as two dates; write 2030-03-04 or 2030-04-03"),
        ("Sittings!B3", "30 February 2030", "no date of the calendar"),
        ("Sittings!B3", None, "has no date; give the day"),
        ("Sittings!B3", time(9), "09:00 is a time, not a date"),
        ("Sittings!C3", 9, '"9" is no time; write 09:00'),
        ("Sittings!C3", "25:00", "no time of day"),
        ("Sittings!C3", time(12), "sittings may touch but not overlap"),
        ("Sittings!D3", time(8), "is not after the start"),
        ("Sittings!D3", time(17, 30, 20), "not in whole minutes"),
        ("Sittings!D3", datetime.fromisoformat("2030-05-13T17:30"), "is not after the start"),
        ("Engagements!C3", date(2030, 5, 13), "is another day than Start"),
        ("Engagements!A2", "Ada Example; Nobody", "there is no person"),
        ("Engagements!A2", None, "is empty; name the person"),
        ("Delegations!C2", "stat", 'did you mean "State"?'),
        ("Delegations!A3", None, "write the delegation's name"),
        ("Delegations!A4", "Alvania", '"Alvania" is in A2 already; give each an id of its own'),
        ("Delegations!A4", date(2030, 1, 2), "format the cell as text and write it again"),
        ("People!C2", "Alvania; Corvia", "names 2; name one delegation"),
        ("People!D5", "many", "write it in digits"),
        ("Rooms!G4", "Corvium", 'did you mean "Corvia"?'),
        ("Closures!A2", None, "is empty; name the room"),
        ("Walks!B2", "north", "is the same zone"),
        ("Walks!C2", -1, "write at least 0"),
        ("Interpreters!C3", None, "name the languages"),
        ("Interpreters!G2", None, "the most minutes without rest and the rest come together"),
        ("Settings!B3", "Europe/Warszawa", 'did you mean "Europe/Warsaw"?'),
        ("Settings!B3", None, "write the time zone"),
        ("Settings!B4", "five", "write it in digits"),
        ("Settings!A6", "Turnarund", "did you mean"),
        ("Settings!B8", "weight; speed", '"speed" is none of'),
        ("Settings!B8", "weight; weight", "named twice"),
        ("Settings!B8", "moved; weight", "moved needs an earlier plan"),
        ("Settings!B10", "soon", "write it like 2019-10-15 09:30"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_with_its_mend(place: str, value: Any, said: str) -> None:
    sheet, _, cell = place.partition("!")
    lines = [line for line in refused(changed({place: value})) if f"sheet {sheet}, cell {cell}: " in line]
    assert lines, refused(changed({place: value}))
    assert said in lines[0]


def test_a_fault_brings_no_other_with_it() -> None:
    assert refused(changed({"Requests!D2": "Noland", "Requests!H2": "30.5"})) == [
        'requests.xlsx: sheet Requests, cell D2: there is no delegation "Noland" in sheet Delegations; add it there, or take it out here',
        'requests.xlsx: sheet Requests, cell H2: "30.5" is not a whole number of minutes; write 30',
    ]


def test_all_bad_cells_are_named_at_once_in_the_order_of_the_workbook() -> None:
    lines = refused(
        changed(
            {"Requests!H7": "x", "Settings!B4": "x", "Requests!B2": "x", "Rooms!C2": "x", "Walks!C2": "x"}
        )
    )
    cells = [line.split(": ")[1] for line in lines]
    assert cells == [
        "sheet Settings, cell B4",
        "sheet Rooms, cell C2",
        "sheet Walks, cell C2",
        "sheet Requests, cell B2",
        "sheet Requests, cell H7",
    ]


def test_after_two_hundred_reading_ends_and_says_so() -> None:
    def spoil(book: Workbook) -> None:
        for _ in range(500):
            book["Requests"].append([None, "Alvania", "BM", None, "Ada Example", None, None, "x"])

    with pytest.raises(BadCells) as caught:
        read_problem(changed(edit=spoil))
    assert len(caught.value.faults) == 200
    assert not caught.value.complete
    assert str(caught.value).endswith("and more; mend these first")


def test_a_message_is_of_one_line_whatever_the_cell_holds() -> None:
    assert len(refused(changed({"Requests!B2": "two\u2028lines \x85 and more"}))) == 1
    assert len(refused(changed({"Requests!B2": "one\nbelow the other"}))) == 1


def test_a_name_that_several_have_is_asked_to_be_told_apart() -> None:
    lines = refused(changed({"People!A3": "Ada Example", "People!B2": "a1", "People!B3": "a2"}))
    assert any(
        'cell E2: "Ada Example" names several in sheet People ("a1" in B2, "a2" in B3); write the id' in line
        for line in lines
    )


def test_sheets_are_missed_and_refused_by_their_names() -> None:
    def rename(book: Workbook) -> None:
        book["Rooms"].title = "Rooms 2030"
        del book["People"]
        book.create_sheet("Plan B")["A1"] = "something"

    lines = refused(changed(edit=rename))
    assert (
        'requests.xlsx: there is no sheet "People"; add it, or rename the sheet that stands for it' in lines
    )
    assert any(
        'sheet Rooms 2030: is none of the sheets that are read; did you mean "Rooms"?' in line
        for line in lines
    )
    assert any("sheet Plan B: is none of the sheets that are read" in line for line in lines)
    assert not any("there is no person" in line for line in lines)


def test_columns_are_missed_and_refused_by_their_headings() -> None:
    lines = refused(changed({"Requests!H1": "Minuts", "Sittings!F1": "Start", "Requests!W1": "Colour"}))
    assert any(
        'sheet Requests, cell H1: there is no column "Minuts" in this sheet; did you mean "Minutes"?' in line
        for line in lines
    )
    assert any(
        'sheet Requests: has no column "Minutes"; add it to the headings in row 1' in line for line in lines
    )
    assert any(
        'sheet Sittings, cell F1: the column "Start" is there already, in C1' in line for line in lines
    )
    assert any("begin its heading with Note" in line for line in lines)


def test_merged_cells_are_refused() -> None:
    lines = refused(changed(edit=lambda book: book["People"].merge_cells("C2:C3")))
    assert any("sheet People, cell C2: C2:C3 is merged; unmerge it" in line for line in lines)


def test_an_empty_template_says_what_is_missing() -> None:
    assert refused(write_template(examples=False)) == [
        "requests.xlsx: sheet Settings, cell B3: is empty; write the time zone, a name like Europe/Warsaw",
        "requests.xlsx: sheet Sittings: has no rows; without a sitting no meeting can be held",
        "requests.xlsx: sheet Rooms: has no rows; without a room no meeting can be held",
    ]


def test_a_sheet_without_headings_says_which_it_needs() -> None:
    lines = refused(changed(edit=lambda book: book["Walks"].delete_rows(1)))
    assert (
        "requests.xlsx: sheet Walks: has no row of headings; it needs the columns From zone, To zone, Minutes"
        in lines
    )


def test_a_workbook_of_something_else_is_no_problem() -> None:
    lines = refused(book_of({"Sheet1": [["a", "b"], [1, 2]]}))
    assert any('there is no sheet "Requests"' in line for line in lines)


def test_times_that_clocks_skip_or_show_twice_are_refused() -> None:
    cells = {
        "Sittings!B4": date(2030, 3, 31), "Sittings!C4": time(2, 30), "Sittings!D4": time(5),
        "Settings!B10": datetime.fromisoformat("2030-10-27T02:30"),
    }  # fmt: skip
    lines = refused(changed(cells))
    assert any("cell C4: 2030-03-31T02:30 does not exist in Europe/Warsaw" in line for line in lines)
    assert any("sheet Settings, cell B10: 2030-10-27T02:30 exists twice" in line for line in lines)


def test_a_meeting_frozen_needs_its_request() -> None:
    def earlier(book: Workbook) -> None:
        when = [date(2030, 5, 14), time(9), time(9, 30)]
        book["Earlier plan"].append(["gone", *when, "Great Hall"])
        book["Earlier plan"].append(["r1", *when, "Great Hall"])
        book["Earlier plan"].append(["r1", *when, "Nowhere", "Iris Example; Iris Example"])
        book["Settings"]["B10"] = "2030-05-14 10:00"

    lines = refused(changed(edit=earlier))
    said = ["cell A2: there is no request", 'cell A4: "r1" is in A3 already', "cell E4: there is no room", "cell F4: names an interpreter twice"]  # fmt: skip
    for line, part in zip(lines, said, strict=True):
        assert part in line


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 but no archive", b'{"format": "summitry.problem/1"}'])
def test_what_is_no_workbook_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        read_problem(data, name="desk.xlsx")
    assert str(caught.value).startswith("desk.xlsx: is ")
    assert len(str(caught.value).splitlines()) == 1
