"""Runs one peer in a process of its own: ``python -m benchmarks.peers.runner PEER P.json Q.json SECONDS``.

Each plan found is a line of JSON on standard error, with the seconds since the problem was
read and the weight; the last one is written as a plan document.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from summitry.planner import (
    Aim,
    AimScore,
    Meeting,
    Plan,
    Problem,
    Status,
    Unscheduled,
    load,
    read_problem,
    score,
    write_plan,
)

PEERS = {
    "alphabetical round-robin": "round_robin",
    "conference-scheduler": "fixed_slots",
    "plain CP-SAT": "constraint_model",
}
"""The module of each; it is loaded on the clock, as the planner's libraries are."""
OWN = frozenset({"alphabetical round-robin"})
"""Those that need no library: their modules are loaded before, as the planner's own are."""
ARGUMENTS = 5


def run(peer: str, asked: Path, answered: Path, seconds: float) -> None:
    """Plan a problem document by a peer, and write what it found; nothing is written where it found nothing."""
    problem: Problem = load(str(asked), read_problem)
    if peer in OWN:
        import_module(f"benchmarks.peers.{PEERS[peer]}")
    began = time.monotonic()
    best: tuple[int, list[Meeting]] | None = None

    def found(meetings: list[Meeting]) -> None:
        nonlocal best
        weight = score(problem, meetings)[Aim.WEIGHT]
        if best is None or weight > best[0]:
            best = weight, meetings
            print(
                json.dumps({"seconds": time.monotonic() - began, "weight": weight}),
                file=sys.stderr,
                flush=True,
            )

    plan = import_module(f"benchmarks.peers.{PEERS[peer]}").plan
    plan(problem, seconds - (time.monotonic() - began), found)
    if best is not None:
        answered.write_bytes(write_plan(_plan(problem, best[1], time.monotonic() - began, peer)))


def _plan(problem: Problem, meetings: list[Meeting], seconds: float, peer: str) -> Plan:
    held = {meeting.request for meeting in meetings}
    return Plan(
        Status.FEASIBLE,
        meetings=tuple(sorted(meetings, key=lambda meeting: (meeting.start, meeting.request))),
        unscheduled=tuple(
            Unscheduled(request.id, "was not placed")
            for request in problem.requests
            if request.id not in held
        ),
        score={aim: AimScore(value, None) for aim, value in score(problem, meetings).items()},
        seconds=seconds,
        planner=peer,
    )


if __name__ == "__main__":
    assert len(sys.argv) == ARGUMENTS, __doc__
    run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
