"""The rows of the table, one module for each kind of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a row is run.

    Attributes
    ----------
    seeds : tuple[int, ...] | None
        ``None``: the row's own.
    b2b : Path | None
        The folder of the published instances.
    say : callable
        Shows what is being done.
    """

    quick: bool
    seeds: tuple[int, ...] | None
    b2b: Path | None
    say: Say

    def seeded(self, *own: int) -> list[int]:
        """Return the seeds to use; a quick run takes the first."""
        seeds = list(self.seeds or own)
        return seeds[:1] if self.quick else seeds
