"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from summitry.ledger import sealing
from summitry.ledger.models import Chain, Entry, PersonKey
from summitry.ledger.rules import entry_hash

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """What an entry holds, with its personal fields opened (or ``"erased"``)."""

    entry: Entry
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a chain is broken first, and how."""

    sequence: int
    reason: str


def entries(rows: QuerySet[Entry], edition_id: int | None) -> QuerySet[Entry]:
    """Return an edition's entries, newest first, out of those (`rows`) that somebody may see."""
    return rows.filter(chain__edition_id=edition_id).order_by("-sequence")


def opened(found: Iterable[Entry]) -> list[Opened]:
    """Open the personal fields of entries, in one statement for all of them."""
    kept = list(found)
    values = iter(opened_values([value for entry in kept for value in (entry.before, entry.after)]))
    return [Opened(entry, before, after) for entry, before, after in zip(kept, values, values, strict=True)]


def opened_values(values: Sequence[Any]) -> list[Any]:
    """Return values with what is sealed in them opened (or ``"erased"``), in one statement for all of them."""
    persons = sealing.persons_in(*values)
    rows = PersonKey.objects.filter(person_id__in=persons) if persons else ()
    keys = {row.person_id: sealing.person_key(row) for row in rows}
    return [sealing.open_value(value, keys) for value in values]


def verify_chain(edition_id: int | None) -> Broken | None:
    """Go through an edition's chain from its beginning; return the first entry that does not hold, if any.

    Entries are read as a stream; a chain of any length takes the memory of a few hundred.
    """
    chain = Chain.objects.filter(edition_id=edition_id).first()
    if chain is None:
        return None
    sequence, previous = 0, b""
    for entry in Entry.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=_AT_ONCE):
        sequence += 1
        if entry.sequence != sequence:
            return Broken(sequence, f"entry {sequence} is missing; {entry.sequence} comes next")
        if bytes(entry.previous_hash) != previous:
            return Broken(sequence, f"entry {sequence} does not continue the one before it")
        if bytes(entry.hash) != entry_hash(entry):
            return Broken(sequence, f"entry {sequence} is not as it was entered")
        previous = bytes(entry.hash)
    if chain.sequence != sequence or bytes(chain.hash) != previous:
        return Broken(sequence + 1, f"the chain ends at entry {sequence}, its head says {chain.sequence}")
    return None
