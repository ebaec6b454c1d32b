"""Public identifiers: UUIDs of version 7, whose order is the order of their making."""

from __future__ import annotations

import os
import time
import uuid

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_74_RANDOM_BITS = ~((0xF << 76) | (0b11 << 62)) & ((1 << 80) - 1)


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then chance."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big") & _74_RANDOM_BITS
    return uuid.UUID(int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80 | _VERSION_7 | _VARIANT | chance)
