"""A compact case as clauses: when each meeting is, when each person meets, and the breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summitry.planner.solver.cells import bits
from summitry.planner.solver.compact.case import Case, Member
from summitry.planner.solver.compact.clauses import FALSE, TRUE, Clauses


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which implied clauses are written beside those that say the rules."""

    hall: int = 2
    ordered: bool = True
    contiguous: bool = True
    amo: bool = True
    clusters: bool = False
    people: bool = True
    slack: bool = False


class Encoding:
    """The clauses of a case, and the literals a search asks for.

    Attributes
    ----------
    breaks : list of list of int
        For each member with meetings enough, the number of breaks in unary.
    """

    def __init__(self, case: Case, recipe: Recipe = Recipe()) -> None:
        self.case = case
        self.recipe = recipe
        self.clauses = Clauses()
        self.sitting = {slot: index for index, slots in enumerate(case.sittings) for slot in slots}
        self.breaks: list[list[int]] = []
        self.at: list[dict[int, int]] = []
        self.by: list[dict[int, int]] = []
        for starts in case.starts:
            self._meeting(starts)
        order = sorted(range(len(case.members)), key=self._pull)
        self.order = order if recipe.ordered else range(len(case.members))
        self.busy = [self._busy(member) for member in case.members]
        self._breakless = case.spread is not None and any(
            self._most_breaks(member) == 0 for member in case.members
        )
        told = case.counted or case.spread is not None
        for number in self.order:
            member = case.members[number]
            if len(member.meetings) > 1:
                self._member(member, self.busy[number], told=told)
        self._order_meetings()
        self._rooms()
        if case.spread is not None and not self._breakless:
            self._spread(case.spread)

    # ---- meetings ------------------------------------------------------------------

    def _meeting(self, starts: int) -> None:
        """Say that a meeting has one of its slots; ``by`` says for each whether it is then or before."""
        clauses, slots = self.clauses, list(bits(starts))
        if len(slots) == 1:
            self.at.append({slots[0]: TRUE})
            self.by.append({slots[0]: TRUE})
            return
        at = {slot: clauses.new() for slot in slots}
        by: dict[int, int] = {}
        rows = clauses.rows
        before = at[slots[0]]
        by[slots[0]] = before
        for slot in slots[1:-1]:
            own, upto = at[slot], clauses.new()
            rows += [[-before, upto], [-own, upto], [-upto, before, own], [-own, -before]]
            by[slot] = before = upto
        last = at[slots[-1]]
        rows += [[before, last], [-before, -last]]
        by[slots[-1]] = TRUE
        if self.recipe.amo:
            clauses.at_most_one(list(at.values()))
        self.at.append(at)
        self.by.append(by)

    def _by(self, meeting: int, slot: int) -> int:
        """Return the literal that a meeting is in a slot or before."""
        below = self.case.starts[meeting] & ((2 << slot) - 1)
        return self.by[meeting][below.bit_length() - 1] if below else FALSE

    def _order_meetings(self) -> None:
        add = self.clauses.add
        for later, earlier in self.case.after:
            for slot in bits(self.case.starts[later]):
                add(-self.by[later][slot], self._by(earlier, slot - 1) if slot else FALSE)

    # ---- people --------------------------------------------------------------------

    def _pull(self, number: int) -> tuple[int, int, int, int]:
        """Order people by the slots they are bound to meet in if they have no break: near ones near."""
        member = self.case.members[number]
        count = len(member.meetings)
        masks = [self.case.starts[meeting] for meeting in member.meetings]
        if count == 1:
            return 2, 0, 0, number
        together = 0
        for mask in masks:
            together |= mask
        firsts = []
        for stretch in member.stretches:
            for index in range(len(stretch) - count + 1):
                run = sum(1 << slot for slot in stretch[index : index + count])
                if run & ~together == 0 and all(mask & run for mask in masks):
                    firsts.append((index, stretch))
        if not firsts:
            return 0, 0, 0, number
        low, high = firsts[0][1][firsts[0][0]], firsts[-1][1][firsts[-1][0]]
        end = firsts[0][1][firsts[0][0] + count - 1]
        return (0, high, end, number) if high <= end else (1, low, high, number)

    def _busy(self, member: Member) -> dict[int, int]:
        """Return for each slot the literal that somebody meets then."""
        clauses = self.clauses
        of_slot: dict[int, list[int]] = {}
        for meeting in member.meetings:
            for slot, literal in self.at[meeting].items():
                of_slot.setdefault(slot, []).append(literal)
        busy = {}
        for slot in sorted(of_slot):
            literals = of_slot[slot]
            clauses.at_most_one(literals)
            busy[slot] = TRUE if TRUE in literals else clauses.any_of(literals)
        return busy

    def _member(self, member: Member, busy: dict[int, int], *, told: bool) -> None:
        count = len(member.meetings)
        slots = list(busy)
        done = self._counted([busy[slot] for slot in slots], count)
        if count >= self.recipe.hall:
            self._match(member, slots, done)
        if member.most_per_sitting is not None:
            for sitting in self.case.sittings:
                self.clauses.at_most(
                    member.most_per_sitting, [[busy[slot]] for slot in sitting if slot in busy]
                )
        if member.most_in_a_row is not None:
            self._rests(member.most_in_a_row, busy)
        if told:
            self._breaks(member, busy, dict(zip(slots, done, strict=True)))

    def _counted(self, busy: Sequence[int], count: int) -> list[list[int]]:
        """Count exactly ``count`` meetings: return after each slot how many there were, in unary."""
        clauses = self.clauses
        add, spare = clauses.add, len(busy) - count
        before = [FALSE] * count
        counted = []
        for index, meets in enumerate(busy):
            after = [
                TRUE if number < index + 1 - spare else FALSE if number > index else clauses.new()
                for number in range(count)
            ]
            for number, reached in enumerate(after):
                one_less = before[number - 1] if number else TRUE
                add(-before[number], reached)
                add(-one_less, -meets, reached)
                add(-reached, before[number], meets)
                add(-reached, one_less)
            add(-before[-1], -meets)
            counted.append(after)
            before = after
        return counted

    def _match(self, member: Member, slots: Sequence[int], done: Sequence[Sequence[int]]) -> None:
        """Count the meetings up to each slot a second time, meeting by meeting.

        The two counts together find what a set of meetings leaves to the others: bounds
        consistency for the first and last slots.
        """
        for slot, number in zip(slots, done, strict=True):
            literals = [self._by(meeting, slot) for meeting in member.meetings]
            open_ones = [literal for literal in literals if literal not in (TRUE, FALSE)]
            held = literals.count(TRUE)
            for index, reached in enumerate(number):
                if index < held:
                    self.clauses.add(reached)
                elif index >= held + len(open_ones):
                    self.clauses.add(-reached)
            if len(open_ones) == 1:
                self.clauses.add(-open_ones[0], number[held])
                self.clauses.add(open_ones[0], -number[held])
            elif open_ones:
                self.clauses.exact_total(open_ones, number[held : held + len(open_ones)])

    def _rests(self, most: int, busy: dict[int, int]) -> None:
        for sitting in self.case.sittings:
            for index in range(len(sitting) - most):
                row = sitting[index : index + most + 1]
                if all(slot in busy for slot in row):
                    self.clauses.add(*(-busy[slot] for slot in row))

    # ---- breaks --------------------------------------------------------------------

    def _most_breaks(self, member: Member) -> int:
        waits = sum(map(len, member.stretches)) - len(member.meetings)
        return max(0, min(len(member.meetings) - 1, waits))

    def _breaks(self, member: Member, busy: dict[int, int], done: dict[int, list[int]]) -> None:
        """Count the times somebody who waited meets again in the same sitting."""
        most = self._most_breaks(member)
        if self._breakless:
            assert self.case.spread is not None
            most = min(most, self.case.spread)
        again: list[int] = []
        ways = []
        own = {self.sitting[slot] for slot in busy}
        for stretch in member.stretches:
            if not any(slot in busy for slot in stretch):
                continue
            way = self._whole(stretch, done) if len(own) == 1 else self._part(busy, stretch)
            ways.append((stretch, way))
            again += self._again(busy, stretch, way)
        number = self._number(again, most)
        free = number[0] if number else FALSE
        for stretch, (begun, left) in ways:
            for index, slot in enumerate(stretch):
                self.clauses.add(-begun[index], -left[index], busy.get(slot, FALSE), free)
        if self.recipe.contiguous and len(own) == 1:
            self._without(ways[0][0], done, free)
        self.breaks.append(number)

    @staticmethod
    def _whole(stretch: Sequence[int], done: dict[int, list[int]]) -> tuple[list[int], list[int]]:
        """Return for each slot whether one has begun by then, and whether some are left, all in one sitting."""
        begun, left = [], []
        last = [FALSE] * len(next(iter(done.values())))
        for slot in stretch:
            left.append(-last[-1])
            last = done.get(slot, last)
            begun.append(last[0])
        return begun, left

    def _part(self, busy: dict[int, int], stretch: Sequence[int]) -> tuple[list[int], list[int]]:
        """Do the same where a sitting may have any number of the meetings."""
        meets = [busy.get(slot, FALSE) for slot in stretch]
        return self._some(meets), self._some(meets[::-1])[::-1]

    def _some(self, meets: Sequence[int]) -> list[int]:
        add, before, some = self.clauses.add, FALSE, []
        for literal in meets:
            if literal == FALSE or before == TRUE:
                some.append(before)
                continue
            now = literal if before == FALSE else self.clauses.new()
            if now != literal:
                add(-before, now)
                add(-literal, now)
                add(-now, before, literal)
            some.append(now)
            before = now
        return some

    def _again(
        self, busy: dict[int, int], stretch: Sequence[int], way: tuple[list[int], list[int]]
    ) -> list[int]:
        """Return a literal for each slot in which somebody could meet again after waiting."""
        add, again = self.clauses.add, []
        begun = way[0]
        for index, (before, slot) in enumerate(pairwise(stretch)):
            if slot not in busy or begun[index] == FALSE:
                continue
            met, meets = busy.get(before, FALSE), busy[slot]
            if met == TRUE or meets == FALSE:
                continue
            new = self.clauses.new()
            add(-new, meets)
            add(-new, -met)
            add(-new, begun[index])
            add(new, -meets, met, -begun[index])
            again.append(new)
        return again

    def _number(self, literals: Sequence[int], most: int) -> list[int]:
        """Return how many of ``literals`` are true, in unary; they may not be more than ``most``."""
        clauses = self.clauses
        add = clauses.add
        before: list[int] = []
        for literal in literals:
            after = [clauses.new() for _ in range(min(most, len(before) + 1))]
            padded = [*before, FALSE]
            for index, reached in enumerate(after):
                one_less = before[index - 1] if index else TRUE
                add(-padded[index], reached)
                add(-one_less, -literal, reached)
                add(-reached, padded[index], literal)
                add(-reached, one_less)
            if len(before) == most:
                add(-(before[-1] if before else TRUE), -literal)
            before = after
        return before

    def _without(self, stretch: Sequence[int], done: dict[int, list[int]], free: int) -> None:
        """Say of somebody with no break that each slot once begun brings one meeting more."""
        add = self.clauses.add
        number: list[int] | None = None
        for slot in stretch:
            after = done.get(slot, number)
            if number is not None and after is not None:
                for index in range(len(after) - 1):
                    add(free, -number[index], after[index + 1])
            number = after

    def _spread(self, spread: int) -> None:
        """Let nobody have more than ``spread`` breaks more than anybody else."""
        most = max(map(len, self.breaks), default=0)
        for step in range(1, most - spread + 1):
            all_have = self.clauses.new()
            for number in self.breaks:
                if len(number) >= step + spread:
                    self.clauses.add(-number[step + spread - 1], all_have)
                self.clauses.add(-all_have, number[step - 1] if len(number) >= step else FALSE)

    # ---- rooms ---------------------------------------------------------------------

    def _rooms(self) -> None:
        """Let no more meetings be held at once than there are rooms, counted in two ways.

        Meetings that share a person are counted as one. Where the rooms are for all
        meetings, the people who meet are counted too: at most so many for each room.
        """
        case, clauses = self.case, self.clauses
        for pool in case.pools:
            groups = self._groups(pool.meetings)
            everyone = len(pool.meetings) == len(case.starts)
            people = [0] * len(case.starts)
            for member in case.members:
                for meeting in member.meetings:
                    people[meeting] += 1
            for slot, capacity in pool.capacity.items():
                if self.recipe.clusters or not everyone or len(set(people)) > 1:
                    held = []
                    for group in groups:
                        literals = [self.at[meeting][slot] for meeting in group if slot in self.at[meeting]]
                        if TRUE in literals:
                            held.append([TRUE])
                        elif literals:
                            held.append([clauses.any_of(literals)])
                    self._limit(capacity, held)
                if everyone and self.recipe.people:
                    busy = [[self.busy[number][slot]] for number in self.order if slot in self.busy[number]]
                    clauses.at_most(max(people) * capacity, busy)

    def _limit(self, most: int, numbers: Sequence[Sequence[int]]) -> None:
        """Bound a sum by a sequential counter."""
        if len(numbers) <= most:
            return
        clauses = self.clauses
        before: list[int] = []
        for (literal,) in numbers:
            after = [clauses.new() for _ in range(min(most, len(before) + 1))]
            for index, reached in enumerate(after):
                if index < len(before):
                    clauses.rows.append([-before[index], reached])
                clauses.add(-(before[index - 1] if index else TRUE), -literal, reached)
            if len(before) == most:
                clauses.add(-(before[-1] if before else TRUE), -literal)
            before = after

    def _groups(self, meetings: Sequence[int]) -> list[list[int]]:
        """Divide meetings into few groups of which each shares a person."""
        left = set(meetings)
        own = [set(member.meetings) for member in self.case.members]
        groups = []
        while left:
            group = max((meetings & left for meetings in own), key=len)
            groups.append(sorted(group))
            left -= group
        return groups

    # ---- answers -------------------------------------------------------------------

    def slots(self, true: set[int]) -> list[int]:
        """Return the slot of each meeting, given the variables that are true."""
        return [next(slot for slot, literal in at.items() if literal in true) for at in self.at]

    def bounded(self, most: int) -> list[list[int]]:
        """Return more clauses, of which nothing is kept, that bound the breaks."""
        clauses = self.clauses
        known, variables = len(clauses.rows), clauses.variables
        clauses.at_most(most, [number for number in self.breaks if number])
        rows = clauses.rows[known:]
        del clauses.rows[known:]
        clauses.variables = variables
        return rows

    @property
    def ceiling(self) -> int:
        """A number of breaks that no plan exceeds."""
        return sum(map(len, self.breaks))
