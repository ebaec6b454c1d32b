"""Decisions of the newsroom, without a database."""

from summitry.newsroom.rules.fingerprints import fingerprint, plain
from summitry.newsroom.rules.rounding import Closeness, Rounded, rounded
from summitry.newsroom.rules.standing import Compared, public_from, release_state, standing

__all__ = [
    "Closeness",
    "Compared",
    "Rounded",
    "fingerprint",
    "plain",
    "public_from",
    "release_state",
    "rounded",
    "standing",
]
