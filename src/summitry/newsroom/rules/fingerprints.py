"""What a value is known by, so that a change shows."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """Return a value as JSON holds it; dates and numbers in one form each.

    Raises
    ------
    TypeError
        Where it is of no kind that evidence has.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case dict():
            return {str(key): plain(one) for key, one in sorted(value.items())}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            message = f"{type(value).__name__} is no value that evidence holds"
            raise TypeError(message)


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of a value in its one form."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
