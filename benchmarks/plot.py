"""The gap over time as a picture that reads on light and dark pages."""

from __future__ import annotations

from collections.abc import Iterable
from math import log10

from benchmarks.child import Points
from benchmarks.results import Curve

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 74, 150, 44, 54
SECONDS = (0.1, 1, 10, 100, 600)
GAPS = (1.0, 0.1, 0.01, 0.001, 0.0001)
FLOOR = 0.00005
"""Where a proved optimum is drawn, as a logarithm has no zero."""
WANTED = {"b": ((5, 0.01), (30, 0.001)), "c": ((30, 0.005), (300, 0.001)), "d": ((600, 0.02),)}
TITLE = "Gap between the weight held and its bound"
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #33383d; }
  .title { font-weight: 600; font-size: 15px; }
  .small { font-size: 12px; fill: #5b6268; }
  .grid { stroke: #d9dde1; stroke-width: 1; }
  .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .b { stroke: #0b63c5; } .c { stroke: #b4480a; } .d { stroke: #2c7a3f; }
  .mark { fill: none; stroke-width: 2; }
  .tb { fill: #0b63c5; } .tc { fill: #b4480a; } .td { fill: #2c7a3f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4e7ea; } .small { fill: #aab1b8; } .grid { stroke: #3d444b; }
    .b { stroke: #6db3ff; } .c { stroke: #ffa25e; } .d { stroke: #7fd195; }
    .tb { fill: #6db3ff; } .tc { fill: #ffa25e; } .td { fill: #7fd195; }
  }
"""


def gaps_over_time(curves: Iterable[Curve]) -> str:
    """Draw the curves of rows b, c and d on logarithmic axes as SVG; a ring marks what is wanted of a row.

    Parameters
    ----------
    curves
        Labels begin with the row's letter.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{TITLE} over time">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="22">{TITLE}</text>',
        *_axes(),
    ]
    drawn = [(each, points) for each in curves if (points := _steps(each.points))]
    for row in dict.fromkeys(each.label[0] for each, _ in drawn):
        parts += [
            f'<circle class="mark {row}" cx="{_x(seconds):.1f}" cy="{_y(gap):.1f}" r="6"/>'
            for seconds, gap in WANTED.get(row, ())
        ]
    ends = []
    for each, points in drawn:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline class="curve {each.label[0]}" points="{path}"/>')
        ends.append((points[-1][1], each.label))
    parts += _labels(ends)
    return "\n".join([*parts, "</svg>", ""])


def _x(seconds: float) -> float:
    share = (log10(max(seconds, SECONDS[0])) - log10(SECONDS[0])) / (log10(SECONDS[-1]) - log10(SECONDS[0]))
    return LEFT + min(share, 1.0) * (WIDTH - LEFT - RIGHT)


def _y(gap: float) -> float:
    share = (log10(GAPS[0]) - log10(max(gap, FLOOR))) / (log10(GAPS[0]) - log10(FLOOR))
    return TOP + share * (HEIGHT - TOP - BOTTOM)


def _steps(points: Points) -> Points:
    """Return a staircase: what holds at a report holds until the next."""
    found: Points = []
    for seconds, gap in points:
        x, y = _x(seconds), _y(gap)
        if found:
            if found[-1][1] == y:
                continue
            found.append((x, found[-1][1]))
        found.append((x, y))
    if points:
        found.append((_x(points[-1][0]), found[-1][1]))
    return found


def _axes() -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for seconds in SECONDS:
        x = _x(seconds)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{seconds:g}</text>')
    for gap in (*GAPS, 0.0):
        y = _y(gap)
        said = f"{100 * gap:g} %" if gap else "proved"
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{said}</text>')
    middle = (LEFT + right) / 2
    parts.append(
        f'<text class="small" x="{middle:.0f}" y="{HEIGHT - 12}" text-anchor="middle">'
        "seconds of the planner’s clock; rings: what is wanted</text>"
    )
    return parts


def _labels(ends: list[tuple[float, str]]) -> list[str]:
    """Write the names at the right, kept apart."""
    parts, last = [], 0.0
    for y, label in sorted(ends):
        at = max(y + 4, last + 16)
        last = at
        parts.append(f'<text class="t{label[0]}" x="{WIDTH - RIGHT + 10}" y="{at:.1f}">{label}</text>')
    return parts
