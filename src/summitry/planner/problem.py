"""The planner's question: who asks to meet whom, when and where they can.

Immutable typed data with the names of the ``summitry.problem/1`` document. A
``Problem`` built by hand or read by :func:`summitry.planner.read_problem` means the
same; nothing here looks inside it. All times are naive ``datetime`` values on the
wall clock of ``Problem.timezone``, whole minutes, and every interval is half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Aim(StrEnum):
    """What makes one valid plan better than another."""

    DROPPED = "dropped"
    MOVED = "moved"
    REROOMED = "reroomed"
    WEIGHT = "weight"
    LEFT_OUT = "left_out"
    BREAKS = "breaks"
    WALKING = "walking"


DEFAULT_OBJECTIVE = (Aim.WEIGHT, Aim.LEFT_OUT, Aim.BREAKS, Aim.WALKING)
DEFAULT_REPAIR_OBJECTIVE = (Aim.DROPPED, Aim.MOVED, Aim.REROOMED, *DEFAULT_OBJECTIVE)
KEEPING_TIMES_OBJECTIVE = (Aim.MOVED, Aim.DROPPED, Aim.REROOMED, *DEFAULT_OBJECTIVE)
"""Of a repair in which nobody is told another time, whatever is dropped for it."""
BASELINE_AIMS = frozenset({Aim.DROPPED, Aim.MOVED, Aim.REROOMED})


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open interval of wall-clock time, with a label and, if known, a zone."""

    start: datetime
    end: datetime
    label: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A time when meetings may be held; a meeting lies wholly inside one sitting."""

    id: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Party:
    """A delegation."""

    id: str
    name: str
    kind: PartyKind | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose presence binds a meeting; in one place at a time."""

    id: str
    party: str
    name: str | None = None
    engagements: tuple[Span, ...] = ()
    max_meetings_per_sitting: int | None = None
    max_consecutive: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A place for one meeting at a time; ``seats`` ``None`` is unlimited."""

    id: str
    name: str | None = None
    seats: int | None = None
    zone: str | None = None
    features: frozenset[str] = frozenset()
    closed: tuple[Span, ...] = ()
    turnaround_minutes: int | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Minutes between two zones, either way."""

    from_zone: str
    to_zone: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Somebody who renders between any two of ``languages``, within working limits (minutes)."""

    id: str
    languages: frozenset[str]
    name: str | None = None
    engagements: tuple[Span, ...] = ()
    max_minutes_per_sitting: int | None = None
    max_minutes_per_day: int | None = None
    max_continuous_minutes: int | None = None
    rest_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """If held, the meeting starts exactly then, and is exactly there."""

    start: datetime
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A meeting asked for.

    ``windows``, ``rooms`` and ``sittings`` are ``()`` where nothing restricts them.
    ``interpreters`` is the number needed: 0 without ``languages``.
    """

    id: str
    parties: tuple[str, ...]
    people: tuple[str, ...]
    minutes: int
    weight: int = 1
    must: bool = False
    seats: int | None = None
    features: frozenset[str] = frozenset()
    rooms: tuple[str, ...] = ()
    sittings: tuple[str, ...] = ()
    windows: tuple[Span, ...] = ()
    languages: tuple[str, str] | None = None
    interpreters: int = 0
    after: tuple[str, ...] = ()
    fixed: Fixed | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Optional hard limits over the whole plan."""

    breaks_spread: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request that is held: when, where, and by which interpreters."""

    request: str
    start: datetime
    end: datetime
    room: str
    interpreters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the planner knows."""

    timezone: str
    sittings: tuple[Sitting, ...]
    parties: tuple[Party, ...]
    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    requests: tuple[Request, ...]
    title: str | None = None
    grid_minutes: int = 5
    break_minutes: int = 5
    turnaround_minutes: int = 0
    walks: tuple[Walk, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    limits: Limits = Limits()
    baseline: tuple[Meeting, ...] | None = None
    frozen_until: datetime | None = None
    objective: tuple[Aim, ...] = DEFAULT_OBJECTIVE
