from __future__ import annotations

from dataclasses import replace

from planner_support.building import at, held, person, problem, request, rooms, span
from summitry.planner import score
from summitry.planner.problem import DEFAULT_REPAIR_OBJECTIVE, Aim, Meeting, Problem, Sitting, Walk


def value(aim: Aim, asked: Problem, *meetings: Meeting) -> int:
    return score(replace(asked, objective=(aim,)), meetings)[aim]


def test_the_score_has_the_aims_of_the_objective_in_their_order() -> None:
    asked = problem(request("a"), objective=(Aim.WALKING, Aim.WEIGHT))

    assert list(score(asked, [])) == [Aim.WALKING, Aim.WEIGHT]
    assert score(replace(asked, objective=()), []) == {}


def test_weight_is_the_sum_over_what_is_held() -> None:
    asked = problem(request("a", weight=5), request("b", weight=3), request("c"))

    assert value(Aim.WEIGHT, asked, held("a", "09:00"), held("c", "10:00")) == 6


def test_left_out_are_parties_named_that_hold_nothing() -> None:
    asked = problem(request("a"), request("b", parties=("pl", "au")))

    assert value(Aim.LEFT_OUT, asked) == 3
    assert value(Aim.LEFT_OUT, asked, held("a", "09:00")) == 1
    assert value(Aim.LEFT_OUT, problem(request("a"))) == 2


def test_a_break_is_free_time_between_consecutive_meetings_of_one_sitting() -> None:
    asked = problem(request("a", "host"), request("b", "host"), request("c", "host"), break_minutes=15)

    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("b", "09:45"), held("c", "10:25")) == 1
    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("c", "11:00"), held("b", "10:00")) == 2
    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("b", "12:00")) == 0
    assert value(Aim.BREAKS, asked, held("a", "09:00")) == 0


def test_a_break_counts_for_each_person() -> None:
    asked = problem(request("a", "host", "guest"), request("b", "host", "guest"))

    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("b", "10:00")) == 2


def test_engagements_take_from_a_break_as_much_as_their_union() -> None:
    busy = (span("09:30", "09:50"), span("09:40", "10:00"), span("09:00", "09:10"))
    asked = problem(
        request("a", "host"),
        request("b", "host"),
        people=(person("host", engagements=busy),),
        break_minutes=15,
    )

    assert value(Aim.BREAKS, asked, held("a", "09:20", minutes=15), held("b", "10:10")) == 0
    assert value(Aim.BREAKS, asked, held("a", "09:20", minutes=15), held("b", "10:15")) == 1


def test_the_walk_between_two_rooms_takes_from_a_break() -> None:
    asked = problem(
        request("a", "host"),
        request("b", "host"),
        rooms=rooms("hall", "office", "attic", hall="north", office="south"),
        walks=(Walk("north", "south", 10),),
        break_minutes=15,
    )

    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("b", "09:50", room="office")) == 0
    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("b", "09:55", room="office")) == 1
    assert value(Aim.BREAKS, asked, held("a", "09:00"), held("b", "09:45", room="attic")) == 1


def walked(*engagements: tuple[str, str, str | None]) -> Problem:
    host = person("host", engagements=tuple(span(start, end, zone) for start, end, zone in engagements))
    return problem(
        request("a", "host"),
        request("b", "host"),
        people=(host, person("idle", engagements=host.engagements)),
        rooms=rooms("hall", "office", "attic", hall="north", office="south"),
        walks=(Walk("north", "south", 10), Walk("north", "east", 3)),
    )


def test_walking_is_counted_between_neighbouring_items() -> None:
    assert value(Aim.WALKING, walked(), held("a", "09:00"), held("b", "10:00", room="office")) == 10
    assert value(Aim.WALKING, walked(), held("a", "09:00"), held("b", "10:00")) == 0
    assert value(Aim.WALKING, walked(("09:40", "09:50", "east")), held("a", "09:00"), held("b", "10:00")) == 6


def test_an_item_without_a_zone_parts_its_neighbours() -> None:
    assert value(Aim.WALKING, walked(), held("a", "09:00"), held("b", "10:00", room="attic")) == 0
    blank = walked(("09:40", "09:50", None))
    assert value(Aim.WALKING, blank, held("a", "09:00"), held("b", "10:00", room="office")) == 0


def test_a_leg_between_two_engagements_counts_nothing() -> None:
    busy = walked(("10:00", "10:30", "south"), ("11:00", "11:30", "north"))

    assert value(Aim.WALKING, busy, held("a", "09:00")) == 10
    assert value(Aim.WALKING, busy) == 0


def test_items_are_neighbours_by_start_then_end() -> None:
    assert (
        value(
            Aim.WALKING, walked(("09:00", "11:00", "south"), ("09:00", "09:10", "east")), held("a", "11:00")
        )
        == 10
    )
    assert (
        value(
            Aim.WALKING, walked(("09:00", "10:00", "south"), ("09:00", "10:00", "east")), held("a", "11:00")
        )
        == 3
    )


def test_nobody_walks_over_night() -> None:
    nights = (Sitting("s", at("20:00"), at("10:00", 16)),)
    asked = replace(walked(), sittings=nights)

    assert value(Aim.WALKING, asked, held("a", "20:00"), held("b", "09:00", room="office", day=16)) == 0
    assert value(Aim.WALKING, asked, held("a", "22:00"), held("b", "23:45", room="office")) == 10


def test_dropped_moved_and_reroomed_are_told_from_the_baseline() -> None:
    asked = problem(
        *(
            request(name, weight=weight)
            for name, weight in (("a", 5), ("b", 3), ("c", 2), ("d", 1), ("e", 1))
        ),
        rooms=rooms("hall", "office"),
        baseline=(
            held("a", "09:00"),
            held("b", "09:30"),
            held("c", "10:00"),
            held("d", "10:30"),
            held("gone", "11:00"),
        ),
        objective=DEFAULT_REPAIR_OBJECTIVE,
    )
    now = [
        held("a", "09:00"),
        held("b", "09:35", room="office"),
        held("c", "10:00", room="office"),
        held("e", "11:00"),
    ]

    found = score(asked, now)

    assert (found[Aim.DROPPED], found[Aim.MOVED], found[Aim.REROOMED], found[Aim.WEIGHT]) == (1, 1, 1, 11)
