from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner_support.building import anna, at, broken, held, problem, request, rooms, span
from summitry.planner.check import Rule
from summitry.planner.problem import Problem, Sitting, Walk


def test_exactly_the_interpreters_asked_for_are_assigned() -> None:
    two = (anna(), replace(anna(), id="bela", languages=frozenset({"en", "fr", "es"})))
    asked = problem(request("a", languages=("en", "fr"), interpreters=2), request("b"), interpreters=two)

    assert broken(asked, held("a", "09:00", "bela", "anna")) == set()
    assert broken(asked, held("a", "09:00", "anna")) == {Rule.INTERPRETERS}
    assert broken(asked, held("a", "09:00", "anna", "anna")) == {Rule.INTERPRETERS}
    assert broken(asked, held("b", "09:00", "anna")) == {Rule.INTERPRETERS}


def test_an_interpreter_has_both_languages() -> None:
    asked = problem(request("a", languages=("en", "es"), interpreters=1), interpreters=(anna(),))

    assert broken(asked, held("a", "09:00", "anna")) == {Rule.INTERPRETERS}


def test_an_interpreter_is_in_one_place_at_a_time_with_time_to_walk() -> None:
    asked = problem(
        request("a", languages=("en", "fr"), interpreters=1),
        request("b", languages=("en", "fr"), interpreters=1),
        rooms=rooms("hall", "office", hall="north", office="south"),
        walks=(Walk("north", "south", 10),),
        interpreters=(anna(engagements=(span("10:30", "11:00"),)),),
    )

    assert broken(asked, held("a", "09:00", "anna"), held("b", "09:00", "anna", room="office")) == {
        Rule.OVERLAP
    }
    assert broken(asked, held("a", "09:00", "anna"), held("b", "09:35", "anna", room="office")) == {Rule.WALK}
    assert broken(asked, held("a", "09:00", "anna"), held("b", "09:40", "anna", room="office")) == set()
    assert broken(asked, held("a", "10:05", "anna")) == {Rule.OVERLAP}


def interpreted(*lengths: int, **terms: Any) -> Problem:
    """Requests a, b, c… for the interpreter Anna, of so many minutes."""
    asked = [
        request(name, minutes=minutes, languages=("en", "fr"), interpreters=1)
        for name, minutes in zip("abcd", lengths, strict=False)
    ]
    return problem(*asked, interpreters=(anna(**terms),))


def test_an_interpreter_works_only_so_long_in_a_sitting() -> None:
    asked = interpreted(30, 30, max_minutes_per_sitting=45)

    assert broken(asked, held("a", "09:00", "anna"), held("b", "11:00", "anna")) == {Rule.LIMIT}
    assert broken(asked, held("a", "09:00", "anna"), held("b", "12:00", "anna")) == set()


def test_an_interpreter_works_only_so_long_on_the_date_a_meeting_starts() -> None:
    late = (Sitting("evening", at("22:00"), at("02:00", 16)),)
    asked = replace(interpreted(30, 30, max_minutes_per_day=45), sittings=late)

    assert broken(asked, held("a", "22:00", "anna"), held("b", "23:45", "anna")) == {Rule.LIMIT}
    assert broken(asked, held("a", "22:00", "anna"), held("b", "00:00", "anna", day=16)) == set()


def test_a_run_is_the_minutes_worked_between_rests() -> None:
    asked = interpreted(30, 30, 30, max_continuous_minutes=60, rest_minutes=15)

    assert broken(
        asked, held("a", "09:00", "anna"), held("b", "09:40", "anna"), held("c", "10:20", "anna")
    ) == {Rule.REST}
    assert (
        broken(asked, held("a", "09:00", "anna"), held("b", "09:40", "anna"), held("c", "10:25", "anna"))
        == set()
    )


def test_a_run_goes_on_across_sittings() -> None:
    asked = interpreted(30, 60, max_continuous_minutes=60, rest_minutes=15)

    assert broken(asked, held("a", "11:30", "anna"), held("b", "12:10", "anna", minutes=60)) == {Rule.REST}


def test_an_engagement_is_no_rest() -> None:
    busy = (span("09:35", "09:50"), span("09:40", "09:55"))
    asked = interpreted(30, 30, engagements=busy, max_continuous_minutes=45, rest_minutes=15)

    assert broken(asked, held("a", "09:00", "anna"), held("b", "09:55", "anna")) == {Rule.REST}
    assert broken(asked, held("a", "09:00", "anna"), held("b", "10:05", "anna")) == set()


def test_one_long_meeting_is_a_run_by_itself() -> None:
    asked = interpreted(60, max_continuous_minutes=45, rest_minutes=15)

    assert broken(asked, held("a", "09:00", "anna", minutes=60)) == {Rule.REST}
