"""When a planning run ends before everything is proved.

Criteria are small objects that can be combined; a run always ends by itself once
every aim is proved. A run that is stopped returns the best plan found, with its bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from summitry.planner.progress import Progress


class StoppingCriterion(Protocol):
    """Asked every few hundredths of a second whether the run should end."""

    def reached(self, progress: Progress) -> bool:
        """Return whether the run should end now."""
        ...

    def seconds(self) -> float | None:
        """Return the wall time after which the run surely ends, or ``None`` where time does not bind it."""
        ...


class Signal(Protocol):
    """What can be set from elsewhere to cancel a run: :class:`threading.Event` and its like."""

    def is_set(self) -> bool:
        """Return whether the run is no longer wanted."""
        ...


@dataclass(frozen=True, slots=True)
class MaxSeconds:
    """End after ``limit`` seconds of wall time."""

    limit: float

    def reached(self, progress: Progress) -> bool:
        """Return whether the time is up."""
        return progress.seconds >= self.limit

    def seconds(self) -> float | None:
        """Return the limit."""
        return self.limit


@dataclass(frozen=True, slots=True)
class Cancelled:
    """End as soon as ``signal`` is set."""

    signal: Signal

    def reached(self, progress: Progress) -> bool:  # noqa: ARG002 - the protocol's argument
        """Return whether the run was cancelled."""
        return self.signal.is_set()

    def seconds(self) -> float | None:
        """Return ``None``: nobody knows when."""
        return None


@dataclass(frozen=True, slots=True)
class FirstPlan:
    """End with the first valid plan."""

    def reached(self, progress: Progress) -> bool:
        """Return whether there is a plan."""
        return progress.found

    def seconds(self) -> float | None:
        """Return ``None``: nobody knows when."""
        return None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """End when one of ``criteria`` is reached."""

    criteria: tuple[StoppingCriterion, ...]

    def reached(self, progress: Progress) -> bool:
        """Return whether one is reached."""
        return any(criterion.reached(progress) for criterion in self.criteria)

    def seconds(self) -> float | None:
        """Return the least limit."""
        limits = [limit for criterion in self.criteria if (limit := criterion.seconds()) is not None]
        return min(limits, default=None)


@dataclass(frozen=True, slots=True)
class AllOf:
    """End when every one of ``criteria`` is reached."""

    criteria: tuple[StoppingCriterion, ...]

    def reached(self, progress: Progress) -> bool:
        """Return whether all are reached."""
        return all(criterion.reached(progress) for criterion in self.criteria)

    def seconds(self) -> float | None:
        """Return the greatest limit, where all have one."""
        limits = [criterion.seconds() for criterion in self.criteria]
        known = [limit for limit in limits if limit is not None]
        return max(known) if known and len(known) == len(limits) else None
