"""The embedded server against the ways in which its users and its keeper can end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

HOLD = """
import sys, time
from summitry.config.database import Lease
with Lease():
    print("held", flush=True)
    time.sleep(float(sys.argv[1]))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A short-named home of its own, passable by the server's user."""
    with tempfile.TemporaryDirectory(prefix="sm", ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
        wait_for(lambda: not servers(path))


def user(home: Path, seconds: float) -> subprocess.Popen[str]:
    environment = {**os.environ, "SUMMITRY_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(seconds)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def end(child: subprocess.Popen[str], number: int = signal.SIGTERM) -> None:
    child.send_signal(number)
    child.wait(10)
    if child.stdout:
        child.stdout.close()


def servers(home: Path) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if os.fsencode(home / "postgres") in words:
                found.append(int(folder.name))
    return found


def keeper_of(home: Path) -> int:
    return int((home / "database.ready").read_text())


def wait_for(condition: object, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    assert callable(condition)
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def test_it_runs_while_somebody_uses_it_and_stops_with_the_last(home: Path) -> None:
    first, second = user(home, 60), user(home, 60)
    assert len(servers(home)) == 1
    end(first)
    time.sleep(1)
    assert len(servers(home)) == 1
    end(second)
    wait_for(lambda: not servers(home))


def test_a_killed_user_leaves_nothing_running(home: Path) -> None:
    end(user(home, 60), signal.SIGKILL)
    wait_for(lambda: not servers(home))


def test_a_killed_keeper_takes_the_server_along_and_the_next_start_recovers(home: Path) -> None:
    first = user(home, 60)
    os.kill(keeper_of(home), signal.SIGKILL)
    wait_for(lambda: not servers(home))
    second = user(home, 60)
    assert len(servers(home)) == 1
    end(first)
    end(second)


def test_its_socket_is_reachable_by_its_owner_alone(home: Path) -> None:
    child = user(home, 60)
    assert (home / "run").stat().st_mode & 0o077 == 0
    assert "listening on IPv" not in (home / "postgres.log").read_text()
    end(child)
