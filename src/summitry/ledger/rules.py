"""What an entry's hash is made of, and how values are written in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise


class Hashed(Protocol):
    """The fields that an entry's hash covers."""

    chain_id: int
    public_id: UUID
    sequence: int
    at: datetime
    actor_id: int | None
    actor_name: str
    verb: str
    target_type: str
    target_id: UUID | None
    delegation_ids: Any
    before: Any
    after: Any
    previous_hash: bytes | memoryview


def plain(value: Any) -> Any:
    """Return a value as it will come back from the database's JSON, so that its hash is the same ever after.

    Raises
    ------
    TypeError
        For what has no such form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value  # JSON in PostgreSQL knows no difference
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | timedelta | Promise):  # a promise: a text still to be translated
        return str(value)
    message = f"The ledger cannot keep a {type(value).__name__}: give text, numbers, times, lists or mappings"
    raise TypeError(message)


def entry_hash(entry: Hashed) -> bytes:
    """Return SHA-256 over all of an entry's fields, as JSON with sorted keys, and the hash before it."""
    fields = {
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "after": entry.after,
        "at": entry.at.astimezone(UTC).isoformat(),
        "before": entry.before,
        "chain": entry.chain_id,
        "delegation_ids": entry.delegation_ids,
        "previous": bytes(entry.previous_hash).hex(),
        "public_id": str(entry.public_id),
        "sequence": entry.sequence,
        "target_id": None if entry.target_id is None else str(entry.target_id),
        "target_type": entry.target_type,
        "verb": entry.verb,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an action changed, in words for a reader."""

    name: str
    before: str
    after: str


_ITEMS_TOLD = 3
_LONGEST = 160


def changes(before: Any, after: Any) -> list[Change]:
    """Return what differs between the two sides of an entry, field by field, in the order of their names."""
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    return [
        Change(name.replace("_", " "), in_words(old.get(name)), in_words(new.get(name)))
        for name in sorted(old.keys() | new.keys())
        if name not in old or name not in new or old[name] != new[name]
    ]


def in_words(value: Any) -> str:
    """Return a value for a reader: short, lists by their first items and how many more."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        text = _listed([f"{key.replace('_', ' ')}: {in_words(each)}" for key, each in value.items()])
    elif isinstance(value, list):
        text = _listed([in_words(each) for each in value])
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _listed(items: Sequence[str]) -> str:
    told = ", ".join(items[:_ITEMS_TOLD])
    return told if len(items) <= _ITEMS_TOLD else f"{told} and {len(items) - _ITEMS_TOLD} more"
