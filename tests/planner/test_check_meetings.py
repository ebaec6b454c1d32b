from __future__ import annotations

from dataclasses import replace

import pytest

from planner_support.building import at, broken, held, person, problem, request, rooms, span
from summitry.planner.check import Rule, check_meetings
from summitry.planner.problem import Fixed, Limits, Room, Sitting, Walk


def test_a_meeting_on_the_grid_of_a_sitting_is_valid() -> None:
    assert broken(problem(request("a")), held("a", "09:05")) == set()


def test_an_empty_plan_of_a_problem_without_musts_is_valid() -> None:
    assert broken(problem(request("a"))) == set()


def test_a_meeting_names_what_exists() -> None:
    asked = problem(request("a"))

    assert broken(asked, held("b", "09:00")) == {Rule.REQUEST}
    assert broken(asked, held("a", "09:00"), held("a", "10:00")) == {Rule.REQUEST}
    assert broken(asked, held("a", "09:00", room="attic")) == {Rule.ROOM}
    assert broken(asked, held("a", "09:00", "nobody")) == {Rule.INTERPRETERS}


def test_a_meeting_lasts_what_was_asked() -> None:
    assert broken(problem(request("a")), held("a", "09:00", minutes=25)) == {Rule.LENGTH}


@pytest.mark.parametrize("start", ["08:45", "11:45", "16:45", "18:00"])
def test_a_meeting_lies_wholly_inside_one_sitting_even_where_two_touch(start: str) -> None:
    assert broken(problem(request("a")), held("a", start)) == {Rule.SITTING}


def test_a_meeting_may_be_bound_to_some_sittings() -> None:
    asked = problem(request("a", sittings=("afternoon",)))

    assert broken(asked, held("a", "09:00")) == {Rule.SITTING}
    assert broken(asked, held("a", "12:00")) == set()


def test_the_grid_begins_with_the_sitting() -> None:
    odd = problem(request("a"), sittings=(Sitting("s", at("09:07"), at("12:00")),), grid_minutes=30)

    assert broken(odd, held("a", "09:37")) == set()
    assert broken(odd, held("a", "09:30")) == {Rule.GRID}


def test_a_meeting_lies_wholly_inside_one_window_even_where_two_touch() -> None:
    windows = (span("09:00", "09:45"), span("09:45", "11:00"))
    asked = problem(request("a", windows=windows))

    assert broken(asked, held("a", "09:30")) == {Rule.WINDOW}
    assert broken(asked, held("a", "09:15")) == set()
    assert broken(asked, held("a", "10:30")) == set()
    assert broken(problem(request("a", windows=(span("09:00", "09:00"),))), held("a", "09:00")) == {
        Rule.WINDOW
    }


def test_a_fixed_meeting_is_then_and_there_or_not_at_all() -> None:
    two = rooms("hall", "office")
    fixed = problem(request("a", fixed=Fixed(at("10:00"), "office")), rooms=two)

    assert broken(fixed) == set()
    assert broken(fixed, held("a", "10:00", room="office")) == set()
    assert broken(fixed, held("a", "10:05", room="office")) == {Rule.FIXED}
    assert broken(fixed, held("a", "10:00")) == {Rule.FIXED}
    assert broken(problem(request("a", fixed=Fixed(at("10:00"))), rooms=two), held("a", "10:00")) == set()


def test_a_room_is_one_of_those_allowed() -> None:
    two = rooms("hall", "office")

    assert broken(problem(request("a", rooms=("office",)), rooms=two), held("a", "09:00")) == {Rule.ROOM}


def test_a_room_has_the_seats_and_the_features() -> None:
    small = (Room("hall", seats=6, features=frozenset({"screen"})),)

    assert (
        broken(
            problem(request("a", seats=6, features=frozenset({"screen"})), rooms=small), held("a", "09:00")
        )
        == set()
    )
    assert broken(problem(request("a", seats=7), rooms=small), held("a", "09:00")) == {Rule.ROOM}
    assert broken(problem(request("a", seats=7)), held("a", "09:00")) == set()
    assert broken(problem(request("a", features=frozenset({"booth"})), rooms=small), held("a", "09:00")) == {
        Rule.ROOM
    }


def test_a_room_of_a_delegation_is_for_its_meetings() -> None:
    office = (Room("hall", party="au"),)

    assert broken(problem(request("a"), rooms=office), held("a", "09:00")) == {Rule.ROOM}
    assert broken(problem(request("a", parties=("pl", "au")), rooms=office), held("a", "09:00")) == set()


def test_nothing_is_held_in_a_closed_room() -> None:
    closed = (Room("hall", closed=(span("10:00", "10:30"),), turnaround_minutes=15),)
    asked = problem(request("a"), rooms=closed)

    assert broken(asked, held("a", "09:45")) == {Rule.CLOSED}
    assert broken(asked, held("a", "09:30")) == set()
    assert broken(asked, held("a", "10:30")) == set()


def test_times_that_the_clock_does_not_show_once_are_not_used() -> None:
    night = (Sitting("night", at("00:00", 27), at("06:00", 27)),)
    asked = problem(request("a"), sittings=night)

    assert broken(asked, held("a", "01:00", day=27)) == set()
    assert broken(asked, held("a", "01:30", day=27)) == {Rule.CLOCK}
    assert broken(asked, held("a", "03:00", day=27)) == set()


def test_a_room_holds_one_meeting_at_a_time() -> None:
    asked = problem(request("a"), request("b"))

    assert broken(asked, held("a", "09:00"), held("b", "09:25")) == {Rule.OVERLAP}
    assert broken(asked, held("a", "09:00"), held("b", "09:30")) == set()


def test_the_turnaround_lies_between_any_two_meetings_across_sittings() -> None:
    asked = problem(request("a"), request("b"), turnaround_minutes=10)

    assert broken(asked, held("a", "09:00"), held("b", "09:35")) == {Rule.TURNAROUND}
    assert broken(asked, held("a", "09:00"), held("b", "09:40")) == set()
    assert broken(asked, held("a", "11:30"), held("b", "12:05")) == {Rule.TURNAROUND}


def test_a_room_may_have_its_own_turnaround() -> None:
    asked = problem(
        request("a"), request("b"), turnaround_minutes=10, rooms=(Room("hall", turnaround_minutes=0),)
    )

    assert broken(asked, held("a", "09:00"), held("b", "09:30")) == set()


def test_a_person_is_in_one_place_at_a_time() -> None:
    host = person("host", engagements=(span("10:00", "11:00"), span("10:30", "10:45")))
    asked = problem(request("a", "host"), request("b", "host"), people=(host,), rooms=rooms("hall", "office"))

    assert broken(asked, held("a", "09:00"), held("b", "09:15", room="office")) == {Rule.OVERLAP}
    assert broken(asked, held("a", "09:00"), held("b", "09:30", room="office")) == set()
    assert broken(asked, held("a", "10:55")) == {Rule.OVERLAP}
    assert broken(asked, held("a", "09:30"), held("b", "11:00")) == set()


def test_between_two_zones_there_is_time_to_walk() -> None:
    two = rooms("hall", "office", hall="north", office="south")
    asked = problem(
        request("a", "host"), request("b", "host"), rooms=two, walks=(Walk("south", "north", 10),)
    )

    assert broken(asked, held("a", "09:00"), held("b", "09:35", room="office")) == {Rule.WALK}
    assert broken(asked, held("a", "09:00"), held("b", "09:40", room="office")) == set()
    assert broken(asked, held("a", "09:00"), held("b", "09:30")) == set()


def test_the_walk_counts_to_engagements_too_but_not_between_them() -> None:
    engagements = (span("10:00", "10:30", "south"), span("10:30", "11:00", "north"))
    host = person("host", engagements=engagements)
    asked = problem(
        request("a", "host"),
        people=(host,),
        rooms=rooms("hall", "attic", hall="north"),
        walks=(Walk("north", "south", 10),),
    )

    assert broken(asked, held("a", "09:25")) == {Rule.WALK}
    assert broken(asked, held("a", "09:20")) == set()
    assert broken(asked, held("a", "11:00")) == set()
    assert broken(asked, held("a", "09:30", room="attic")) == set()


def test_the_walk_counts_between_any_two_items_not_only_neighbours() -> None:
    host = person("host", engagements=(span("09:30", "09:35"),))
    two = rooms("hall", "office", hall="north", office="south")
    asked = problem(
        request("a", "host"),
        request("b", "host"),
        people=(host,),
        rooms=two,
        walks=(Walk("north", "south", 15),),
    )

    assert broken(asked, held("a", "09:00"), held("b", "09:40", room="office")) == {Rule.WALK}


def test_a_person_may_have_only_so_many_meetings_in_a_sitting() -> None:
    host = person("host", max_meetings_per_sitting=1)
    asked = problem(request("a", "host"), request("b", "host"), people=(host,))

    assert broken(asked, held("a", "09:00"), held("b", "11:00")) == {Rule.LIMIT}
    assert broken(asked, held("a", "11:00"), held("b", "12:00")) == set()


def test_a_row_of_meetings_is_one_without_a_break_by_the_plain_gap() -> None:
    host = person("host", max_consecutive=2, engagements=(span("10:00", "10:05"),))
    asked = problem(*(request(name, "host") for name in "abc"), people=(host,), break_minutes=10)

    assert broken(asked, held("a", "09:00"), held("b", "09:30"), held("c", "10:10")) == set()
    assert broken(asked, held("a", "09:00"), held("b", "09:30"), held("c", "10:05")) == {Rule.LIMIT}
    assert broken(asked, held("a", "11:00"), held("b", "11:30"), held("c", "12:00")) == set()


def test_a_meeting_comes_after_those_named_that_are_held() -> None:
    asked = problem(request("a"), request("b", after=("a",)), rooms=rooms("hall", "office"))

    assert broken(asked, held("a", "09:00"), held("b", "09:25", room="office")) == {Rule.AFTER}
    assert broken(asked, held("a", "09:00"), held("b", "09:30", room="office")) == set()
    assert broken(asked, held("b", "09:00")) == set()


def test_meetings_in_a_circle_of_order_are_not_held_together() -> None:
    asked = problem(request("a", after=("b",)), request("b", after=("a",)), request("c", after=("c",)))

    assert broken(asked, held("a", "09:00"), held("b", "10:00")) == {Rule.AFTER}
    assert broken(asked, held("a", "09:00")) == set()
    assert broken(asked, held("c", "09:00")) == {Rule.AFTER}


def test_what_must_be_held_is_held() -> None:
    assert broken(problem(request("a", must=True))) == {Rule.MUST}


def test_breaks_spread_over_everyone_named_in_a_request_held_or_not() -> None:
    asked = problem(
        request("a", "host"),
        request("b", "host"),
        request("c", "guest"),
        people=(person("host"), person("guest"), person("not asked for")),
        limits=Limits(0),
    )

    assert broken(asked, held("a", "09:00"), held("b", "09:30")) == set()
    assert broken(asked, held("a", "09:00"), held("b", "10:00")) == {Rule.SPREAD}
    assert broken(replace(asked, limits=Limits(1)), held("a", "09:00"), held("b", "10:00")) == set()
    assert broken(replace(asked, limits=Limits(0))) == set()


def test_a_broken_rule_is_told_in_one_line() -> None:
    asked = problem(request("a"), request("b"))
    told = check_meetings(asked, [held("a", "09:00"), held("b", "09:25")])

    assert [str(violation) for violation in told] == [
        'overlap: room "hall": meeting "a" (2019-10-15T09:00 to 2019-10-15T09:30) and meeting "b" (2019-10-15T09:25 to 2019-10-15T09:55) overlap'
    ]


def test_a_plan_with_everything_on_one_spot_is_refused_without_naming_every_pair() -> None:
    asked = problem(*(request(f"r{number}") for number in range(500)))

    assert len(check_meetings(asked, [held(f"r{number}", "09:00") for number in range(500)])) == 50
