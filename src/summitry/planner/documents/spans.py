"""Intervals, written as lists: ``[start, end, label?, zone?]``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.documents.clock import Clock
from summitry.planner.documents.record import a_list, identifier, text
from summitry.planner.problem import Span
from summitry.planner.wording import clock as written

LABEL, ZONE = 2, 3  # where they stand, after start and end
Reader = Callable[[Any, str], Span]


def engagement(clock: Clock) -> Reader:
    """Return a reader of ``[start, end, label?, zone?]``; label and zone may be ``null``."""

    def read(value: Any, place: str) -> Span:
        parts = _parts(value, place, "[start, end, label?, zone?]", most=4)
        label, zone, *_ = (*parts[LABEL:], None, None)
        return _span(
            clock,
            parts,
            place,
            label=None if label is None else text(label, f"{place}[{LABEL}]"),
            zone=None if zone is None else identifier(zone, f"{place}[{ZONE}]"),
        )

    return read


def closure(clock: Clock) -> Reader:
    """Return a reader of ``[start, end, label?]``."""

    def read(value: Any, place: str) -> Span:
        parts = _parts(value, place, "[start, end, label?]", most=3)
        labels = [text(label, f"{place}[{LABEL}]") for label in parts[LABEL:]]
        return _span(clock, parts, place, label=labels[0] if labels else None)

    return read


def window(clock: Clock) -> Reader:
    """Return a reader of ``[start, end]``; a window may be empty."""

    def read(value: Any, place: str) -> Span:
        return _span(clock, _parts(value, place, "[start, end]", most=2), place, may_be_empty=True)

    return read


def _parts(value: Any, place: str, shape: str, *, most: int) -> list[Any]:
    parts = a_list(value, place)
    if not LABEL <= len(parts) <= most:
        raise BadInput(f"must be {shape}, not a list of {len(parts)}", place)
    return parts


def _span(
    clock: Clock,
    parts: list[Any],
    place: str,
    *,
    label: str | None = None,
    zone: str | None = None,
    may_be_empty: bool = False,
) -> Span:
    start, end = clock.time(parts[0], f"{place}[0]"), clock.time(parts[1], f"{place}[1]")
    if start > end or (start == end and not may_be_empty):
        raise BadInput(f"ends at {written(end)}, which is not after its start {written(start)}", place)
    return Span(start, end, label, zone)
