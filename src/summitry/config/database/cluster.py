"""One embedded PostgreSQL cluster on disk: made, started, recognised, stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from summitry.config.database.address import SUPERUSER
from summitry.config.database.binaries import program
from summitry.config.home import home, is_linux, socket_directory
from summitry.config.parents import end_with_parent

_SERVER_USER = "pgserver"  # PostgreSQL refuses to run as root
_STOP_SECONDS = 20.0

_CONFIGURATION = """\
# Written by Summitry when the cluster was made.
listen_addresses = ''
max_connections = 120
shared_buffers = 128MB
wal_level = minimal
max_wal_senders = 0
timezone = 'UTC'
log_timezone = 'UTC'
log_min_duration_statement = 1000
"""


class ClusterError(RuntimeError):
    """The embedded server cannot be made or started; the text says why and what mends it."""


def data_directory() -> Path:
    """Return the folder of the cluster's files."""
    return home() / "postgres"


def _as_server_user(command: list[str], *, death_signal: str | None = None) -> list[str]:
    """Return `command` as it must be run: unchanged, or as the server's own user where we are root."""
    if os.geteuid() != 0:
        return command
    words = ["setpriv", f"--reuid={_SERVER_USER}", f"--regid={_SERVER_USER}", "--clear-groups"]
    if death_signal and is_linux():
        words.append(f"--pdeathsig={death_signal}")
    if not _reachable(words):
        # The folders above are root's alone: pass them without opening them to the world.
        words += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        if not _reachable(words):
            message = (
                f"PostgreSQL runs as the user '{_SERVER_USER}' where root starts it, and that user cannot reach "
                f"{home()}: set SUMMITRY_HOME to a folder that other users may pass, or name a server by DATABASE_URL"
            )
            raise ClusterError(message)
    return [*words, "--", *command]


def _reachable(words: list[str]) -> bool:
    script = 'test -x "$1" && { test ! -d "$2" || test -w "$2"; }'
    trial = [*words, "--", "sh", "-c", script, "sh", str(program("postgres")), str(data_directory())]
    return subprocess.run(trial, cwd="/", check=False, capture_output=True).returncode == 0  # noqa: S603 our own words


def _prepare_user() -> None:
    if os.geteuid() != 0:
        return
    known = subprocess.run(["id", _SERVER_USER], check=False, capture_output=True)  # noqa: S603, S607 system programs
    if known.returncode != 0:
        made = subprocess.run(  # noqa: S603 our own words
            ["useradd", "--system", "--no-create-home", "--user-group", _SERVER_USER],  # noqa: S607 system program
            check=False,
            capture_output=True,
            text=True,
        )
        if made.returncode != 0:
            message = f"The user '{_SERVER_USER}' for PostgreSQL cannot be made: {made.stderr.strip()}"
            raise ClusterError(message)


def _own_directory(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(path, _SERVER_USER, _SERVER_USER)
    path.chmod(0o700)


def make() -> None:
    """Make the cluster where there is none; an interrupted making leaves nothing that looks whole."""
    _prepare_user()
    _own_directory(socket_directory())
    if (data_directory() / "PG_VERSION").is_file():
        return
    unfinished = data_directory().with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    _own_directory(unfinished)
    command = [
        str(program("initdb")), "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync",
    ]  # fmt: skip
    made = subprocess.run(_as_server_user(command), cwd="/", check=False, capture_output=True, text=True)  # noqa: S603
    if made.returncode != 0:
        message = f"The embedded PostgreSQL could not be made in {home()}: {made.stderr.strip()[-400:]}"
        raise ClusterError(message)
    with (unfinished / "postgresql.conf").open("a") as file:
        file.write(_CONFIGURATION)
    os.sync()
    unfinished.rename(data_directory())


def _running_pid() -> int | None:
    """Return the process that serves this cluster, ``None`` where ``postmaster.pid`` is stale or absent."""
    try:
        pid = int((data_directory() / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return None
    except PermissionError:
        return pid
    if is_linux():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return None
        if os.fsencode(data_directory()) not in words:
            return None  # the number was given to another program since
    return pid


def stop_leftover() -> None:
    """End a server whose keeper was killed, and take away what it left, so that a new one can start."""
    pid = _running_pid()
    deadline = time.monotonic() + _STOP_SECONDS
    while pid is not None and time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
        pid = _running_pid()
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
        time.sleep(1)
    (data_directory() / "postmaster.pid").unlink(missing_ok=True)
    for stale in socket_directory().glob(".s.PGSQL.*"):
        stale.unlink(missing_ok=True)


def start() -> subprocess.Popen[bytes]:
    """Start the server as our child, ended by the kernel should we be killed."""
    command = [str(program("postgres")), "-D", str(data_directory()), "-h", "", "-k", str(socket_directory())]
    with (home() / "postgres.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 our own words
            _as_server_user(command, death_signal="INT"),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            # setpriv sets it again after changing the user, which clears it
            preexec_fn=end_with_parent(signal.SIGINT),  # noqa: PLW1509 the keeper has one thread
        )


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server in order (a fast shutdown), at once if it does not listen."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(5)
