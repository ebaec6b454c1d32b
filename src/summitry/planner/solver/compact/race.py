"""Bounds that are not soon known, tried by solvers in processes of their own."""

from __future__ import annotations

import select

from summitry.planner.solver.compact.cadical import TEMPERS
from summitry.planner.solver.compact.search import Search
from summitry.planner.solver.compact.trial import Trial, flat

LOOK_EVERY = 0.02  # seconds
FIRST_SHARE = 20_000  # conflicts


class Race:
    """Solvers that each try one bound, as many at a time as the run has workers.

    A solver that starts on one bound is far quicker than one that is asked bound after
    bound; and one that is out of luck is overtaken by one of another temper.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        self.encoding = search.encoding
        self._base = flat(search.encoding.clauses.rows)
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

        One solver tries the bound that is next to be proved. Another goes ahead, and
        turns to the same where there is nothing between it and the plan.
        """
        least, most, ceiling = self.search.least, self.search.most, self.encoding.ceiling
        if not self.search.case.counted:
            return [(ceiling, 0), (ceiling, 1)]
        if most is None:
            return [(least, 0), (ceiling, 1), (least, 1)]
        ahead = [(bound, 1) for bound in (least + 1,) if bound < most]
        return [(least, 0), *ahead, *((least, temper) for temper in range(1, len(TEMPERS)))]

    def _start(self, most: int, temper: int) -> Trial:
        numbers = self._base + flat(self.encoding.bounded(most))
        trial = Trial(most, temper, numbers, self.search.options(temper))
        self._trials.append(trial)
        return trial

    def _drop(self) -> None:
        """End what can no longer tell anything new."""
        least, most = self.search.least, self.search.most
        for trial in list(self._trials):
            if trial.most < least or (most is not None and trial.most >= most):
                self._trials.remove(trial)
                trial.end()

    def _side_by_side(self) -> None:
        while not self.search.over():
            self._drop()
            at_work = {(trial.most, trial.temper) for trial in self._trials}
            for most, temper in self._wanted():
                if len(self._trials) < self.search.workers and (most, temper) not in at_work:
                    self._start(most, temper).solve()
            self._wait()

    def _by_turns(self) -> None:
        """Let solvers of each temper work in turns that grow longer: the same in every run."""
        share = FIRST_SHARE
        while not self.search.over():
            for temper in range(len(TEMPERS)):
                self._drop()
                bounds = [most for most, _ in self._wanted()]
                for most in dict.fromkeys(bounds[:1] if temper == 0 else bounds[1:2]):
                    self._turn(most, temper, share)
                if self.search.over():
                    return
            share *= 2

    def _turn(self, most: int, temper: int, share: int) -> None:
        known = (trial for trial in self._trials if (trial.most, trial.temper) == (most, temper))
        trial = next(known, None) or self._start(most, temper)
        trial.solve(share)
        self._wait()

    def _wait(self) -> None:
        """Wait for an answer, and learn from it."""
        while True:
            self.search.look()
            ready, _, _ = select.select(self._trials, [], [], LOOK_EVERY)
            for trial in ready:
                answer = trial.read()
                if answer is not None:
                    self._learn(trial, *answer)
                    return

    def _learn(self, trial: Trial, answer: bool | None, true: set[int]) -> None:  # noqa: FBT001 - an answer
        if answer is None:
            return
        if answer:
            self.search.found(true)
        elif trial.most >= self.encoding.ceiling:
            self.search.incumbent.infeasible = True
        else:
            self.search.proved(max(self.search.least, trial.most + 1))
