"""Where the points, lines and names of a map of partnerships lie, in the units of its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Final

from summitry.outcomes.rules.globe import Point

HALF_TURN: Final = 180  # degrees
_ROUNDS: Final = 60
_RAIL_STEP: Final = 46
_RAIL_ROW: Final = 34
_LETTER: Final = 0.53  # a letter's mean width, of the size of the type
_GOLDEN_ANGLE: Final = 2.399963


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture's size, and the height at which what has no place on the map begins (none: no such rail)."""

    width: float
    height: float
    rail: float | None = None


def as_path(lines: Sequence[Sequence[Point]]) -> str:
    """Return lines as an SVG path."""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in line) for line in lines)


def tied(lines: list[list[Point]], start: Point, end: Point) -> list[list[Point]]:
    """Return lines that begin and end where their points were moved to."""
    moved = [list(line) for line in lines]
    moved[0][0], moved[-1][-1] = start, end
    return moved


def bent(start: Point, end: Point) -> str:
    """Return a line between two points of which one has no place in the world, bent a little."""
    (x1, y1), (x2, y2) = sorted((start, end))
    return f"M{x1:g} {y1:g}Q{(x1 + x2) / 2:.1f} {min(y1, y2) + abs(y1 - y2) / 3:.1f} {x2:g} {y2:g}"


def apart(points: Mapping[int, Point], radii: Mapping[int, float]) -> dict[int, Point]:
    """Return points moved as little as it takes that their discs lie side by side.

    Those that lie on one another are first drawn out in a spiral, in their order; what lies free does not move.
    """
    found = {
        key: (x + 0.01 * order * cos(order * _GOLDEN_ANGLE), y + 0.01 * order * sin(order * _GOLDEN_ANGLE))
        for order, (key, (x, y)) in enumerate(points.items())
    }
    keys = list(found)
    for _round in range(_ROUNDS):
        moved = False
        for place, one in enumerate(keys):
            for other in keys[place + 1 :]:
                (x1, y1), (x2, y2) = found[one], found[other]
                away, need = hypot(x2 - x1, y2 - y1), radii[one] + radii[other]
                if abs(x2 - x1) >= need or away >= need:
                    continue
                push = (need - away) / 2 / max(away, 0.001)
                found[one] = x1 - (x2 - x1) * push, y1 - (y2 - y1) * push
                found[other] = x2 + (x2 - x1) * push, y2 + (y2 - y1) * push
                moved = True
        if not moved:
            break
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in found.items()}


def below(entities: Sequence[int], *, width: float, height: float) -> tuple[dict[int, Point], Canvas]:
    """Return where entities without a place in the world stand: in rows below it, in their order."""
    if not entities:
        return {}, Canvas(width, height)
    points: dict[int, Point] = {}
    fit = max(1, int(width // _RAIL_STEP))
    rows = [entities[start : start + fit] for start in range(0, len(entities), fit)]
    for number, row in enumerate(rows):
        step = width / len(row)
        for place_in_row, entity in enumerate(row):
            points[entity] = (step * (place_in_row + 0.5), height + _RAIL_ROW * (number + 0.75))
    return points, Canvas(width, height + _RAIL_ROW * (len(rows) + 0.6), height)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands: its anchor point and how it hangs on it."""

    x: float
    y: float
    anchor: str


def labels(
    names: Sequence[tuple[int, str]],
    points: Mapping[int, Point],
    radii: Mapping[int, float],
    canvas: Canvas,
    *,
    size: float,
) -> dict[int, Label]:
    """Return where names fit: beside, above or below their points, on no other name and no other point.

    Parameters
    ----------
    names
        The more important first; those that find no room are left out.
    size
        Of the type, in the units of the picture.
    """
    discs = [(key, x, y, radii[key]) for key, (x, y) in points.items()]
    taken: list[tuple[float, float, float, float]] = []
    found: dict[int, Label] = {}
    for key, name in names:
        (x, y), r, wide = points[key], radii[key] + 3, len(name) * size * _LETTER
        for label, left in (
            (Label(round(x + r, 1), round(y + size * 0.35, 1), "start"), x + r),
            (Label(round(x - r, 1), round(y + size * 0.35, 1), "end"), x - r - wide),
            (Label(round(x, 1), round(y - r, 1), "middle"), x - wide / 2),
            (Label(round(x, 1), round(y + r + size * 0.8, 1), "middle"), x - wide / 2),
        ):
            box = left, label.y - size * 0.85, left + wide, label.y + size * 0.25
            if box[0] < 0 or box[1] < 0 or box[2] > canvas.width or box[3] > canvas.height:
                continue
            if any(_meet(box, other) for other in taken):
                continue
            if any(other != key and _touch(box, dx, dy, dr) for other, dx, dy, dr in discs):
                continue
            found[key] = label
            taken.append(box)
            break
    return found


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _touch(box: tuple[float, float, float, float], x: float, y: float, radius: float) -> bool:
    return hypot(x - max(box[0], min(x, box[2])), y - max(box[1], min(y, box[3]))) < radius


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an entity stands on the circle, and the angle there, in degrees clockwise from the top."""

    point: Point
    angle: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A group's part of the circle as a path."""

    path: str


def on_circle(
    groups: Sequence[Sequence[int]], *, size: float, margin: float, gap: float = 1.5
) -> tuple[dict[int, Seat], list[Arc]]:
    """Return where groups of entities stand on a circle, in their order, clockwise from the top.

    Parameters
    ----------
    gap
        Between two groups, in places.
    """
    middle, radius = size / 2, size / 2 - margin
    filled = [group for group in groups if group]
    count = sum(map(len, filled)) + gap * len(filled)
    seats: dict[int, Seat] = {}
    arcs: list[Arc] = []
    at = gap / 2
    for group in filled:
        for place, entity in enumerate(group):
            angle = 360 * (at + place + 0.5) / count
            seats[entity] = Seat(_around(middle, radius, angle), round(angle, 2))
        ends = 360 * at / count, 360 * (at + len(group)) / count
        (x1, y1), (x2, y2) = (_around(middle, radius - 9, angle) for angle in ends)
        large = int(ends[1] - ends[0] > HALF_TURN)
        arcs.append(Arc(f"M{x1:g} {y1:g}A{radius - 9:g} {radius - 9:g} 0 {large} 1 {x2:g} {y2:g}"))
        at += len(group) + gap
    return seats, arcs


def _around(middle: float, radius: float, angle: float) -> Point:
    turn = angle / HALF_TURN * pi
    return round(middle + radius * sin(turn), 1), round(middle - radius * cos(turn), 1)


def drawn_in(start: Point, end: Point, middle: float) -> str:
    """Return a line of the network as an SVG path, drawn towards the middle of the circle, less between neighbours."""
    pull = min(0.9, 0.35 + hypot(end[0] - start[0], end[1] - start[1]) / (4 * middle))
    x = (start[0] + end[0]) / 2 * (1 - pull) + middle * pull
    y = (start[1] + end[1]) / 2 * (1 - pull) + middle * pull
    return f"M{start[0]:g} {start[1]:g}Q{x:.1f} {y:.1f} {end[0]:g} {end[1]:g}"
