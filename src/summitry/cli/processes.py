"""How our processes hang together."""

from __future__ import annotations

import os
import signal

from summitry.config.parents import end_with_parent


def follow_parent() -> None:
    """End when the process that started us ends, however it does (Linux, where it is asked for)."""
    if os.environ.get("SUMMITRY_FOLLOW_PARENT") == "1":
        end_with_parent(signal.SIGTERM)()
