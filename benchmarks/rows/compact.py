"""Row a: the published instances, every one proved, beside a SAT baseline in the same run."""

from __future__ import annotations

import compileall
import sys
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks import b2b
from benchmarks.child import Planned, summitry_plan
from benchmarks.child import run as run_command
from benchmarks.results import Outcome, work
from benchmarks.rows import Asked
from summitry.planner import Aim, Status, write_problem

LIMIT, QUICK_LIMIT = 60.0, 4.0
BASELINE_LIMIT = 300.0
WORST = 15.0
MEDIAN = 0.2
SHARE = 1 / 3
QUICK = ("forumt-14.", "tic-12.")
"""Instances that the baseline answers within a second."""
NO_FOLDER = "no instances: name their folder by --b2b or BENCH_B2B"
UNPROVED = "not proved"
NOTHING = "infeasible"


def run(asked: Asked) -> Outcome:
    """Plan every instance, hold the answers against the published values, and time the baseline."""
    outcome = Outcome(
        "a",
        "70 published instances, all meetings held, least breaks",
        "python -m benchmarks a",
        [0],
        asked.quick,
    )
    if asked.b2b is None:
        outcome.line("skipped", "every instance proved", NO_FOLDER, met=None)
        return outcome
    _compile()
    wanted = [each for each in b2b.published(asked.b2b) if not asked.quick or each.name.startswith(QUICK)]
    usual = [each for each in wanted if each.spread == b2b.USUAL_SPREAD]
    others = [each for each in wanted if each.spread != b2b.USUAL_SPREAD]
    runs = [_plan(asked.b2b, each, outcome, asked) for each in usual]
    _answers(outcome, f"the {len(usual)} instances at spread 2", usual, runs)
    _times(outcome, runs)
    _baseline(outcome, asked, [each.name for each in usual], runs)
    more = [_plan(asked.b2b, each, outcome, asked) for each in others]
    _answers(outcome, f"the originals at spreads 0, 1 and 3 ({len(others)})", others, more)
    slowest = max(planned.finished.wall for planned in more)
    outcome.line("the slowest of these, whole process", "", f"{slowest:.2f} s", met=None)
    return outcome


def _compile() -> None:
    """Write the bytecode of both programs, as an installer does: else each run would compile its modules anew."""
    for name in ("summitry", "click", "pysat"):
        found = find_spec(name)
        for folder in (found and found.submodule_search_locations) or ():
            compileall.compile_dir(folder, quiet=1)


def _plan(folder: Path, each: b2b.Published, outcome: Outcome, asked: Asked) -> Planned:
    asked.say(f"{each.name}, spread {each.spread}")
    problem = b2b.problem_of(b2b.read(folder / "dzn" / f"{each.name}.dzn"), each.spread)
    files = work("a", f"{each.name}-{each.spread}")
    files[0].write_bytes(write_problem(problem))
    planned = summitry_plan(problem, files, seconds=QUICK_LIMIT if asked.quick else LIMIT)
    outcome.count(planned, f"{each.name} at spread {each.spread}")
    plan = planned.plan
    outcome.details.append(
        {
            "instance": each.name,
            "spread": each.spread,
            "published": NOTHING if each.breaks is None else each.breaks,
            "found": _answer(planned),
            "seconds": plan.seconds if plan else None,
            "command_seconds": round(planned.finished.wall, 3),
            "peak_mib": round(planned.finished.peak_mib),
        }
    )
    return planned


def _answer(planned: Planned) -> int | str:
    """Return the proved least breaks, that nothing is feasible, or that neither is known."""
    if planned.plan is None or planned.wrong:
        return UNPROVED
    if planned.plan.status is Status.INFEASIBLE:
        return NOTHING
    return planned.plan.score[Aim.BREAKS].value if planned.plan.status is Status.OPTIMAL else UNPROVED


def _answers(outcome: Outcome, what: str, wanted: list[b2b.Published], runs: list[Planned]) -> None:
    others = []
    for each, planned in zip(wanted, runs, strict=True):
        value = NOTHING if each.breaks is None else each.breaks
        found = _answer(planned)
        if found != value:
            others.append(f"{each.name} at spread {each.spread} ({found}, published {value})")
    equal = len(runs) - len(others)
    if others:
        outcome.notes.append(f"not as published: {', '.join(others)}")
    said = f"{equal} of {len(runs)}"
    outcome.line(what, "all proved, equal to the published values", said, met=equal == len(runs))


def _times(outcome: Outcome, runs: list[Planned]) -> None:
    slowest = max(planned.finished.wall for planned in runs)
    outcome.line(
        "the slowest, whole process", f"within {WORST:g} s", f"{slowest:.2f} s", met=slowest <= WORST
    )
    middle = median(planned.plan.seconds if planned.plan else LIMIT for planned in runs)
    outcome.line(
        "median of the plans' own seconds", f"under {MEDIAN:g} s", f"{middle:.3f} s", met=middle < MEDIAN
    )


def _baseline(outcome: Outcome, asked: Asked, names: list[str], runs: list[Planned]) -> None:
    assert asked.b2b is not None
    script = asked.b2b / "baseline" / "sat.py"
    walls, own = [], []
    for name in names:
        asked.say(f"{name}, baseline")
        instance = asked.b2b / "dzn" / f"{name}.dzn"
        command = [sys.executable, "-B", str(script), str(instance)]
        finished = run_command(command, limit=BASELINE_LIMIT)
        walls.append(finished.wall)
        own.append(float(finished.output.split()[-1]) if finished.code == 0 else finished.wall)
        outcome.details.append(
            {
                "instance": name,
                "baseline": finished.output.strip(),
                "command_seconds": round(finished.wall, 3),
            }
        )
    ours = sum(planned.finished.wall for planned in runs)
    outcome.line(
        "total, whole processes, beside the SAT baseline's",
        "at most a third",
        f"{ours:.1f} s beside {sum(walls):.1f} s: {ours / sum(walls):.2f}",
        met=ours <= SHARE * sum(walls),
    )
    inside = sum(planned.plan.seconds if planned.plan else LIMIT for planned in runs)
    outcome.line(
        "the same inside the planner, beside the baseline's own clock",
        "",
        f"{inside:.1f} s beside {sum(own):.1f} s: {inside / sum(own):.2f}",
        met=None,
    )
    outcome.notes.append(
        f"the baseline's slowest took {max(walls):.1f} s; one process at a time, bytecode written beforehand"
    )
