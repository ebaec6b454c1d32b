"""The sittings of people in short supply planned all together, by whole itineraries.

An itinerary is what somebody attends in one sitting: which meetings, from when, in which zones, walks and limits
kept. Of the itineraries made so far a linear program chooses shares, so that each request is held once at most; at
its prices of requests better itineraries are made, until there are none. Then the itineraries with the largest shares
are held, and so on with the rest: column generation, and a dive. What is held already stands in the way; rooms,
interpreters, and the limits of others are looked at as soon as an itinerary is held, and what does not fit then is
left out.

Sources: the method is that of vehicle routing and crew scheduling, e.g. G. Desaulniers, J. Desrosiers, M. M. Solomon
(eds.), Column Generation (Springer 2005); the dive as in R. Sadykov et al., "Primal Heuristics for Branch and Price:
The Assets of Diving Methods" (INFORMS Journal on Computing 31, 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

import numpy as np

from summitry.planner.solver.exchange import kernel
from summitry.planner.solver.exchange.boards import Ground, Held, beam_of
from summitry.planner.solver.exchange.itineraries import Attendance, Column, Meeting, Programme, itinerary_of
from summitry.planner.solver.exchange.search import Exchange
from summitry.planner.solver.exchange.tables import POOL, Flags, Floats, Ints

AT_A_TIME = 6  # itineraries of one attendance that are taken up between two solutions of the program
MOST_ROUNDS, ROUNDS_A_STEP = 300, 30
SURELY = 0.999  # the share from which all itineraries are held at once
STEP = 0.03  # of the attendances still open, held at once in any case
WORTH = 1e-6
ANEW = (2, 12)  # attendances that are planned anew at a time


class Dive:
    """Plans some attendances anew around what is held otherwise.

    Parameters
    ----------
    ground, held
        The problem and a plan.
    attendances : iterable of (person, sitting)
        Meetings of these people in these sittings are let go.
    owners : dict of int to int
        For each request that may be held the person in whose itineraries it is: one of those in short supply.
    values : array of float
        What each request is worth.
    """

    def __init__(
        self,
        ground: Ground,
        held: Held,
        attendances: Iterable[tuple[int, int]],
        *,
        owners: dict[int, int],
        values: Floats,
        seed: int,
        fixed: Sequence[int],
        over: Callable[[], bool],
    ) -> None:
        self.ground = ground
        self.values = values
        self._over = over
        rules = ground.rules
        some = sorted(attendances)
        present = {pair: itinerary_of(ground, held, owners, *pair) for pair in some}
        let_go = [request for each in present.values() for request, _, _ in each if request not in fixed]
        self.exchange = Exchange(ground, held.without(let_go), seed, fixed=fixed)
        self._beam = beam_of(rules, AT_A_TIME)
        self._rows = {request: row for row, request in enumerate(self._wanted(owners, some))}
        self.program = Programme(len(self._rows) + len(some))
        self.columns: list[Column] = []
        self.dead: set[int] = set()
        self.open: dict[tuple[int, int], Attendance] = {}
        for number, (person, sitting) in enumerate(some):
            theirs = np.array([r for r in self._rows if owners[r] == person], dtype=np.int64)
            free = self._free(theirs, sitting)
            able = free.any(axis=(1, 2))
            attendance = Attendance(person, sitting, theirs[able], free[able], len(self._rows) + number)
            self.open[person, sitting] = attendance
            self._add(attendance, present[person, sitting])

    def _wanted(self, owners: dict[int, int], some: Sequence[tuple[int, int]]) -> list[int]:
        """Return the requests of these people that could be held now."""
        people, waiting = {person for person, _ in some}, set(self.exchange.unheld())
        return [request for request, owner in owners.items() if owner in people and request in waiting]

    def _free(self, requests: Ints, sitting: int) -> Flags:
        rules = self.ground.rules
        cells = int(rules.ends[sitting] - rules.begins[sitting]) // rules.grid
        found = np.zeros((len(requests), rules.zones, cells), dtype=np.bool_)
        kernel.find_open(rules, self.exchange.board, requests, sitting, found)
        return found

    def plan(self) -> Held | None:
        """Return the plan; ``None`` where it was over before."""
        shares = self._generate(MOST_ROUNDS)
        while shares is not None and self.open:
            if not self._hold_largest(shares):
                break
            shares = self._generate(ROUNDS_A_STEP)
        return None if shares is None else self.exchange.now()

    # ---- making itineraries -----------------------------------------------------------------

    def _generate(self, rounds: int) -> Floats | None:
        """Make itineraries until there are none that are worth it; return the shares, ``None`` where it is over."""
        for _ in range(rounds):
            if self._over():
                return None
            prices, shares = self.program.solve()
            if not sum([self._price(attendance, prices) for attendance in self.open.values()]):
                return shares
        return self.program.solve()[1]

    def _price(self, attendance: Attendance, prices: Floats) -> int:
        """Make the itineraries worth most at these prices; return how many are new and worth it."""
        requests = attendance.requests
        gains = self.values[requests] - prices[[self._rows[request] for request in requests.tolist()]]
        some = np.flatnonzero((gains > WORTH) & attendance.free.any(axis=(1, 2)))
        if len(some) > POOL:
            some = some[
                np.argsort(-gains[some] / self.ground.rules.length[requests[some]], kind="stable")[:POOL]
            ]
        if not len(some):
            return 0
        found = np.zeros((AT_A_TIME, attendance.free.shape[2], 3), dtype=np.int64)
        kernel.best_itineraries(
            self.ground.rules,
            self.exchange.board,
            self._beam,
            attendance.person,
            attendance.sitting,
            requests[some],
            gains[some],
            attendance.free[some],
            found,
        )
        new = 0
        for worth, rows in zip(self._beam.best_totals.tolist(), found, strict=True):
            if worth > prices[attendance.row] + WORTH:
                meetings = rows[rows[:, 0] >= 0].tolist()
                new += self._add(
                    attendance, [(int(requests[some[i]]), cell, zone) for i, cell, zone in meetings]
                )
        return new

    def _add(self, attendance: Attendance, meetings: Sequence[Meeting]) -> bool:
        """Add an itinerary, unless one with the same meetings is known; return whether it is new."""
        key = frozenset(request for request, _, _ in meetings)
        if not meetings or key in attendance.known or not key <= self._rows.keys():
            return False
        attendance.known.add(key)
        attendance.columns.append(len(self.columns))
        self.columns.append(Column(attendance, tuple(meetings)))
        rows = [*(self._rows[request] for request in key), attendance.row]
        self.program.add(float(self.values[list(key)].sum()), rows)
        return True

    # ---- holding them -------------------------------------------------------------------------

    def _hold_largest(self, shares: Floats) -> bool:
        """Hold the itineraries with the largest shares; return whether there are any."""
        able = [
            (-shares[column], column)
            for attendance in self.open.values()
            for column in attendance.columns
            if shares[column] > WORTH and column not in self.dead
        ]
        least, done = max(1, round(STEP * len(self.open))), 0
        for share, column in sorted(able):
            if done >= least and -share < SURELY:
                break
            each = self.columns[column].attendance
            if column not in self.dead and (each.person, each.sitting) in self.open:
                self._hold(column)
                done += 1
        return done > 0

    def _hold(self, column: int) -> None:
        """Hold an itinerary, and let what it stands in the way of no longer be possible."""
        rules, board = self.ground.rules, self.exchange.board
        attendance, meetings = self.columns[column].attendance, self.columns[column].meetings
        sitting = attendance.sitting
        self.program.bound(column, 1.0)
        del self.open[attendance.person, sitting]
        for request, cell, zone in meetings:
            kernel.hold_there(rules, board, request, int(rules.base[sitting]) + cell, zone)
        taken = [request for request, _, _ in meetings]
        for other in self.open.values():
            if other.sitting == sitting:
                other.free = self._free(other.requests, sitting)
            other.free[np.isin(other.requests, taken)] = False
            if other.sitting == sitting:
                self._let_die(other)

    def _let_die(self, attendance: Attendance) -> None:
        """Take out the itineraries with a meeting that stands in somebody's way by now."""
        place = {request: index for index, request in enumerate(attendance.requests.tolist())}
        for column in attendance.columns:
            meetings = self.columns[column].meetings
            if column not in self.dead and not all(
                attendance.free[place[request], zone, cell] for request, cell, zone in meetings
            ):
                self.dead.add(column)
                self.program.bound(column, 0.0)


def plan_days(
    ground: Ground,
    held: Held,
    people: Sequence[int],
    *,
    seed: int,
    fixed: Sequence[int] = (),
    over: Callable[[], bool],
    tries: int | None = None,
) -> Held:
    """Plan some sittings of some people anew, again and again.

    Parameters
    ----------
    ground, held
        The problem, and a plan of these people's meetings and of what must be held.
    people
        Those in short supply.
    seed
        Of the random numbers.
    fixed
        Requests whose meetings stay where they are.
    over
        Says when to stop.
    tries
        How often; without, until it is over.

    Returns
    -------
    Held
        A plan of at least that worth.
    """
    jobs, random = ground.instance.jobs, Random(seed)  # noqa: S311 - for search, not for secrets
    short = set(people)
    owners = {
        request: min(short.intersection(job.people))
        for request, job in enumerate(jobs)
        if ground.able[request] and not short.isdisjoint(job.people)
    }
    values = ground.rules.weight.astype(np.float64)
    values[[request for request, job in enumerate(jobs) if job.must]] += values.sum()
    everything = [(person, sitting) for person in sorted(short) for sitting in range(len(ground.rules.base))]
    best, done = held, 0
    while everything and not over() and (tries is None or done < tries):
        some = random.sample(everything, min(len(everything), random.randint(*ANEW)))
        found = Dive(
            ground, best, some, owners=owners, values=values, seed=seed, fixed=fixed, over=over
        ).plan()
        if found is not None and values[found.start >= 0].sum() >= values[best.start >= 0].sum():
            best = found
        done += 1
    return best
