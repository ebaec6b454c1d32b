"""Which requests that must be held contradict each other, and how."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from summitry.planner.explain.blockers import minimal_blockers
from summitry.planner.explain.board import Board
from summitry.planner.explain.details import blockers
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.limits import union
from summitry.planner.explain.minimal import smallest
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.reasons import reason
from summitry.planner.explain.terms import circle_of_after
from summitry.planner.explain.words import Names, lasting, listed, sentence
from summitry.planner.plan import Blocker, BlockerKind, Unscheduled
from summitry.planner.problem import Problem, Request

Oracle = Callable[[Problem, Collection[str], float | None], bool | None]
"""Whether a valid plan holds the named requests, with no other that must be held; ``None``: not known in time."""


@dataclass(frozen=True, slots=True)
class Need:
    """A request that must be held, with the times at which it could be were it alone."""

    number: int
    request: Request
    first: int
    last: int

    @property
    def until(self) -> int:
        """The latest end."""
        return self.last + self.request.minutes


@dataclass(frozen=True, slots=True)
class Clash:
    """Requests that cannot all be held, and how that is said."""

    numbers: tuple[int, ...]
    said: str


def contradiction(
    problem: Problem, *, seconds: float | None = None, oracle: Oracle | None = None
) -> tuple[Unscheduled, ...]:
    """Find a smallest set of requests that must be held and cannot all be.

    Single requests without any place, circles of ``after``, two that need one person at
    one time, and people with too little time are looked for first; what is left is
    decided by solving with fewer and fewer of the requests.

    Parameters
    ----------
    problem
        A problem that has no valid plan.
    seconds
        Wall time after which the set is not made smaller any more.
    oracle
        Decides whether some requests can all be held; the planner's own by default.

    Returns
    -------
    tuple of Unscheduled
        In the order of the problem's requests; empty where nothing that must be held
        contradicts, so that only what is frozen can.
    """
    search = _Search(problem, seconds, oracle or _planner)
    single = search.single()
    return single or search.together()


def _planner(problem: Problem, requests: Collection[str], seconds: float | None) -> bool | None:
    from summitry.planner.solver import feasible  # noqa: PLC0415  the solver calls this package

    return feasible(problem, requests, seconds)


class _Search:
    def __init__(self, problem: Problem, seconds: float | None, oracle: Oracle) -> None:
        self.problem = problem
        self.deadline = None if seconds is None else time.monotonic() + seconds
        self.oracle = oracle
        self.ground = Ground(problem)
        self.names = Names(self.ground)
        frozen = [held for held in self.ground.baseline.values() if self.ground.is_frozen(held.request)]
        self.board = Board(self.ground, frozen)
        self.musts = [
            number
            for number, request in enumerate(problem.requests)
            if request.must and number not in self.board
        ]
        self.needs: list[Need] = []

    def single(self) -> tuple[Unscheduled, ...]:
        """Find a request that has no place even when nothing but what is frozen is held."""
        for number in self.musts:
            request = self.problem.requests[number]
            obstacles = Obstacles(self.board, request)
            # The spread of breaks is left aside: other meetings could mend it.
            found = minimal_blockers(obstacles, None)
            if found is not None:
                said, shown = reason(obstacles, found, self.names), blockers(obstacles, found, self.names)
                return (Unscheduled(request.id, said, shown),)
            free = 0
            for _, starts in obstacles.free():
                free |= starts
            times = obstacles.grid.at(free)
            self.needs.append(Need(number, request, times[0], times[-1]))
        return ()

    def together(self) -> tuple[Unscheduled, ...]:
        """Find several requests that contradict each other."""
        clash = next(self._clashes(), None)
        numbers = self.musts if clash is None else clash.numbers
        kept = self._reduced(numbers)
        if clash is None or kept != clash.numbers:
            clash = Clash(kept, self._said(kept))
        requests = [self.problem.requests[number] for number in clash.numbers]
        return tuple(
            Unscheduled(
                request.id,
                sentence(clash.said),
                tuple(
                    Blocker(BlockerKind.MEETING, other.id, self.names.meeting(other))
                    for other in requests
                    if other is not request
                ),
            )
            for request in requests
        )

    def _reduced(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Take requests away as long as the rest is known to contradict."""
        tightness = {need.number: need.last - need.first for need in self.needs}
        ordered = sorted(numbers, key=lambda number: (tightness[number], number))
        bits = smallest(self._contradict, [1 << number for number in ordered])
        return tuple(number for number in self.musts if bits >> number & 1)

    def _contradict(self, bits: int) -> bool:
        left = None if self.deadline is None else self.deadline - time.monotonic()
        if left is not None and left <= 0:
            return False
        chosen = [self.problem.requests[number].id for number in self.musts if bits >> number & 1]
        return self.oracle(self.problem, chosen, left) is False

    def _clashes(self) -> Iterator[Clash]:
        """List contradictions that need no solving, the smallest first."""
        yield from self._pairs()
        yield from self._circles()
        yield from self._overloads()

    def _pairs(self) -> Iterator[Clash]:
        for one, other in self._related():
            one_first = one.first + one.request.minutes <= other.last and not self._later(one, other)
            other_first = other.first + other.request.minutes <= one.last and not self._later(other, one)
            if not (one_first or other_first):
                numbers = tuple(sorted((one.number, other.number)))
                yield Clash(numbers, self._said(numbers))

    def _related(self) -> Iterator[tuple[Need, Need]]:
        """List the pairs that share somebody, or of which one follows the other."""
        for needs in self._by_person().values():
            yield from combinations(needs, 2)
        by_name = {need.request.id: need for need in self.needs}
        for need in self.needs:
            for name in need.request.after:
                if name in by_name and name != need.request.id:
                    yield need, by_name[name]

    def _by_person(self) -> dict[str, list[Need]]:
        by_person: dict[str, list[Need]] = {}
        for need in self.needs:
            for person in need.request.people:
                by_person.setdefault(person, []).append(need)
        return by_person

    @staticmethod
    def _later(one: Need, other: Need) -> bool:
        return other.request.id in one.request.after

    def _circles(self) -> Iterator[Clash]:
        musts = {need.request.id: need.request for need in self.needs}
        circles = [circle for name in musts if (circle := circle_of_after(musts, name))]
        for circle in sorted(circles, key=len):
            numbers = tuple(sorted(self.ground.request_number[name] for name in circle))
            yield Clash(numbers, self._said(numbers))

    def _overloads(self) -> Iterator[Clash]:
        """Find people with more minutes of meetings between two times than minutes to hold them."""
        for person, needs in self._by_person().items():
            for since in sorted({need.first for need in needs}):
                for until in sorted({need.until for need in needs if need.until > since}):
                    inside = [need for need in needs if need.first >= since and need.until <= until]
                    spare = self._available(self.ground.person_number[person], since, until)
                    inside.sort(key=lambda need: -need.request.minutes)
                    for count, need in enumerate(inside, start=1):
                        spare -= need.request.minutes
                        if spare < 0:
                            numbers = tuple(sorted(each.number for each in inside[:count]))
                            yield Clash(numbers, self._said(numbers))
                            break

    def _available(self, person: int, since: int, until: int) -> int:
        """Count the minutes of sittings in which a person is not engaged."""
        away = union((item.start, item.end) for item in self.ground.engagements(person))
        free = 0
        for opens, closes in self.ground.sittings:
            start, end = max(opens, since), min(closes, until)
            if start < end:
                free += end - start - sum(max(0, min(end, to) - max(start, at)) for at, to in away)
        return free

    def _said(self, numbers: Sequence[int]) -> str:
        requests = [self.problem.requests[number] for number in numbers]
        called = listed([self.names.meeting(request) for request in requests])
        if len(requests) == 1:
            return f"{called} must be held, and no plan can hold it"
        both = "both" if len(requests) == 2 else "all"  # noqa: PLR2004  a pair has its own word
        return (
            self._said_of_order(requests, called)
            or self._said_of_person(numbers, f"{called} {both}", both)
            or f"{called} must {both} be held, and leave each other no place"
        )

    def _said_of_order(self, requests: Sequence[Request], called: str) -> str | None:
        inside = {request.id: request for request in requests}
        if len(circle_of_after(inside, requests[0].id)) == len(requests):
            return f"{called} are each to follow the other"
        for later in requests:
            earlier = [inside[name] for name in later.after if name in inside]
            if earlier and len(requests) == 2:  # noqa: PLR2004  a pair of which one waits for the other
                before = self.names.meeting(earlier[0])
                return f"{self.names.meeting(later)} is to follow {before}, which cannot end in time"
        return None

    def _said_of_person(self, numbers: Sequence[int], called: str, both: str) -> str | None:
        needs = [need for need in self.needs if need.number in numbers]
        people = needs[0].request.people
        shared = [person for person in people if all(person in need.request.people for need in needs)]
        if not shared:
            return None
        person = self.ground.person_number[shared[0]]
        since, until = min(need.first for need in needs), max(need.until for need in needs)
        text = f"{called} need {self.names.person(person)} within {self.names.when(since, until)}"
        available = self._available(person, since, until)
        total = sum(need.request.minutes for need in needs)
        if total > available:
            return f"{text}, where {lasting(available)} are left and they take {total}"
        return f"{text}, and cannot {both} be fitted in"
