"""The engine-turned rosette of an edition: the same number always draws the same figure, no two the same.

Rose engines cut such figures by rocking the work while it turns. Here each ring is a bundle of closed curves
``r(t) = R + A cos(k t + phase)``; one petal is drawn and turned `k` times, which keeps the drawing to a few kilobytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Final

SIZE: Final = 600.0  # the drawing reaches from -600 to 600
_POINTS: Final = 8  # pieces of curve to a petal


@dataclass(frozen=True, slots=True)
class Ring:
    """A bundle of waves around one circle.

    Attributes
    ----------
    petals : int
        Waves around the circle.
    strands : tuple of str
        SVG path data of one petal of each curve.
    second : bool
        Whether it is printed in the second colour.
    """

    petals: int
    strands: tuple[str, ...]
    second: bool = False

    @property
    def turns(self) -> list[str]:
        """The angle of every petal, in degrees."""
        return [f"{index * 360 / self.petals:.4g}" for index in range(self.petals)]


@lru_cache(maxsize=64)
def rosette(number: int) -> tuple[Ring, ...]:
    """Draw the rings of an edition.

    Parameters
    ----------
    number : int
        The edition's; decides how many petals each ring has and how they are woven.
    """
    number = abs(number)
    outer = 8 + number % 9 if number % 9 else 12
    inner = 6 + (number * 5) % 7
    return (
        _ring(petals=outer, radius=500, depth=92, strands=12, twist=0.5, flare=30),
        _ring(petals=outer * 4, radius=392, depth=30, strands=3, twist=1.0, second=True),
        _ring(petals=inner, radius=292, depth=70, strands=11, twist=0.5, flare=-26),
        _ring(petals=outer * 3, radius=190, depth=36, strands=3, twist=1.0, second=True),
        _ring(petals=24 + number % 5, radius=124, depth=13, strands=2, twist=1.0),
    )


def _ring(
    *,
    petals: int,
    radius: float,
    depth: float,
    strands: int,
    twist: float,
    flare: float = 0.0,
    second: bool = False,
) -> Ring:
    """Weave one ring: each strand a little turned, and a little wider or narrower, than the one before."""
    paths = []
    for strand in range(strands):
        share = strand / strands
        spread = share - 0.5
        paths.append(
            _petal(
                petals=petals,
                radius=radius + flare * spread * 2,
                depth=depth * (1 - 0.9 * abs(spread) * (1 if flare else 0)),
                phase=2 * pi * share * twist,
            )
        )
    if flare:  # the mirror image crosses it, which makes the moiré
        paths += [
            _petal(
                petals=petals,
                radius=radius + flare * (strand / strands - 0.5) * 2,
                depth=depth * (1 - 0.9 * abs(strand / strands - 0.5)),
                phase=-2 * pi * (strand / strands) * twist,
            )
            for strand in range(1, strands)
        ]
    return Ring(petals=petals, strands=tuple(paths), second=second)


def _petal(*, petals: int, radius: float, depth: float, phase: float) -> str:
    """Trace one petal with cubic curves through points of the wave, tangents included."""
    width = 2 * pi / petals

    def point(angle: float) -> tuple[float, float]:
        reach = radius + depth * cos(petals * angle + phase)
        return reach * cos(angle), reach * sin(angle)

    def slope(angle: float) -> tuple[float, float]:
        reach = radius + depth * cos(petals * angle + phase)
        growth = -depth * petals * sin(petals * angle + phase)
        return growth * cos(angle) - reach * sin(angle), growth * sin(angle) + reach * cos(angle)

    step = width / _POINTS
    x, y = point(0.0)
    data = [f"M{x:.1f} {y:.1f}"]
    for index in range(_POINTS):
        start, end = index * step, (index + 1) * step
        (ax, ay), (bx, by) = point(start), point(end)
        (au, av), (bu, bv) = slope(start), slope(end)
        third = step / 3
        data.append(
            f"C{ax + au * third:.1f} {ay + av * third:.1f} {bx - bu * third:.1f} {by - bv * third:.1f} {bx:.1f} {by:.1f}"
        )
    return "".join(data)
