"""Getting the compiled search ready: two minutes' work, once for a machine and a version.

``python -m summitry.planner.solver.exchange`` does it ahead of time. A run that finds
nothing prepared starts that program, plans without the compiled search meanwhile, and takes
it up as soon as it is there.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from datetime import datetime

import numpy as np

from summitry.planner.problem import Party, Person, Problem, Request, Room, Sitting
from summitry.planner.solver.exchange.boards import Ground
from summitry.planner.solver.exchange.compiled import FOLDER
from summitry.planner.solver.exchange.days import plan_days
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.instance import Instance

READY = FOLDER / "ready"
_started: list[subprocess.Popen[bytes]] = []


def prepared() -> bool:
    """Return whether the machine code is there."""
    return READY.exists()


def start() -> subprocess.Popen[bytes]:
    """Start the program that prepares it, once, and do not wait; it goes on when this process ends."""
    if not _started:
        _started.append(
            subprocess.Popen(
                [sys.executable, "-m", "summitry.planner.solver.exchange"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
    return _started[0]


def prepare() -> None:
    """Compile everything, unless it is there; one process does it, others wait for that."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if prepared():
            return
        ground = Ground(Instance(_smallest()))
        exchange = Exchange(ground, ground.held([None]), seed=0)
        exchange.fill([0], [-1])
        exchange.steps(1, 1.0, 1.0)
        exchange.adopt(exchange.now(), np.zeros(1, dtype=np.bool_))
        plan_days(ground, ground.held([None]), [0], seed=0, over=lambda: False, tries=1)
        READY.touch()
    for other in FOLDER.parent.glob("kernel-*"):
        if other != FOLDER and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)


def _smallest() -> Problem:
    """Return a problem of one request."""
    day = datetime.fromisoformat("2019-10-15T09:00")
    return Problem(
        timezone="UTC",
        sittings=(Sitting("morning", day, day.replace(hour=10)),),
        parties=(Party("a", "A"), Party("b", "B")),
        people=(Person("p", "a"),),
        rooms=(Room("r"),),
        requests=(Request("m", ("a", "b"), ("p",), 15),),
    )
