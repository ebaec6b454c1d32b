"""From the JSON values of a ``summitry.problem/1`` document to a problem."""

from __future__ import annotations

from typing import Any

from summitry.planner.documents import spans
from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.clock import Clock
from summitry.planner.documents.consistency import require_consistent
from summitry.planner.documents.meeting import (
    MEETING_KEYS,
    PLAN_FORMAT,
    PLAN_KEYS,
    require_format,
    to_meeting,
)
from summitry.planner.documents.record import Record, named, require_distinct
from summitry.planner.problem import (
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
    Walk,
)

PROBLEM_FORMAT = "summitry.problem/1"
MOST_WEIGHT = 1_000_000
PROBLEM_KEYS = frozenset(
    {
        "format",
        "title",
        "timezone",
        "grid_minutes",
        "break_minutes",
        "turnaround_minutes",
        "sittings",
        "parties",
        "people",
        "rooms",
        "walks",
        "interpreters",
        "requests",
        "limits",
        "baseline",
        "frozen_until",
        "objective",
    }
)
SITTING_KEYS = frozenset({"id", "start", "end"})
PARTY_KEYS = frozenset({"id", "name", "kind"})
PERSON_KEYS = frozenset({"id", "party", "name", "engagements", "max_meetings_per_sitting", "max_consecutive"})
ROOM_KEYS = frozenset({"id", "name", "seats", "zone", "features", "closed", "turnaround_minutes", "party"})
WALK_KEYS = frozenset({"from", "to", "minutes"})
INTERPRETER_KEYS = frozenset(
    {
        "id",
        "name",
        "languages",
        "engagements",
        "max_minutes_per_sitting",
        "max_minutes_per_day",
        "max_continuous_minutes",
        "rest_minutes",
    }
)
REQUEST_KEYS = frozenset(
    {
        "id",
        "parties",
        "people",
        "minutes",
        "weight",
        "must",
        "seats",
        "features",
        "rooms",
        "sittings",
        "windows",
        "languages",
        "interpreters",
        "after",
        "fixed",
    }
)
FIXED_KEYS = frozenset({"start", "room"})
LIMIT_KEYS = frozenset({"breaks_spread"})


def to_problem(document: Any) -> Problem:
    """Make a problem of a document's JSON values.

    Raises
    ------
    BadInput
        If the document is not well formed, or names what it does not hold.
    """
    require_format(document, PROBLEM_FORMAT)
    clock = Clock(None)
    record = Record(document, "", PROBLEM_KEYS, clock)
    record.clock = clock = Clock(record.id("timezone"))
    for key in ("sittings", "parties", "people", "rooms", "requests"):
        record.required(key)
    for key in ("sittings", "rooms"):
        _require_some(record, key)
    grid = record.whole("grid_minutes") if "grid_minutes" in record.values else 5
    baseline = _baseline(record)
    problem = Problem(
        timezone=record.id("timezone"),
        sittings=tuple(to_sitting(found) for found in record.records("sittings", SITTING_KEYS)),
        parties=tuple(to_party(found) for found in record.records("parties", PARTY_KEYS)),
        people=tuple(to_person(found) for found in record.records("people", PERSON_KEYS)),
        rooms=tuple(to_room(found) for found in record.records("rooms", ROOM_KEYS)),
        requests=tuple(to_request(found) for found in record.records("requests", REQUEST_KEYS)),
        title=record.optional_text("title"),
        grid_minutes=grid,
        break_minutes=record.optional_whole("break_minutes") or grid,
        turnaround_minutes=record.optional_whole("turnaround_minutes", least=0) or 0,
        walks=tuple(to_walk(found) for found in record.records("walks", WALK_KEYS)),
        interpreters=tuple(
            to_interpreter(found) for found in record.records("interpreters", INTERPRETER_KEYS)
        ),
        limits=_limits(record),
        baseline=baseline,
        frozen_until=record.time("frozen_until") if "frozen_until" in record.values else None,
        objective=_objective(record, repair=baseline is not None),
    )
    require_consistent(problem)
    return problem


def _require_some(record: Record, key: str) -> None:
    if record.values.get(key) == []:
        raise BadInput(
            f"must not be empty; leave the key out to allow all {key}"
            if record.place
            else f"must not be empty; without {key} no meeting can be held",
            record.at(key),
        )


def to_sitting(record: Record) -> Sitting:
    """Read a sitting."""
    sitting = Sitting(record.id("id"), record.time("start"), record.time("end"))
    if sitting.start >= sitting.end:
        raise BadInput("must be after the start", record.at("end"))
    return sitting


def to_party(record: Record) -> Party:
    """Read a party."""
    kind = record.one_of("kind", PartyKind) if "kind" in record.values else None
    return Party(record.id("id"), record.text("name"), kind)


def to_person(record: Record) -> Person:
    """Read a person."""
    return Person(
        id=record.id("id"),
        party=record.id("party"),
        name=record.optional_text("name"),
        engagements=record.each("engagements", spans.engagement(record.clock)),
        max_meetings_per_sitting=record.optional_whole("max_meetings_per_sitting"),
        max_consecutive=record.optional_whole("max_consecutive"),
    )


def to_room(record: Record) -> Room:
    """Read a room."""
    return Room(
        id=record.id("id"),
        name=record.optional_text("name"),
        seats=record.optional_whole("seats"),
        zone=record.optional_id("zone"),
        features=frozenset(record.distinct("features")),
        closed=record.each("closed", spans.closure(record.clock)),
        turnaround_minutes=record.optional_whole("turnaround_minutes", least=0),
        party=record.optional_id("party"),
    )


def to_walk(record: Record) -> Walk:
    """Read a walk."""
    walk = Walk(record.id("from"), record.id("to"), record.whole("minutes", least=0))
    if walk.from_zone == walk.to_zone and walk.minutes:
        raise BadInput("must be another zone: within one there is no walk", record.at("to"))
    return walk


def to_interpreter(record: Record) -> Interpreter:
    """Read an interpreter."""
    if ("max_continuous_minutes" in record.values) != ("rest_minutes" in record.values):
        given, missing = "max_continuous_minutes", "rest_minutes"
        if missing in record.values:
            given, missing = missing, given
        raise BadInput(f"comes together with {missing}; give both or neither", record.at(given))
    return Interpreter(
        id=record.id("id"),
        languages=frozenset(record.distinct("languages", least=1)),
        name=record.optional_text("name"),
        engagements=record.each("engagements", spans.engagement(record.clock)),
        max_minutes_per_sitting=record.optional_whole("max_minutes_per_sitting"),
        max_minutes_per_day=record.optional_whole("max_minutes_per_day"),
        max_continuous_minutes=record.optional_whole("max_continuous_minutes"),
        rest_minutes=record.optional_whole("rest_minutes"),
    )


def to_request(record: Record) -> Request:
    """Read a request."""
    for key in ("sittings", "rooms"):
        _require_some(record, key)
    languages, interpreters = _languages(record)
    return Request(
        id=record.id("id"),
        parties=record.distinct("parties", least=2),
        people=record.distinct("people", least=1),
        minutes=record.whole("minutes"),
        weight=record.whole("weight", most=MOST_WEIGHT) if "weight" in record.values else 1,
        must=record.flag("must"),
        seats=record.optional_whole("seats"),
        features=frozenset(record.distinct("features")),
        rooms=record.distinct("rooms"),
        sittings=record.distinct("sittings"),
        windows=record.each("windows", spans.window(record.clock)),
        languages=languages,
        interpreters=interpreters,
        after=record.distinct("after"),
        fixed=_fixed(record),
    )


def _languages(record: Record) -> tuple[tuple[str, str] | None, int]:
    codes = record.distinct("languages")
    if not codes:
        if "interpreters" in record.values:
            raise BadInput("needs languages; name the two, or leave it out", record.at("interpreters"))
        return None, 0
    try:
        one, other = codes
    except ValueError:
        message = f"must be two different languages, not {len(codes)}"
        raise BadInput(message, record.at("languages")) from None
    return (one, other), record.optional_whole("interpreters") or 1


def _fixed(record: Record) -> Fixed | None:
    if "fixed" not in record.values:
        return None
    fixed = Record(record.values["fixed"], record.at("fixed"), FIXED_KEYS, record.clock)
    return Fixed(fixed.time("start"), fixed.optional_id("room"))


def _limits(record: Record) -> Limits:
    if "limits" not in record.values:
        return Limits()
    limits = Record(record.values["limits"], record.at("limits"), LIMIT_KEYS, record.clock)
    return Limits(limits.optional_whole("breaks_spread", least=0))


def _baseline(record: Record) -> tuple[Meeting, ...] | None:
    """Read the meetings of a plan; the rest of it is known by its keys, but not read."""
    if "baseline" not in record.values:
        return None
    plan = Record(record.values["baseline"], record.at("baseline"), PLAN_KEYS, record.clock)
    if "format" in plan.values:
        require_format(plan.values, PLAN_FORMAT, place=plan.place)
    plan.required("meetings")
    return tuple(to_meeting(found) for found in plan.records("meetings", MEETING_KEYS))


def _objective(record: Record, *, repair: bool) -> tuple[Aim, ...]:
    if "objective" not in record.values:
        return DEFAULT_REPAIR_OBJECTIVE if repair else DEFAULT_OBJECTIVE
    aims = record.each("objective", lambda value, place: named(value, place, Aim))
    require_distinct(aims, record.at("objective"))
    return aims
