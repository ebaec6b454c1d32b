"""The search for a plan with the fewest breaks, from below: every step proves a bound."""

from __future__ import annotations

from itertools import pairwise

from summitry.planner.problem import Aim
from summitry.planner.solver.compact.cadical import QUICK, TEMPERS, Cadical
from summitry.planner.solver.compact.case import Case
from summitry.planner.solver.compact.encoding import Encoding
from summitry.planner.solver.compact.narrowing import narrowed
from summitry.planner.solver.compact.rooms import places_of
from summitry.planner.solver.incumbent import Incumbent

MOST_STEPS = 20
"""Bounds that one solver is asked about in turn."""
LEAN_PAIRS = 3000
"""Meetings times slots up to which a first look without the second counts pays: beyond it seldom settles anything."""


class StoppedError(Exception):
    """The run's time is over."""


class Search:
    """One compact problem on its way to a plan that is proved best.

    Attributes
    ----------
    least : int
        The breaks that every plan has at least.
    most : int or None
        The breaks of the best plan so far.
    """

    def __init__(self, incumbent: Incumbent, case: Case, *, seed: int, workers: int) -> None:
        self.incumbent = incumbent
        self.case = case
        self.seed = seed
        self.workers = workers
        self.least = 0
        self.most: int | None = None

    def go(self) -> None:
        """Search until the plan is proved best, or that there is none, or the run is stopped."""
        self.incumbent.enter("holding everything")
        narrow = narrowed(self.case)
        if narrow is None:
            self.incumbent.infeasible = True
            return
        self.case = narrow
        try:
            self.look()
            if sum(starts.bit_count() for starts in narrow.starts) <= LEAN_PAIRS:
                self.encoding = Encoding(narrow, self.look, twice=False)
                self._soon()
            if not self.over():
                # From the beginning: bounds raised one by one teach the solver what it needs for the next.
                least, most, self.least, self.most = self.least, self.most, 0, None
                self.encoding = Encoding(narrow, self.look)
                self._soon()
                self.least = max(least, self.least)
                self.most = self.most if most is None else most if self.most is None else min(most, self.most)
            if not self.over():
                from summitry.planner.solver.compact.race import Race  # noqa: PLC0415 - seldom needed

                Race(self).run()
        except StoppedError:
            return

    def look(self) -> None:
        """Stop here if the run is to end."""
        if self.incumbent.clock.stopped():
            raise StoppedError

    def over(self) -> bool:
        """Return whether everything is proved."""
        return self.incumbent.infeasible or self.incumbent.optimal()

    def options(self, temper: int) -> dict[str, int]:
        """Return the solver's options for this run."""
        return {**TEMPERS[temper], "seed": self.seed}

    # ---- one solver, asked what is soon known ------------------------------------------

    def _soon(self) -> None:
        solver = Cadical(self.encoding.clauses.rows, {**QUICK, "seed": self.seed})
        try:
            if self.case.counted:
                self.incumbent.enter("closing breaks")
                self._cores(solver)
            if self.most is None and not self.over():
                self._ask(solver)
            # Where the bound is still 0 the first question has been asked already.
            if self.case.counted and self.least and not self.over():
                self._steps(solver)
        finally:
            solver.close()

    def _ask(self, solver: Cadical, *assumed: int) -> bool | None:
        self.look()
        answer = solver.solve(assumed)
        if answer:
            self.found(solver.model())
        elif answer is False and not (assumed and solver.core()):
            self.incumbent.infeasible = True
        return answer

    def _cores(self, solver: Cadical) -> None:
        """Ask for nobody to have a break, and let those have one who cannot all do without.

        No two of the sets found so have a break in common, so that each raises the bound by one.
        """
        numbers = [number for number in self.encoding.breaks if number]
        later = {-one: -other for number in numbers for one, other in pairwise(number)}
        wanted = dict.fromkeys(-number[0] for number in numbers)
        while self._ask(solver, *wanted) is False and not self.over():
            self.proved(self.least + 1)
            for literal in solver.core():
                del wanted[literal]
                if literal in later:
                    wanted[later[literal]] = None

    def _steps(self, solver: Cadical) -> None:
        """Raise the bound as long as that is easy."""
        clauses = self.encoding.clauses
        known, variables = len(clauses.rows), clauses.variables
        ceiling = min(self.least + MOST_STEPS, self.encoding.ceiling if self.most is None else self.most)
        total = clauses.total(self.encoding.breaks, ceiling)
        solver.add(clauses.rows[known:])
        del clauses.rows[known:]
        clauses.variables = variables
        while (
            not self.over() and self._ask(solver, *(-literal for literal in total[self.least :][:1])) is False
        ):
            self.proved(self.least + 1)

    # ---- what is learnt ----------------------------------------------------------------

    def found(self, true: set[int]) -> None:
        """Take a plan, given as the variables that are true."""
        slots = self.encoding.slots(true)
        self.incumbent.offer(places_of(self.incumbent.instance, self.case, slots))
        if self.case.counted:
            self.most = self.incumbent.values[Aim.BREAKS]

    def proved(self, least: int) -> None:
        """Take it that no plan has fewer breaks than ``least``."""
        if not self.incumbent.infeasible:
            self.least = least
            self.incumbent.bound(Aim.BREAKS, least, always=True)
