# ruff: noqa: PLR2004 - the likelihoods of a made-up conference
"""Random conferences, realistic and hard, the same for the same seed.

Everyone wants the host and the large; plenaries bind heads of delegation; some arrive
late or leave early; meetings last 15, 20, 30 or 45 minutes on a grid of 5; few rooms
have a booth, and few interpreters speak the rarer languages.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from summitry.planner.problem import (
    Interpreter,
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

FIRST_DAY = datetime.fromisoformat("2019-10-15T00:00")
ZONES = ("A", "B", "C", "D", "E", "F")
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
COMMONNESS = (40, 20, 15, 10, 10, 5)
LENGTHS = (15, 20, 30, 45)
HOW_OFTEN = (15, 45, 30, 10)


def at(day: int, clock: str) -> datetime:
    """Return a time of the conference."""
    hours, minutes = clock.split(":")
    return FIRST_DAY + timedelta(days=day, hours=int(hours), minutes=int(minutes))


def make_problem(
    *,
    seed: int = 0,
    delegations: int = 100,
    people: int = 320,
    requests: int = 1200,
    days: int = 3,
    rooms: int = 30,
    zones: int = 3,
    interpreters: int = 12,
    skew: float = 0.8,
) -> Problem:
    """Return a conference of that size; with ``skew`` 0 all delegations are wanted alike."""
    random = Random(seed)  # noqa: S311 - a benchmark, not a secret
    parties = tuple(
        Party(f"d{index}", f"Delegation {index}", PartyKind.STATE if index % 8 else PartyKind.ORGANISATION)
        for index in range(delegations)
    )
    sittings = tuple(
        Sitting(f"day{day + 1}-{name}", at(day, start), at(day, end))
        for day in range(days)
        for name, start, end in (("morning", "09:00", "13:00"), ("afternoon", "14:30", "18:30"))
    )
    persons = _people(random, delegations, people, days, zones)
    return Problem(
        timezone="Europe/Warsaw",
        sittings=sittings,
        parties=parties,
        people=persons,
        rooms=_rooms(random, rooms, zones, days),
        requests=_requests(random, persons, delegations, requests, sittings, skew),
        title=f"{delegations} delegations, {requests} requests, seed {seed}",
        turnaround_minutes=10,
        walks=tuple(
            Walk(ZONES[one], ZONES[other], random.choice((5, 5, 10)))
            for one in range(zones)
            for other in range(one)
        ),
        interpreters=_interpreters(random, interpreters, days),
    )


def _people(random: Random, delegations: int, people: int, days: int, zones: int) -> tuple[Person, ...]:
    found = []
    for index in range(people):
        party = index % delegations
        head = index < delegations
        engagements = []
        if head:
            engagements += [
                Span(at(day, "09:00"), at(day, "10:30"), "plenary", ZONES[0])
                for day in range(days)
                if day != 1
            ]
            if random.random() < 0.3:
                day = random.randrange(days)
                start = at(day, random.choice(("11:00", "15:00", "16:30")))
                zone = ZONES[random.randrange(zones)]
                engagements.append(Span(start, start + timedelta(minutes=75), "panel", zone))
        if random.random() < 0.15:
            engagements.append(
                Span(at(0, "00:00"), at(0, random.choice(("11:00", "15:00"))), "arrives", None)
            )
        if random.random() < 0.15:
            last = days - 1
            engagements.append(
                Span(at(last, random.choice(("12:00", "16:00"))), at(last + 1, "00:00"), "leaves")
            )
        found.append(
            Person(
                id=f"p{index}",
                party=f"d{party}",
                name=f"Person {index}",
                engagements=tuple(engagements),
                max_meetings_per_sitting=8 if head and random.random() < 0.3 else None,
                max_consecutive=4 if head and random.random() < 0.2 else None,
            )
        )
    return tuple(found)


def _rooms(random: Random, rooms: int, zones: int, days: int) -> tuple[Room, ...]:
    found = []
    for index in range(rooms):
        closed: tuple[Span, ...] = ()
        if random.random() < 0.15:
            day = random.randrange(days)
            closed = (Span(at(day, "12:00"), at(day, "16:00"), "press"),)
        found.append(
            Room(
                id=f"r{index}",
                name=f"Room {index}",
                seats=random.choice((8, 8, 12, 12, 20)),
                zone=ZONES[index % zones],
                features=frozenset({"booth"} if index % 6 == 0 else ()),
                closed=closed,
            )
        )
    return tuple(found)


def _interpreters(random: Random, interpreters: int, days: int) -> tuple[Interpreter, ...]:
    found = []
    for index in range(interpreters):
        second = LANGUAGES[1 + index % (len(LANGUAGES) - 1)]
        languages = {"en", second} | ({random.choice(LANGUAGES)} if random.random() < 0.5 else set())
        engaged: tuple[Span, ...] = ()
        if random.random() < 0.4:
            day = random.randrange(days)
            engaged = (Span(at(day, "09:00"), at(day, "10:30"), "plenary", ZONES[0]),)
        found.append(
            Interpreter(
                id=f"i{index}",
                languages=frozenset(languages),
                name=f"Interpreter {index}",
                engagements=engaged,
                max_minutes_per_sitting=150,
                max_minutes_per_day=270,
                max_continuous_minutes=60,
                rest_minutes=20,
            )
        )
    return tuple(found)


def _requests(  # noqa: PLR0917 - all that requests hang on
    random: Random,
    persons: tuple[Person, ...],
    delegations: int,
    requests: int,
    sittings: tuple[Sitting, ...],
    skew: float,
) -> tuple[Request, ...]:
    of_party: dict[str, list[Person]] = {}
    for person in persons:
        of_party.setdefault(person.party, []).append(person)
    wanted = [1 / (rank + 4) ** skew for rank in range(delegations)]
    tongue = [random.choices(LANGUAGES, COMMONNESS)[0] for _ in range(delegations)]
    found = []
    for index in range(requests):
        count = 2 if random.random() < 0.95 else 3
        chosen: list[int] = [random.randrange(delegations)]
        while len(chosen) < count:
            other = random.choices(range(delegations), wanted)[0]
            if other not in chosen:
                chosen.append(other)
        senior = random.random() < 0.6
        present = []
        for party in chosen:
            team = of_party[f"d{party}"]
            present.append(team[0] if senior or len(team) == 1 else random.choice(team[1:]))
        languages = (tongue[chosen[0]], tongue[chosen[1]])
        interpreted = languages[0] != languages[1] and "en" in languages and random.random() < 0.25
        windows: tuple[Span, ...] = ()
        if random.random() < 0.2:
            sitting = random.choice(sittings)
            later = random.choice(sittings)
            windows = (Span(sitting.start, sitting.end), Span(later.start, later.start + timedelta(hours=2)))
        found.append(
            Request(
                id=f"m{index}",
                parties=tuple(f"d{party}" for party in chosen),
                people=tuple(person.id for person in present),
                minutes=random.choices(LENGTHS, HOW_OFTEN)[0],
                weight=random.choice((1, 2, 3, 5)) * (2 if senior else 1),
                seats=4 * count,
                features=frozenset({"booth"} if interpreted and random.random() < 0.3 else ()),
                windows=windows,
                languages=languages if interpreted else None,
                interpreters=1 if interpreted else 0,
                after=(f"m{random.randrange(index)}",) if index and random.random() < 0.03 else (),
            )
        )
    return tuple(found)
