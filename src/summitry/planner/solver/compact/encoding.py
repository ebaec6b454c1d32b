"""A compact case as clauses: when each meeting is, when each person meets, and the breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitry.planner.solver.cells import bits, union
from summitry.planner.solver.compact.attendance import Attendance
from summitry.planner.solver.compact.case import Case, Member, Pool
from summitry.planner.solver.compact.clauses import FALSE, TRUE, Clauses


class Encoding:
    """The clauses of a case, and the literals a search asks for.

    Parameters
    ----------
    case : Case
        A narrowed case.
    look : callable
        Called every few hundredths of a second; may raise to stop.
    twice : bool
        Whether to count everybody's meetings a second time: that makes no difference to what is
        allowed, and settles hard cases, but is two clauses in five.

    Attributes
    ----------
    breaks : list of list of int
        The numbers of breaks in unary, of those who can have any.
    """

    def __init__(self, case: Case, look: Callable[[], None] = lambda: None, *, twice: bool = True) -> None:
        self.case = case
        self.twice = twice
        self.clauses = Clauses()
        self.at: list[dict[int, int]] = []
        self.by: list[dict[int, int]] = []
        for starts in case.starts:
            self._meeting(starts)
        self._keep_order()
        self.members = sorted(case.members, key=lambda member: _pull(case, member))
        self.busy = [self._busy(member) for member in self.members]
        numbers = self._people(look)
        self.breaks = [number for number in numbers if number]
        if case.spread is not None:
            self._keep_spread(numbers, case.spread)
        self._rooms(look)

    # ---- meetings --------------------------------------------------------------------

    def _meeting(self, starts: int) -> None:
        """Say that a meeting has one of its slots; ``by`` says for each whether it is then or before."""
        clauses, slots = self.clauses, list(bits(starts))
        if len(slots) == 1:
            self.at.append({slots[0]: TRUE})
            self.by.append({slots[0]: TRUE})
            return
        at = {slot: clauses.new() for slot in slots}
        before = at[slots[0]]
        by = {slots[0]: before}
        for slot in slots[1:-1]:
            own, upto = at[slot], clauses.new()
            clauses.rows += [[-before, upto], [-own, upto], [-upto, before, own], [-own, -before]]
            by[slot] = before = upto
        last = at[slots[-1]]
        clauses.rows += [[before, last], [-before, -last]]
        by[slots[-1]] = TRUE
        self.at.append(at)
        self.by.append(by)

    def _upto(self, meeting: int, slot: int) -> int:
        """Return the literal that a meeting is in a slot or before."""
        below = self.case.starts[meeting] & ((2 << slot) - 1)
        return self.by[meeting][below.bit_length() - 1] if below else FALSE

    def _keep_order(self) -> None:
        for later, earlier in self.case.after:
            for slot in bits(self.case.starts[later]):
                self.clauses.add(-self.by[later][slot], self._upto(earlier, slot - 1) if slot else FALSE)

    # ---- people ----------------------------------------------------------------------

    def _busy(self, member: Member) -> dict[int, int]:
        """Return for each slot the literal that somebody meets then, in one meeting only."""
        of_slot: dict[int, list[int]] = {}
        for meeting in member.meetings:
            for slot, literal in self.at[meeting].items():
                of_slot.setdefault(slot, []).append(literal)
        for literals in of_slot.values():
            self.clauses.at_most_one(literals)
        return {slot: self.clauses.any_of(of_slot[slot]) for slot in sorted(of_slot)}

    def _people(self, look: Callable[[], None]) -> list[list[int]]:
        """Return everybody's number of breaks, none where they do not matter."""
        case = self.case
        told, top = case.counted or case.spread is not None, len(case.starts)
        if case.spread is not None and not all(map(_most_breaks, self.members)):
            top = case.spread
        numbers = []
        for member, busy in zip(self.members, self.busy, strict=True):
            look()
            number: list[int] = []
            if len(member.meetings) > 1:
                slots = busy if self.twice else ()
                by = [[self._upto(meeting, slot) for meeting in member.meetings] for slot in slots]
                attendance = Attendance(self.clauses, case, member, busy, by)
                if told:
                    number = attendance.breaks(min(top, _most_breaks(member)))
            numbers.append(number)
        return numbers

    def _keep_spread(self, numbers: Sequence[Sequence[int]], spread: int) -> None:
        """Let nobody have more than ``spread`` breaks more than anybody else."""
        for step in range(1, max(map(len, numbers)) - spread + 1):
            all_have = self.clauses.new()
            for number in numbers:
                if len(number) >= step + spread:
                    self.clauses.add(-number[step + spread - 1], all_have)
                self.clauses.add(-all_have, number[step - 1] if len(number) >= step else FALSE)

    # ---- rooms -----------------------------------------------------------------------

    def _rooms(self, look: Callable[[], None]) -> None:
        """Let no more meetings be held at once than there are rooms.

        Where every meeting may have every room and brings as many people, it is the
        people who meet that are counted, otherwise the meetings, those with a person in
        common as one.
        """
        people = [0] * len(self.case.starts)
        for member in self.case.members:
            for meeting in member.meetings:
                people[meeting] += 1
        for pool in self.case.pools:
            by_people = len(pool.meetings) == len(people) and len(set(people)) == 1
            groups = [] if by_people else self._groups(pool)
            for slot, capacity in pool.capacity.items():
                look()
                if by_people:
                    held = [[busy[slot]] for busy in self.busy if slot in busy]
                    self.clauses.at_most(people[0] * capacity, held)
                else:
                    parts = [
                        [self.at[each][slot] for each in group if slot in self.at[each]] for group in groups
                    ]
                    self.clauses.at_most(capacity, [[self.clauses.any_of(part)] for part in parts if part])

    def _groups(self, pool: Pool) -> list[list[int]]:
        """Divide meetings into few groups of which each shares a person."""
        left = set(pool.meetings)
        own = [set(member.meetings) & left for member in self.members]
        groups = []
        while left:
            group = max((meetings & left for meetings in own), key=len)
            groups.append(sorted(group))
            left -= group
        return groups

    # ---- asking ----------------------------------------------------------------------

    def slots(self, true: set[int]) -> list[int]:
        """Return the slot of each meeting, given the variables that are true."""
        return [next(slot for slot, literal in at.items() if literal in true) for at in self.at]

    def bounded(self, most: int) -> list[list[int]]:
        """Return more clauses, of which nothing is kept, that bound the breaks."""
        clauses = self.clauses
        known, variables = len(clauses.rows), clauses.variables
        clauses.at_most(most, self.breaks)
        rows = clauses.rows[known:]
        del clauses.rows[known:]
        clauses.variables = variables
        return rows

    @property
    def ceiling(self) -> int:
        """A number of breaks that no plan exceeds."""
        return sum(map(len, self.breaks))


def _most_breaks(member: Member) -> int:
    """Return how many breaks somebody can have at most: each takes a slot of waiting."""
    waits = sum(map(len, member.stretches)) - len(member.meetings)
    return max(0, min(len(member.meetings) - 1, waits))


def _pull(case: Case, member: Member) -> tuple[int, int, int]:
    """Order people by the slots in which they are bound to meet if they have no break: near ones near."""
    count = len(member.meetings)
    masks = [case.starts[meeting] for meeting in member.meetings]
    together = union(masks)
    runs = [
        stretch[index : index + count]
        for stretch in member.stretches
        for index in range(len(stretch) - count + 1)
        if count > 1 and _runs(sum(1 << slot for slot in stretch[index : index + count]), together, masks)
    ]
    if not runs:
        return (2 if count == 1 else 0), 0, 0
    last_begin, first_end = runs[-1][0], runs[0][-1]
    return (0, last_begin, first_end) if last_begin <= first_end else (1, runs[0][0], last_begin)


def _runs(run: int, together: int, masks: Sequence[int]) -> bool:
    return not run & ~together and all(mask & run for mask in masks)
