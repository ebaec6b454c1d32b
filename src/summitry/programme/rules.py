"""Decisions about sessions, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summitry.delegations.rules import PARTICIPATING


@dataclass(frozen=True, slots=True)
class Attending:
    """A member as the programme sees one: who, in which capacity."""

    person_id: int
    capacity: str


def bound(attendance: str, *, members: Iterable[Attending], speakers: Iterable[int]) -> frozenset[int]:
    """Return the ids of the persons that a session binds, so that no meeting is planned against it.

    Parameters
    ----------
    attendance
        ``nobody``, ``speakers``, ``heads`` or ``everybody`` (see ``Session.Attendance``).
    members
        The accredited members of the edition.
    speakers
        The ids of the persons who speak; bound whatever the attendance, but for ``nobody``.
    """
    if attendance == "nobody":
        return frozenset()
    attending = frozenset(speakers)
    if attendance == "heads":
        attending |= {member.person_id for member in members if member.capacity == "head"}
    elif attendance == "everybody":
        attending |= {member.person_id for member in members if member.capacity in PARTICIPATING}
    return attending
