"""The value of a plan kept up to date while it changes, and changes that can be taken back."""

from __future__ import annotations

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import WANTED_MOST, breaks, measure, walking
from summitry.planner.solver.instance import Instance, Place
from summitry.planner.solver.state import State

Key = tuple[int, ...]


class Ledger:
    """A state with the value of each aim, as one tuple of which the least is the best.

    Changes since :meth:`begin` are remembered, and :meth:`undo` takes them back.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.instance: Instance = state.instance
        self.aims = self.instance.objective
        people = range(len(self.instance.people))
        self.breaks = [self._breaks(person) for person in people]
        self.walking = [self._walking(person) for person in people]
        self._totals = measure(self.instance, state.places, tuple(Aim))
        self._party = [0] * len(self.instance.problem.parties)
        for job, place in zip(self.instance.jobs, state.places, strict=True):
            if place is not None:
                for party in job.parties:
                    self._party[party] += 1
        self._log: list[tuple[int, Place | None]] = []

    def key(self) -> Key:
        """Return the value of the plan: the lesser, the better."""
        return tuple(-self._totals[aim] if aim in WANTED_MOST else self._totals[aim] for aim in self.aims)

    def spread_holds(self) -> bool:
        """Return whether nobody has too many more breaks than anybody else."""
        named, limit = self.instance.named_people, self.instance.spread
        if limit is None or not named:
            return True
        counts = [self.breaks[person] for person in named]
        return max(counts) - min(counts) <= limit

    def begin(self) -> None:
        """Forget what could be taken back."""
        self._log.clear()

    def undo(self) -> None:
        """Take back every change since :meth:`begin`."""
        for request, place in reversed(self._log.copy()):
            if self.state.places[request] is not None:
                self._change(request, None)
            if place is not None:
                self._change(request, place)
        self._log.clear()

    def place(self, request: int, place: Place) -> None:
        """Hold a request there."""
        self._log.append((request, None))
        self._change(request, place)

    def remove(self, request: int) -> Place:
        """No longer hold a request; return where it was."""
        place = self.state.places[request]
        assert place is not None
        self._log.append((request, place))
        self._change(request, None)
        return place

    def cost(self, request: int, place: Place) -> Key:
        """Return what holding a request there adds to the aims that concern places; the plan stays as it is."""
        before = dict(self._totals)
        self._change(request, place)
        added = tuple(self._totals[aim] - before[aim] for aim in self.aims if aim not in WANTED_MOST)
        self._change(request, None)
        return added

    def _change(self, request: int, place: Place | None) -> None:
        totals, job = self._totals, self.instance.jobs[request]
        sign = 1 if place is not None else -1
        was = self.state.places[request]
        there = place or was
        assert there is not None
        totals[Aim.WEIGHT] += sign * job.weight
        for party in job.parties:
            if self._party[party] == (0 if sign > 0 else 1):
                totals[Aim.LEFT_OUT] -= sign
            self._party[party] += sign
        if job.baseline is not None:
            totals[Aim.DROPPED] -= sign * job.weight
            moved = there.start != job.baseline.start
            totals[Aim.MOVED] += sign * moved
            totals[Aim.REROOMED] += sign * (not moved and there.room != job.baseline.room)
        if place is not None:
            self.state.place(request, place)
        else:
            self.state.remove(request)
        for person in job.people:
            totals[Aim.BREAKS] -= self.breaks[person]
            self.breaks[person] = self._breaks(person)
            totals[Aim.BREAKS] += self.breaks[person]
            totals[Aim.WALKING] -= self.walking[person]
            self.walking[person] = self._walking(person)
            totals[Aim.WALKING] += self.walking[person]

    def _breaks(self, person: int) -> int:
        return breaks(self.instance, person, self.state.people[person].items)

    def _walking(self, person: int) -> int:
        if Aim.WALKING not in self.aims:
            return 0
        return walking(self.instance, person, self.state.people[person].items)
