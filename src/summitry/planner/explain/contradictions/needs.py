"""Requests that must be held, and when each could be if it were alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from summitry.planner.explain.ground import Ground
from summitry.planner.explain.limits import union
from summitry.planner.problem import Request


@dataclass(frozen=True, slots=True)
class Need:
    """A request that must be held, with the times (never none) at which it could start were it alone."""

    number: int
    request: Request
    times: tuple[int, ...]

    @property
    def first(self) -> int:
        """The earliest start."""
        return self.times[0]

    @property
    def last(self) -> int:
        """The latest start."""
        return self.times[-1]

    @property
    def until(self) -> int:
        """The latest end."""
        return self.last + self.request.minutes


class Needs:
    """The needs of a problem, by whom they bind."""

    def __init__(self, ground: Ground, needs: Sequence[Need]) -> None:
        self.ground = ground
        self.all = needs
        self.by_number = {need.number: need for need in needs}
        self.by_name = {need.request.id: need for need in needs}
        self.by_person: dict[str, list[Need]] = {}
        for need in needs:
            for person in need.request.people:
                self.by_person.setdefault(person, []).append(need)

    def related(self) -> Iterator[tuple[Need, Need]]:
        """List the pairs that share somebody, or of which one follows the other."""
        for needs in self.by_person.values():
            yield from combinations(needs, 2)
        yield from self.ordered()

    def ordered(self) -> Iterator[tuple[Need, Need]]:
        """List the pairs of which the first is to follow the second."""
        for need in self.all:
            for name in need.request.after:
                if name in self.by_name and name != need.request.id:
                    yield need, self.by_name[name]

    def gaps(self, person: str, since: int, until: int) -> list[int]:
        """Return the lengths of the stretches of sittings, between two times, in which a person is not engaged."""
        engagements = self.ground.engagements(self.ground.person_number[person])
        away = union((item.start, item.end) for item in engagements)
        found = []
        for opens, closes in self.ground.sittings:
            reached, end = max(opens, since), min(closes, until)
            for start, to in away:
                if reached < min(start, end):
                    found.append(min(start, end) - reached)
                reached = max(reached, to)
            if reached < end:
                found.append(end - reached)
        return found
