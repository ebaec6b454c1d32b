"""JSON Schema (2020-12) of the planner's two documents.

A schema cannot say everything: that ids are known, that intervals end after they start, that
times exist in their time zone, that ``30.0`` is no integer. The readers can, and do.
"""

from __future__ import annotations

from typing import Any

from summitry.planner.documents.meeting import PLAN_FORMAT
from summitry.planner.documents.plan import MOST_SEED, MOST_TOTAL, OPERATIONS
from summitry.planner.documents.problem import MOST_WEIGHT, PROBLEM_FORMAT
from summitry.planner.documents.record import MOST
from summitry.planner.plan import BlockerKind, Status
from summitry.planner.problem import BASELINE_AIMS, Aim, PartyKind

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TIME_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$"

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
ID: Schema = {"$ref": "#/$defs/id"}
IDS: Schema = {"$ref": "#/$defs/ids"}
TIME: Schema = {"$ref": "#/$defs/time"}
MEETING: Schema = {"$ref": "#/$defs/meeting"}
ENGAGEMENTS: Schema = {"$ref": "#/$defs/engagements"}


def problem_schema() -> Schema:
    """Return the JSON Schema of a problem document."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:{PROBLEM_FORMAT.replace('/', ':')}",
        "title": "A planning problem: who asks to meet whom, when and where they can",
        **_object(
            {
                "format": {"const": PROBLEM_FORMAT},
                "title": TEXT,
                "timezone": {**ID, "description": "An IANA name, such as Europe/Warsaw"},
                "grid_minutes": _whole("A meeting starts a multiple of this after its sitting", default=5),
                "break_minutes": _whole("Free time of at least this much is a break; by default the grid"),
                "turnaround_minutes": _whole(
                    "Least gap between two meetings in one room", least=0, default=0
                ),
                "sittings": {**_list(_sitting()), "minItems": 1},
                "parties": _list(_party()),
                "people": _list(_person()),
                "rooms": {**_list(_room()), "minItems": 1},
                "walks": _list(_walk()),
                "interpreters": _list(_interpreter()),
                "requests": _list(_request()),
                "limits": _object({"breaks_spread": _whole("Most difference in breaks", least=0)}),
                "baseline": _baseline(),
                "frozen_until": TIME,
                "objective": {"type": "array", "items": {"enum": [*Aim]}, "uniqueItems": True},
            },
            required=("format", "timezone", "sittings", "parties", "people", "rooms", "requests"),
        ),
        "if": {"not": {"required": ["baseline"]}},
        "then": {
            "properties": {"objective": {"items": {"enum": [aim for aim in Aim if aim not in BASELINE_AIMS]}}}
        },
        "$defs": _definitions(),
    }


def plan_schema() -> Schema:
    """Return the JSON Schema of a plan document."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:{PLAN_FORMAT.replace('/', ':')}",
        "title": "A plan: what is held when and where, how good it is, and why not the rest",
        **_object(
            {
                "format": {"const": PLAN_FORMAT},
                "status": {"enum": [*Status]},
                "meetings": _list(MEETING),
                "unscheduled": _list(_unscheduled()),
                "score": {
                    "type": "object",
                    "propertyNames": {"enum": [*Aim]},
                    "additionalProperties": _aim_score(),
                },
                "seconds": {"type": "number", "minimum": 0},
                "seed": {"type": "integer", "minimum": 0, "maximum": MOST_SEED},
                "planner": TEXT,
            },
            required=("format", "status", "meetings"),
        ),
        "$defs": _definitions(),
    }


def _object(properties: Schema, *, required: tuple[str, ...] = ()) -> Schema:
    closed: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**closed, "required": list(required)} if required else closed


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _whole(description: str = "", *, least: int = 1, most: int = MOST, default: int | None = None) -> Schema:
    number: Schema = {"type": "integer", "minimum": least, "maximum": most}
    if description:
        number["description"] = description
    if default is not None:
        number["default"] = default
    return number


def _at_least(count: int) -> Schema:
    return {**IDS, "minItems": count}


def _definitions() -> Schema:
    nullable_text: Schema = {"type": ["string", "null"]}
    nullable_id: Schema = {"type": ["string", "null"], "minLength": 1}
    return {
        "id": {"type": "string", "minLength": 1},
        "ids": {"type": "array", "items": ID, "uniqueItems": True},
        "time": {
            "description": "On the wall clock of the time zone",
            "type": "string",
            "pattern": TIME_PATTERN,
            "maxLength": 16,
        },
        "engagements": _list(_interval([TIME, TIME, nullable_text, nullable_id])),
        "meeting": _object(
            {"request": ID, "start": TIME, "end": TIME, "room": ID, "interpreters": IDS},
            required=("request", "start", "end", "room"),
        ),
    }


def _interval(parts: list[Schema]) -> Schema:
    """Return the schema of ``[start, end]`` with what may follow."""
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": 2}


def _sitting() -> Schema:
    return _object({"id": ID, "start": TIME, "end": TIME}, required=("id", "start", "end"))


def _party() -> Schema:
    return _object({"id": ID, "name": TEXT, "kind": {"enum": [*PartyKind]}}, required=("id", "name"))


def _person() -> Schema:
    return _object(
        {
            "id": ID,
            "party": ID,
            "name": TEXT,
            "engagements": ENGAGEMENTS,
            "max_meetings_per_sitting": _whole(),
            "max_consecutive": _whole(),
        },
        required=("id", "party"),
    )


def _room() -> Schema:
    return _object(
        {
            "id": ID,
            "name": TEXT,
            "seats": _whole(),
            "zone": ID,
            "features": IDS,
            "closed": _list(_interval([TIME, TIME, TEXT])),
            "turnaround_minutes": _whole(least=0),
            "party": ID,
        },
        required=("id",),
    )


def _walk() -> Schema:
    return _object({"from": ID, "to": ID, "minutes": _whole(least=0)}, required=("from", "to", "minutes"))


def _interpreter() -> Schema:
    schema = _object(
        {
            "id": ID,
            "name": TEXT,
            "languages": _at_least(1),
            "engagements": ENGAGEMENTS,
            "max_minutes_per_sitting": _whole(),
            "max_minutes_per_day": _whole(),
            "max_continuous_minutes": _whole(),
            "rest_minutes": _whole(),
        },
        required=("id", "languages"),
    )
    together = {"max_continuous_minutes": ["rest_minutes"], "rest_minutes": ["max_continuous_minutes"]}
    return {**schema, "dependentRequired": together}


def _request() -> Schema:
    two: Schema = {"minItems": 2, "maxItems": 2}
    schema = _object(
        {
            "id": ID,
            "parties": _at_least(2),
            "people": _at_least(1),
            "minutes": _whole("A multiple of grid_minutes"),
            "weight": _whole(most=MOST_WEIGHT, default=1),
            "must": FLAG,
            "seats": _whole(),
            "features": IDS,
            "rooms": _at_least(1),
            "sittings": _at_least(1),
            "windows": _list(_interval([TIME, TIME])),
            "languages": {**IDS, "anyOf": [{"maxItems": 0}, two]},
            "interpreters": _whole("How many of them; by default one, where there are languages"),
            "after": IDS,
            "fixed": _object({"start": TIME, "room": ID}, required=("start",)),
        },
        required=("id", "parties", "people", "minutes"),
    )
    needs_languages: Schema = {"required": ["languages"], "properties": {"languages": two}}
    return {**schema, "dependentSchemas": {"interpreters": needs_languages}}


def _baseline() -> Schema:
    """Return the schema of a plan of which only the meetings are read."""
    unread: Schema = dict.fromkeys(("status", "unscheduled", "score", "seconds", "seed", "planner"), True)
    return _object(
        {"format": {"const": PLAN_FORMAT}, "meetings": _list(MEETING), **unread}, required=("meetings",)
    )


def _aim_score() -> Schema:
    bound: Schema = {"type": ["integer", "null"], "minimum": -MOST_TOTAL, "maximum": MOST_TOTAL}
    return _object({"value": _whole(least=0, most=MOST_TOTAL), "bound": bound}, required=("value", "bound"))


def _unscheduled() -> Schema:
    blocker = _object(
        {"kind": {"enum": [*BlockerKind]}, "id": ID, "detail": TEXT},
        required=("kind", "id"),
    )
    remedy = _object({"text": TEXT, "change": _change()}, required=("text", "change"))
    return _object(
        {"request": ID, "reason": TEXT, "blockers": _list(blocker), "remedies": _list(remedy)},
        required=("request", "reason"),
    )


def _change() -> Schema:
    difference = _whole(least=-MOST_TOTAL, most=MOST_TOTAL)
    return _object(
        {
            "problem": _list(_operation()),
            "meetings": _list(MEETING),
            "drop": IDS,
            "cost": {
                "type": "object",
                "propertyNames": {"enum": [*Aim]},
                "additionalProperties": difference,
            },
        },
        required=("cost",),
    )


def _operation() -> Schema:
    """Return the schema of one JSON Patch operation (RFC 6902)."""
    schema = _object(
        {"op": {"enum": [*OPERATIONS]}, "path": TEXT, "value": True, "from": TEXT}, required=("op", "path")
    )
    needs = [
        {"if": {"properties": {"op": {"const": name}}, "required": ["op"]}, "then": {"required": [key]}}
        for name, key in OPERATIONS.items()
        if key is not None
    ]
    return {**schema, "allOf": needs}
