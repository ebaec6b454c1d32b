"""The keeper: one small process that runs the embedded server for as long as anybody uses it.

Everybody who uses the database holds a shared lock on a file, which the kernel lets go
however they end. The keeper tries for the same lock alone: when it gets it, nobody is
left, and the server is stopped. So the server's life hangs on no single user, and
nothing is left running. Were the keeper itself killed, the kernel ends the server.

Started as ``python -m summitry.config.database.keeper`` by :mod:`lease`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from summitry.config.database import cluster
from summitry.config.database.address import APPLICATION, OWNER, SUPERUSER, embedded
from summitry.config.home import home

_GLANCE_SECONDS = 0.25
_START_SECONDS = 60.0
_LOCK_SECONDS = 1.0


def lease_file() -> Path:
    """Return the file that every user of the server locks, shared."""
    return home() / "database.lease"


def keeper_file() -> Path:
    """Return the file that the one keeper locks, alone."""
    return home() / "database.keeper"


def ready_file() -> Path:
    """Return the file that says that the server answers."""
    return home() / "database.ready"


def failure_file() -> Path:
    """Return the file in which a keeper that could not start says why."""
    return home() / "database.failure"


def try_lock(descriptor: int, kind: int) -> bool:
    """Take a lock without waiting; tell whether it was to be had."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def answers() -> bool:
    """Tell whether the server accepts connections."""
    try:
        psycopg.connect(**embedded(SUPERUSER, name="postgres").libpq(), connect_timeout=2).close()  # type: ignore[arg-type]  # words are all strings
    except psycopg.OperationalError:
        return False
    return True


def _wait_until_ready(server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not answers():
        if time.monotonic() > deadline or server.poll() is not None:
            message = f"the server did not start; its log is {home() / 'postgres.log'}"
            raise cluster.ClusterError(message)
        time.sleep(0.03)


def _prepare_roles() -> None:
    address = embedded(SUPERUSER, name="postgres")
    with psycopg.connect(**address.libpq(), autocommit=True) as connection:  # type: ignore[arg-type]  # words are all strings
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in (OWNER, APPLICATION):
            if role not in known:
                connection.execute(f'CREATE ROLE "{role}" LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB')


def _keep(lease: int) -> None:
    ready_file().unlink(missing_ok=True)
    cluster.make()
    cluster.stop_leftover()
    server = cluster.start()
    try:
        _wait_until_ready(server)
        _prepare_roles()
        ready_file().write_text(str(os.getpid()))
        asked_to_end: list[int] = []
        signal.signal(signal.SIGTERM, lambda number, _frame: asked_to_end.append(number))
        while server.poll() is None and not asked_to_end and not try_lock(lease, fcntl.LOCK_EX):
            time.sleep(_GLANCE_SECONDS)
    finally:
        ready_file().unlink(missing_ok=True)
        cluster.stop(server)


def main() -> int:
    """Go to the background and keep the server until nobody uses it; return 1 where it could not be started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lease = os.open(lease_file(), os.O_RDWR | os.O_CREAT, 0o600)
    own = os.open(keeper_file(), os.O_RDWR | os.O_CREAT, 0o600)
    deadline = (
        time.monotonic() + _LOCK_SECONDS
    )  # somebody who only asks whether a keeper runs holds it for a moment
    while not try_lock(own, fcntl.LOCK_EX):
        if time.monotonic() > deadline:
            return 0
        time.sleep(_GLANCE_SECONDS / 10)
    failure_file().unlink(missing_ok=True)
    if os.fork():
        return 0  # whoever started us need not wait: the lock goes on with the child
    try:
        _keep(lease)
    except (cluster.ClusterError, OSError, psycopg.Error) as error:
        with contextlib.suppress(OSError):
            failure_file().write_text(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
