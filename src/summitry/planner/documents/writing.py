"""From problems and plans to their documents."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.meeting import PLAN_FORMAT
from summitry.planner.documents.problem import PROBLEM_FORMAT
from summitry.planner.plan import Plan, Remedy, Unscheduled
from summitry.planner.problem import Interpreter, Meeting, Person, Problem, Request, Room, Span
from summitry.planner.wording import clock


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return a problem as the JSON values of its document; what is not given is left out."""
    return _given(
        format=PROBLEM_FORMAT,
        title=problem.title,
        timezone=problem.timezone,
        grid_minutes=problem.grid_minutes,
        break_minutes=problem.break_minutes,
        turnaround_minutes=problem.turnaround_minutes,
        sittings=[
            {"id": one.id, "start": _time(one.start), "end": _time(one.end)} for one in problem.sittings
        ],
        parties=[
            _given(id=one.id, name=one.name, kind=one.kind and one.kind.value) for one in problem.parties
        ],
        people=[person_document(person) for person in problem.people],
        rooms=[room_document(room) for room in problem.rooms],
        walks=[{"from": one.from_zone, "to": one.to_zone, "minutes": one.minutes} for one in problem.walks]
        or None,
        interpreters=[interpreter_document(interpreter) for interpreter in problem.interpreters] or None,
        requests=[request_document(request) for request in problem.requests],
        limits=_given(breaks_spread=problem.limits.breaks_spread) or None,
        baseline=None
        if problem.baseline is None
        else {"format": PLAN_FORMAT, "meetings": [_meeting(meeting) for meeting in problem.baseline]},
        frozen_until=problem.frozen_until and _time(problem.frozen_until),
        objective=[aim.value for aim in problem.objective],
    )


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return a plan as the JSON values of its document."""
    return {
        "format": PLAN_FORMAT,
        "status": plan.status.value,
        "meetings": [_meeting(meeting) for meeting in plan.meetings],
        "unscheduled": [_unscheduled(unscheduled) for unscheduled in plan.unscheduled],
        "score": {aim.value: {"value": one.value, "bound": one.bound} for aim, one in plan.score.items()},
        "seconds": plan.seconds,
        "seed": plan.seed,
        "planner": plan.planner,
    }


def write_problem(problem: Problem) -> bytes:
    """Write a problem's document, one record a line."""
    return _written(problem_document(problem))


def write_plan(plan: Plan) -> bytes:
    """Write a plan's document, one record a line."""
    return _written(plan_document(plan))


def _written(document: dict[str, Any]) -> bytes:
    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def value(found: Any) -> str:
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return "[\n" + ",\n".join(f"  {line(record)}" for record in found) + "\n ]"
        return line(found)

    return (
        "{\n" + ",\n".join(f" {line(key)}: {value(found)}" for key, found in document.items()) + "\n}\n"
    ).encode()


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _time(time: datetime) -> str:
    if time.tzinfo is not None or time.second or time.microsecond:
        raise BadInput(f"{time} must be a time on the wall clock in whole minutes, without offset")
    return clock(time)


def _span(span: Span) -> list[str | None]:
    parts = [_time(span.start), _time(span.end), span.label, span.zone]
    while parts[-1] is None:
        parts.pop()
    return parts


def _spans(spans: tuple[Span, ...]) -> list[list[str | None]] | None:
    return [_span(span) for span in spans] or None


def person_document(person: Person) -> dict[str, Any]:
    """Return a person as JSON values."""
    return _given(
        id=person.id,
        party=person.party,
        name=person.name,
        engagements=_spans(person.engagements),
        max_meetings_per_sitting=person.max_meetings_per_sitting,
        max_consecutive=person.max_consecutive,
    )


def room_document(room: Room) -> dict[str, Any]:
    """Return a room as JSON values."""
    return _given(
        id=room.id,
        name=room.name,
        seats=room.seats,
        zone=room.zone,
        features=sorted(room.features) or None,
        closed=_spans(room.closed),
        turnaround_minutes=room.turnaround_minutes,
        party=room.party,
    )


def interpreter_document(interpreter: Interpreter) -> dict[str, Any]:
    """Return an interpreter as JSON values."""
    return _given(
        id=interpreter.id,
        name=interpreter.name,
        languages=sorted(interpreter.languages),
        engagements=_spans(interpreter.engagements),
        max_minutes_per_sitting=interpreter.max_minutes_per_sitting,
        max_minutes_per_day=interpreter.max_minutes_per_day,
        max_continuous_minutes=interpreter.max_continuous_minutes,
        rest_minutes=interpreter.rest_minutes,
    )


def request_document(request: Request) -> dict[str, Any]:
    """Return a request as JSON values."""
    fixed = request.fixed
    return _given(
        id=request.id,
        parties=list(request.parties),
        people=list(request.people),
        minutes=request.minutes,
        weight=request.weight,
        must=request.must or None,
        seats=request.seats,
        features=sorted(request.features) or None,
        rooms=list(request.rooms) or None,
        sittings=list(request.sittings) or None,
        windows=_spans(request.windows),
        languages=list(request.languages) if request.languages else None,
        interpreters=request.interpreters or None,
        after=list(request.after) or None,
        fixed=_given(start=_time(fixed.start), room=fixed.room) if fixed else None,
    )


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "request": meeting.request,
        "start": _time(meeting.start),
        "end": _time(meeting.end),
        "room": meeting.room,
        "interpreters": list(meeting.interpreters),
    }


def _unscheduled(unscheduled: Unscheduled) -> dict[str, Any]:
    return {
        "request": unscheduled.request,
        "reason": unscheduled.reason,
        "blockers": [
            _given(kind=one.kind.value, id=one.id, detail=one.detail) for one in unscheduled.blockers
        ],
        "remedies": [_remedy(remedy) for remedy in unscheduled.remedies],
    }


def _remedy(remedy: Remedy) -> dict[str, Any]:
    change = remedy.change
    return {
        "text": remedy.text,
        "change": _given(
            problem=list(change.problem) or None,
            meetings=[_meeting(meeting) for meeting in change.meetings] or None,
            drop=list(change.drop) or None,
            cost={aim.value: difference for aim, difference in change.cost.items()},
        ),
    }
