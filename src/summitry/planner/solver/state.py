"""A plan in the making: who and what is busy when, and where else anything could go.

Every question is answered for all starting cells at once, as a set of bits; what bits
cannot say (meetings in a row, interpreters' runs) is checked for one place at a time.
Whatever is placed through :meth:`State.options` and :meth:`State.place` keeps the plan
valid in every rule but the spread of breaks, which concerns the plan as a whole.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence

from summitry.planner.solver.cells import bits, erode, union
from summitry.planner.solver.instance import IN_ORDER, Actor, Instance, Item, Place


class State:
    """Which requests are held where; starts with the frozen meetings."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.places: list[Place | None] = [None] * len(instance.jobs)
        self.people = [Diary(instance, who) for who in instance.people]
        self.interpreters = [Diary(instance, who) for who in instance.interpreters]
        self.room_items: list[list[tuple[int, int, int]]] = [[] for _ in instance.room_zone]
        self.room_busy = list(instance.room_closed_cells)
        for index, job in enumerate(instance.jobs):
            if job.frozen is not None:
                self.place(index, job.frozen)

    # ---- changing ------------------------------------------------------------------

    def place(self, request: int, place: Place) -> None:
        """Hold a request there; the caller has made sure that it may be."""
        instance, job = self.instance, self.instance.jobs[request]
        self.places[request] = place
        item = Item(place.start, place.end, instance.zone_of(place.room), request)
        for person in job.people:
            self.people[person].add(item)
        for interpreter in place.interpreters:
            self.interpreters[interpreter].add(item)
        if place.room >= 0:
            insort(self.room_items[place.room], (place.start, place.end, request))
            gap = instance.turnaround[place.room]
            self.room_busy[place.room] |= instance.cells.touched(place.start - gap, place.end + gap)

    def remove(self, request: int) -> Place:
        """No longer hold a request; return where it was."""
        instance, job = self.instance, self.instance.jobs[request]
        place = self.places[request]
        assert place is not None
        self.places[request] = None
        for person in job.people:
            self.people[person].drop(request)
        for interpreter in place.interpreters:
            self.interpreters[interpreter].drop(request)
        if place.room >= 0:
            items = self.room_items[place.room]
            items.remove((place.start, place.end, request))
            gap = instance.turnaround[place.room]
            self.room_busy[place.room] = instance.room_closed_cells[place.room] | union(
                instance.cells.touched(start - gap, end + gap) for start, end, _ in items
            )
        return place

    # ---- asking --------------------------------------------------------------------

    def after_cells(self, request: int) -> int:
        """Return the cells that the order among the held meetings leaves to a request."""
        instance, job = self.instance, self.instance.jobs[request]
        if not job.after and not job.before:
            return instance.cells.everything
        low, high = instance.zero, instance.cells.minutes[-1]
        for earlier in job.after:
            place = self.places[earlier]
            if place is not None:
                low = max(low, place.end)
        for later in job.before:
            place = self.places[later]
            if place is not None and instance.jobs[later].frozen is None:
                high = min(high, place.start - job.length)
        return instance.cells.starting(low, high) if low <= high else 0

    def starts_in_zone(self, request: int, zone: int) -> int:
        """Return the cells at which every person of a request is free for it in that zone."""
        job = self.instance.jobs[request]
        free = self.instance.cells.everything
        for person in job.people:
            diary = self.people[person]
            free &= ~(diary.blocked(zone) | diary.full)
        return erode(free, job.cells) & job.starts

    def room_starts(self, request: int, room: int) -> int:
        """Return the cells at which a room is free for a request."""
        return erode(
            self.instance.cells.everything & ~self.room_busy[room], self.instance.jobs[request].cells
        )

    def open_starts(self, request: int, room: int) -> int:
        """Return the cells at which a room, were it empty, is open for a request."""
        instance = self.instance
        return erode(
            instance.cells.everything & ~instance.room_closed_cells[room], instance.jobs[request].cells
        )

    def interpreter_starts(self, request: int, who: int, zone: int) -> int:
        """Return the cells at which an interpreter is free for a request in that zone."""
        instance, job = self.instance, self.instance.jobs[request]
        diary = self.interpreters[who]
        free = instance.cells.everything & ~diary.blocked(zone)
        limits = diary.actor
        if limits.max_minutes is not None:
            for index in range(len(instance.cells.sittings)):
                if not diary.has_minutes(index, job.length):
                    free &= ~instance.cells.sitting(index)
        return diary.within_day(erode(free, job.cells), job.length)

    def starts(self, request: int) -> dict[int, int]:
        """Return for each room the cells from which a request could be held there.

        Interpreters are counted, but their runs, and meetings in a row, are left to :meth:`team` and
        :meth:`in_a_row`.
        """
        instance, job = self.instance, self.instance.jobs[request]
        allowed = self.after_cells(request) & job.starts
        found: dict[int, int] = {}
        by_zone: dict[int, int] = {}
        if not allowed:
            return found
        for room in job.rooms:
            zone = instance.room_zone[room]
            mask = by_zone.get(zone)
            if mask is None:
                mask = self.starts_in_zone(request, zone) & allowed
                if mask and job.need:
                    mask &= self.enough_interpreters(request, zone)
                by_zone[zone] = mask
            if mask:
                mask &= self.room_starts(request, room)
                if mask:
                    found[room] = mask
        return found

    def enough_interpreters(self, request: int, zone: int) -> int:
        """Return the cells at which as many interpreters as a request needs are free for it in that zone."""
        job = self.instance.jobs[request]
        at_least = [self.instance.cells.everything] + [0] * job.need
        for who in job.interpreters:
            free = self.interpreter_starts(request, who, zone)
            for count in range(job.need, 0, -1):
                at_least[count] |= at_least[count - 1] & free
        return at_least[job.need]

    def team(self, request: int, start: int, zone: int) -> tuple[int, ...] | None:
        """Return interpreters who may serve a request at that minute, the least used first."""
        job = self.instance.jobs[request]
        if not job.need:
            return ()
        cell = self.instance.cells.cell(start)
        assert cell is not None
        item = Item(start, start + job.length, zone, request)
        able = [
            who
            for who in job.interpreters
            if self.interpreter_starts(request, who, zone) >> cell & 1
            and self.interpreters[who].run_holds(item)
        ]
        if len(able) < job.need:
            return None
        able.sort(
            key=lambda who: (
                len(self.instance.interpreters[who].languages),
                self.interpreters[who].minutes,
                who,
            )
        )
        return tuple(sorted(able[: job.need]))

    def in_a_row(self, request: int, start: int) -> bool:
        """Return whether no person of a request would have too many meetings in a row."""
        job = self.instance.jobs[request]
        item = Item(start, start + job.length, self.instance.nowhere, request)
        return all(self.people[person].row_holds(item) for person in job.people)

    def place_at(self, request: int, start: int, room: int) -> Place | None:
        """Return the place of a request at a start and room from :meth:`starts`, if the rest allows it."""
        if not self.in_a_row(request, start):
            return None
        team = self.team(request, start, self.instance.room_zone[room])
        if team is None:
            return None
        return Place(start, start + self.instance.jobs[request].length, room, team)

    def options(self, request: int) -> Iterator[Place]:
        """Yield every start and room at which a request could be held now, with one team for each."""
        minutes = self.instance.cells.minutes
        for room, mask in self.starts(request).items():
            for cell in bits(mask):
                place = self.place_at(request, minutes[cell], room)
                if place is not None:
                    yield place


def state_of(instance: Instance, places: Sequence[Place | None]) -> State:
    """Return a state that holds ``places``."""
    state = State(instance)
    for request, place in enumerate(places):
        if place is not None and instance.jobs[request].frozen is None:
            state.place(request, place)
    return state


class Diary:
    """What one person or interpreter does, and the cells that are lost to anything else, for each zone."""

    __slots__ = ("_blocked", "_counts", "_instance", "actor", "full", "items", "minutes")

    def __init__(self, instance: Instance, actor: Actor) -> None:
        self._instance = instance
        self.actor = actor
        self.items: list[Item] = []
        self.minutes = 0
        self.full = 0
        self._blocked: dict[int, int] = {}
        self._counts = [0] * len(instance.cells.sittings)

    def add(self, item: Item) -> None:
        """Let something more be done."""
        insort(self.items, item, key=IN_ORDER)
        for zone in self._blocked:
            self._blocked[zone] |= self._around(item, zone)
        self.minutes += item.end - item.start
        self._count(item, 1)

    def drop(self, request: int) -> None:
        """Let a request's meeting no longer be done."""
        item = next(item for item in self.items if item.request == request)
        self.items.remove(item)
        self._blocked.clear()
        self.minutes -= item.end - item.start
        self._count(item, -1)

    def blocked(self, zone: int) -> int:
        """Return the cells in which a meeting in that zone is impossible."""
        known = self._blocked.get(zone)
        if known is None:
            known = union(self._around(item, zone) for item in (*self.actor.engagements, *self.items))
            self._blocked[zone] = known
        return known

    def _around(self, item: Item, zone: int) -> int:
        gap = self._instance.walk[item.zone][zone]
        return self._instance.cells.touched(item.start - gap, item.end + gap)

    def _count(self, item: Item, change: int) -> None:
        """Close the sittings in which a person has as many meetings as allowed, and no others."""
        limit = self.actor.max_meetings
        if limit is None:
            return
        cells = self._instance.cells
        sitting = cells.sitting_within(item.start, item.end)
        if sitting is None:
            return
        self._counts[sitting] += change
        if self._counts[sitting] >= limit:
            self.full |= cells.sitting(sitting)
        else:
            self.full &= ~cells.sitting(sitting)

    def has_minutes(self, sitting: int, length: int) -> bool:
        """Return whether an interpreter may work that much longer in a sitting."""
        limit = self.actor.max_minutes
        if limit is None:
            return True
        cells = self._instance.cells
        within = (item for item in self.items if cells.sitting_within(item.start, item.end) == sitting)
        used = sum(item.end - item.start for item in within)
        return used + length <= limit

    def within_day(self, starts: int, length: int) -> int:
        """Return those of ``starts`` on days on which an interpreter may work that much longer."""
        limit = self.actor.max_minutes_per_day
        if limit is None:
            return starts
        used: dict[int, int] = {}
        for item in self.items:
            used[item.start // 1440] = used.get(item.start // 1440, 0) + item.end - item.start
        if length > limit:
            return 0
        for date, minutes in used.items():
            if minutes + length > limit:
                starts &= ~self._instance.cells.starting(date * 1440, date * 1440 + 1439)
        return starts

    def run_holds(self, new: Item) -> bool:
        """Return whether an interpreter's run with the new meeting in it stays within the maximum."""
        limit, rest, busy = self.actor.max_run, self.actor.rest, self.actor.busy
        if limit is None:
            return True
        items = sorted((*self.items, new))
        run, contains, end = 0, False, None
        for item in items:
            if end is not None and item.start - end - busy.within(end, item.start) >= rest:
                run, contains = 0, False
            run += item.end - item.start
            contains = contains or item is new
            if contains and run > limit:
                return False
            end = item.end if end is None else max(end, item.end)
        return True

    def row_holds(self, new: Item) -> bool:
        """Return whether a person's meetings in a row with the new one among them are not too many."""
        limit = self.actor.max_consecutive
        if limit is None:
            return True
        cells, least = self._instance.cells, self._instance.break_minutes
        sitting = cells.sitting_within(new.start, new.end)
        mates = (item for item in self.items if cells.sitting_within(item.start, item.end) == sitting)
        row, contains, end = 0, False, None
        for item in sorted((*mates, new)):
            if end is not None and item.start - end >= least:
                row, contains = 0, False
            row += 1
            contains = contains or item is new
            if contains and row > limit:
                return False
            end = item.end
        return True
