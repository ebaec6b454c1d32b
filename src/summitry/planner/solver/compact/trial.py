"""A bound on the breaks that is being tried, in a process of its own."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pysolvers  # type: ignore[import-not-found]  # PySAT's compiled module has no types

PROVER = Path(__file__).with_name("prover.py")


def packed(part: dict[str, int] | list[list[int]]) -> bytes:
    """Return plain data as the program reads it, without looking for what is in it twice."""
    return marshal.dumps(part, 2)


class Trial:
    """A solver at work on some packed clauses; end it after use.

    Attributes
    ----------
    most : int
        The bound that is being tried.
    temper : int
        With which of several sets of options.
    """

    def __init__(self, most: int, temper: int, clauses: Sequence[bytes], options: Mapping[str, int]) -> None:
        self.most = most
        self.temper = temper
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", str(PROVER), str(Path(pysolvers.__file__).parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        parts = [packed(dict(options)), *clauses]
        self._tell(" ".join(str(len(part)) for part in parts).encode() + b"\n")
        for part in parts:
            self._tell(part)
        self._answer = b""

    def solve(self, conflicts: int = 0) -> None:
        """Have it solve on, for so many conflicts or, where 0, until it knows."""
        self._tell(b"%d\n" % conflicts)

    def _tell(self, message: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(message)
        self._process.stdin.flush()

    def fileno(self) -> int:
        """Return the file descriptor from which the answer comes, for waiting."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def read(self) -> tuple[bool | None, set[int]] | None:
        """Read on, once something has come.

        Returns
        -------
        tuple or None
            Whether there is a model (``None``: not known after the conflicts asked for) and
            its true variables; ``None`` while the answer is not complete.
        """
        more = os.read(self.fileno(), 1 << 20)
        if not more:
            raise RuntimeError(f"the SAT solver ended with {self._process.wait()}")
        self._answer += more
        if not self._answer.endswith(b"\n"):
            return None
        word, *true = self._answer.split()
        self._answer = b""
        return {b"model": True, b"none": False}.get(word), {int(literal) for literal in true}

    def end(self) -> None:
        """End the process, at once."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
