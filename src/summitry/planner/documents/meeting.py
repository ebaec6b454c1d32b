"""What the two documents have in common: their format's name, and meetings."""

from __future__ import annotations

from typing import Any

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.record import Record
from summitry.planner.problem import Meeting
from summitry.planner.wording import kind

PLAN_FORMAT = "summitry.plan/1"
PLAN_KEYS = frozenset({"format", "status", "meetings", "unscheduled", "score", "seconds", "seed", "planner"})
MEETING_KEYS = frozenset({"request", "start", "end", "room", "interpreters"})


def require_format(document: Any, wanted: str, place: str = "") -> None:
    """Refuse a document that is not what it should be, before anything in it is asked for."""
    if not isinstance(document, dict):
        raise BadInput(f"must be an object, not {kind(document)}", place)
    found = document.get("format")
    if found != wanted:
        said = f"not {kind(found)}" if "format" in document else "and the key is missing"
        raise BadInput(f'must be "{wanted}", {said}', f"{place}.format" if place else "format")


def to_meeting(record: Record) -> Meeting:
    """Read a meeting."""
    meeting = Meeting(
        request=record.id("request"),
        start=record.time("start"),
        end=record.time("end"),
        room=record.id("room"),
        interpreters=record.distinct("interpreters"),
    )
    if meeting.start >= meeting.end:
        raise BadInput("must be after the start", record.at("end"))
    return meeting
