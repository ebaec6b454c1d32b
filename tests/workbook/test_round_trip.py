"""A problem written as a workbook is read as the same problem."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner_support.examples import PROBLEM, SMALLEST
from planner_support.strategies import problems
from summitry.planner import (
    Fixed,
    Interpreter,
    Meeting,
    Party,
    Person,
    Problem,
    Request,
    Room,
    Sitting,
    Span,
    Walk,
    problem_document,
    read_problem,
    require_well_formed,
)
from summitry.workbook import TooLong, write_problem
from summitry.workbook import read_problem as read_workbook

START, END = datetime.fromisoformat("2019-10-15T09:00"), datetime.fromisoformat("2019-10-15T12:00")


def require_kept(problem: Problem) -> None:
    assert problem_document(read_workbook(write_problem(problem))) == problem_document(problem)


def test_a_language_that_looks_like_a_slip_is_kept() -> None:
    problem = read_problem(json.dumps(PROBLEM))
    both = frozenset({"Romani", "Frensh"})
    asked = replace(problem.requests[0], languages=("Romani", "Frensh"), interpreters=1)
    interpreter = Interpreter("slip", both)
    require_kept(
        replace(
            problem,
            interpreters=(*problem.interpreters, interpreter),
            requests=(asked, *problem.requests[1:]),
        )
    )


@pytest.mark.parametrize("document", [PROBLEM, SMALLEST])
def test_every_key_of_the_format_has_its_place(document: dict[str, Any]) -> None:
    require_kept(read_problem(json.dumps(document)))


@settings(max_examples=25, deadline=None)
@given(problems())
def test_any_problem_is_kept(problem: Problem) -> None:
    require_kept(problem)


AWKWARD = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=4),
    st.text(st.sampled_from(' ";\n,=aA'), min_size=1, max_size=5),
    st.sampled_from(
        ["=1+1", "-", "_x0041_", "\x00", "1", "TRUE", " a", '"a"', "a; b", "r1", "English", "en", "EN", "yes"]
    ),
)


@st.composite
def awkwardly_named(draw: st.DrawFn) -> Problem:
    """A problem whose names are whatever the formats allow."""
    ids = draw(st.lists(AWKWARD, min_size=4, max_size=4, unique=True))
    word = st.none() | AWKWARD
    texts = st.none() | AWKWARD | st.just("")
    codes = draw(st.lists(AWKWARD, min_size=2, max_size=2, unique=True))
    zones = draw(st.lists(AWKWARD, min_size=2, max_size=2, unique=True))
    span = Span(START, END, draw(texts), draw(word))
    held = Meeting(ids[0], START, END, ids[2], (ids[1],))
    return Problem(
        timezone="Europe/Warsaw",
        title=draw(texts),
        sittings=tuple(Sitting(ids[0], START, END) for _ in range(1)),
        parties=tuple(Party(id_, draw(AWKWARD | st.just(""))) for id_ in ids),
        people=tuple(Person(id_, ids[3], draw(texts), (span,)) for id_ in ids),
        rooms=tuple(
            Room(
                id_,
                draw(texts),
                None,
                draw(word),
                frozenset(draw(st.lists(AWKWARD, max_size=2))),
                party=ids[1],
            )
            for id_ in ids
        ),
        walks=(Walk(zones[0], zones[1], 5),),
        interpreters=tuple(Interpreter(id_, frozenset(codes), draw(texts), (span,)) for id_ in ids),
        requests=tuple(
            Request(
                id_,
                (ids[1], ids[0], ids[2]),
                tuple(ids),
                minutes=30,
                features=frozenset(draw(st.lists(AWKWARD, max_size=2))),
                rooms=(ids[3], ids[0]),
                sittings=(ids[0],),
                windows=(Span(START, START), Span(START, END)),
                languages=(codes[0], codes[1]),
                interpreters=2,
                after=(ids[1],),
                fixed=Fixed(START, ids[2]),
            )
            for id_ in ids
        ),
        baseline=draw(
            st.sampled_from(
                [
                    None,
                    (),
                    (held,),
                    (
                        held,
                        Meeting(
                            draw(AWKWARD.filter(lambda name: name not in ids)), START, END, draw(AWKWARD)
                        ),
                    ),
                ]
            )
        ),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(awkwardly_named())
def test_names_of_any_kind_are_kept(problem: Problem) -> None:
    require_well_formed(problem)
    repair = replace(problem, objective=()) if problem.baseline is not None else problem
    require_kept(repair)


@pytest.mark.parametrize(
    "day", ["0999-01-01", "1066-10-14", "1900-02-28", "1904-01-01", "2400-02-29", "9999-12-30"]
)
def test_days_far_away_are_kept(day: str) -> None:
    start, end = datetime.fromisoformat(f"{day}T00:00"), datetime.fromisoformat(f"{day}T23:55")
    problem = read_problem(json.dumps(SMALLEST))
    require_kept(replace(problem, sittings=(Sitting("a", start, end),), frozen_until=start))


def test_what_is_too_long_for_a_cell_is_refused_by_its_name() -> None:
    problem = read_problem(json.dumps(SMALLEST))
    with pytest.raises(TooLong, match=r"sheet Rooms, cell B2 would need 40,000 characters"):
        write_problem(replace(problem, rooms=(Room("h" * 40_000),)))
