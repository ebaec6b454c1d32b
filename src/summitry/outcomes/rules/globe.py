"""Where places of the earth lie in a picture of it, and the shortest ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, asin, atan2, ceil, cos, degrees, hypot, radians, sin, sqrt
from typing import Final

Point = tuple[float, float]
Place = tuple[float, float]  # longitude and latitude, in degrees

#: Equal Earth (Šavrič, Patterson, Jenny 2018), as the build draws the land.
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_STEP: Final = 4.0  # degrees of a great circle between two of its points
_HALF_TURN: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Equal Earth, turned to a meridian, scaled and moved: where a place lies in the picture."""

    turn: float
    scale: float
    x: float
    y: float

    def turned(self, longitude: float) -> float:
        """Return a longitude as seen from the middle of the picture, from -180 up to 180."""
        return (longitude - self.turn + _HALF_TURN) % 360 - _HALF_TURN

    def point(self, place: Place) -> Point:
        """Return where a place lies."""
        return self.turned_point(self.turned(place[0]), place[1])

    def turned_point(self, longitude: float, latitude: float) -> Point:
        """Return where a place lies by its longitude as seen from the middle; past 180 degrees, beyond the edge."""
        root = sqrt(3) / 2
        angle = asin(root * sin(radians(latitude)))
        square = angle * angle
        sixth = square**3
        first, second, third, fourth = _A
        across = (
            radians(longitude)
            * cos(angle)
            / (root * (first + 3 * second * square + sixth * (7 * third + 9 * fourth * square)))
        )
        up = angle * (first + second * square + sixth * (third + fourth * square))
        return round(self.x + self.scale * across, 1), round(self.y - self.scale * up, 1)


def great_circle(projection: Projection, start: Place, end: Place) -> list[list[Point]]:
    """Return the shortest way between two places as lines; two of them where it crosses the picture's edge."""
    (one, first), (other, second) = ((radians(x), radians(y)) for x, y in (start, end))
    between = sin(first) * sin(second) + cos(first) * cos(second) * cos(other - one)
    angle = acos(max(-1.0, min(1.0, between)))
    if sin(angle) == 0:
        return [[projection.point(start), projection.point(end)]]
    steps = max(2, ceil(degrees(angle) / _STEP))
    way = [_on_the_way(start, end, angle, step / steps) for step in range(steps + 1)]
    lines: list[list[Point]] = [[]]
    before: Place | None = None
    for longitude, latitude in way:
        here = projection.turned(longitude), latitude
        if before is not None and abs(here[0] - before[0]) > _HALF_TURN:
            over = 360 if before[0] > 0 else -360
            lines[-1].append(projection.turned_point(here[0] + over, latitude))
            lines.append([projection.turned_point(before[0] - over, before[1])])
        lines[-1].append(projection.turned_point(*here))
        before = here
    return lines


def _on_the_way(start: Place, end: Place, angle: float, part: float) -> Place:
    weights = sin((1 - part) * angle) / sin(angle), sin(part * angle) / sin(angle)
    x = y = z = 0.0
    for (longitude, latitude), weight in zip((start, end), weights, strict=True):
        along, up = radians(longitude), radians(latitude)
        x += weight * cos(up) * cos(along)
        y += weight * cos(up) * sin(along)
        z += weight * sin(up)
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))
