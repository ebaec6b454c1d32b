"""Small random compact problems: all must be held, each for one step of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from planner_support.bruteforce import plans_at_most
from planner_support.strategies import one_in, some_of
from summitry.planner.problem import (
    DEFAULT_OBJECTIVE,
    Aim,
    Fixed,
    Limits,
    Party,
    Person,
    Problem,
    Request,
    Room,
    Sitting,
    Span,
)

MORNING = datetime.fromisoformat("2019-10-15T09:00")


@st.composite
def sittings(draw: st.DrawFn, grid: int, most: int) -> tuple[Sitting, ...]:
    found: list[Sitting] = []
    reached = MORNING
    for index in range(draw(st.sampled_from((1, 1, 2)))):
        if found:
            reached += timedelta(minutes=draw(st.sampled_from((0, 35, 24 * 60))))
        slots = draw(st.sampled_from((*range(1, most + 1), most, most)))
        end = reached + timedelta(minutes=grid * slots + draw(st.sampled_from((0, 0, 5))))
        found.append(Sitting(f"s{index}", reached, end))
        reached = end
    return tuple(draw(st.permutations(found)))


def slots_of(sittings: Sequence[Sitting], grid: int) -> list[datetime]:
    """The start of every slot."""
    step = timedelta(minutes=grid)
    return [
        sitting.start + index * step
        for sitting in sittings
        for index in range((sitting.end - sitting.start) // step)
    ]


@st.composite
def compact_problems(
    draw: st.DrawFn, *, most_requests: int = 6, most_slots: int = 5, most_plans: int | None = 30_000
) -> Problem:
    """A compact problem of at most so many requests and, as a bound, so many plans to try."""
    grid = draw(st.sampled_from((10, 20)))
    held = draw(sittings(grid, most_slots))
    starts = slots_of(held, grid)
    step = timedelta(minutes=grid)

    def away(first: datetime, steps: int, shift: int) -> Span:
        start = first + timedelta(minutes=shift)
        return Span(start, start + steps * step)

    aways = st.builds(away, st.sampled_from(starts), st.integers(1, 2), st.sampled_from((0, 0, 0, 5)))
    people = tuple(
        Person(
            f"p{index}",
            "d0",
            engagements=draw(one_in(4, st.lists(aways, min_size=1, max_size=2).map(tuple), ())),
            max_meetings_per_sitting=draw(one_in(6, st.integers(2, 3), None)),
            max_consecutive=draw(one_in(6, st.integers(1, 3), None)),
        )
        for index in range(draw(st.integers(2, 5)))
    )
    rooms = tuple(
        Room(
            f"h{index}",
            zone=draw(st.sampled_from((None, "north"))),
            closed=draw(one_in(6, st.tuples(aways), ())),
        )
        for index in range(draw(st.sampled_from((1, 2, 2, 3))))
    )
    names = [f"r{index}" for index in range(draw(st.integers(2, most_requests)))]
    windows = st.builds(
        lambda first, steps: Span(first, first + steps * step), st.sampled_from(starts), st.integers(1, 3)
    )
    own_rooms = draw(one_in(3, st.sampled_from((("h0",), tuple(room.id for room in rooms[:2]))), ()))
    requests = tuple(
        Request(
            name,
            ("d0", "d1"),
            tuple(
                draw(
                    st.lists(
                        st.sampled_from([person.id for person in people]), unique=True, min_size=1, max_size=2
                    )
                )
            ),
            grid,
            weight=draw(st.sampled_from((1, 3))),
            must=True,
            rooms=draw(st.sampled_from(((), own_rooms))),
            sittings=draw(one_in(12, some_of([sitting.id for sitting in held]), ())),
            windows=draw(one_in(3, st.lists(windows, min_size=1, max_size=2).map(tuple), ())),
            after=draw(one_in(10, some_of(names, most=1), ())),
            fixed=draw(one_in(5, st.builds(Fixed, st.sampled_from(starts)), None)),
        )
        for name in names
    )
    problem = Problem(
        timezone="Europe/Warsaw",
        sittings=held,
        parties=(Party("d0", "One"), Party("d1", "Other"), Party("d2", "Third")),
        people=people,
        rooms=rooms,
        requests=requests,
        grid_minutes=grid,
        break_minutes=draw(st.sampled_from((grid, 5))),
        limits=Limits(draw(st.sampled_from((None, None, None, 0, 1)))),
        objective=draw(
            st.sampled_from(
                (DEFAULT_OBJECTIVE, DEFAULT_OBJECTIVE, (Aim.BREAKS,), (Aim.WALKING, Aim.BREAKS), ())
            )
        ),
    )
    if most_plans is None:
        return problem
    return _smaller(problem, most_plans)


def _smaller(problem: Problem, most_plans: int) -> Problem:
    """Take requests from the end until trying every plan is cheap."""
    while plans_at_most(problem) > most_plans:
        gone = problem.requests[-1].id
        kept = tuple(
            replace(request, after=tuple(earlier for earlier in request.after if earlier != gone))
            for request in problem.requests[:-1]
        )
        problem = replace(problem, requests=kept)
    return problem


@st.composite
def scattered_problems(draw: st.DrawFn) -> Problem:
    """A compact problem whose windows lie so far apart that breaks are hard to avoid."""
    step = timedelta(minutes=20)
    first = Sitting("s0", MORNING, MORNING + 5 * step)
    second = Sitting("s1", first.end, first.end + 3 * step)
    held = draw(st.sampled_from(((replace(first, end=MORNING + 7 * step),), (first, second))))
    starts = slots_of(held, 20)
    names = [f"p{index}" for index in range(draw(st.integers(2, 4)))]
    requests = []
    for index in range(draw(st.integers(3, 5))):
        opens = draw(st.sampled_from(starts))
        window = Span(opens, opens + draw(st.integers(1, 3)) * step)
        people = draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=2))
        requests.append(Request(f"r{index}", ("d0", "d1"), tuple(people), 20, must=True, windows=(window,)))
    return Problem(
        timezone="Europe/Warsaw",
        sittings=held,
        parties=(Party("d0", "One"), Party("d1", "Other")),
        people=tuple(Person(name, "d0") for name in names),
        rooms=(Room("h0"), Room("h1"))[: draw(st.integers(1, 2))],
        requests=tuple(requests),
        grid_minutes=20,
        break_minutes=20,
        limits=Limits(draw(st.sampled_from((None, None, 0, 1, 2)))),
        objective=(Aim.BREAKS,),
    )
