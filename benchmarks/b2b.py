"""The published instances of business-to-business meetings, read as problems of the planner.

Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret: "Constraint Solving Approaches to the
Business-to-Business Meeting Scheduling Problem", JAIR 74 (2022). All meetings must be held, no person
has two at a time, no slot has more than there are tables; the fewest idle stretches, shared fairly:
those of any two people differ by at most a *spread*. An idle slot that a person forbids is a break
too, so forbidden slots bind the requests and not the people.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from summitry.planner import Aim, Fixed, Limits, Party, Person, Problem, Request, Room, Sitting, Span

SLOT = timedelta(minutes=30)
FIRST = datetime.fromisoformat("2012-10-01T08:00")
MORNING, AFTERNOON = 1, 2
USUAL_SPREAD = 2
TOKEN = re.compile(r"-?\d+|\w+|[\[\]{}=;]")


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance; people, meetings and slots are counted from 0.

    Attributes
    ----------
    meetings : list of (int, int, int)
        Two people and the part of the day: 1 the morning, 2 the afternoon, else either.
    forbidden : list of set of int
        The slots each person is away.
    fixed : dict[int, int]
        Slots of meetings that are fixed.
    after : dict[int, set[int]]
        For a meeting those that come before it.
    """

    name: str
    people: int
    tables: int
    slots: int
    morning: int
    meetings: list[tuple[int, int, int]]
    forbidden: list[set[int]]
    fixed: dict[int, int] = field(default_factory=dict)
    after: dict[int, set[int]] = field(default_factory=dict)


Value = list[int | list[int]]


def assignments(text: str) -> dict[str, Value]:
    """Read `name = value;` lines of MiniZinc data: numbers, arrays of them, and arrays of sets as lists."""
    found: dict[str, Value] = {}
    plain = "\n".join(line.partition("%")[0] for line in text.splitlines())
    for statement in plain.split(";"):
        tokens = TOKEN.findall(statement)
        if len(tokens) < 3 or tokens[1] != "=":  # noqa: PLR2004 - a name, the sign, a value
            continue
        values: Value = []
        inner: list[int] | None = None
        for sign in tokens[2:]:
            if sign == "{":
                inner = []
                values.append(inner)
            elif sign == "}":
                inner = None
            elif sign not in "[]":
                (values if inner is None else inner).append(int(sign))
        found[tokens[0]] = values
    return found


def read(path: Path) -> Instance:
    """Read an instance from a data file of MiniZinc."""
    data = assignments(path.read_text(encoding="utf-8"))

    def number(name: str) -> int:
        (value,) = data[name]
        assert isinstance(value, int)
        return value

    def flat(name: str) -> list[int]:
        return [value for value in data.get(name, []) if isinstance(value, int)]

    def sets(name: str) -> list[set[int]]:
        """Return sets counted from 0; a 0 in the file stands for nothing."""
        return [
            {value - 1 for value in inner if value > 0}
            for inner in data.get(name, [])
            if isinstance(inner, list)
        ]

    asked = flat("requested")
    return Instance(
        name=path.stem,
        people=number("nBusiness"),
        tables=number("nTables"),
        slots=number("nTotalSlots"),
        morning=number("nMorningSlots"),
        meetings=[
            (one - 1, other - 1, part)
            for one, other, part in zip(asked[::3], asked[1::3], asked[2::3], strict=True)
        ],
        forbidden=sets("forbidden"),
        fixed={meeting: slot - 1 for meeting, slot in enumerate(flat("fixed")) if slot > 0},
        after={meeting: before for meeting, before in enumerate(sets("precedences")) if before},
    )


def problem_of(instance: Instance, spread: int | None = USUAL_SPREAD) -> Problem:
    """Write an instance as a problem: one sitting on a grid of slots, tables as rooms, breaks as the aim."""
    names = [f"p{number + 1}" for number in range(instance.people)]
    return Problem(
        timezone="Europe/Madrid",
        grid_minutes=30,
        break_minutes=30,
        sittings=(Sitting("day", _at(0), _at(instance.slots)),),
        parties=tuple(Party(name, f"Participant {name[1:]}") for name in names),
        people=tuple(Person(name, name) for name in names),
        rooms=tuple(Room(f"t{table + 1}") for table in range(instance.tables)),
        requests=tuple(_request(instance, meeting) for meeting in range(len(instance.meetings))),
        title=instance.name,
        limits=Limits(breaks_spread=spread),
        objective=(Aim.BREAKS,),
    )


def _at(slot: int) -> datetime:
    return FIRST + slot * SLOT


def _request(instance: Instance, meeting: int) -> Request:
    one, other, part = instance.meetings[meeting]
    away = instance.forbidden[one] | instance.forbidden[other]
    first = instance.morning if part == AFTERNOON else 0
    last = instance.morning if part == MORNING else instance.slots
    windows: list[Span] = []
    for slot in range(first, last):
        if slot in away:
            continue
        if windows and windows[-1].end == _at(slot):
            windows[-1] = Span(windows[-1].start, _at(slot + 1))
        else:
            windows.append(Span(_at(slot), _at(slot + 1)))
    whole = [Span(_at(0), _at(instance.slots))]
    return Request(
        id=f"m{meeting + 1}",
        parties=(f"p{one + 1}", f"p{other + 1}"),
        people=(f"p{one + 1}", f"p{other + 1}"),
        minutes=30,
        must=True,
        windows=() if windows == whole else tuple(windows or [Span(_at(0), _at(0))]),
        after=tuple(f"m{before + 1}" for before in sorted(instance.after.get(meeting, ()))),
        fixed=Fixed(_at(instance.fixed[meeting])) if meeting in instance.fixed else None,
    )


@dataclass(frozen=True, slots=True)
class Published:
    """What the paper proved: the least breaks, ``None`` where nothing is feasible."""

    name: str
    spread: int
    breaks: int | None


def published(folder: Path) -> list[Published]:
    """Read the proved values, in the order of the file."""
    with (folder / "published.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Published(
                f"{row['instance']}.{row['variant']}",
                int(row["breaks_spread"]),
                None if row["optimum"] == "UNSAT" else int(row["optimum"]),
            )
            for row in csv.DictReader(lines)
        ]
