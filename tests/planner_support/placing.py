"""Meetings of a document as the solver's places."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.planner.problem import Meeting
from summitry.planner.solver.instance import Instance, Place


def places_of(instance: Instance, meetings: Iterable[Meeting]) -> list[Place | None]:
    """Return where these meetings, and those frozen, are held."""
    places: list[Place | None] = [job.frozen for job in instance.jobs]
    for meeting in meetings:
        index = instance.request_index[meeting.request]
        if places[index] is None:
            team = tuple(instance.interpreter_index[who] for who in meeting.interpreters)
            start, end = instance.cells.minute(meeting.start), instance.cells.minute(meeting.end)
            places[index] = Place(start, end, instance.room_index[meeting.room], team)
    return places
