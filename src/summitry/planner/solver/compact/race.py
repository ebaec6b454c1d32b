"""Bounds that are not soon known, tried by solvers in processes of their own."""

from __future__ import annotations

import math
import select
import time

from summitry.planner.solver.compact.cadical import TEMPERS
from summitry.planner.solver.compact.search import Search
from summitry.planner.solver.compact.trial import Trial, packed

LOOK_EVERY = 0.02  # seconds
FIRST_SHARE = 20_000  # conflicts
HEAD_START = 8.0  # seconds that the first solver has alone: most bounds need no more
PATIENCE = 6.0  # seconds after which a better plan is worth more than a second try for the best


class Race:
    """Solvers that each try one bound, as many at a time as the run has workers.

    A solver that starts on one bound and is left alone is far quicker than one that is
    asked bound after bound; and one that is out of luck is overtaken by one of another
    temper.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        self.encoding = search.encoding
        self._base = packed(search.encoding.clauses.rows)
        self._trials: list[Trial] = []

    def run(self) -> None:
        """Try bounds until the plan is proved best, or that there is none."""
        try:
            if self.search.workers > 1:
                self._side_by_side()
            else:
                self._by_turns()
        finally:
            for trial in self._trials:
                trial.end()

    def _wanted(self) -> list[tuple[int, int]]:
        """Return bounds worth trying, each with a temper, the most useful first.

        That is the bound next to be proved; beside it any plan where there is none, else
        one half-way between.
        """
        least, most, ceiling = self.search.least, self.search.most, self.encoding.ceiling
        if not self.search.case.counted:
            return [(ceiling, temper) for temper in range(len(TEMPERS))]
        proofs = [(least, temper) for temper in range(len(TEMPERS))]
        if most is None:
            return [proofs[0], (ceiling, 1), *proofs[1:]]
        return [*proofs, (self._between(most), 1)]

    def _between(self, most: int) -> int:
        return (self.search.least + most) // 2

    def _start(self, most: int, temper: int) -> Trial:
        clauses = [self._base, packed(self.encoding.bounded(most))]
        trial = Trial(most, temper, clauses, self.search.options(temper))
        self._trials.append(trial)
        return trial

    def _end(self, trial: Trial) -> None:
        self._trials.remove(trial)
        trial.end()

    def _drop(self) -> None:
        """End what can no longer tell anything new."""
        least, most = self.search.least, self.search.most
        for trial in list(self._trials):
            if trial.most < least or (most is not None and trial.most >= most):
                self._end(trial)

    def _side_by_side(self) -> None:
        while not self.search.over():
            self._drop()
            if not self._trials:
                self._start(*self._wanted()[0]).solve()
                if self._wait(HEAD_START):
                    continue
            self._fill(self._wanted())
            if not self._wait(PATIENCE):
                self._go_ahead()
                self._wait()

    def _fill(self, wanted: list[tuple[int, int]]) -> None:
        """Start what is wanted, as far as there are workers."""
        at_work = {(trial.most, trial.temper) for trial in self._trials}
        for most, temper in dict.fromkeys(wanted):
            if len(self._trials) < self.search.workers and (most, temper) not in at_work:
                self._start(most, temper).solve()

    def _go_ahead(self) -> None:
        """Give up the other tries for the best plan, for one that is only better than what there is."""
        least, most = self.search.least, self.search.most
        if most is None or self._between(most) == least:
            return
        for trial in list(self._trials):
            if trial.most == least and trial.temper > 0:
                self._end(trial)
        self._fill([(self._between(most), 1)])

    def _by_turns(self) -> None:
        """Let solvers of each temper work in turns that grow longer: the same in every run."""
        share = FIRST_SHARE
        while not self.search.over():
            for temper in range(len(TEMPERS)):
                self._drop()
                wanted = [most for most, own in self._wanted() if own == temper]
                self._turn(wanted[0 if temper == 0 else -1], temper, share)
                if self.search.over():
                    return
            share *= 2

    def _turn(self, most: int, temper: int, share: int) -> None:
        known = (trial for trial in self._trials if (trial.most, trial.temper) == (most, temper))
        trial = next(known, None) or self._start(most, temper)
        trial.solve(share)
        self._wait()

    def _wait(self, seconds: float = math.inf) -> bool:
        """Wait so long for an answer and learn from it; return whether there was one."""
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            self.search.look()
            ready, _, _ = select.select(self._trials, [], [], LOOK_EVERY)
            for trial in ready:
                answer = trial.read()
                if answer is not None:
                    self._learn(trial, *answer)
                    return True
        return False

    def _learn(self, trial: Trial, answer: bool | None, true: set[int]) -> None:  # noqa: FBT001 - an answer
        if answer is None:
            return
        if answer:
            self.search.found(true)
        elif trial.most >= self.encoding.ceiling:
            self.search.incumbent.infeasible = True
        else:
            self.search.proved(max(self.search.least, trial.most + 1))
