"""Commands of the planner; none of them needs a database."""

from __future__ import annotations

import gc
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

from summitry.cli.documents import (
    is_workbook,
    load_meetings,
    load_plan,
    load_problem,
    plan_bytes,
    require_writable,
    write,
)
from summitry.cli.processes import follow_parent
from summitry.planner import Plan, Problem, Progress, Status

if TYPE_CHECKING:
    from summitry.planner.stop import StoppingCriterion

_EXIT_CODES = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}
_SHOWN_VIOLATIONS = 200


def progress_document(progress: Progress) -> dict[str, Any]:
    """Return a progress report as plain data, as `--progress json` prints it and the desk shows it."""
    return {
        "seconds": round(progress.seconds, 4),
        "phase": progress.phase,
        "held": progress.held,
        "requests": progress.requests,
        "found": progress.found,
        "score": {aim.value: {"value": s.value, "bound": s.bound} for aim, s in progress.score.items()},
    }


class _JsonLines:
    """Prints one JSON object a line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, progress: Progress) -> None:
        self._stream.write(json.dumps(progress_document(progress)) + "\n")
        self._stream.flush()


class _OneLine:
    """Keeps one line of a terminal up to date."""

    _LEAST_SECONDS = 0.1

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < self._LEAST_SECONDS:
            return
        self._last = now
        aims = "  ".join(
            f"{aim.value} {s.value}" + ("" if s.bound is None else f" of {s.bound}")
            for aim, s in progress.score.items()
        )
        text = f"{progress.seconds:5.1f} s  {progress.held} of {progress.requests} held  {aims}  {progress.phase}"
        self._stream.write("\r" + text[:118].ljust(118))
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._last:
            self._stream.write("\r" + " " * 118 + "\r")
            self._stream.flush()


@contextmanager
def _cancelled_by_signals() -> Iterator[threading.Event]:
    """Turn Ctrl-C and SIGTERM into a wish to stop: the best plan so far is then written."""
    wish = threading.Event()
    kept = {
        number: signal.signal(number, lambda *_: wish.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield wish
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


@click.command(short_help="Plan the meetings of a document or workbook.")
@click.argument("problem", metavar="PROBLEM")
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="PLAN",
    help="Where to write the plan (.json or .xlsx); else printed.",
)
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, help="Time."
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Random seed.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Parallel searches."
)
@click.option(
    "--progress", type=click.Choice(["auto", "json", "none"]), default="auto", help="How to report."
)
def plan(problem: str, *, output: str, seconds: float, seed: int, workers: int, progress: str) -> None:
    """Plan the meetings of PROBLEM, a document (.json; `-`: standard input) or a workbook (.xlsx).

    Exits with 0: a plan; 2: bad input; 3: proved infeasible; 4: none found in time.
    """
    follow_parent()
    require_writable(output, problem)
    line = _OneLine(sys.stderr) if progress == "auto" and sys.stderr.isatty() else None
    report = _JsonLines(sys.stderr) if progress == "json" else line
    with _cancelled_by_signals() as wish:  # before the solvers are loaded: that takes a while, too
        from summitry.planner import solve  # noqa: PLC0415 a light start
        from summitry.planner.stop import AnyOf, Cancelled, FirstPlan, MaxSeconds  # noqa: PLC0415 likewise

        question = load_problem(problem)
        ends: list[StoppingCriterion] = [MaxSeconds(seconds), Cancelled(wish)]
        if wish.is_set():  # nothing is found yet: the first plan will do, unless one is told again to stop
            wish.clear()
            ends.append(FirstPlan())
        answer = solve(
            question,
            stop=AnyOf(tuple(ends)),
            seed=seed,
            workers=workers,
            on_progress=report,
        )
        if line:
            line.end()
        write(output, plan_bytes(question, answer, output))  # pressing the keys twice loses no plan
    if progress != "json":
        _summarise(question, answer)
    gc.freeze()  # all is written: leave without looking through what is left
    sys.exit(_EXIT_CODES[answer.status])


def _summarise(question: Problem, answer: Plan) -> None:
    aims = ", ".join(
        f"{aim.value} {s.value}"
        + (" (proved)" if s.bound == s.value else "" if s.bound is None else f" (bound {s.bound})")
        for aim, s in answer.score.items()
    )
    held = f"{len(answer.meetings)} of {len(question.requests)} requests held in {answer.seconds:.1f} s"
    if answer.status is Status.INFEASIBLE:
        click.echo(
            "infeasible: no plan holds all that must be held; together these contradict each other:", err=True
        )
        for item in answer.unscheduled:
            click.echo(f"  {item.request}: {item.reason}", err=True)
    elif answer.status is Status.UNKNOWN:
        click.echo(
            f"no plan found in {answer.seconds:.1f} s, and none proved impossible: give more --seconds",
            err=True,
        )
    else:
        click.echo(f"{answer.status.value}: {held}; {aims}", err=True)


@click.command(short_help="Check a plan: every rule, and its score.")
@click.argument("problem", metavar="PROBLEM")
@click.argument("plan_file", metavar="PLAN")
def check(problem: str, plan_file: str) -> None:
    """Check PLAN against PROBLEM: every rule, and whether its score is true.

    Each is a document (.json) or a workbook (.xlsx). Of a plan's workbook the meetings By day are read, so that
    changes made by hand can be checked.

    Exits with 0: valid and true; 1: not, each broken rule on a line; 2: bad input.
    """
    from summitry.planner.check import check as check_plan  # noqa: PLC0415 a light start
    from summitry.planner.check import check_meetings  # noqa: PLC0415 likewise

    question = load_problem(problem)
    if is_workbook(plan_file):
        meetings = load_meetings(plan_file, question)
        broken, said = (
            check_meetings(question, meetings),
            "every rule is kept; score and reasons are not read",
        )
    else:
        answer = load_plan(plan_file)
        meetings = answer.meetings
        broken, said = check_plan(question, answer), f"status {answer.status.value}"
    for violation in broken[:_SHOWN_VIOLATIONS]:
        click.echo(str(violation))
    if len(broken) > _SHOWN_VIOLATIONS:
        click.echo(f"and {len(broken) - _SHOWN_VIOLATIONS} more")
    if broken:
        sys.exit(1)
    click.echo(f"valid: {len(meetings)} of {len(question.requests)} requests held, {said}")


@click.command()
@click.argument("document", type=click.Choice(["problem", "plan"]))
def schema(document: str) -> None:
    """Print the JSON Schema of one of the two documents."""
    from summitry.planner.schema import plan_schema, problem_schema  # noqa: PLC0415 a light start

    described = problem_schema() if document == "problem" else plan_schema()
    click.echo(json.dumps(described, indent=2, ensure_ascii=False))
