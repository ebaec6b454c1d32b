"""Small random problems that are well formed and together use every rule of the format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from planner_support.bruteforce import plans_at_most
from summitry.planner.problem import (
    BASELINE_AIMS,
    DEFAULT_OBJECTIVE,
    DEFAULT_REPAIR_OBJECTIVE,
    Aim,
    Fixed,
    Interpreter,
    Limits,
    Meeting,
    Party,
    PartyKind,
    Person,
    Problem,
    Request,
    Room,
    Sitting,
    Span,
    Walk,
)

MORNING = datetime.fromisoformat("2019-10-15T09:00")
Item = TypeVar("Item")
Otherwise = TypeVar("Otherwise")
ZONES = ("north", "south", "east")
DAY_GRID, DAY_CELLS = 10, 6
APART = ("here", "there")
LANGUAGES = ("en", "es", "fr")
FEATURES = ("booth", "screen")


@dataclass(frozen=True)
class Ground:
    """What the other records of a problem build on."""

    grid: int
    sittings: tuple[Sitting, ...]
    parties: tuple[Party, ...]


def times(ground: Ground) -> st.SearchStrategy[datetime]:
    """Times in and a little around the sittings, five minutes apart."""
    return st.sampled_from(
        [
            sitting.start + timedelta(minutes=step)
            for sitting in ground.sittings
            for step in range(-15, (sitting.end - sitting.start) // timedelta(minutes=1) + 16, 5)
        ]
    )


@st.composite
def spans(
    draw: st.DrawFn,
    ground: Ground,
    *,
    label: bool = False,
    zone: bool = False,
    empty: bool = False,
    longest: int = 6,
) -> Span:
    start = draw(times(ground))
    length = 5 * draw(st.integers(0 if empty else 1, longest))
    return Span(
        start,
        start + timedelta(minutes=length),
        draw(st.none() | st.just("panel")) if label else None,
        draw(st.none() | st.sampled_from(ZONES)) if zone else None,
    )


def one_in(
    odds: int, strategy: st.SearchStrategy[Item], otherwise: Otherwise
) -> st.SearchStrategy[Item | Otherwise]:
    """Return something out of the ordinary once in so many times."""
    return st.integers(1, odds).flatmap(lambda number: strategy if number == odds else st.just(otherwise))


def few(strategy: st.SearchStrategy[Item], most: int = 2) -> st.SearchStrategy[tuple[Item, ...]]:
    return one_in(3, st.lists(strategy, min_size=1, max_size=most).map(tuple), ())


def some_of(names: Sequence[str], most: int | None = None) -> st.SearchStrategy[tuple[str, ...]]:
    if not names:
        return st.just(())
    return st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=most).map(tuple)


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    grid = draw(st.sampled_from((10, 15, 20)))
    sittings: list[Sitting] = []
    reached = MORNING + timedelta(minutes=draw(st.sampled_from((0, 5))))
    for index in range(draw(st.sampled_from((1, 1, 2)))):
        if sittings:
            reached += timedelta(minutes=draw(st.sampled_from((0, 5, 30, 24 * 60))))
        end = reached + timedelta(minutes=grid * draw(st.integers(1, 5)) + draw(st.sampled_from((0, 0, 5))))
        sittings.append(Sitting(f"s{index}", reached, end))
        reached = end
    kinds = st.none() | st.sampled_from(PartyKind)
    parties = tuple(
        Party(f"d{index}", f"Delegation {index}", draw(kinds)) for index in range(draw(st.integers(2, 4)))
    )
    return Ground(grid, tuple(draw(st.permutations(sittings))), parties)


@st.composite
def people(draw: st.DrawFn, ground: Ground, index: int) -> Person:
    return Person(
        id=f"p{index}",
        party=draw(st.sampled_from(ground.parties)).id,
        name=draw(st.none() | st.just(f"Person {index}")),
        engagements=draw(few(spans(ground, label=True, zone=True))),
        max_meetings_per_sitting=draw(one_in(4, st.integers(1, 3), None)),
        max_consecutive=draw(one_in(4, st.integers(1, 2), None)),
    )


@st.composite
def rooms(draw: st.DrawFn, ground: Ground, index: int) -> Room:
    return Room(
        id=f"h{index}",
        name=draw(st.none() | st.just(f"Hall {index}")),
        seats=draw(one_in(3, st.integers(2, 8), None)),
        zone=draw(st.none() | st.sampled_from(ZONES)),
        features=frozenset(draw(one_in(2, some_of(FEATURES), ()))),
        closed=draw(few(spans(ground, label=True, longest=3), most=1)),
        turnaround_minutes=draw(one_in(3, st.integers(0, 12), None)),
        party=draw(one_in(6, st.sampled_from([party.id for party in ground.parties]), None)),
    )


@st.composite
def interpreters(draw: st.DrawFn, ground: Ground, index: int) -> Interpreter:
    run, rest = None, None
    if draw(st.booleans()):
        run, rest = draw(st.sampled_from((15, 20, 30, 45))), draw(st.sampled_from((5, 10, 20)))
    return Interpreter(
        id=f"i{index}",
        languages=frozenset(draw(st.lists(st.sampled_from(LANGUAGES), unique=True, min_size=2))),
        name=draw(st.none() | st.just(f"Interpreter {index}")),
        engagements=draw(few(spans(ground, label=True, zone=True), most=1)),
        max_minutes_per_sitting=draw(one_in(3, st.sampled_from((20, 30, 40)), None)),
        max_minutes_per_day=draw(one_in(3, st.sampled_from((20, 30, 40, 60)), None)),
        max_continuous_minutes=run,
        rest_minutes=rest,
    )


@st.composite
def fixings(draw: st.DrawFn, ground: Ground, room_ids: Sequence[str]) -> Fixed:
    sitting = draw(st.sampled_from(ground.sittings))
    steps = (sitting.end - sitting.start) // timedelta(minutes=ground.grid)
    inside = sitting.start + timedelta(minutes=ground.grid * draw(st.integers(0, max(0, steps - 1))))
    outside = MORNING - timedelta(days=2)
    start = draw(one_in(6, st.just(outside), inside))
    return Fixed(start, draw(st.none() | st.sampled_from(room_ids)))


@st.composite
def requests(
    draw: st.DrawFn,
    *,
    ground: Ground,
    people_ids: Sequence[str],
    room_ids: Sequence[str],
    request_ids: Sequence[str],
    index: int,
) -> Request:
    party_ids = [party.id for party in ground.parties]
    languages: tuple[str, str] | None = None
    if draw(one_in(3, st.just(True), False)):
        one, other = draw(st.permutations(LANGUAGES))[:2]
        languages = (one, other)
    return Request(
        id=request_ids[index],
        parties=tuple(draw(st.lists(st.sampled_from(party_ids), unique=True, min_size=2, max_size=3))),
        people=tuple(draw(st.lists(st.sampled_from(people_ids), unique=True, min_size=1, max_size=3))),
        minutes=ground.grid * draw(st.sampled_from((1, 1, 1, 2, 3))),
        weight=draw(st.sampled_from((1, 1, 2, 5))),
        must=draw(one_in(8, st.just(True), False)),
        seats=draw(one_in(3, st.integers(2, 8), None)),
        features=frozenset(draw(one_in(5, some_of(FEATURES, most=1), ()))),
        rooms=draw(one_in(4, some_of(room_ids), ())),
        sittings=draw(one_in(5, some_of([sitting.id for sitting in ground.sittings]), ())),
        windows=draw(few(spans(ground, empty=True, longest=16))),
        languages=languages,
        interpreters=draw(st.sampled_from((1, 1, 2))) if languages else 0,
        after=draw(one_in(4, some_of(request_ids, most=2), ())),
        fixed=draw(one_in(6, fixings(ground, room_ids), None)),
    )


@st.composite
def walks(draw: st.DrawFn) -> tuple[Walk, ...]:
    pairs = [("north", "south"), ("east", "north"), ("south", "east")]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    return tuple(Walk(one, other, draw(st.integers(0, 25))) for one, other in chosen)


@st.composite
def baselines(draw: st.DrawFn, ground: Ground, problem: Problem) -> tuple[Meeting, ...]:
    """Meetings as people may hold them from before: most possible, some no longer, some of requests since gone."""
    meetings: list[Meeting] = []
    for request in problem.requests:
        if draw(one_in(3, st.just(True), False)):
            continue
        sitting = draw(st.sampled_from(ground.sittings))
        on_grid = sitting.start + timedelta(minutes=ground.grid * draw(st.integers(0, 3)))
        start = draw(st.sampled_from((on_grid, on_grid, on_grid + timedelta(minutes=5))))
        length = draw(st.sampled_from((request.minutes, request.minutes, ground.grid)))
        team = draw(
            st.lists(
                st.sampled_from([interpreter.id for interpreter in problem.interpreters]),
                unique=True,
                max_size=max(1, request.interpreters),
            )
            if problem.interpreters
            else st.just([])
        )
        room = draw(st.sampled_from(problem.rooms)).id
        meetings.append(Meeting(request.id, start, start + timedelta(minutes=length), room, tuple(team)))
    if draw(st.booleans()):
        late = max(sitting.end for sitting in ground.sittings) + timedelta(days=1)
        meetings.append(Meeting("withdrawn", late, late + timedelta(minutes=30), "hall pulled down"))
    return tuple(draw(st.permutations(meetings)))


@st.composite
def objectives(draw: st.DrawFn, *, repair: bool) -> tuple[Aim, ...]:
    default = DEFAULT_REPAIR_OBJECTIVE if repair else DEFAULT_OBJECTIVE
    aims = [aim for aim in Aim if repair or aim not in BASELINE_AIMS]
    mixed = st.lists(st.sampled_from(aims), unique=True).map(tuple)
    return draw(st.one_of(st.just(default), mixed))


def _smaller(problem: Problem, most_plans: int) -> Problem:
    """Take requests from the end until trying every plan is cheap."""
    while plans_at_most(problem) > most_plans:
        gone = problem.requests[-1].id
        kept = [
            replace(request, after=tuple(earlier for earlier in request.after if earlier != gone))
            for request in problem.requests[:-1]
        ]
        baseline = problem.baseline and tuple(held for held in problem.baseline if held.request != gone)
        problem = replace(problem, requests=tuple(kept), baseline=baseline)
    return problem


@st.composite
def problems(draw: st.DrawFn, *, most_requests: int = 5, most_plans: int = 10_000) -> Problem:
    """A well-formed problem of at most so many requests and, as a bound, so many plans to try."""
    ground = draw(grounds())
    room_ids = [f"h{index}" for index in range(draw(st.integers(1, 3)))]
    people_ids = [f"p{index}" for index in range(draw(st.integers(1, 4)))]
    request_ids = [
        f"r{index}"
        for index in range(draw(st.sampled_from((*range(most_requests + 1), most_requests, most_requests))))
    ]
    count = draw(st.integers(0, 3))
    problem = Problem(
        timezone="Europe/Warsaw",
        sittings=ground.sittings,
        parties=ground.parties,
        people=tuple(draw(people(ground, index)) for index in range(len(people_ids))),
        rooms=tuple(draw(rooms(ground, index)) for index in range(len(room_ids))),
        requests=tuple(
            draw(
                requests(
                    ground=ground,
                    people_ids=people_ids,
                    room_ids=room_ids,
                    request_ids=request_ids,
                    index=index,
                )
            )
            for index in range(len(request_ids))
        ),
        title=draw(st.none() | st.just("Small")),
        grid_minutes=ground.grid,
        break_minutes=draw(st.sampled_from((ground.grid, 5, 25))),
        turnaround_minutes=draw(st.sampled_from((0, 0, 5, 10))),
        walks=draw(walks()),
        interpreters=tuple(draw(interpreters(ground, index)) for index in range(count)),
        limits=Limits(draw(one_in(4, st.integers(0, 1), None))),
    )
    repair = draw(st.booleans())
    frozen_until = draw(one_in(2 if repair else 8, times(ground), None))
    problem = replace(
        problem,
        baseline=draw(baselines(ground, problem)) if repair else None,
        frozen_until=frozen_until,
        objective=draw(objectives(repair=repair)),
    )
    return _smaller(problem, most_plans)


@st.composite
def days_of_one(draw: st.DrawFn) -> Problem:
    """One person whom everybody wants to see in a sitting, in rooms a walk apart."""
    sitting = Sitting("s", MORNING, MORNING + timedelta(minutes=DAY_GRID * DAY_CELLS))
    rooms = tuple(Room(zone, zone=zone) for zone in APART)
    wanted = draw(st.integers(1, 3))
    requests = []
    for index in range(wanted):
        begin = MORNING + timedelta(minutes=DAY_GRID * draw(st.integers(0, DAY_CELLS - 1)))
        window = Span(begin, begin + timedelta(minutes=DAY_GRID * draw(st.integers(1, DAY_CELLS))))
        requests.append(
            Request(
                f"r{index}",
                ("host", f"d{index}"),
                ("busy", f"p{index}"),
                DAY_GRID * draw(st.integers(1, 3)),
                weight=draw(st.integers(1, 9)),
                rooms=draw(st.sampled_from(((), ("here",), ("there",)))),
                windows=draw(st.sampled_from(((), (window,)))),
            )
        )
    guests = [Person(f"p{index}", f"d{index}") for index in range(wanted)]
    return Problem(
        timezone="Europe/Warsaw",
        sittings=(sitting,),
        parties=(Party("host", "Host"), *(Party(f"d{index}", f"D{index}") for index in range(wanted))),
        people=(
            Person("busy", "host", max_meetings_per_sitting=draw(st.none() | st.integers(1, 2))),
            *guests,
        ),
        rooms=rooms,
        requests=tuple(requests),
        grid_minutes=DAY_GRID,
        turnaround_minutes=0,
        walks=(Walk(*APART, draw(st.integers(0, 25))),),
        objective=(Aim.WEIGHT,),
    )
