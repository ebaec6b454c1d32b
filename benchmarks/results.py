"""What a row measured, as plain data that is kept and rendered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.child import Planned, Points
from benchmarks.machine import machine, versions

BUILD = Path("build/bench")
RESULTS = Path("docs/benchmarks")
SHOWN = 5


@dataclass(slots=True)
class Line:
    """One thing that was wanted and measured; ``met`` ``None`` where nothing was wanted or nothing could be said."""

    what: str
    wanted: str
    measured: str
    met: bool | None


@dataclass(slots=True)
class Curve:
    """The gap in weight over the planner's clock, one point for each report."""

    label: str
    points: Points


@dataclass(slots=True)
class Outcome:
    """Everything one row has to say.

    Attributes
    ----------
    plans, valid : int
        How many plans were made, and how many of them the validator passed.
    """

    row: str
    title: str
    command: str
    seeds: list[int]
    quick: bool
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    details: list[dict[str, object]] = field(default_factory=list)
    plans: int = 0
    valid: int = 0
    machine: dict[str, str] = field(default_factory=machine)
    versions: dict[str, str] = field(default_factory=versions)

    def line(self, what: str, wanted: str, measured: str, *, met: bool | None) -> None:
        """Add what was measured; a quick run gives less time than is wanted, so it judges nothing."""
        self.lines.append(Line(what, wanted, measured, None if self.quick else met))

    def count(self, planned: Planned, name: str) -> None:
        """Count a plan, and note what the validator has against it."""
        self.counted(name, planned.wrong)

    def counted(self, name: str, wrong: list[str]) -> None:
        """Count a plan that may be wrong."""
        self.plans += 1
        self.valid += not wrong
        if wrong:
            more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
            self.notes.append(f"{name} is not valid: {'; '.join(wrong[:SHOWN])}{more}")


def folder(*, quick: bool) -> Path:
    """Return where results are kept: those of full runs beside the page, so that one row can be measured anew."""
    return BUILD / "quick" if quick else RESULTS


def work(row: str, name: str) -> tuple[Path, Path]:
    """Return the files for a problem and its plan; they are left for a second look."""
    place = BUILD / "work"
    place.mkdir(parents=True, exist_ok=True)
    return place / f"{row}-{name}.json", place / f"{row}-{name}.plan.json"


def keep(outcome: Outcome) -> Path:
    """Write an outcome."""
    place = folder(quick=outcome.quick)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{outcome.row}.json"
    path.write_text(json.dumps(asdict(outcome), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def kept(*, quick: bool) -> list[Outcome]:
    """Read the outcomes there are, by row."""
    return [_outcome(path) for path in sorted(folder(quick=quick).glob("[a-g].json"))]


def _outcome(path: Path) -> Outcome:
    said = json.loads(path.read_text(encoding="utf-8"))
    said["lines"] = [Line(**line) for line in said["lines"]]
    said["curves"] = [Curve(each["label"], [(x, y) for x, y in each["points"]]) for each in said["curves"]]
    return Outcome(**said)


def percent(share: float | None) -> str:
    """Write a gap."""
    if share is None:
        return "no bound"
    return "proved" if share == 0 else f"{100 * share:.3g} %" if share < 0.1 else f"{100 * share:.0f} %"  # noqa: PLR2004


def quantile(values: list[float], share: float) -> float:
    """Return the least of the values that at least a share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
