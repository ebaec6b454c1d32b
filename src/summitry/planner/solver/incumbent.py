"""The best plan so far, and what is known that no plan can better."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.planner.plan import AimScore
from summitry.planner.problem import Aim
from summitry.planner.solver.aims import Places, better, limit_of, measure, spread_holds
from summitry.planner.solver.clock import Clock
from summitry.planner.solver.instance import Instance, Place


class Incumbent:
    """The lexicographically best plan that was offered, with its score and bounds.

    The bound of an aim holds for plans equal to this one in every earlier aim: it is
    dropped when the plan improves on an earlier aim, unless it holds for all plans.
    """

    def __init__(self, instance: Instance, clock: Clock) -> None:
        self.instance = instance
        self.clock = clock
        self.phase = "looking for a first plan"
        self.places: list[Place | None] | None = None
        self.values: dict[Aim, int] = {}
        self._always = {aim: limit_of(instance, aim) for aim in instance.objective}
        self._now: dict[Aim, int] = {}
        self.infeasible = False

    def offer(self, places: Sequence[Place | None]) -> bool:
        """Take a plan, valid in all but perhaps the spread of breaks, if it is better; return whether it was."""
        values = measure(self.instance, places)
        if self.places is not None and not self._improves(values):
            return False
        if not spread_holds(self.instance, places):
            return False
        changed = next((aim for aim in values if values[aim] != self.values.get(aim)), None)
        if changed is not None:
            order = list(values)
            for aim in order[order.index(changed) + 1 :]:
                self._now.pop(aim, None)
        self.places, self.values = list(places), values
        self._tell()
        return True

    def _improves(self, values: dict[Aim, int]) -> bool:
        for aim, value in values.items():
            if value != self.values[aim]:
                return better(aim, value, self.values[aim])
        return False

    def bound(self, aim: Aim, value: int, *, always: bool = False) -> None:
        """Record that no plan (unless ``always``: no plan equal in every earlier aim) betters ``value``."""
        known = self.bound_of(aim)
        assert self.places is None or not better(aim, self.values[aim], value), f"{aim} betters its bound"
        if better(aim, known, value) or (known == value and always):
            (self._always if always else self._now)[aim] = value
            if known != value:
                self._tell()

    def bound_of(self, aim: Aim) -> int:
        """Return the best bound known."""
        always, now = self._always[aim], self._now.get(aim)
        return always if now is None or better(aim, now, always) else now

    def proved(self, aim: Aim) -> bool:
        """Return whether the plan is at the aim's bound."""
        return self.places is not None and self.values[aim] == self.bound_of(aim)

    def optimal(self) -> bool:
        """Return whether the plan is at every bound."""
        return self.places is not None and all(self.proved(aim) for aim in self.values)

    def score(self) -> dict[Aim, AimScore]:
        """Return values with their bounds; empty where there is no plan."""
        return {aim: AimScore(value, self.bound_of(aim)) for aim, value in self.values.items()}

    def enter(self, phase: str) -> None:
        """Begin a phase of the work."""
        if phase != self.phase:
            self.phase = phase
            self._tell()

    def _tell(self) -> None:
        held = None if self.places is None else sum(place is not None for place in self.places)
        self.clock.tell(self.phase, held, self.score())


__all__ = ["Incumbent", "Places"]
