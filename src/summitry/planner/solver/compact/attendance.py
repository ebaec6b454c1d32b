"""One person's meetings as clauses: when they meet, how many are done, and the breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from summitry.planner.solver.compact.case import Case, Member
from summitry.planner.solver.compact.clauses import FALSE, TRUE, Clauses


class Attendance:
    """Somebody with several meetings, all of which are held, in different slots.

    Parameters
    ----------
    busy : mapping
        For each slot in which they could meet, the literal that they do.
    by : sequence of sequence of int
        For each of those slots, the literals of their meetings to be held by then; empty where they are
        not to be counted a second time.
    """

    def __init__(
        self,
        clauses: Clauses,
        case: Case,
        member: Member,
        busy: Mapping[int, int],
        by: Sequence[Sequence[int]],
    ) -> None:
        self.clauses = clauses
        self.case = case
        self.member = member
        self.busy = busy
        counted = clauses.counted(list(busy.values()), len(member.meetings))
        for literals, number in zip(by, counted, strict=False):
            self._same(literals, number)
        self.done = dict(zip(busy, counted, strict=True))
        self._limit()

    def _same(self, literals: Sequence[int], number: Sequence[int]) -> None:
        """Count the meetings up to a slot a second time, meeting by meeting.

        The two counts together find what a set of meetings leaves to the others: bounds
        consistency for the first and the last slots.
        """
        held, open_ones = literals.count(TRUE), [each for each in literals if each not in (TRUE, FALSE)]
        for reached in number[:held]:
            self.clauses.add(reached)
        for reached in number[held + len(open_ones) :]:
            self.clauses.add(-reached)
        if open_ones:
            self.clauses.exact_total(open_ones, number[held : held + len(open_ones)])

    def _limit(self) -> None:
        busy, clauses = self.busy, self.clauses
        in_sitting, in_a_row = self.member.most_per_sitting, self.member.most_in_a_row
        for sitting in self.case.sittings:
            if in_sitting is not None:
                clauses.at_most(in_sitting, [[busy[slot]] for slot in sitting if slot in busy])
            if in_a_row is not None:
                for index in range(len(sitting) - in_a_row):
                    clauses.add(*(-busy.get(slot, FALSE) for slot in sitting[index : index + in_a_row + 1]))

    # ---- breaks ----------------------------------------------------------------------

    def breaks(self, most: int) -> list[int]:
        """Return the number of breaks, in unary, and let it be at most ``most``."""
        stretches = [
            stretch for stretch in self.member.stretches if any(slot in self.busy for slot in stretch)
        ]
        at_once = len(stretches) == 1
        ways = [self._whole(stretch) if at_once else self._part(stretch) for stretch in stretches]
        again = [
            literal
            for stretch, (begun, _) in zip(stretches, ways, strict=True)
            for literal in self._again(stretch, begun)
        ]
        number = self.clauses.number(again, most)
        some = number[0] if number else FALSE
        for stretch, (begun, left) in zip(stretches, ways, strict=True):
            for slot, before, after in zip(stretch, begun, left, strict=True):
                self.clauses.add(-before, -after, self.busy.get(slot, FALSE), some)
        if at_once:
            self._without(stretches[0], some)
        return number

    def _whole(self, stretch: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return for each slot whether one has begun by then, and whether some are left, all in one sitting."""
        begun, left, last = [], [], [FALSE] * len(self.member.meetings)
        for slot in stretch:
            left.append(-last[-1])
            last = self.done.get(slot, last)
            begun.append(last[0])
        return begun, left

    def _part(self, stretch: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the same where the sitting may have any number of the meetings."""
        meets = [self.busy.get(slot, FALSE) for slot in stretch]
        return self.clauses.so_far(meets), self.clauses.so_far(meets[::-1])[::-1]

    def _again(self, stretch: Sequence[int], begun: Sequence[int]) -> list[int]:
        """Return a literal for each slot in which they could meet again after waiting."""
        add, again = self.clauses.add, []
        for (before, slot), earlier in zip(pairwise(stretch), begun, strict=False):
            meets, met = self.busy.get(slot, FALSE), self.busy.get(before, FALSE)
            if FALSE in (meets, earlier) or met == TRUE:
                continue
            new = self.clauses.new()
            add(-new, meets)
            add(-new, -met)
            add(-new, earlier)
            add(new, -meets, met, -earlier)
            again.append(new)
        return again

    def _without(self, stretch: Sequence[int], some: int) -> None:
        """Say of them without a break that each slot, once they have begun, brings one meeting more."""
        number: list[int] | None = None
        for slot in stretch:
            after = self.done.get(slot, number)
            if number is not None and after is not None:
                for reached, one_more in zip(number, after[1:], strict=False):
                    self.clauses.add(some, -reached, one_more)
            number = after
