from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner_support.bruteforce import valid_plans
from planner_support.strategies import problems
from summitry.planner.explain import contradiction
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Fixed, Party, Person, Problem, Request, Room, Sitting, Span

MORNING = datetime.fromisoformat("2019-10-30T09:00")


def forced(problem: Problem, names: Collection[str]) -> Problem:
    return replace(problem, requests=tuple(replace(each, must=each.id in names) for each in problem.requests))


def by_trying_all(problem: Problem, names: Collection[str], _seconds: float | None) -> bool:
    return next(valid_plans(forced(problem, names)), None) is not None


@settings(max_examples=100, deadline=None)
@given(problems(most_requests=4, most_plans=1_000), st.data())
def test_a_contradiction_cannot_be_held_and_any_part_of_it_can(problem: Problem, data: st.DataObject) -> None:
    names = [request.id for request in problem.requests]
    assume(names)
    chosen = data.draw(st.sets(st.sampled_from(names), min_size=1))
    problem = forced(problem, chosen)
    assume(not by_trying_all(problem, chosen, None))
    found = contradiction(problem, oracle=by_trying_all)
    core = [each.request for each in found]
    if not by_trying_all(problem, [], None):
        return  # what is frozen contradicts itself
    assert core == [name for name in names if name in core]
    assert set(core) <= chosen
    assert core
    assert not by_trying_all(problem, core, None)
    for name in core:
        assert by_trying_all(problem, [other for other in core if other != name], None)
    for each in found:
        assert each.reason[0].isupper()
        assert each.reason.endswith(".")
        assert not each.remedies


def small(*requests: Request, people: tuple[Person, ...] | None = None) -> Problem:
    return Problem(
        timezone="Europe/Warsaw",
        sittings=(Sitting("s", MORNING, MORNING + timedelta(hours=2)),),
        parties=(Party("be", "Belgium"), Party("ma", "Morocco"), Party("es", "Spain")),
        people=people or (Person("x", "be", "Anna Nowak"), Person("y", "ma"), Person("z", "es")),
        rooms=(Room("a"), Room("b")),
        requests=requests,
    )


def asked(name: str, other: str, person: str, minutes: int = 30, **more: object) -> Request:
    request = Request(name, ("be", other), ("x", person), minutes, must=True)
    return replace(request, **more)  # type: ignore[arg-type]  # fields by name


def test_two_meetings_at_one_fixed_time_name_the_person_both_need() -> None:
    fixed = Fixed(MORNING + timedelta(minutes=30))
    found = contradiction(small(asked("one", "ma", "y", fixed=fixed), asked("two", "es", "z", fixed=fixed)))
    assert [each.request for each in found] == ["one", "two"]
    assert "Belgium–Morocco and Belgium–Spain both need Anna Nowak (Belgium)" in found[0].reason
    assert [(blocker.kind, blocker.id) for blocker in found[0].blockers] == [(BlockerKind.MEETING, "two")]


def test_a_circle_of_order_is_named_as_such() -> None:
    found = contradiction(
        small(asked("one", "ma", "y", after=("two",)), asked("two", "es", "z", after=("one",)))
    )
    assert [each.request for each in found] == ["one", "two"]
    assert found[0].reason == "Belgium–Morocco and Belgium–Spain are each to follow the other."


def test_one_that_has_no_place_of_its_own_is_the_whole_contradiction() -> None:
    window = Span(MORNING - timedelta(hours=3), MORNING - timedelta(hours=1))
    found = contradiction(small(asked("one", "ma", "y", windows=(window,)), asked("two", "es", "z")))
    assert [each.request for each in found] == ["one"]
    assert found[0].reason == "Its window, Wed 30 Oct 06:00–08:00, leaves no 30 minutes in any sitting."
    assert [(blocker.kind, blocker.id) for blocker in found[0].blockers] == [(BlockerKind.WINDOW, "one")]


def test_a_person_with_too_little_time_is_named_with_the_minutes() -> None:
    requests = [asked(f"r{number}", "ma", "y", minutes=50) for number in range(4)]
    found = contradiction(small(*requests))
    assert len(found) == 3
    assert "where 120 minutes are left and they take 150" in found[0].reason


def musts(count: int, *, people: int) -> Problem:
    """So many meetings that must be held, one after the other, of people who each have one more than fits."""
    asked = [
        Request(f"m{at}", ("be", "ma"), (f"p{at % people}", f"q{at}"), 30, must=True) for at in range(count)
    ]
    return Problem(
        timezone="Europe/Warsaw",
        sittings=(Sitting("s", MORNING, MORNING + timedelta(hours=5)),),
        parties=(Party("be", "Belgium"), Party("ma", "Morocco")),
        people=(
            *(Person(f"p{at}", "be") for at in range(people)),
            *(Person(f"q{at}", "ma") for at in range(count)),
        ),
        rooms=tuple(Room(f"room{at}") for at in range(people)),
        requests=tuple(asked),
        grid_minutes=30,
    )


def test_a_person_with_one_meeting_too_many_is_found_among_hundreds_without_planning() -> None:
    problem = musts(220, people=20)

    def no_planning(_problem: Problem, names: Collection[str], _seconds: float | None) -> bool:
        raise AssertionError(f"planning was tried with {len(names)} requests")

    found = contradiction(problem, seconds=60, oracle=no_planning)
    assert len(found) == 11
    (shared,) = {
        request.people[0] for request in problem.requests if request.id in {one.request for one in found}
    }
    assert shared.startswith("p")
    assert max(len(one.reason) for one in found) <= 400


def test_people_who_have_the_same_too_few_times_are_found_by_clauses() -> None:
    # Three people, each pair of whom must meet, and only two times for the three meetings.
    window = (Span(MORNING, MORNING + timedelta(hours=1)),)
    pairs = (("x", "y"), ("y", "z"), ("x", "z"))
    requests = [
        Request(f"{one}{other}", ("be", "ma"), (one, other), 30, must=True, windows=window)
        for one, other in pairs
    ]
    free = [asked(f"free{at}", "ma", "y") for at in range(2)]
    problem = replace(small(*requests, *free), grid_minutes=30)
    found = contradiction(problem, seconds=2)
    assert {each.request for each in found} == {"xy", "yz", "xz"}


def test_without_time_all_that_must_be_held_is_named() -> None:
    problem = replace(musts(44, people=4), rooms=(Room("only"),))
    found = contradiction(problem, seconds=0)
    assert found
    assert {each.request for each in found} <= {request.id for request in problem.requests}


def test_who_stops_is_answered_at_once() -> None:
    found = contradiction(musts(220, people=20), should_stop=lambda: True)
    assert len(found) in {11, 220}
