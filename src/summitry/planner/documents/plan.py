"""From the JSON values of a ``summitry.plan/1`` document to a plan."""

from __future__ import annotations

import math
from typing import Any

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.clock import Clock
from summitry.planner.documents.meeting import (
    MEETING_KEYS,
    PLAN_FORMAT,
    PLAN_KEYS,
    require_format,
    to_meeting,
)
from summitry.planner.documents.record import Record, identifier, named, whole
from summitry.planner.plan import (
    AimScore,
    Blocker,
    BlockerKind,
    Change,
    Plan,
    Remedy,
    Status,
    Unscheduled,
)
from summitry.planner.problem import Aim
from summitry.planner.wording import kind

UNSCHEDULED_KEYS = frozenset({"request", "reason", "blockers", "remedies"})
BLOCKER_KEYS = frozenset({"kind", "id", "detail"})
REMEDY_KEYS = frozenset({"text", "change"})
CHANGE_KEYS = frozenset({"problem", "meetings", "drop", "cost"})
OPERATION_KEYS = frozenset({"op", "path", "value", "from"})
OPERATIONS = {
    "add": "value",
    "replace": "value",
    "test": "value",
    "copy": "from",
    "move": "from",
    "remove": None,
}
SCORE_KEYS = frozenset({"value", "bound"})
MOST_TOTAL = 10**17  # as many digits as are read of a number
MOST_SEED = MOST_TOTAL


def to_plan(document: Any) -> Plan:
    """Make a plan of a document's JSON values.

    Raises
    ------
    BadInput
        If the document is not well formed. Whether it fits a problem is for ``check`` to say.
    """
    require_format(document, PLAN_FORMAT)
    record = Record(document, "", PLAN_KEYS, Clock(None))
    status = record.one_of("status", Status)
    record.required("meetings")
    return Plan(
        status=status,
        meetings=tuple(to_meeting(found) for found in record.records("meetings", MEETING_KEYS)),
        unscheduled=tuple(_unscheduled(found) for found in record.records("unscheduled", UNSCHEDULED_KEYS)),
        score=_score(record),
        seconds=_seconds(record),
        seed=whole(record.values.get("seed", 0), "seed", least=0, most=MOST_SEED),
        planner=record.optional_text("planner") or "",
    )


def _seconds(record: Record) -> float:
    value = record.values.get("seconds", 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise BadInput(f"must be a number of seconds, not {kind(value)}", "seconds")
    return float(value)


def _score(record: Record) -> dict[Aim, AimScore]:
    scores: dict[Aim, AimScore] = {}
    for name, value in _by_aim(record, "score").items():
        place = f"score.{name}"
        score = Record(value, place, SCORE_KEYS, record.clock)
        bound = score.required("bound")
        scores[name] = AimScore(
            value=score.whole("value", least=0, most=MOST_TOTAL),
            bound=None
            if bound is None
            else whole(bound, f"{place}.bound", least=-MOST_TOTAL, most=MOST_TOTAL),
        )
    return scores


def _by_aim(record: Record, key: str) -> dict[Aim, Any]:
    if key not in record.values:
        return {}
    values, place = record.values[key], record.at(key)
    if not isinstance(values, dict):
        raise BadInput(f"must be an object, not {kind(values)}", place)
    return {named(name, place, Aim): value for name, value in values.items()}


def _unscheduled(record: Record) -> Unscheduled:
    return Unscheduled(
        request=record.id("request"),
        reason=record.text("reason"),
        blockers=tuple(_blocker(found) for found in record.records("blockers", BLOCKER_KEYS)),
        remedies=tuple(_remedy(found) for found in record.records("remedies", REMEDY_KEYS)),
    )


def _blocker(record: Record) -> Blocker:
    return Blocker(record.one_of("kind", BlockerKind), record.id("id"), record.optional_text("detail"))


def _remedy(record: Record) -> Remedy:
    change = Record(record.required("change"), record.at("change"), CHANGE_KEYS, record.clock)
    change.required("cost")
    cost = {
        aim: whole(value, f"{change.at('cost')}.{aim}", least=-MOST_TOTAL, most=MOST_TOTAL)
        for aim, value in _by_aim(change, "cost").items()
    }
    return Remedy(
        text=record.text("text"),
        change=Change(
            problem=change.each("problem", lambda value, place: _operation(value, place, record.clock)),
            meetings=tuple(to_meeting(found) for found in change.records("meetings", MEETING_KEYS)),
            drop=change.distinct("drop"),
            cost=cost,
        ),
    )


def _operation(value: Any, place: str, clock: Clock) -> dict[str, Any]:
    """Check the form of one JSON Patch operation (RFC 6902)."""
    operation = Record(value, place, OPERATION_KEYS, clock)
    name = identifier(operation.required("op"), operation.at("op"))
    if name not in OPERATIONS:
        raise BadInput(f"must be one of {', '.join(OPERATIONS)}", operation.at("op"))
    operation.text("path")
    needed = OPERATIONS[name]
    if needed == "from":
        operation.text("from")
    elif needed is not None:
        operation.required(needed)
    return dict(operation.values)
