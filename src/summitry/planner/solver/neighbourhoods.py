"""Holding more weight by choosing anew, exactly, for some meetings at a time.

Some of the meetings held, near each other in time, in rooms or in people, are let go, and of them and
of what is not held as much as possible is put in beside all the others, by the model that repair uses.
What comes out weighs at least as much; where it weighs the same it is mostly another plan, from which the
search goes on. Where the exchange of single meetings has come to its end this still finds
the last few units, because it can change a dozen places at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from random import Random
from typing import NamedTuple

from summitry.planner.problem import Aim
from summitry.planner.solver.aims import spread_holds
from summitry.planner.solver.incumbent import Incumbent, Places
from summitry.planner.solver.instance import Job, Place
from summitry.planner.solver.repair.ground import Ground
from summitry.planner.solver.repair.options import Choice, options_of
from summitry.planner.solver.repair.pools import Pools
from summitry.planner.solver.repair.rows import broken_rows
from summitry.planner.solver.repair.selection import Selection
from summitry.planner.solver.rooms import give_rooms
from summitry.planner.solver.state import State

PATIENCE = 30
"""Tries without more weight after which the search ends."""
STEPS = 0.2
"""CP-SAT's deterministic time for one try: about as many seconds."""
ROUNDS = 6
"""Times that a choice may break a rule about neighbours and be forbidden, for one try."""
FIRST_SIZE, LEAST_SIZE, MOST_SIZE = 12.0, 5.0, 40.0
GROWS, SHRINKS = 0.25, 1.0
"""By how many meetings a neighbourhood grows once one was solved to the end, and shrinks once not."""
MOST_WAITING = 24
"""Requests not held that may come in, for one try."""


class _Try(NamedTuple):
    """What is let go of which plan; ``waiting`` are requests that it does not hold and that may come in."""

    places: Places
    free: list[int]
    waiting: list[int]
    seed: int
    seconds: float | None


class _Found(NamedTuple):
    """The plan that came of a try (``None``: none in the steps given), and whether it is surely the best."""

    places: Places | None
    best: bool


def hold_more(incumbent: Incumbent, *, seed: int, workers: int, seconds: float | None) -> None:
    """Search around the incumbent's plan for plans that hold more weight, until none has been found for long.

    Parameters
    ----------
    incumbent : Incumbent
        Has a plan; of the aims before its weight none speaks of what is not in the baseline.
    seed : int
        Of the random numbers.
    workers : int
        Tries at a time. With one, and no limit of time, the search can be repeated.
    seconds : float, optional
        After which it ends in any case.
    """
    _Search(incumbent, seed, seconds).run(workers)


class _Search:
    def __init__(self, incumbent: Incumbent, seed: int, seconds: float | None) -> None:
        assert incumbent.places is not None
        self.incumbent = incumbent
        self.instance = incumbent.instance
        self.ground = Ground(self.instance)
        self.pools = Pools(
            self.instance, [self.instance.class_of_room[room] for room in range(len(self.instance.room_zone))]
        )
        self.random = Random(seed)  # noqa: S311 - for search, not for secrets
        self.places: Places = incumbent.places
        self.weight = self._weight(self.places)
        self.first = self.instance.objective.index(Aim.WEIGHT) == 0
        self.size = FIRST_SIZE
        self.stalled = 0
        self._ends = None if seconds is None else incumbent.clock.elapsed() + seconds

    def run(self, workers: int) -> None:
        """Try, so many at a time, until the search is over."""
        with ThreadPoolExecutor(workers) as threads:
            running: dict[Future[_Found], _Try] = {}
            while not self._over():
                while len(running) < workers:
                    new = self._draw()
                    running[threads.submit(self._solve, new)] = new
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    self._learn(running.pop(each), each.result())
            for each, tried in running.items():
                self._learn(tried, each.result())

    def _over(self) -> bool:
        held = sum(place is not None for place in self.places)
        return (
            self.stalled > PATIENCE
            or held in {0, len(self.places)}
            or self.incumbent.proved(Aim.WEIGHT)
            or self.incumbent.clock.stopped()
            or self._left() == 0.0
        )

    def _left(self) -> float | None:
        return None if self._ends is None else max(0.0, self._ends - self.incumbent.clock.elapsed())

    def _weight(self, places: Places) -> int:
        return sum(
            job.weight for job, place in zip(self.instance.jobs, places, strict=True) if place is not None
        )

    def _learn(self, tried: _Try, found: _Found) -> None:
        size = self.size + GROWS if found.best else self.size - SHRINKS
        self.size = max(LEAST_SIZE, min(MOST_SIZE, size))
        self.stalled += 1
        if found.places is None or not spread_holds(self.instance, found.places):
            return
        weight = self._weight(found.places)
        if weight > self.weight:
            self.stalled = 0
        elif weight < self.weight or tried.places is not self.places:
            return
        self.places, self.weight = found.places, weight
        self.incumbent.offer(found.places)

    # ---- what to let go --------------------------------------------------------------

    def _draw(self) -> _Try:
        """Draw the next neighbourhood."""
        jobs, random = self.instance.jobs, self.random
        held = [
            (request, place)
            for request, (job, place) in enumerate(zip(jobs, self.places, strict=True))
            if place is not None and job.frozen is None and self._free(job)
        ]
        waiting = [
            request
            for request, (job, place) in enumerate(zip(jobs, self.places, strict=True))
            if place is None and job.starts and job.rooms and self._free(job)
        ]
        some = random.sample(waiting, min(MOST_WAITING, len(waiting)))
        ways = (self._around, self._in_rooms, self._with_people)
        order = random.choice(ways)(held, some) if held else []
        return _Try(self.places, order[: round(self.size)], some, random.randrange(1 << 30), self._left())

    def _free(self, job: Job) -> bool:
        """Return whether no aim before the weight speaks of a request."""
        return self.first or job.baseline is None

    def _around(self, held: Sequence[tuple[int, Place]], _waiting: Sequence[int]) -> list[int]:
        """Return the meetings by how near they are in time to one of them."""
        _, centre = self.random.choice(held)
        middle = centre.start + centre.end
        far = {
            request: (abs(place.start + place.end - middle), self.random.random()) for request, place in held
        }
        return sorted(far, key=far.__getitem__)

    def _in_rooms(self, held: Sequence[tuple[int, Place]], _waiting: Sequence[int]) -> list[int]:
        """Return the meetings of two rooms in one sitting, nearest first to one of them."""
        (_, one), (_, other) = self.random.choice(held), self.random.choice(held)
        sitting_at = self.instance.cells.sitting_at
        away = {
            request: abs(place.start - one.start)
            for request, place in held
            if place.room in {one.room, other.room} and sitting_at(place.start) == sitting_at(one.start)
        }
        return sorted(away, key=away.__getitem__)

    def _with_people(self, held: Sequence[tuple[int, Place]], waiting: Sequence[int]) -> list[int]:
        """Return the meetings of those for whom a request waits, then others."""
        wanted = set(self.instance.jobs[self.random.choice(waiting)].people) if waiting else set[int]()
        keys = {
            request: (wanted.isdisjoint(self.instance.jobs[request].people), self.random.random())
            for request, _ in held
        }
        return sorted(keys, key=keys.__getitem__)

    # ---- one try: in a thread of its own, so that it only reads ------------------------

    def _solve(self, tried: _Try) -> _Found:
        """Choose as much weight as possible of what is let go and what waits."""
        jobs, free = self.instance.jobs, set(tried.free)
        state = State(self.instance)
        for request, place in enumerate(tried.places):
            if place is not None and request not in free and jobs[request].frozen is None:
                state.place(request, place)
        options = [options_of(self.pools, state, request) for request in (*tried.free, *tried.waiting)]
        selection = Selection(
            self.ground,
            state,
            [each for each in options if each.starts],
            pools=self.pools,
            surely=[request for request in tried.free if jobs[request].must],
        )
        selection.minimise(lambda request: jobs[request].weight, lambda _request, _cell: 0)
        for _ in range(ROUNDS):
            answer, chosen = selection.solve(self.incumbent.clock, tried.seed, STEPS, tried.seconds)
            if answer.chosen is None:
                return _Found(None, best=answer.impossible)
            broken = list(broken_rows(selection, chosen))
            if not broken:
                return _Found(self._placed(state, chosen), answer.best)
            for groups in broken:
                selection.forbid(groups)
        return _Found(None, best=False)

    def _placed(self, state: State, chosen: dict[int, Choice]) -> list[Place | None]:
        """Return the whole plan: what stood, and what was chosen with rooms of its classes."""
        instance, places = self.instance, list(state.places)
        kinds: dict[int, int] = {}
        for request, choice in chosen.items():
            start = instance.cells.minutes[choice.cell]
            places[request] = Place(start, start + instance.jobs[request].length, -1, choice.team)
            kinds[request] = instance.class_of_room[self.pools.rooms[choice.pool][0]]
        return give_rooms(instance, places, kinds)
