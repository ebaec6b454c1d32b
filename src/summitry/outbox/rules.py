"""When a letter is tried again, and what may stand in its headers."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Final

#: A worker that has had a letter for this long is taken for dead, and another takes the letter over.
CLAIM_LASTS: Final = timedelta(minutes=10)
#: After so many tries, within about 33 hours, a person is needed.
MOST_ATTEMPTS: Final = 14
_LONGEST_WAIT: Final = timedelta(hours=6)
_LONGEST_ERROR: Final = 500


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many tries that failed: a minute, then twice as long each time, at most 6 h."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 12)), _LONGEST_WAIT)


def one_line(text: str) -> str:
    """Return a text as one line without control characters, so that it cannot begin another header."""
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cs"})
    return " ".join(seen.split())


def ascii_address(address: str) -> str:
    """Return an address with its domain as the domain name system knows it (RFC 5890).

    Raises
    ------
    ValueError
        Where the part before the at sign is not ASCII, which few servers accept, or the domain is none.
    """
    local, _at, domain = address.rpartition("@")
    if not (local and domain):
        message = f"'{address}' is no address"
        raise ValueError(message)
    return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"


def scrubbed(error: str, address: str) -> str:
    """Return what a server said of a letter, as one line and without the address, which is personal."""
    return one_line(error).replace(address, "…")[:_LONGEST_ERROR]
