"""A running day goes wrong: what disturbs a plan that people already hold.

What must be held is never disturbed, so that dropping the meetings touched is always a
way out and every scenario is feasible.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from summitry.planner import DEFAULT_REPAIR_OBJECTIVE, Meeting, Person, Problem, Span
from summitry.planner.check import check_meetings

LATE = timedelta(hours=3)
OVERRUN = timedelta(minutes=30)
WALK = timedelta(minutes=15)
PLENARY = "plenary"
OVERRUNS = "a plenary overrun by 30 minutes"
TRIES = 100


class Day:
    """A problem in the middle of its event: what is held, what has begun, and what goes wrong.

    Attributes
    ----------
    problem : Problem
        The question as it stands, with the baseline and ``frozen_until``.
    """

    def __init__(self, problem: Problem, held: Sequence[Meeting], now: datetime) -> None:
        self.problem = replace(
            problem, baseline=tuple(held), frozen_until=now, objective=DEFAULT_REPAIR_OBJECTIVE
        )
        self.now = now
        self.end = max(sitting.end for sitting in problem.sittings)
        self.ahead = [meeting for meeting in held if meeting.start >= now]
        self.requests = {request.id: request for request in problem.requests}
        self.chosen: set[str] = set()

    def late(self, random: Random, length: timedelta = LATE) -> bool:
        """Let a head of delegation who has a meeting by then come late; false where there is none."""
        until = self.now + length
        busy = {
            name
            for meeting in self.ahead
            if meeting.start < until
            for name in self.requests[meeting.request].people
        }
        heads = self._unbound((person.id for person in self.problem.people if _is_head(person)), until)
        return self._choose(
            random, busy & heads, lambda who: self._engage({who}, Span(self.now, until, "late"))
        )

    def lost_room(self, random: Random, until: datetime | None = None) -> bool:
        """Close a room in use, to the end of the event if not until a time."""
        end = until or self.end
        used = self._unbound((meeting.room for meeting in self.ahead if meeting.start < end), end)
        return self._choose(random, used, lambda room: self._close(room, Span(self.now, end, "lost")))

    def ill(self, random: Random) -> bool:
        """Take an interpreter with work ahead out for the rest of the event."""
        working = self._unbound((name for meeting in self.ahead for name in meeting.interpreters), self.end)
        return self._choose(random, working, lambda who: self._engage({who}, Span(self.now, self.end, "ill")))

    def overrun(self, _random: Random) -> bool:
        """Let the plenary that is on last half an hour longer."""
        more: dict[Span, set[str]] = {}
        for person in self.problem.people:
            for span in person.engagements:
                if span.label == PLENARY and span.start <= self.now < span.end:
                    longer = Span(span.end, span.end + OVERRUN, "plenary overruns", span.zone)
                    more.setdefault(longer, set()).add(person.id)
        for span, people in more.items():
            self._engage(self._unbound(people, span.end + WALK), span)
        return bool(more)

    def twenty(self, random: Random) -> bool:
        """Let twenty things go wrong at once: heads late, rooms lost for hours, interpreters ill."""

        def late() -> bool:
            return self.late(random, timedelta(hours=random.choice((1, 2, 3))))

        def lost_room() -> bool:
            return self.lost_room(random, self.now + timedelta(hours=random.choice((2, 4))))

        wanted = [late] * 9 + [lost_room] * 7 + [lambda: self.ill(random)] * 4
        done = sum(each() or late() or lost_room() for each in wanted)
        return done == len(wanted)

    def _unbound(self, names: Iterable[str], until: datetime) -> set[str]:
        """Leave out whoever and whatever a meeting that must be held needs up to a time."""
        bound: set[str] = set()
        for meeting in self.ahead:
            request = self.requests[meeting.request]
            if request.must and meeting.start < until:
                bound.update(request.people, meeting.interpreters, (meeting.room,))
        return set(names) - bound

    def _choose(self, random: Random, names: Collection[str], change: Callable[[str], None]) -> bool:
        """Change one of those to whom nothing has happened yet; false where there is none."""
        left = sorted(set(names) - self.chosen)
        if left:
            chosen = random.choice(left)
            self.chosen.add(chosen)
            change(chosen)
        return bool(left)

    def _engage(self, who: Collection[str], span: Span) -> None:
        problem = self.problem
        self.problem = replace(
            problem,
            people=tuple(
                replace(each, engagements=(*each.engagements, span)) if each.id in who else each
                for each in problem.people
            ),
            interpreters=tuple(
                replace(each, engagements=(*each.engagements, span)) if each.id in who else each
                for each in problem.interpreters
            ),
        )

    def _close(self, chosen: str, span: Span) -> None:
        self.problem = replace(
            self.problem,
            rooms=tuple(
                replace(room, closed=(*room.closed, span)) if room.id == chosen else room
                for room in self.problem.rooms
            ),
        )


def _is_head(person: Person) -> bool:
    return any(span.label == PLENARY for span in person.engagements)


KINDS: dict[str, Callable[[Day, Random], bool]] = {
    "a head of delegation three hours late": Day.late,
    "a room lost": Day.lost_room,
    "an interpreter ill": Day.ill,
    OVERRUNS: Day.overrun,
    "twenty at once": Day.twenty,
}


def scenario(problem: Problem, held: Sequence[Meeting], kind: str, seed: int) -> Problem:
    """Return the repair of one disturbance, the same for the same seed.

    Parameters
    ----------
    problem, held
        A problem without a baseline, and a valid plan of it.
    kind
        A key of ``KINDS``.

    Raises
    ------
    ValueError
        If no such disturbance touches a meeting.
    """
    random = Random(f"{kind} {seed}")  # noqa: S311 - a benchmark, not a secret
    for _ in range(TRIES):
        day = Day(problem, held, _moment(random, problem, during_plenary=kind == OVERRUNS))
        if KINDS[kind](day, random) and check_meetings(day.problem, held):
            return day.problem
    raise ValueError(f"nothing of this plan can be disturbed by {kind}")


def _moment(random: Random, problem: Problem, *, during_plenary: bool) -> datetime:
    """Choose when it becomes known: in the middle of the event, or shortly before a plenary ends."""
    if during_plenary:
        ends = {span.end for person in problem.people for span in person.engagements if span.label == PLENARY}
        return random.choice(sorted(ends)) - timedelta(minutes=5 * random.randrange(1, 5))
    sittings = sorted(problem.sittings, key=lambda sitting: sitting.start)
    sitting = random.choice(sittings[: -1 if len(sittings) > 1 else None])
    grid = timedelta(minutes=problem.grid_minutes)
    return sitting.start + grid * random.randrange((sitting.end - sitting.start) // grid)
