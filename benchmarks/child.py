"""Runs of commands as a user would start them: how long, how much memory, what they reported."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from summitry.planner import BadInput, Plan, Problem, Status, check, load, read_plan

PATIENCE = 300.0
"""Seconds beyond its limit after which a run is ended by force, and counts as failed."""
SAMPLE_EVERY = 0.5
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Report:
    """One progress report: the planner's clock, and value and bound of each aim."""

    seconds: float
    found: bool
    score: dict[str, tuple[int, int | None]]

    def gap(self) -> float | None:
        """Return how far the weight is from its bound, as a share of the bound; ``None`` where unknown."""
        value, bound = self.score.get("weight", (0, None))
        if not self.found or bound is None:
            return None
        return (bound - value) / bound if bound else 0.0

    def proved(self, *aims: str) -> bool:
        """Say whether the aims are at their bounds."""
        return self.found and all(self.score[aim][0] == self.score[aim][1] for aim in aims)


@dataclass(slots=True)
class Finished:
    """A command that has ended.

    Attributes
    ----------
    wall : float
        Seconds from its start to its end.
    peak_mib : float
        Most memory: the larger of what the system counted for the child (``getrusage``) and the sum over
        it and its children, sampled (proportional set size).
    """

    code: int
    wall: float
    peak_mib: float
    output: str
    lines: list[str]


def run(command: Sequence[str], *, limit: float, on_line: Callable[[str], bool] | None = None) -> Finished:
    """Run a command to its end, or to ours.

    Parameters
    ----------
    limit
        Seconds after which it is ended by force.
    on_line
        Sees each line of standard error; the command is asked to end (SIGTERM) once it returns true.
    """
    began = time.monotonic()
    ends_with_us = {**os.environ, "SUMMITRY_FOLLOW_PARENT": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ends_with_us
    ) as child:
        memory = _Memory(child.pid)
        output: list[str] = []
        lines: list[str] = []
        reader = threading.Thread(target=lambda: output.append(child.stdout.read() if child.stdout else ""))
        guard = threading.Timer(limit, _kill, [child.pid])
        reader.start()
        guard.start()
        try:
            for line in child.stderr or ():
                lines.append(line.rstrip("\n"))
                if on_line is not None and on_line(lines[-1]):
                    child.send_signal(signal.SIGTERM)
                    on_line = None
            reader.join()
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            _kill(child.pid)
            raise
        finally:
            guard.cancel()
        wall = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    peak = max(usage.ru_maxrss / 1024, memory.stop())
    return Finished(child.returncode, wall, peak, "".join(output), lines)


def _kill(pid: int) -> None:
    for each in _family(pid):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


class _Memory:
    """Samples the memory of a process and its children, each shared page once."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_EVERY):
            self._peak = max(self._peak, sum(map(_mib, _family(self._pid))))

    def stop(self) -> float:
        """End, and return the most that was seen."""
        self._done.set()
        self._thread.join()
        return self._peak


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _mib(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


@dataclass(slots=True)
class Planned:
    """A run of ``summitry plan``, its plan held against the validator.

    Attributes
    ----------
    wrong : list[str]
        Why the run is no good: broken rules, or how it failed; empty for a valid plan (or a proof that
        there is none, or the statement that none was found).
    """

    finished: Finished
    reports: list[Report]
    plan: Plan | None
    wrong: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Say whether there is a plan, and it is valid."""
        return (
            self.plan is not None and self.plan.status in {Status.OPTIMAL, Status.FEASIBLE} and not self.wrong
        )

    def first(self) -> float | None:
        """Return the planner's clock at the first plan."""
        return next((report.seconds for report in self.reports if report.found), None)

    def gap(self, within: float) -> float | None:
        """Return the gap in weight at the last report up to a time of the planner's clock."""
        known = [report for report in self.reports if report.seconds <= within and report.found]
        return known[-1].gap() if known else None

    def curve(self) -> Points:
        """Return the gap in weight over the planner's clock: at the first report, where it changes, and at the last."""
        known = [(each.seconds, gap) for each in self.reports if (gap := each.gap()) is not None]
        changed = [now for before, now in pairwise(known) if now[1] != before[1]]
        return [*known[:1], *changed, *known[-1:]]

    def proved_at(self, *aims: str) -> float | None:
        """Return the planner's clock from which on the aims were proved."""
        since = None
        for report in self.reports:
            if not report.proved(*aims):
                since = None
            elif since is None:
                since = report.seconds
        return since


def summitry_plan(
    problem: Problem,
    files: tuple[Path, Path],
    *,
    seconds: float,
    until: Callable[[Report], bool] | None = None,
) -> Planned:
    """Plan a problem that is written in the first file into the second, and check the plan.

    Parameters
    ----------
    until
        Ends the run as Ctrl-C would once a report satisfies it.
    """
    asked, answered = files
    reports: list[Report] = []
    answered.unlink(missing_ok=True)

    def on_line(line: str) -> bool:
        if not line.startswith("{"):
            return False
        reports.append(_report(json.loads(line)))
        return until is not None and until(reports[-1])

    command = [str(summitry()), "plan", str(asked), "-o", str(answered)]
    command += ["--seconds", f"{seconds:g}", "--progress", "json"]
    finished = run(command, limit=seconds + PATIENCE, on_line=on_line)
    if not answered.exists():
        said = [line for line in finished.lines if not line.startswith("{")]
        return Planned(finished, reports, None, [f"exit {finished.code}: {' '.join(said[-1:])}"])
    try:
        plan: Plan = load(str(answered), read_plan)
    except BadInput as error:
        return Planned(finished, reports, None, [str(error)])
    reports.append(_of_plan(plan))
    return Planned(finished, reports, plan, [str(violation) for violation in check(problem, plan)])


def _report(said: dict[str, Any]) -> Report:
    score = {aim: (each["value"], each["bound"]) for aim, each in said["score"].items()}
    return Report(said["seconds"], said["found"], score)


def _of_plan(plan: Plan) -> Report:
    score = {aim.value: (each.value, each.bound) for aim, each in plan.score.items()}
    return Report(plan.seconds, bool(plan.score), score)


def summitry() -> Path:
    """Return the command beside the interpreter."""
    return Path(sys.executable).with_name("summitry")
