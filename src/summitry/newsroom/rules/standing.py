"""What a release is to its readers, and whether a sentence still stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from summitry.newsroom.kinds import ReleaseState, Standing, VersionState


class Versioned(Protocol):
    """What is asked of a version here."""

    number: int
    state: str
    issued_at: datetime | None
    embargo_until: datetime | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A value that a sentence rests on: as it was, and as it is; ``gone`` where it may no longer be told."""

    then: Any
    now: Any
    changed: bool
    gone: bool = False


def public_from(version: Versioned) -> datetime | None:
    """Return since when a version is public; none for what is not issued."""
    if version.state != VersionState.ISSUED or version.issued_at is None:
        return None
    if version.embargo_until is None:
        return version.issued_at
    return max(version.issued_at, version.embargo_until)


def release_state(
    versions: Iterable[Versioned], *, withdrawn_at: datetime | None, now: datetime
) -> ReleaseState:
    """Return what a release is at a moment of the edition's clock; a draft of a correction changes nothing yet."""
    known = sorted(versions, key=lambda version: version.number)
    if withdrawn_at is not None:
        return ReleaseState.WITHDRAWN
    out = [version for version in known if (since := public_from(version)) is not None and since <= now]
    if out:
        return ReleaseState.PUBLISHED if len(out) == 1 else ReleaseState.CORRECTED
    if any(version.state == VersionState.ISSUED for version in known):
        return ReleaseState.EMBARGOED
    if any(version.state == VersionState.CLEARED for version in known):
        return ReleaseState.CLEARED
    return ReleaseState.DRAFTED


def standing(compared: Sequence[Compared]) -> Standing:
    """Return whether a sentence still stands on what it was written from."""
    if not compared:
        return Standing.UNFOUNDED
    if any(one.gone for one in compared):
        return Standing.GONE
    return Standing.CHANGED if any(one.changed for one in compared) else Standing.CURRENT
