"""Where the points and lines of a map of partnerships lie, in the units of its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

Point = tuple[float, float]
_BEND = 0.18  # how far a line leaves the straight way, of its length
_RAIL_STEP = 46
_RAIL_ROW = 34


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture's size, and the height at which what has no place on the map begins (none: no such rail)."""

    width: float
    height: float
    rail: float | None = None


def on_world(
    entities: Sequence[tuple[int, str | None]],
    places: Mapping[str, Sequence[float]],
    *,
    width: float,
    height: float,
) -> tuple[dict[int, Point], Canvas]:
    """Return where entities lie on the world; those without a place stand in rows below it.

    Parameters
    ----------
    entities
        Each with its M49 number, none where it is no State; in the order of the rows.
    places
        Points by M49 number.
    """
    points: dict[int, Point] = {}
    below: list[int] = []
    for entity, m49 in entities:
        place = places.get(m49 or "")
        if place is None:
            below.append(entity)
        else:
            points[entity] = (float(place[0]), float(place[1]))
    if not below:
        return points, Canvas(width, height)
    fit = max(1, int(width // _RAIL_STEP))
    rows = [below[start : start + fit] for start in range(0, len(below), fit)]
    for number, row in enumerate(rows):
        step = width / len(row)
        for place_in_row, entity in enumerate(row):
            points[entity] = (step * (place_in_row + 0.5), height + _RAIL_ROW * (number + 0.75))
    return points, Canvas(width, height + _RAIL_ROW * (len(rows) + 0.6), height)


def on_circle(entities: Sequence[int], *, size: float, margin: float) -> tuple[dict[int, Point], Canvas]:
    """Return where entities stand on a circle, in their order, clockwise from the top."""
    middle, radius = size / 2, size / 2 - margin
    count = max(1, len(entities))
    points = {
        entity: (
            round(middle + radius * sin(2 * pi * place / count), 1),
            round(middle - radius * cos(2 * pi * place / count), 1),
        )
        for place, entity in enumerate(entities)
    }
    return points, Canvas(size, size)


def bent(start: Point, end: Point) -> str:
    """Return a line of the world map as an SVG path: bent to the north, so that two lines seldom lie on one another."""
    (x1, y1), (x2, y2) = sorted((start, end))
    length = hypot(x2 - x1, y2 - y1)
    return f"M{x1:g} {y1:g}Q{(x1 + x2) / 2:.1f} {(y1 + y2) / 2 - length * _BEND:.1f} {x2:g} {y2:g}"


def drawn_in(start: Point, end: Point, middle: float) -> str:
    """Return a line of the network as an SVG path, drawn towards the middle of the circle."""
    pull = 0.55
    x = (start[0] + end[0]) / 2 * (1 - pull) + middle * pull
    y = (start[1] + end[1]) / 2 * (1 - pull) + middle * pull
    return f"M{start[0]:g} {start[1]:g}Q{x:.1f} {y:.1f} {end[0]:g} {end[1]:g}"
