"""``summitry demo`` from nothing, again, and ended in the ways in which it can end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **words: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SUMMITRY_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "SUMMITRY_HOME": str(home), **words}


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home with the demonstration loaded and planned."""
    with tempfile.TemporaryDirectory(prefix="sm", ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        path.chmod(0o755)
        made = run(path, "demo", "--no-serve", "--seconds", "8")
        assert made.returncode == 0, made.stderr
        assert "318" in made.stdout
        yield path


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summitry.cli", *words],
        env=environment(home), capture_output=True, text=True, check=False, timeout=150,
    )  # fmt: skip


def processes(home: Path) -> list[str]:
    """Everything that runs on behalf of a home."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                if f"SUMMITRY_HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
    return found


def hear_interrupts() -> None:
    """Let Ctrl-C end us even where the tests run in the background, where shells have it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def served(home: Path, port: int) -> subprocess.Popen[bytes]:
    told = home / "served.log"
    with told.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "summitry.cli", "demo", "--port", str(port)],
            env=environment(home), stdout=log, stderr=subprocess.STDOUT,
            preexec_fn=hear_interrupts,  # noqa: PLW1509 nothing is locked there
        )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/") as page:
                assert page.status == 200
                return child
        except OSError:
            assert child.poll() is None, f"the demonstration ended by itself: {told.read_text()}"
            time.sleep(0.1)
    child.kill()
    pytest.fail("no page was served in a minute")


def nothing_is_left(home: Path) -> None:
    deadline = time.monotonic() + 20
    while processes(home):
        assert time.monotonic() < deadline, processes(home)
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_is_ended_nothing_keeps_running_and_the_next_start_serves(
    home: Path, number: signal.Signals
) -> None:
    child = served(home, free_port())
    child.send_signal(number)
    child.wait(20)
    nothing_is_left(home)
    again = served(home, free_port())
    again.terminate()
    again.wait(20)
    nothing_is_left(home)


def test_a_taken_port_is_named_with_the_mend(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(home, "demo", "--port", str(port))
    assert ended.returncode == 1
    assert f"Port {port} is taken" in ended.stderr


def test_the_problem_of_the_edition_is_exported_and_read_again(home: Path, tmp_path: Path) -> None:
    from summitry.planner import read_problem
    from summitry.workbook import read_problem as read_workbook

    path = tmp_path / "problem.json"
    assert run(home, "export-problem", "ibpc-2019", "-o", str(path)).returncode == 0
    problem = read_problem(path.read_bytes())
    assert len(problem.requests) == 307
    assert len(problem.rooms) == 12
    workbook = tmp_path / "problem.xlsx"
    assert run(home, "export-problem", "ibpc-2019", "-o", str(workbook)).returncode == 0
    assert read_workbook(workbook.read_bytes()) == problem
    unknown = run(home, "export-problem", "no-such")
    assert unknown.returncode == 2
    assert "ibpc-2019" in unknown.stderr


def test_the_doctor_finds_it_well(home: Path) -> None:
    ended = run(home, "doctor")
    assert ended.returncode == 0, ended.stdout
    assert "migrated" in ended.stdout
    assert "ibpc-2019" in ended.stdout


def test_the_doctor_names_the_mend_for_an_empty_home() -> None:
    with tempfile.TemporaryDirectory(prefix="sm", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        ended = run(Path(folder), "doctor")
        nothing_is_left(Path(folder))
    assert ended.returncode == 1
    assert "mend: run 'summitry migrate' or 'make demo'" in ended.stdout
