"""A plan is written as sheets that a desk can send on, and read again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest
from openpyxl import load_workbook

from planner_support.building import held, problem, request
from summitry.planner import (
    Aim,
    AimScore,
    BadInput,
    Blocker,
    BlockerKind,
    Change,
    Interpreter,
    Meeting,
    Party,
    Person,
    Plan,
    Problem,
    Remedy,
    Room,
    Status,
    Unscheduled,
)
from summitry.planner.check import check_meetings
from summitry.workbook import BadCells, read_plan_meetings, read_problem, write_plan, write_problem
from workbook_support import saved

PROBLEM: Problem = replace(
    problem(
        request("m1", "ann", "bob", languages=("en", "fr"), interpreters=1, weight=3),
        request("m2", "ann", weight=2),
        request("m3", "bob", parties=("ma", "au"), must=True),
        people=(Person("ann", "pl", "Ann"), Person("bob", "ma")),
        rooms=(Room("hall", "Great Hall"), Room("=odd", "=1+1")),
        interpreters=(Interpreter("anna", frozenset({"en", "fr"}), "Anna"),),
    ),
    title="Small conference",
)
PLAN = Plan(
    Status.FEASIBLE,
    meetings=(held("m2", "10:00", room="=odd"), held("m1", "09:00", "anna")),
    unscheduled=(
        Unscheduled(
            "m3",
            "Bob is away.",
            (Blocker(BlockerKind.ENGAGEMENT, "bob#0", "Bob: away"), Blocker(BlockerKind.MEETING, "m1")),
            (Remedy("Hold it at 11:00", Change()), Remedy("Move m1", Change())),
        ),
    ),
    score={
        Aim.WEIGHT: AimScore(5, 6),
        Aim.LEFT_OUT: AimScore(1, 1),
        Aim.BREAKS: AimScore(1, 0),
        Aim.WALKING: AimScore(4, None),
    },
    seconds=1.234,
    seed=7,
    planner="summitry 0",
)
WRITTEN = write_plan(PROBLEM, PLAN)


def rows(title: str, written: bytes = WRITTEN) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(written))[title].iter_rows(values_only=True))


def test_a_plan_has_a_sheet_for_each_reader() -> None:
    book = load_workbook(io.BytesIO(WRITTEN))
    assert book.sheetnames == ["Summary", "By day", "By delegation", "By room", "By interpreter", "Unplanned"]


def test_the_summary_says_in_words_what_is_proved() -> None:
    said = {str(row[0]): row[1:] for row in rows("Summary")}
    assert said["Event"][0] == "Small conference"
    assert said["Result"][0] == "feasible"
    assert said["Meetings held"][2] == "2 of 3 requests are held"
    assert said["Aim 1: Weight of the meetings held"] == (
        5, 6, "The best found; no plan has more than 6, so at most 1 (17 %) are missing.",
    )  # fmt: skip
    words = [row[3] for row in rows("Summary") if str(row[0]).startswith("Aim")]
    assert words[1] == "Proved: no plan is better without giving way in an aim above."
    assert (
        words[2]
        == "The best found; whether a plan without giving way in an aim above has fewer is not known."
    )
    assert "is not known" in words[3]


def test_meetings_are_listed_by_day_in_their_order() -> None:
    first, second = rows("By day")[1:]
    assert first == (
        datetime.fromisoformat("2019-10-15"), time(9), time(9, 30), "Great Hall", "Poland – Morocco", "Ann; bob",
        "English; French", "Anna", "m1", 30, 3,
    )  # fmt: skip
    assert second[3] == "=1+1"


def test_a_text_that_looks_like_a_formula_is_written_as_text() -> None:
    book = load_workbook(io.BytesIO(WRITTEN))
    assert book["By day"]["D3"].data_type == "s"
    cells = [cell for cell in book["By room"]["A"] if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_each_delegation_finds_its_own_and_whoever_has_none_is_told_so() -> None:
    found = rows("By delegation")[1:]
    assert [row[0] for row in found] == ["Poland", "Poland", "Morocco", "Morocco", "African Union"]
    assert found[0][5:8] == ("Morocco", "Ann", "bob")
    assert found[4][5] == "no meeting"


def test_rooms_and_interpreters_find_theirs() -> None:
    assert [row[0] for row in rows("By room")[1:]] == ["Great Hall", "=1+1"]
    assert rows("By interpreter")[1][0] == "Anna"
    without = replace(PROBLEM, interpreters=(), requests=PROBLEM.requests[1:])
    book = load_workbook(io.BytesIO(write_plan(without, replace(PLAN, meetings=PLAN.meetings[:1]))))
    assert "By interpreter" not in book.sheetnames


def test_what_found_no_place_has_its_reason_and_its_remedies() -> None:
    (row,) = rows("Unplanned")[1:]
    assert row == (
        "m3", "Morocco – African Union", "bob", 30, 1, "yes", "Bob is away.", "1. Bob: away\n2. meeting m1",
        "1. Hold it at 11:00\n2. Move m1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.INFEASIBLE, "contradict each other"), (Status.UNKNOWN, "plan with more time")],
)
def test_where_there_is_no_plan_the_summary_says_why(status: Status, said: str) -> None:
    written = write_plan(PROBLEM, Plan(status, unscheduled=PLAN.unscheduled))
    assert any(said in str(row[3]) for row in rows("Summary", written))
    assert len(rows("By day", written)) == 1


def test_a_repair_says_what_changed() -> None:
    earlier = (
        held("m1", "09:30", "anna", room="=odd"),
        held("m3", "11:00"),
        Meeting("gone", *_span(), "pulled down"),
    )
    written = write_plan(replace(PROBLEM, baseline=earlier), PLAN)
    assert [row[-1] for row in rows("By day", written)[1:]] == ["was Tue 15 Oct 09:30; was in =1+1", "new"]
    assert rows("Unplanned", written)[1][6] == "Tue 15 Oct 11:00, Great Hall"


def _span() -> tuple[datetime, datetime]:
    return datetime.fromisoformat("2019-10-15T14:00"), datetime.fromisoformat("2019-10-15T15:00")


def test_the_meetings_of_a_plan_are_read_again() -> None:
    found = read_plan_meetings(WRITTEN, PROBLEM)
    assert set(found) == set(PLAN.meetings)


def test_a_meeting_moved_by_hand_is_read_where_it_is_now() -> None:
    book = load_workbook(io.BytesIO(WRITTEN))
    book["By day"]["B3"], book["By day"]["C3"] = time(9), time(9, 30)
    found = read_plan_meetings(saved(book), PROBLEM)
    assert found[1].start == datetime.fromisoformat("2019-10-15T09:00")
    assert check_meetings(PROBLEM, found), "Ann is in two places at once"


def test_a_bad_cell_of_a_plan_is_named() -> None:
    book = load_workbook(io.BytesIO(WRITTEN))
    book["By day"]["D3"] = "Small Hall"
    with pytest.raises(BadCells, match=r"plan\.xlsx: sheet By day, cell D3: there is no room"):
        read_plan_meetings(saved(book), PROBLEM)
    del book["By day"]
    with pytest.raises(BadInput, match="there is no sheet By day"):
        read_plan_meetings(saved(book), PROBLEM)


def test_a_plan_by_day_can_be_put_in_place_of_the_earlier_plan() -> None:
    asked = load_workbook(io.BytesIO(write_problem(PROBLEM)))
    del asked["Earlier plan"]
    earlier = asked.create_sheet("Earlier plan")
    for row in rows("By day"):
        earlier.append(row)
    earlier["D3"].data_type = "s"  # the room called =1+1
    found = read_problem(saved(asked))
    assert found.baseline is not None
    assert set(found.baseline) == set(PLAN.meetings)


def test_a_meeting_past_midnight_has_its_date() -> None:
    night = Meeting(
        "m2", datetime.fromisoformat("2019-10-15T23:30"), datetime.fromisoformat("2019-10-16T00:00"), "hall"
    )
    written = write_plan(PROBLEM, replace(PLAN, meetings=(night,)))
    assert read_plan_meetings(written, PROBLEM) == (night,)


def test_parties_without_a_request_are_not_said_to_have_no_meeting() -> None:
    more = replace(PROBLEM, parties=(*PROBLEM.parties, Party("xx", "Onlooker")))
    assert "Onlooker" not in [row[0] for row in rows("By delegation", write_plan(more, PLAN))]
