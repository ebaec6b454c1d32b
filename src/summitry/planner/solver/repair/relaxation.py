"""What no plan can better: how much must be dropped, and how many moved.

Every request of the baseline keeps its start, or counts as moved and is then forgotten: it stands
in nobody's way. Only of some requests, those ``afoot``, it is decided where they go. That is a
relaxation whichever they are; all that it lets go is afoot in the next, until the bound
is met or nothing more is let go.
"""

from __future__ import annotations

from collections.abc import Iterable

from summitry.planner.problem import Aim
from summitry.planner.solver.incumbent import Incumbent
from summitry.planner.solver.repair.booleans import Answer
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.options import Options, options_of
from summitry.planner.solver.repair.pools import Pools
from summitry.planner.solver.repair.rows import broken_rows
from summitry.planner.solver.repair.selection import Selection

STEPS = 20.0  # CP-SAT's deterministic time for one model
ROUNDS = 20


class Relaxation:
    """Bounds on what is dropped and moved, reported to the incumbent.

    Attributes
    ----------
    lost : set of int
        The displaced requests that have no place left in any plan.
    leaving : int
        How many others cannot keep their start in any plan.
    proved : dict of int to int
        Weights such that no plan drops less, each with the moves of any plan that drops just that.
    """

    def __init__(self, incumbent: Incumbent, ground: Ground, seed: int) -> None:
        self.incumbent = incumbent
        self.instance = incumbent.instance
        self.ground = ground
        self.seed = seed
        self.pools = Pools.alike(self.instance)
        self._known: dict[tuple[int, bool], Options] = {}
        self.afoot: set[int] = set()
        self._ends: float | None = None
        self.proved: dict[int, int] = {}
        self.lost: set[int] = set()
        self.leaving = 0
        self._never: list[int] = []
        for request in ground.displaced:
            starts, cell = ground.somewhere(request), ground.cells.get(request)
            if not starts:
                self.lost.add(request)
            elif cell is None or not starts >> cell & 1:
                self._never.append(request)

    # ---- counting ----------------------------------------------------------------------------

    def count(self) -> None:
        """Bound by the requests that have no place left, and by those that cannot keep their start."""
        incumbent, jobs = self.incumbent, self.instance.jobs
        for dropped, moved in self.proved.items():
            self._bound(dropped, moved)
        lost = sum(jobs[request].weight for request in self.lost)
        self._bound(lost, 0)
        if incumbent.proved(Aim.DROPPED):
            left, dropped = incumbent.values[Aim.DROPPED] - lost, 0
            for weight in sorted(jobs[request].weight for request in self._never):
                left -= weight
                dropped += left >= 0
            self._bound(incumbent.values[Aim.DROPPED], len(self._never) - dropped)
            self._bound(
                incumbent.values[Aim.DROPPED],
                self.leaving - self._droppable(self.ground.asked, incumbent.values[Aim.DROPPED] - lost),
            )

    def _bound(self, dropped: int, moved: int) -> None:
        incumbent = self.incumbent
        if dropped > incumbent.bound_of(Aim.DROPPED):
            incumbent.bound(Aim.DROPPED, dropped, always=True)
        least = incumbent.proved(Aim.DROPPED) and incumbent.values[Aim.DROPPED] == dropped
        if least and moved > incumbent.bound_of(Aim.MOVED):
            incumbent.bound(Aim.MOVED, moved)

    # ---- models ------------------------------------------------------------------------------

    def of_people(self, seconds: float | None) -> None:
        """Bound by what people and interpreters can do, wherever they meet."""
        self._rounds(seconds, rooms=False)

    def of_rooms(self, seconds: float | None) -> None:
        """Bound by rooms as well, those of one zone with equal turnaround taken together."""
        self._rounds(seconds, rooms=True)

    def _rounds(self, seconds: float | None, *, rooms: bool) -> None:
        clock = self.incumbent.clock
        self._ends = None if seconds is None else clock.elapsed() + seconds
        self.afoot.update(request for request in self.ground.displaced if not self._base(request).starts)
        for _ in range(ROUNDS):
            gone = self._solve(rooms=rooms)
            if not gone or self.over():
                return
            self.afoot |= gone

    def over(self) -> bool:
        """Return whether both aims are proved, or the run is to end."""
        incumbent = self.incumbent
        return incumbent.clock.stopped() or (incumbent.proved(Aim.DROPPED) and incumbent.proved(Aim.MOVED))

    def _seconds(self) -> float | None:
        return None if self._ends is None else max(0.0, self._ends - self.incumbent.clock.elapsed())

    def _options(self, request: int, *, anywhere: bool) -> Options:
        key = request, anywhere
        if key not in self._known:
            cell = self.ground.cells.get(request)
            cells = None if anywhere else 0 if cell is None else 1 << cell
            self._known[key] = options_of(self.pools, self.ground.frozen, request, cells)
        return self._known[key]

    def _base(self, request: int) -> Options:
        return self._options(request, anywhere=False)

    def _solve(self, *, rooms: bool) -> set[int]:
        """Solve one relaxation; return what it lets go that was not afoot."""
        jobs, afoot = self.instance.jobs, self.afoot
        near = self.ground.asked if rooms else self._near()
        selection = Selection(
            self.ground,
            self.ground.frozen,
            [self._options(request, anywhere=request in afoot) for request in near],
            pools=self.pools,
            surely=[request for request in near if jobs[request].must and request in afoot],
        )
        large = len(near) + 1
        dropped = self._dropped_at_most(selection)

        def lost(request: int) -> int:
            if request not in afoot:
                return 1
            return large * jobs[request].weight if dropped is None else 0

        def cost(request: int, cell: int) -> int:
            return int(self.ground.cells.get(request) != cell)

        selection.minimise(lost, cost)
        while True:
            answer, chosen = selection.solve(self.incumbent.clock, self.seed, STEPS, self._seconds())
            self._note(answer, large, dropped)
            if answer.chosen is None or self.over() or self._seconds() == 0.0:
                return set()
            wrong = list(broken_rows(selection, chosen))
            if not wrong:
                return {request for request in near if request not in chosen and request not in afoot}
            for groups in wrong:
                selection.forbid(groups)

    def _dropped_at_most(self, selection: Selection) -> int | None:
        """Let no more weight be dropped than is proved to be least, where that is known, and return it."""
        incumbent, jobs = self.incumbent, self.instance.jobs
        if not incumbent.proved(Aim.DROPPED):
            return None
        dropped = incumbent.values[Aim.DROPPED]
        held = [
            (variable, jobs[request].weight)
            for request, starts in selection.starts.items()
            if request in self.afoot
            for variable in starts.values()
        ]
        all_of_it = sum(jobs[request].weight for request in selection.starts if request in self.afoot)
        selection.model.at_most(
            [variable for variable, _ in held], dropped - all_of_it, [-weight for _, weight in held]
        )
        return dropped

    def _note(self, answer: Answer, large: int, dropped: int | None) -> None:
        if answer.impossible:
            return
        bound = max(0, answer.bound)
        least, moved = divmod(bound, large) if dropped is None else (dropped, bound - self._spared(dropped))
        self.proved[least] = max(moved, self.proved.get(least, 0))
        self._bound(least, moved)

    def _spared(self, dropped: int) -> int:
        """Return how many that counted as moved, because not afoot, a plan might drop instead."""
        return self._droppable(
            (request for request in self.ground.asked if request not in self.afoot), dropped
        )

    def _droppable(self, requests: Iterable[int], dropped: int) -> int:
        """Return how many of some requests that have a place can be dropped together with no more weight than that."""
        count = 0
        for weight in sorted(self.instance.jobs[each].weight for each in requests if each not in self.lost):
            dropped -= weight
            count += dropped >= 0
        return count

    def _near(self) -> list[int]:
        """Return the requests that share somebody with those afoot; others keep their starts in this relaxation."""
        jobs = self.instance.jobs
        people = {person for request in self.afoot for person in jobs[request].people}
        tongues = self._tongues((*self.afoot, *self.ground.displaced))
        return [
            request
            for request in self.ground.asked
            if request in self.afoot
            or not people.isdisjoint(jobs[request].people)
            or (jobs[request].need and not tongues.isdisjoint(jobs[request].interpreters))
        ]

    def _tongues(self, requests: Iterable[int]) -> set[int]:
        """Return the interpreters who could serve these, and whoever could serve instead of them."""
        jobs = self.instance.jobs
        found = {who for request in requests if jobs[request].need for who in jobs[request].interpreters}
        grown = True
        while grown:
            grown = False
            for request in self.ground.asked:
                team = jobs[request].interpreters
                if jobs[request].need and not found.isdisjoint(team) and not found.issuperset(team):
                    found.update(team)
                    grown = True
        return found
