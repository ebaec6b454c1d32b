from __future__ import annotations

from dataclasses import replace

from planner_support.building import anna, at, broken, held, person, problem, request, rooms, span
from summitry.planner.check import Rule
from summitry.planner.problem import Fixed, Problem, Room


def frozen(*requests: str, until: str = "10:00") -> Problem:
    """Requests a and b of one host; those named held at 09:00, 09:30 in the baseline, nothing else before ten."""
    asked = (request("a", "host"), request("b", "host"))
    baseline = tuple(held(name, start) for name, start in zip(requests, ("09:00", "09:30"), strict=False))
    return problem(*asked, rooms=rooms("hall", "office"), baseline=baseline, frozen_until=at(until))


def test_a_frozen_meeting_stays_as_it_was() -> None:
    asked = frozen("a")

    assert broken(asked, held("a", "09:00")) == set()
    assert broken(asked) == {Rule.FROZEN}
    assert broken(asked, held("a", "10:00")) == {Rule.FROZEN}
    assert broken(asked, held("a", "09:00", room="office")) == {Rule.FROZEN}
    assert broken(asked, held("a", "09:00", minutes=25)) == {Rule.FROZEN, Rule.LENGTH}


def test_nothing_else_starts_before_the_frozen_time() -> None:
    asked = frozen("a")

    assert broken(asked, held("a", "09:00"), held("b", "09:55")) == {Rule.FROZEN}
    assert broken(asked, held("a", "09:00"), held("b", "10:00")) == set()
    assert broken(replace(asked, baseline=None), held("b", "09:55")) == {Rule.FROZEN}


def test_a_meeting_that_starts_at_the_frozen_time_is_not_frozen() -> None:
    asked = frozen("a", until="09:00")

    assert broken(asked) == set()
    assert broken(asked, held("a", "16:00")) == set()


def test_a_frozen_meeting_is_exempt_from_the_rules_on_its_own_place_and_time() -> None:
    strange = replace(
        request(
            "a", "host", seats=99, features=frozenset({"booth"}), rooms=("office",), sittings=("afternoon",)
        ),
        windows=(span("14:00", "15:00"),),
        fixed=Fixed(at("14:00"), "office"),
        languages=("en", "fr"),
        interpreters=2,
        after=("b",),
    )
    host = person("host", engagements=(span("08:00", "09:15"),))
    asked = replace(
        problem(strange, request("b", "host"), people=(host,)),
        rooms=(Room("hall", seats=2, closed=(span("08:00", "09:00"),), party="au"), Room("office")),
        baseline=(held("a", "08:47", minutes=20),),
        frozen_until=at("09:00"),
    )

    assert broken(asked, held("a", "08:47", minutes=20)) == set()
    assert broken(asked, held("a", "08:47", minutes=20), held("b", "10:00", room="office")) == set()


def test_a_frozen_meeting_occupies_what_it_occupies() -> None:
    baseline = (held("a", "09:45", "anna", minutes=30),)
    asked = replace(frozen(), baseline=baseline, interpreters=(anna(),), turnaround_minutes=5)

    assert broken(asked, *baseline, held("b", "10:10", room="office")) == {Rule.OVERLAP}
    assert broken(asked, *baseline, held("b", "10:15")) == {Rule.TURNAROUND}
    assert broken(asked, *baseline, held("b", "10:15", room="office")) == set()


def test_what_frozen_meetings_break_among_themselves_is_not_asked() -> None:
    baseline = (held("a", "09:00"), held("b", "09:15"))
    host = person("host", max_meetings_per_sitting=1, max_consecutive=1)
    asked = replace(frozen(), people=(host,), baseline=baseline, turnaround_minutes=30)
    third = replace(asked, requests=(*asked.requests, request("c", "host")))

    assert broken(asked, *baseline) == set()
    assert broken(third, *baseline, held("c", "10:15", room="office")) == {Rule.LIMIT}
    assert broken(third, *baseline, held("c", "12:00", room="office")) == set()


def test_what_comes_after_a_frozen_meeting_still_waits_for_its_end() -> None:
    baseline = (held("a", "09:50"),)
    asked = replace(
        frozen(), requests=(request("a", "host"), request("b", "guest", after=("a",))), baseline=baseline
    )
    asked = replace(asked, people=(person("host"), person("guest")))

    assert broken(asked, *baseline, held("b", "10:15", room="office")) == {Rule.AFTER}
    assert broken(asked, *baseline, held("b", "10:20", room="office")) == set()


def test_a_meeting_of_the_baseline_whose_request_is_gone_is_ignored() -> None:
    asked = replace(frozen(), baseline=(held("gone", "12:00", room="pulled down"),))

    assert broken(asked) == set()
