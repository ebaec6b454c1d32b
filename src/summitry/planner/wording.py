"""How messages write names and times."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

LONGEST_SHOWN = 60
MOST_COMPARED = 2_000  # looking for a near name costs time for each candidate


def clock(time: datetime) -> str:
    """Write a time as the documents do."""
    return time.isoformat(timespec="minutes")


def shown(name: str) -> str:
    """Quote a name, on one line and not too long."""
    return json.dumps(name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "…", ensure_ascii=False)


def near(name: str, names: Collection[str]) -> str:
    """Suggest the known name that a mistaken one is close to, as the end of a sentence; empty if none is."""
    if len(name) > LONGEST_SHOWN or len(names) > MOST_COMPARED:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - seldom needed

    found = get_close_matches(name, names, n=1)
    return f"; did you mean {shown(found[0])}?" if found else ""


def kind(value: object) -> str:
    """Say what a JSON value is."""
    match value:
        case None:
            return "null; leave the key out"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return f"the text {shown(value)}"
        case list():
            return "a list"
        case _:
            return "an object"
