"""The search for a plan with the fewest breaks, from below: every step proves a bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.planner.problem import Aim
from summitry.planner.solver.compact.cadical import OPTIONS, Cadical
from summitry.planner.solver.compact.case import Case
from summitry.planner.solver.compact.encoding import Encoding
from summitry.planner.solver.compact.narrowing import narrowed
from summitry.planner.solver.compact.rooms import places_of
from summitry.planner.solver.incumbent import Incumbent

CORE_CONFLICTS = 1000
STEP_CONFLICTS = 500
PLAN_CONFLICTS = 1000


class StoppedError(Exception):
    """The run's time is over."""


class Search:
    """One compact problem on its way to a plan that is proved best."""

    def __init__(self, incumbent: Incumbent, case: Case, *, seed: int) -> None:
        self.incumbent = incumbent
        self.case = case
        self.options: Mapping[str, int] = {**OPTIONS, "seed": seed}
        self.least = 0
        self.most: int | None = None
        self.closed = False

    def go(self) -> None:
        """Search until the plan is proved best, or that there is none, or the run is stopped."""
        self.incumbent.enter("holding everything")
        try:
            self._go()
        except StoppedError:
            return

    def look(self) -> None:
        """Stop here if the run is to end."""
        if self.incumbent.clock.stopped():
            raise StoppedError

    def _go(self) -> None:
        narrow = narrowed(self.case)
        if narrow is None:
            self.incumbent.infeasible = True
            return
        self.case = narrow
        self.encoding = Encoding(narrow)
        first = Cadical(self.encoding.clauses.rows, self.options)
        try:
            if self.case.counted:
                self.incumbent.enter("closing breaks")
                self._cores(first)
                if not self._over():
                    self._steps(first)
                if self.most is None and not self._over():
                    self._any(first, PLAN_CONFLICTS)
            else:
                self._any(first, None)
        finally:
            first.close()
        while not self._over():
            self._try(self.least)

    def _over(self) -> bool:
        return self.incumbent.infeasible or self.incumbent.optimal()

    # ---- one solver, asked about parts -----------------------------------------------

    def _cores(self, solver: Cadical) -> None:
        """Ask for nobody to have a break, and let those have one who cannot all do without.

        No two of the sets of people found so share anybody, so that each brings a break of its own.
        """
        steps = {
            -literal: (member, index)
            for member, number in enumerate(self.encoding.breaks)
            for index, literal in enumerate(number)
        }
        wanted = {-number[0]: number for number in self.encoding.breaks if number}
        while True:
            answer = solver.solve(self.look, list(wanted), CORE_CONFLICTS)
            if answer is None:
                return
            if answer:
                self._found(solver)
                return
            core = solver.core()
            if not core:
                self.incumbent.infeasible = True
                return
            self._proved(self.least + 1)
            for literal in core:
                member, index = steps[literal]
                del wanted[literal]
                number = self.encoding.breaks[member]
                if index + 1 < len(number):
                    wanted[-number[index + 1]] = number

    def _steps(self, solver: Cadical) -> None:
        """Raise the bound step by step as long as that is easy."""
        clauses = self.encoding.clauses
        known = len(clauses.rows)
        total = clauses.total([number for number in self.encoding.breaks if number], self._ceiling())
        solver.add(clauses.rows[known:])
        while not self._over():
            assumed = [-total[self.least]] if self.least < len(total) else []
            answer = solver.solve(self.look, assumed, STEP_CONFLICTS)
            if answer is None:
                return
            if answer:
                self._found(solver)
                assert self._over()
            elif solver.core():
                self._proved(self.least + 1)
            else:
                self.incumbent.infeasible = True

    def _any(self, solver: Cadical, conflicts: int | None) -> None:
        answer = solver.solve(self.look, (), conflicts)
        if answer:
            self._found(solver)
        elif answer is False:
            self.incumbent.infeasible = True

    def _ceiling(self) -> int:
        """Return a number of breaks that need not be told apart from more."""
        return sum(map(len, self.encoding.breaks)) if self.most is None else self.most

    # ---- solvers of their own for one bound each --------------------------------------

    def _try(self, most: int) -> None:
        """Look for a plan with at most so many breaks, or prove that there is none."""
        clauses = self.encoding.clauses
        known = len(clauses.rows)
        variables = clauses.variables
        clauses.at_most(most, self.encoding.breaks)
        solver = Cadical(clauses.rows, self.options)
        del clauses.rows[known:]
        clauses.variables = variables
        try:
            if solver.solve(self.look):
                self._found(solver)
            elif most < sum(map(len, self.encoding.breaks)):
                self._proved(most + 1)
            else:
                self.incumbent.infeasible = True
        finally:
            solver.close()

    # ---- what is learnt ---------------------------------------------------------------

    def _found(self, solver: Cadical) -> None:
        slots = self.encoding.slots(solver.model())
        self.offer(slots)

    def offer(self, slots: Sequence[int]) -> None:
        """Take a plan, given as the slot of each meeting."""
        self.incumbent.offer(places_of(self.incumbent.instance, self.case, slots))
        if self.case.counted:
            self.most = self.incumbent.values[Aim.BREAKS]

    def _proved(self, least: int) -> None:
        self.least = least
        self.incumbent.bound(Aim.BREAKS, least, always=True)
