"""What can be told before any search: slots that no plan uses, and cases that have no plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summitry.planner.solver.cells import bits
from summitry.planner.solver.compact.case import Case


def narrowed(case: Case) -> Case | None:
    """Return the case without slots that no plan uses; ``None`` where it is found to have no plan.

    Nobody has two meetings in one slot: each person's slots are filtered to those of
    some complete matching (J.-C. Régin, AAAI 1994). A meeting comes after all those that
    precede it, those that share a person with each other in different slots.
    """
    starts = list(case.starts)
    if not all(starts):
        return None
    order = _Order(case)
    mine: list[list[int]] = [[] for _ in starts]
    for number, member in enumerate(case.members):
        for meeting in member.meetings:
            mine[meeting].append(number)
    waiting = [number for number, member in enumerate(case.members) if len(member.meetings) > 1]
    while waiting or order.due:
        changed = order.tighten(starts)
        if changed is None:
            return None
        if waiting:
            found = _matched(starts, case.members[waiting.pop()].meetings)
            if found is None:
                return None
            changed |= found
        order.due = order.due or bool(changed)
        queued = set(waiting)
        waiting += sorted({n for m in changed for n in mine[m] if len(case.members[n].meetings) > 1} - queued)
    if not all(_room_for_all(starts, pool.meetings, pool.capacity) for pool in case.pools):
        return None
    return replace(case, starts=tuple(starts))


class _Order:
    """The precedences, with for each meeting those before and after it that share a person."""

    def __init__(self, case: Case) -> None:
        self.pairs = case.after
        self.due = bool(case.after)
        count = len(case.starts)
        before, behind = [0] * count, [0] * count
        for later, earlier in case.after:
            before[later] |= 1 << earlier
            behind[earlier] |= 1 << later
        groups = [sum(1 << meeting for meeting in member.meetings) for member in case.members]
        self.before = self._groups(_closure(before), groups)
        self.behind = self._groups(_closure(behind), groups)

    @staticmethod
    def _groups(related: list[int], groups: list[int]) -> list[tuple[int, tuple[int, ...]]]:
        found = {
            (meeting, shared)
            for meeting, others in enumerate(related)
            if others
            for shared in (*(others & group for group in groups), *(1 << other for other in bits(others)))
            if shared
        }
        return [(meeting, tuple(bits(shared))) for meeting, shared in sorted(found)]

    def tighten(self, starts: list[int]) -> set[int] | None:
        """Take away what comes too early or too late; return which meetings lost slots, ``None``: lost all."""
        changed: set[int] = set()
        while self.due:
            self.due = False
            for groups, early in ((self.before, True), (self.behind, False)):
                for meeting, others in groups:
                    bound = _last_of(starts, others) if early else _first_of(starts, others)
                    keep = -1 << bound + 1 if early else (1 << max(0, bound)) - 1
                    if starts[meeting] & ~keep:
                        starts[meeting] &= keep
                        if not starts[meeting]:
                            return None
                        changed.add(meeting)
                        self.due = True
        return changed


def _closure(related: list[int]) -> list[int]:
    """Return for each meeting all that are related to it through others."""
    known = list(related)
    changed = True
    while changed:
        changed = False
        for meeting, others in enumerate(known):
            more = others
            for other in bits(others):
                more |= known[other]
            if more != others:
                known[meeting], changed = more, True
    return known


def _last_of(starts: Sequence[int], meetings: Sequence[int]) -> int:
    """Return the first slot by which meetings that need different slots can all have begun."""
    reached = -1
    for first in sorted((starts[meeting] & -starts[meeting]).bit_length() - 1 for meeting in meetings):
        reached = max(reached + 1, first)
    return reached


def _first_of(starts: Sequence[int], meetings: Sequence[int]) -> int:
    """Return the last slot from which meetings that need different slots can all still begin."""
    reached = max(starts[meeting].bit_length() for meeting in meetings)
    for last in sorted((starts[meeting].bit_length() - 1 for meeting in meetings), reverse=True):
        reached = min(reached - 1, last)
    return reached


def _matched(starts: list[int], meetings: Sequence[int]) -> set[int] | None:
    """Filter one person's slots; return which meetings lost some, or ``None`` where they do not fit."""
    owner: dict[int, int] = {}
    held: dict[int, int] = {}
    for meeting in meetings:
        if not _augment(starts, meeting, owner, held, set()):
            return None
    taken = sum(1 << slot for slot in owner)
    reach = {meeting: _reachable(starts, meeting, owner, taken) for meeting in meetings}
    changed = set()
    for meeting in meetings:
        own = 1 << held[meeting]
        keep = own
        for slot in bits(starts[meeting] & ~own):
            if not taken >> slot & 1 or reach[owner[slot]] & (own | ~taken):
                keep |= 1 << slot
        if keep != starts[meeting]:
            starts[meeting] = keep
            changed.add(meeting)
    return changed


def _augment(
    starts: Sequence[int], meeting: int, owner: dict[int, int], held: dict[int, int], seen: set[int]
) -> bool:
    for slot in bits(starts[meeting]):
        if slot in seen:
            continue
        seen.add(slot)
        if slot not in owner or _augment(starts, owner[slot], owner, held, seen):
            owner[slot], held[meeting] = meeting, slot
            return True
    return False


def _reachable(starts: Sequence[int], meeting: int, owner: dict[int, int], taken: int) -> int:
    """Return the slots that come free for others, one by one, if a meeting moves."""
    slots, waiting = 0, [meeting]
    while waiting:
        new = starts[waiting.pop()] & ~slots
        slots |= new
        waiting += [owner[slot] for slot in bits(new & taken)]
    return slots


def _room_for_all(starts: Sequence[int], meetings: Sequence[int], capacity: dict[int, int]) -> bool:
    """Return whether the rooms suffice when people are left aside."""
    held: dict[int, list[int]] = {slot: [] for slot in capacity}

    def place(meeting: int, seen: set[int]) -> bool:
        for slot in bits(starts[meeting]):
            if slot in seen:
                continue
            seen.add(slot)
            if len(held[slot]) < capacity[slot]:
                held[slot].append(meeting)
                return True
            for other in held[slot]:
                if place(other, seen):
                    held[slot].remove(other)
                    held[slot].append(meeting)
                    return True
        return False

    tightest = sorted(meetings, key=lambda meeting: (starts[meeting].bit_count(), meeting))
    return all(place(meeting, set()) for meeting in tightest)
