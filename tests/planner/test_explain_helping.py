"""One small plan for each kind of remedy."""

from __future__ import annotations

from dataclasses import replace

from planner_support.building import at, held, person, problem, request, rooms, span
from summitry.planner import Meeting, Plan, Problem, Remedy, Sitting, Status, Unscheduled, explain_one
from summitry.planner.check.plan import check_remedies
from summitry.planner.problem import Aim, Party, Person

SHORT = (Sitting("morning", at("09:00"), at("10:00")),)


def told(asked: Problem, name: str, *meetings: Meeting) -> Unscheduled:
    """What is said of one request, its remedies held against the validator."""
    answer = explain_one(asked, meetings, name)
    plan = Plan(Status.FEASIBLE, meetings, (answer,))
    assert check_remedies(asked, plan) == []
    return answer


def texts(answer: Unscheduled) -> list[str]:
    return [remedy.text for remedy in answer.remedies]


def only(answer: Unscheduled, start: str) -> Remedy:
    (found,) = [remedy for remedy in answer.remedies if remedy.text.startswith(start)]
    return found


def test_a_meeting_that_could_be_elsewhere_is_moved() -> None:
    asked = problem(request("new", windows=(span("09:00", "09:30"),)), request("old"), sittings=SHORT)
    answer = told(asked, "new", held("old", "09:00"))
    assert "Move Poland–Morocco to Tue 15 Oct 09:30" in texts(answer)
    remedy = only(answer, "Move")
    assert [(meeting.request, meeting.start) for meeting in remedy.change.meetings] == [
        ("new", at("09:00")),
        ("old", at("09:30")),
    ]


def test_two_meetings_are_moved_one_to_make_room_for_the_other() -> None:
    asked = problem(
        request("new", "x", windows=(span("09:00", "09:30"),)),
        request("one", "x", windows=(span("09:00", "10:00"),)),
        request("two", "y"),
        sittings=(Sitting("morning", at("09:00"), at("10:30")),),
    )
    answer = told(asked, "new", held("one", "09:00"), held("two", "09:30"))
    moved = only(answer, "Move").change.meetings
    assert [(meeting.request, meeting.start) for meeting in moved] == [
        ("new", at("09:00")),
        ("one", at("09:30")),
        ("two", at("10:00")),
    ]


def test_a_colleague_is_sent_instead() -> None:
    asked = problem(
        request("new", "x"),
        request("old", "x", minutes=60),
        people=(person("x"), person("z")),
        sittings=SHORT,
    )
    asked = replace(asked, rooms=rooms("hall", "office"))
    answer = told(asked, "new", held("old", "09:00", minutes=60))
    assert "Send Poland’s z instead of Poland’s x" in texts(answer)


def test_nobody_of_another_delegation_is_sent() -> None:
    asked = problem(
        request("new", "x"),
        request("old", "x", minutes=60),
        people=(person("x"), Person("z", "ma")),
        sittings=SHORT,
    )
    asked = replace(asked, rooms=rooms("hall", "office"))
    assert not any(
        text.startswith("Send") for text in texts(told(asked, "new", held("old", "09:00", minutes=60)))
    )


def test_a_sitting_runs_on_by_as_little_as_will_do_and_not_into_the_next() -> None:
    must = request("old", "x", minutes=60, must=True)
    asked = problem(request("new", "x", minutes=15), must, sittings=SHORT, grid_minutes=15)
    answer = told(asked, "new", held("old", "09:00", minutes=60))
    assert "Let the sitting Tue 15 Oct 09:00–10:00 run until 10:15, and hold it Tue 15 Oct 10:00" in texts(
        answer
    )
    next_one = Sitting("late", at("10:10"), at("11:10"))
    late = replace(asked, sittings=(*SHORT, next_one))
    late = replace(late, requests=(replace(late.requests[0], sittings=("morning",)), late.requests[1]))
    answer = told(late, "new", held("old", "09:00", minutes=60))
    assert not any(text.startswith("Let") for text in texts(answer))


def test_a_meeting_of_less_weight_is_dropped_rather_than_one_of_more() -> None:
    asked = problem(
        request("new", "x", minutes=30, weight=5),
        request("light", "x", weight=1),
        request("heavy", "x", weight=9),
        sittings=SHORT,
    )
    answer = told(asked, "new", held("heavy", "09:00"), held("light", "09:30"))
    remedy = only(answer, "Drop")
    assert remedy.change.drop == ("light",)
    assert remedy.change.cost[Aim.WEIGHT] == 4


def test_several_meetings_are_dropped_where_one_is_not_enough() -> None:
    asked = problem(
        request("new", "x", "y", minutes=60),
        request("one", "x", minutes=30),
        request("two", "y", minutes=30),
        sittings=SHORT,
        grid_minutes=30,
    )
    answer = told(asked, "new", held("one", "09:00"), held("two", "09:30"))
    assert only(answer, "Drop").change.drop == ("one", "two")


def test_people_are_released_where_nothing_else_helps() -> None:
    busy = person("x", engagements=(span("08:00", "12:00"),))
    asked = problem(request("new", "x", minutes=10), people=(busy,), sittings=SHORT, grid_minutes=10)
    answer = told(asked, "new")
    assert texts(answer) == ["Release Poland from an engagement, Tue 15 Oct 08:00–12:00"]


def test_what_must_be_held_and_what_is_frozen_is_left_alone() -> None:
    asked = problem(
        request("new", "x", minutes=60),
        request("must", "x", minutes=60, must=True),
        sittings=SHORT,
        grid_minutes=60,
    )
    meeting = held("must", "09:00", minutes=60)
    answer = told(asked, "new", meeting)
    assert all(text.startswith("Let") for text in texts(answer))
    frozen = replace(
        asked,
        requests=tuple(replace(each, must=False) for each in asked.requests),
        baseline=(meeting,),
        frozen_until=at("12:00"),
    )
    assert texts(told(frozen, "new", meeting)) == []


def test_a_delegation_with_a_long_name_keeps_its_remedies_short() -> None:
    asked = problem(request("new", "x"), request("old", "x", minutes=60), sittings=SHORT)
    parties = (Party("pl", "Poland " * 40), *asked.parties[1:])
    answer = told(replace(asked, parties=parties), "new", held("old", "09:00", minutes=60))
    assert texts(answer)
    assert max(map(len, texts(answer))) <= 400
