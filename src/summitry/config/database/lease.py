"""A user's hold on the embedded server: while one is held, the server runs."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

from summitry.config.database import keeper
from summitry.config.database.address import is_embedded
from summitry.config.home import home

_WAIT_SECONDS = 90.0


class DatabaseUnavailableError(RuntimeError):
    """The database cannot be reached; the text says why and what mends it."""


class Lease:
    """Hold the embedded server open; nothing to do where ``DATABASE_URL`` names another.

    Taken once by each process of ours that uses the database, and let go by the kernel
    whichever way the process ends.
    """

    def __init__(self) -> None:
        self._descriptor: int | None = None
        self._keeper: subprocess.Popen[bytes] | None = (
            None  # outlives us; kept so that it is not called a leak
        )

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def take(self) -> None:
        """Start the server if nobody did, and wait until it answers.

        Raises
        ------
        DatabaseUnavailableError
            Where the server cannot be made or started.
        """
        if not is_embedded() or self._descriptor is not None:
            return
        try:
            home().mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(keeper.lease_file(), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            message = f"{home()} cannot be written ({error.strerror}): set SUMMITRY_HOME to a folder that can"
            raise DatabaseUnavailableError(message) from error
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)  # waits while a keeper is ending
        deadline = time.monotonic() + _WAIT_SECONDS
        started = False
        while not _ready():
            if not _kept():
                if started and keeper.failure_file().exists():
                    self.release()
                    reason = keeper.failure_file().read_text()
                    message = f"The embedded database in {home()} is not to be had: {reason}"
                    raise DatabaseUnavailableError(message)
                _start_keeper()
                started = True
            if time.monotonic() > deadline:
                self.release()
                message = f"The embedded database in {home()} did not answer in {_WAIT_SECONDS:.0f} s: see its postgres.log"
                raise DatabaseUnavailableError(message)
            time.sleep(0.03)

    def release(self) -> None:
        """Let go; the keeper stops the server when nobody else holds it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def wait_until_stopped(*, seconds: float = 10.0) -> bool:
    """Wait until no keeper runs, where nobody else holds a lease; tell whether that came about."""
    deadline = time.monotonic() + seconds
    while _kept():
        if time.monotonic() > deadline or _leased():
            return False
        time.sleep(0.05)
    return True


def _kept() -> bool:
    return not _could_lock(keeper.keeper_file(), fcntl.LOCK_SH)


def _leased() -> bool:
    return not _could_lock(keeper.lease_file(), fcntl.LOCK_EX) and keeper.ready_file().exists()


def _could_lock(path: os.PathLike[str], kind: int) -> bool:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return keeper.try_lock(descriptor, kind)
    finally:
        os.close(descriptor)


def _ready() -> bool:
    return keeper.ready_file().exists() and _kept() and keeper.answers()


def _start_keeper() -> None:
    """Start a keeper, which goes to the background by itself as soon as it holds its lock."""
    with (home() / "database.log").open("ab") as log:
        subprocess.run(
            [sys.executable, "-m", "summitry.config.database.keeper"],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C in the terminal of its first user is not meant for it
            env={**os.environ, "SUMMITRY_HOME": str(home())},
        )
