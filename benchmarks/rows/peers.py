"""Row g: the planner beside its peers on the same problems, in one run."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.child import run as run_command
from benchmarks.child import summitry_plan
from benchmarks.peers.runner import PEERS
from benchmarks.presets import SIZES, conference
from benchmarks.results import Outcome, work
from benchmarks.rows import Asked
from summitry.planner import Plan, Problem, check, load, read_plan, write_problem

SECONDS, QUICK_SECONDS = 30.0, 8.0
LEAST = 0.0001  # seconds that are told apart
MILLISECONDS = 0.1  # seconds below which times are told in them
SMALL, LARGE = "small", "b"
OVERTIME = 60.0
CARRIES = {"conference-scheduler": (SMALL,)}
"""An integer program with a variable for each event and slot; b would have a million of them."""


@dataclass(frozen=True, slots=True)
class Course:
    """What somebody found and when (seconds of their own clock), the weight ever better; and how it ended."""

    found: list[tuple[float, int]]
    valid: bool

    @property
    def best(self) -> int:
        """The most weight."""
        return self.found[-1][1] if self.found else 0

    def reached(self, weight: int) -> float | None:
        """Return when a weight was reached."""
        return next((seconds for seconds, value in self.found if value >= weight), None)


def run(asked: Asked) -> Outcome:
    """Give everybody the same time on the same problems, and compare."""
    seeds = asked.seeded(0, 1, 2)
    outcome = Outcome("g", "beside peers on the same work", "python -m benchmarks g", seeds, asked.quick)
    seconds = QUICK_SECONDS if asked.quick else SECONDS
    for size in (SMALL, LARGE):
        courses: dict[str, list[tuple[Course, Course]]] = {}
        for seed in seeds:
            problem = conference(size, seed)
            files = work("g", f"{size}-{seed}")
            files[0].write_bytes(write_problem(problem))
            asked.say(f"{size}, seed {seed}, Summitry")
            ours = _ours(problem, files, seconds, outcome, f"Summitry's plan of {size}, seed {seed}")
            for peer in PEERS:
                if size not in CARRIES.get(peer, (SMALL, LARGE)):
                    continue
                if peer == "conference-scheduler" and find_spec("conference_scheduler") is None:
                    outcome.notes.append("conference-scheduler is not installed: `make bench` installs it")
                    continue
                asked.say(f"{size}, seed {seed}, {peer}")
                theirs = _theirs(peer, problem, files[0], seconds, outcome)
                courses.setdefault(peer, []).append((ours, theirs))
                outcome.details.append(_detail(size, seed, peer, ours, theirs))
        for peer, pairs in courses.items():
            _lines(outcome, f"{peer}, {SIZES[size].requests:,} requests", pairs, seconds)
    outcome.notes.append(
        f"{seconds:g} s for everybody, each on two cores and by its own clock from a problem that is read, loading "
        "libraries, but not modules of one's own, included; "
        "conference-scheduler is not asked for more than 60 requests, which it does not end in that time; "
        "its plans are mended afterwards where it has no words for a rule"
    )
    return outcome


def _ours(problem: Problem, files: tuple[Path, Path], seconds: float, outcome: Outcome, name: str) -> Course:
    planned = summitry_plan(problem, files, seconds=seconds)
    outcome.count(planned, name)
    found = [(each.seconds, each.score["weight"][0]) for each in planned.reports if each.found]
    return Course([each for each in found if each[0] <= seconds], planned.held)


def _theirs(peer: str, problem: Problem, asked: Path, seconds: float, outcome: Outcome) -> Course:
    answered = asked.with_name(f"{asked.stem}-{peer.replace(' ', '-')}.plan.json")
    answered.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "benchmarks.peers.runner",
        peer,
        str(asked),
        str(answered),
        f"{seconds:g}",
    ]
    finished = run_command(command, limit=seconds + OVERTIME)
    lines = [json.loads(line) for line in finished.lines if line.startswith("{")]
    if not answered.exists():
        said = next((line for line in reversed(finished.lines) if not line.startswith("{")), "found no plan")
        outcome.notes.append(f"{peer} on {asked.stem}: {said}")
        return Course([], valid=False)
    plan: Plan = load(str(answered), read_plan)
    wrong = [str(violation) for violation in check(problem, plan)]
    outcome.counted(f"{peer}'s plan of {asked.stem}", wrong)
    return Course([(line["seconds"], line["weight"]) for line in lines], not wrong)


def _detail(size: str, seed: int, peer: str, ours: Course, theirs: Course) -> dict[str, object]:
    return {
        "size": size,
        "seed": seed,
        "peer": peer,
        "weight": ours.best,
        "peer_weight": theirs.best,
        "peer_valid": theirs.valid,
        "seconds_to_the_peer_weight": ours.reached(theirs.best),
        "peer_seconds_to_it": theirs.reached(theirs.best),
    }


def _lines(outcome: Outcome, what: str, pairs: list[tuple[Course, Course]], seconds: float) -> None:
    weights = [ours.best / theirs.best if theirs.best else None for ours, theirs in pairs]
    said = [
        f"{_ratio(weight)} ({ours.best:,} beside {theirs.best:,})"
        for weight, (ours, theirs) in zip(weights, pairs, strict=True)
    ]
    outcome.line(
        f"{what}: weight after {seconds:g} s, times theirs",
        "ahead",
        "; ".join(said),
        met=all(
            ours.valid and (ours.best > theirs.best or (ours.best == theirs.best > 0))
            for ours, theirs in pairs
        ),
    )
    times = []
    for ours, theirs in pairs:
        mine, other = ours.reached(theirs.best), theirs.reached(theirs.best)
        if not theirs.best:
            times.append((True, "they found none"))
        elif mine is None or other is None:
            times.append((False, "never"))
        else:
            times.append(
                (mine < other, f"{other / max(mine, LEAST):.1f} ({_clock(mine)} beside {_clock(other)})")
            )
    outcome.line(
        f"{what}: times faster to the weight they ended with",
        "ahead",
        "; ".join(text for _, text in times),
        met=all(ahead for ahead, _ in times),
    )


def _clock(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < MILLISECONDS else f"{seconds:.2f} s"


def _ratio(value: float | None) -> str:
    return "no plan of theirs" if value is None else f"{value:.3f}"
