"""A second process that searches a part of the sittings, and the pipe to it.

The partner is a program of its own (``python -m summitry.planner.solver.exchange.partner``), so
that it shares no memory, threads or signals with whoever plans. It reads a problem, then one
task after another, from its standard input, and ends when that is closed.
"""

from __future__ import annotations

import pickle
import select
import subprocess
import sys
from types import TracebackType
from typing import Any, Self

from summitry.planner.problem import Problem
from summitry.planner.solver.exchange.part import Found, Part, search
from summitry.planner.solver.instance import Instance

READY = "ready"
AT_ONCE = 0.0


class Partner:
    """The other end of the pipe; a context manager that ends the process."""

    def __init__(self, problem: Problem) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "summitry.planner.solver.exchange.partner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._problem: Problem | None = problem
        self._ready = False

    def __enter__(self) -> Self:
        """Return the partner."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def ready(self) -> bool:
        """Return whether the partner has started and waits for a task; it does not wait for that."""
        if self._problem is not None:
            problem, self._problem = self._problem, None
            self._send(problem)
        if not self._ready and self._process.poll() is None and self._has_answer(AT_ONCE):
            self._ready = self._receive() == READY
        return self._ready and self._process.poll() is None

    def begin(self, part: Part) -> None:
        """Give it a part of the search."""
        self._send(part)

    def result(self, seconds: float) -> Found | None:
        """Return what it found; ``None`` where it did not answer within that time, and it is ended then."""
        if not self._has_answer(seconds):
            self._process.kill()
            self._process.wait()
            self._ready = False
            return None
        answer: Found | None = self._receive()
        return answer

    def _has_answer(self, seconds: float) -> bool:
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], seconds)[0])

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except BrokenPipeError:
            self._ready = False

    def _receive(self) -> Any:
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)  # noqa: S301 - from our own process
        except EOFError:
            self._ready = False
            return None


def main() -> None:
    """Serve the process that started this one."""
    instance = Instance(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this
    answer: object = READY
    while True:
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
        try:
            part = pickle.load(sys.stdin.buffer)  # noqa: S301 - likewise
        except EOFError:
            return
        answer = search(instance, part)


if __name__ == "__main__":
    main()
