"""How a contradiction is said."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.planner.explain.contradictions.needs import Needs
from summitry.planner.explain.terms import circle_of_after
from summitry.planner.explain.words import Names, few, lasting, sentence
from summitry.planner.plan import Blocker, BlockerKind, Unscheduled
from summitry.planner.problem import Request

MOST_NAMED = 20
"""Of more than so many requests each is not told all the others: the set itself is the answer."""


def said(needs: Needs, names: Names, numbers: Sequence[int]) -> tuple[Unscheduled, ...]:
    """Say that some requests contradict each other."""
    requests = [needs.ground.request(number) for number in numbers]
    text = sentence(_Words(needs, names, requests).text())
    others = requests if len(requests) <= MOST_NAMED else []
    return tuple(
        Unscheduled(
            request.id,
            text,
            tuple(
                Blocker(BlockerKind.MEETING, other.id, names.meeting(other))
                for other in others
                if other is not request
            ),
        )
        for request in requests
    )


class _Words:
    def __init__(self, needs: Needs, names: Names, requests: Sequence[Request]) -> None:
        self.needs = needs
        self.names = names
        self.requests = requests
        self.called = few([names.meeting(request) for request in requests])
        self.both = "both" if len(requests) == 2 else "all"  # noqa: PLR2004  a pair has its own word

    def text(self) -> str:
        if len(self.requests) == 1:
            return f"{self.called} must be held, and no plan can hold it"
        return (
            self._of_order()
            or self._of_person()
            or f"{self.called} must {self.both} be held, and leave each other no place"
        )

    def _of_order(self) -> str | None:
        inside = {request.id: request for request in self.requests}
        if len(circle_of_after(inside, self.requests[0].id)) == len(self.requests):
            return f"{self.called} are each to follow the other"
        for later in self.requests:
            earlier = [inside[name] for name in later.after if name in inside]
            if earlier and len(self.requests) == 2:  # noqa: PLR2004  a pair of which one waits for the other
                before = self.names.meeting(earlier[0])
                return f"{self.names.meeting(later)} is to follow {before}, which cannot end in time"
        return None

    def _of_person(self) -> str | None:
        people = self.requests[0].people
        shared = [person for person in people if all(person in each.people for each in self.requests)]
        needs = [self.needs.by_name[each.id] for each in self.requests if each.id in self.needs.by_name]
        if not shared or len(needs) < len(self.requests):
            return None
        person = self.needs.ground.person_number[shared[0]]
        since, until = min(need.first for need in needs), max(need.until for need in needs)
        text = f"{self.called} {self.both} need {self.names.person(person)} within {self.names.when(since, until)}"
        available = sum(self.needs.gaps(shared[0], since, until))
        total = sum(need.request.minutes for need in needs)
        if total > available:
            return f"{text}, where {lasting(available)} are left and they take {total}"
        return f"{text}, and cannot {self.both} be fitted in"
