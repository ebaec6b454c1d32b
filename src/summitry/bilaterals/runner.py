"""A planning run in a child process: started, followed, stopped, its plan kept."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from summitry.bilaterals.actions.planning import fail_planning, keep_plan, note_progress, note_started
from summitry.bilaterals.models import PlanningRun, PlanVersion
from summitry.planner import Plan, Status, read_plan
from summitry.records import RefusedError

OnProgress = Callable[[Mapping[str, Any]], None]

_NOTED_EVERY: Final = 0.33  # seconds between two looks at the run's row
_ENDS_WITHIN: Final = 15.0  # seconds that a child told to stop has for writing its plan
_LATE_BY: Final = 45.0  # seconds over its time after which a child is told to stop
_WORKERS: Final = "2"
_GOOD_EXITS: Final = frozenset({0, 3, 4})


def run_planning(run: PlanningRun, *, on_progress: OnProgress | None = None) -> PlanVersion | None:
    """Plan a queued run and keep what comes of it.

    Parameters
    ----------
    run
        Its problem was frozen when it was started.
    on_progress
        Called with each report of the planner (``seconds``, ``phase``, ``held``, ``requests``, ``score``).

    Returns
    -------
    PlanVersion or None
        The draft; none where the run was stopped before it began, or brought no plan:
        its state and error then say why.
    """
    if not note_started(run):
        return None
    with tempfile.TemporaryDirectory(prefix="summitry-plan-") as folder:
        problem, answer = Path(folder) / "problem.json", Path(folder) / "plan.json"
        problem.write_text(json.dumps(run.problem), encoding="utf-8")
        with _child(run, problem, answer) as child:
            last_words = _follow(run, child, on_progress)
        if child.returncode in _GOOD_EXITS and answer.exists():
            return _kept(run, read_plan(answer.read_bytes()))
    why = last_words or str(child.returncode)
    _fail(run, _("The planner ended without a plan: %(why)s") % {"why": why})
    return None


@contextmanager
def _child(run: PlanningRun, problem: Path, answer: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start the planner; it ends with us, whichever way we end."""
    words = [sys.executable, "-m", "summitry.cli", "plan", str(problem), "-o", str(answer)]
    words += [
        "--seconds",
        str(run.seconds),
        "--seed",
        str(run.seed),
        "--workers",
        _WORKERS,
        "--progress",
        "json",
    ]
    child = subprocess.Popen(  # noqa: S603 our own words
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "SUMMITRY_FOLLOW_PARENT": "1"},
        start_new_session=True,  # a Ctrl-C is ours to pass on
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        assert child.stderr is not None
        child.stderr.close()


def _follow(run: PlanningRun, child: subprocess.Popen[bytes], on_progress: OnProgress | None) -> str:
    """Note what the child reports until it ends; return the last line that was no report."""
    assert child.stderr is not None
    deadline = time.monotonic() + run.seconds + _LATE_BY
    latest: dict[str, Any] | None = None
    last_words, noted, asked = "", 0.0, False
    for line in _lines(child):
        report = _report(line)
        if report is not None:
            latest = report
            if on_progress:
                on_progress(report)
        elif line.strip():
            last_words = line.decode(errors="replace").strip()
        now = time.monotonic()
        if now - noted >= _NOTED_EVERY:
            noted = now
            unwanted = note_progress(run, latest)
            latest = None
            if (unwanted or now > deadline) and not asked:
                asked, deadline = True, now + _ENDS_WITHIN
                child.send_signal(signal.SIGTERM)
            elif asked and now > deadline:
                child.kill()
    child.wait()
    if latest is not None:
        note_progress(run, latest)
    return last_words


def _lines(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Yield the child's lines as they come, and an empty one whenever none came for a while."""
    assert child.stderr is not None
    descriptor, rest = child.stderr.fileno(), b""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            if not selector.select(_NOTED_EVERY):
                yield b""
                continue
            read = os.read(descriptor, 65_536)
            if not read:
                yield rest
                return
            *whole, rest = (rest + read).split(b"\n")
            yield from whole


def _report(line: bytes) -> dict[str, Any] | None:
    if not line.startswith(b"{"):
        return None
    try:
        report = json.loads(line)
    except ValueError:
        return None
    return report if isinstance(report, dict) else None


def _kept(run: PlanningRun, plan: Plan) -> PlanVersion | None:
    error = _why_none(plan)
    if error is None:
        try:
            return keep_plan(run=run, plan=plan)
        except RefusedError as refused:
            error = refused.message
    _fail(run, error)
    return None


def _why_none(plan: Plan) -> str | None:
    """Say why an answer of the planner is no plan; none where it is one."""
    if plan.status is Status.INFEASIBLE:
        reasons = "; ".join(f"{one.request.removeprefix('r')}: {one.reason}" for one in plan.unscheduled)
        return _("No plan holds everything that must be held. %(reasons)s") % {"reasons": reasons}
    if plan.status is Status.UNKNOWN:
        return _("No plan was found in the time given: give it longer.")
    return None


def _fail(run: PlanningRun, error: str) -> None:
    with suppress(RefusedError):  # somebody else has ended it, with a reason of their own
        fail_planning(run=run, error=error)
    run.refresh_from_db(fields=["state", "error"])
