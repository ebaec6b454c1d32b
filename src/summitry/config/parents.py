"""Processes that end with whoever started them; light, because every command asks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def end_with_parent(number: int) -> Callable[[], None]:
    """Return a function for a child to call, so that it gets signal `number` when its parent ends (Linux)."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    import ctypes  # noqa: PLC0415 - seldom needed

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, number) and None
