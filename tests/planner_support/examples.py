"""A problem document and a plan document in which every key of the formats stands once."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

JSON = dict[str, Any]

SMALLEST: JSON = {
    "format": "summitry.problem/1",
    "timezone": "Europe/Warsaw",
    "sittings": [{"id": "morning", "start": "2019-10-15T09:00", "end": "2019-10-15T12:00"}],
    "parties": [],
    "people": [],
    "rooms": [{"id": "hall"}],
    "requests": [],
}

PROBLEM: JSON = {
    "format": "summitry.problem/1",
    "title": "Small conference",
    "timezone": "Europe/Warsaw",
    "grid_minutes": 15,
    "break_minutes": 20,
    "turnaround_minutes": 5,
    "sittings": [
        {"id": "morning", "start": "2019-10-15T09:00", "end": "2019-10-15T12:00"},
        {"id": "afternoon", "start": "2019-10-15T12:00", "end": "2019-10-15T17:00"},
    ],
    "parties": [
        {"id": "pl", "name": "Poland", "kind": "state"},
        {"id": "ma", "name": "Morocco", "kind": "state"},
        {"id": "au", "name": "African Union", "kind": "organisation"},
    ],
    "people": [
        {
            "id": "host",
            "party": "pl",
            "name": "Head of the host",
            "engagements": [
                ["2019-10-15T09:00", "2019-10-15T09:45", "Opening", "north"],
                ["2019-10-15T13:00", "2019-10-15T13:30", None, None],
                ["2019-10-15T16:00", "2019-10-15T16:30"],
            ],
            "max_meetings_per_sitting": 4,
            "max_consecutive": 3,
        },
        {"id": "guest", "party": "ma"},
        {"id": "envoy", "party": "au"},
    ],
    "rooms": [
        {
            "id": "hall",
            "name": "Great Hall",
            "seats": 12,
            "zone": "north",
            "features": ["booth", "screen"],
            "closed": [
                ["2019-10-15T12:00", "2019-10-15T13:00", "Lunch"],
                ["2019-10-15T16:30", "2019-10-15T17:00"],
            ],
            "turnaround_minutes": 0,
        },
        {"id": "office", "zone": "south", "party": "pl"},
    ],
    "walks": [{"from": "north", "to": "south", "minutes": 7}],
    "interpreters": [
        {
            "id": "anna",
            "name": "Anna",
            "languages": ["en", "fr"],
            "engagements": [["2019-10-15T10:00", "2019-10-15T10:30", "Panel"]],
            "max_minutes_per_sitting": 120,
            "max_minutes_per_day": 180,
            "max_continuous_minutes": 45,
            "rest_minutes": 15,
        }
    ],
    "requests": [
        {
            "id": "m1",
            "parties": ["pl", "ma"],
            "people": ["host", "guest"],
            "minutes": 30,
            "weight": 5,
            "must": True,
            "seats": 8,
            "features": ["booth"],
            "rooms": ["hall", "office"],
            "sittings": ["morning"],
            "windows": [["2019-10-15T09:30", "2019-10-15T11:30"], ["2019-10-15T09:00", "2019-10-15T09:00"]],
            "languages": ["en", "fr"],
            "interpreters": 1,
            "after": ["m2"],
            "fixed": {"start": "2019-10-15T11:00", "room": "hall"},
        },
        {"id": "m2", "parties": ["pl", "au"], "people": ["envoy"], "minutes": 15},
    ],
    "limits": {"breaks_spread": 1},
    "baseline": {
        "format": "summitry.plan/1",
        "status": "feasible",
        "meetings": [
            {
                "request": "m1",
                "start": "2019-10-15T11:00",
                "end": "2019-10-15T11:30",
                "room": "hall",
                "interpreters": ["anna"],
            },
            {
                "request": "gone",
                "start": "2019-10-15T11:00",
                "end": "2019-10-15T11:30",
                "room": "pulled down",
            },
        ],
    },
    "frozen_until": "2019-10-15T09:30",
    "objective": ["dropped", "moved", "reroomed", "weight", "left_out", "breaks", "walking"],
}

PLAN: JSON = {
    "format": "summitry.plan/1",
    "status": "feasible",
    "meetings": [
        {
            "request": "m1",
            "start": "2019-10-15T11:00",
            "end": "2019-10-15T11:30",
            "room": "hall",
            "interpreters": ["anna"],
        }
    ],
    "unscheduled": [
        {
            "request": "m2",
            "reason": "Nobody had looked yet.",
            "blockers": [
                {"kind": "meeting", "id": "m1", "detail": "in the way"},
                {"kind": "engagement", "id": "host#0"},
            ],
            "remedies": [
                {
                    "text": "Hold it at 10:00 in the Great Hall",
                    "change": {
                        "problem": [{"op": "add", "path": "/requests/1/weight", "value": 2}],
                        "meetings": [
                            {
                                "request": "m2",
                                "start": "2019-10-15T10:00",
                                "end": "2019-10-15T10:15",
                                "room": "hall",
                                "interpreters": [],
                            }
                        ],
                        "drop": ["m1"],
                        "cost": {"weight": -3},
                    },
                }
            ],
        }
    ],
    "score": {
        "dropped": {"value": 0, "bound": 0},
        "moved": {"value": 0, "bound": 0},
        "reroomed": {"value": 0, "bound": None},
    },
    "seconds": 0.25,
    "seed": 7,
    "planner": "0.1.0",
}


def problem_with(*path: str | int, value: object) -> JSON:
    """The full problem with another value at one place."""
    return changed(PROBLEM, *path, value=value)


def plan_with(*path: str | int, value: object) -> JSON:
    """The full plan with another value at one place."""
    return changed(PLAN, *path, value=value)


def changed(document: JSON, *path: str | int, value: object) -> JSON:
    """A document with another value at one place."""
    copy = deepcopy(document)
    _container(copy, path)[path[-1]] = value
    return copy


def without(document: JSON, *path: str | int) -> JSON:
    """A document with one key or entry taken out."""
    copy = deepcopy(document)
    del _container(copy, path)[path[-1]]
    return copy


def _container(document: JSON, path: tuple[str | int, ...]) -> Any:
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    return inner


def places(document: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place within a document at which a value stands."""
    found: list[tuple[str | int, ...]] = []
    steps: list[tuple[str | int, object]] = []
    if isinstance(document, dict):
        steps = list(document.items())
    elif isinstance(document, list):
        steps = list(enumerate(document))
    for step, inner in steps:
        found.append((*place, step))
        found += places(inner, (*place, step))
    return found
