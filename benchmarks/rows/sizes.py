"""Rows b, c and d: how good a plan is after so many seconds, on ever larger conferences."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.child import Planned, summitry_plan
from benchmarks.presets import SIZES, conference
from benchmarks.results import Curve, Outcome, percent, work
from benchmarks.rows import Asked
from summitry.planner import write_problem


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row wants: a first plan, and gaps at times (seconds of the planner's clock), within a memory."""

    title: str
    first: float | None
    gaps: tuple[tuple[float, float], ...]
    quick: tuple[float, ...]
    seeds: tuple[int, ...] = (0, 1, 2)
    gib: float | None = None


ROWS = {
    "b": Wanted("conference of 100 delegations, 1,200 requests", 1, ((5, 0.01), (30, 0.001)), (1, 5)),
    "c": Wanted("200 delegations, 4,000 requests, 5 days", None, ((30, 0.005), (300, 0.001)), (12,)),
    "d": Wanted("2,200 delegations, 50,000 requests, 3 days", 60, ((600, 0.02),), (30,), (0,), 8),
}


def run(row: str, asked: Asked) -> Outcome:
    """Measure a row: one run for each limit of time and seed."""
    wanted = ROWS[row]
    seeds = asked.seeded(*wanted.seeds)
    outcome = Outcome(row, wanted.title, f"python -m benchmarks {row}", seeds, asked.quick)
    firsts = () if wanted.first is None else (wanted.first,)
    limits = wanted.quick if asked.quick else (*firsts, *(seconds for seconds, _ in wanted.gaps))
    runs = {limit: [_plan(row, seed, limit, outcome, asked) for seed in seeds] for limit in limits}
    if wanted.first is not None:
        limit = min(limits)
        _first_line(outcome, wanted.first, limit, runs[limit])
    for seconds, gap in wanted.gaps[:1] if asked.quick else wanted.gaps:
        limit = max(limits) if asked.quick else seconds
        _gap_line(outcome, (seconds, gap), limit, runs[limit])
    if wanted.gib is not None:
        peak = max(planned.finished.peak_mib for all_of in runs.values() for planned in all_of) / 1024
        outcome.line(
            "most memory of the command",
            f"under {wanted.gib:g} GiB",
            f"{peak:.2f} GiB",
            met=peak < wanted.gib,
        )
    for seed, planned in zip(seeds, runs[max(limits)], strict=True):
        outcome.curves.append(Curve(f"{row}, seed {seed}", planned.curve()))
    outcome.notes.append(_overshoot(runs))
    return outcome


def _plan(row: str, seed: int, limit: float, outcome: Outcome, asked: Asked) -> Planned:
    asked.say(f"seed {seed}, {limit:g} s")
    problem = conference(row, seed)
    files = work(row, f"{seed}-{limit:g}s")
    files[0].write_bytes(write_problem(problem))
    planned = summitry_plan(problem, files, seconds=limit)
    outcome.count(planned, f"the plan of seed {seed} in {limit:g} s")
    outcome.details.append(
        {
            "seed": seed,
            "limit": limit,
            "first_plan": planned.first(),
            "gap": planned.gap(limit),
            "held": len(planned.plan.meetings) if planned.plan else 0,
            "requests": SIZES[row].requests,
            "score": planned.reports[-1].score if planned.reports else {},
            "seconds": planned.plan.seconds if planned.plan else None,
            "command_seconds": round(planned.finished.wall, 2),
            "peak_mib": round(planned.finished.peak_mib),
            "valid": planned.held,
        }
    )
    return planned


def _first_line(outcome: Outcome, wanted: float, limit: float, runs: list[Planned]) -> None:
    firsts = [planned.first() if planned.held else None for planned in runs]
    said = ", ".join("none" if first is None else f"{first:.2f} s" for first in firsts)
    outcome.line(
        f"a valid plan (a run of {limit:g} s, and its first plan)",
        f"within {wanted:g} s",
        said,
        met=all(first is not None and first <= wanted for first in firsts),
    )


def _gap_line(outcome: Outcome, wanted: tuple[float, float], limit: float, runs: list[Planned]) -> None:
    seconds, most = wanted
    gaps = [planned.gap(limit) if planned.held else None for planned in runs]
    outcome.line(
        f"gap of the weight after {limit:g} s",
        f"within {100 * most:g} % in {seconds:g} s",
        ", ".join(map(percent, gaps)),
        met=all(gap is not None and gap <= most for gap in gaps),
    )


def _overshoot(runs: dict[float, list[Planned]]) -> str:
    """Say how long the runs took in all; explanations may follow after the time for planning."""
    said = []
    for limit, all_of in runs.items():
        own = max((planned.plan.seconds if planned.plan else 0.0) for planned in all_of)
        whole = max(planned.finished.wall for planned in all_of)
        said.append(f"{limit:g} s asked: {own:.1f} s inside the planner, {whole:.1f} s for the whole command")
    return "longest run, reasons for what is left out included: " + "; ".join(said)
