"""Whether remedies do what they say: each is applied, and what it touches is held against the rules again.

As the plan before it is valid, only the people, rooms and interpreters that a change touches can break a
rule. A change to the problem beyond single records is checked by going through everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from summitry.planner.check.aims import (
    OF_PEOPLE,
    OF_REQUESTS,
    breaks,
    meetings_by_person,
    of_person,
    of_request,
    values,
)
from summitry.planner.check.answer import WITHOUT_A_PLAN
from summitry.planner.check.facts import Facts
from summitry.planner.check.meetings import (
    after_rules,
    held_rules,
    meetings_broken,
    name_rules,
    people_named,
    spread_rules,
)
from summitry.planner.check.owners import interpreter_rules, person_rules, room_rules
from summitry.planner.check.single import meeting_rules
from summitry.planner.check.violation import Rule, Violation
from summitry.planner.documents import BadInput, Patcher, Records, patched, problem_document, to_problem
from summitry.planner.plan import Change, Plan
from summitry.planner.problem import Aim, Meeting
from summitry.planner.wording import shown

Known = dict[str, Meeting]


def remedy_rules(facts: Facts, plan: Plan, known: Known) -> Iterator[Violation]:
    """Apply every remedy of a plan whose meetings (by request) are valid."""
    if not any(unscheduled.remedies for unscheduled in plan.unscheduled):
        return
    trial = Trial(facts, known, has_plan=plan.status not in WITHOUT_A_PLAN)
    for unscheduled in plan.unscheduled:
        for index, remedy in enumerate(unscheduled.remedies):
            wrong = next(trial.wrong(unscheduled.request, remedy.change), None)
            if wrong is not None:
                message = f"remedies[{index}] of {shown(unscheduled.request)}: {wrong}"
                yield Violation(Rule.REMEDY, unscheduled.request, message)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change may have made otherwise, by ids."""

    requests: set[str]
    people: set[str]
    rooms: set[str]
    interpreters: set[str]


class Side:
    """The meetings of those whom a change touches, before it or after it."""

    def __init__(self, trial: Trial, facts: Facts, known: Known, touched: set[str]) -> None:
        self.trial = trial
        self.facts = facts
        self.known = known
        self.touched = touched

    def of_person(self, person: str) -> list[Meeting]:
        """Return the meetings of one person."""
        return [
            *(meeting for meeting in self.trial.by_person[person] if meeting.request not in self.touched),
            *(meeting for meeting in self.changed() if person in self.facts.requests[meeting.request].people),
        ]

    def of_room(self, room: str) -> list[Meeting]:
        """Return the meetings in one room."""
        return [
            *(meeting for meeting in self.trial.by_room[room] if meeting.request not in self.touched),
            *(meeting for meeting in self.changed() if meeting.room == room),
        ]

    def of_interpreter(self, interpreter: str) -> list[Meeting]:
        """Return the meetings of one interpreter."""
        return [
            *(one for one in self.trial.by_interpreter[interpreter] if one.request not in self.touched),
            *(meeting for meeting in self.changed() if interpreter in meeting.interpreters),
        ]

    def changed(self) -> Iterator[Meeting]:
        """Walk over the meetings of touched requests that are held."""
        return (self.known[request] for request in self.touched if request in self.known)

    def leaves_out(self, party: str) -> bool:
        """Say whether a party is named in a request and holds no meeting."""
        naming = [request for request in self.trial.by_party[party] if request not in self.touched]
        naming += [request for request in self.touched if party in self.facts.requests[request].parties]
        return bool(naming) and not any(request in self.known for request in naming)


class Trial:
    """A valid plan, to try changes on."""

    def __init__(self, facts: Facts, known: Known, *, has_plan: bool) -> None:
        self.facts = facts
        self.known = known
        self.has_plan = has_plan
        self.patcher = Patcher(facts.problem)
        self.document = problem_document(facts.problem)
        self.by_person = defaultdict(list, meetings_by_person(facts, known.values()))
        self.by_room: dict[str, list[Meeting]] = defaultdict(list)
        self.by_interpreter: dict[str, list[Meeting]] = defaultdict(list)
        self.by_party: dict[str, list[str]] = defaultdict(list)
        for meeting in known.values():
            self.by_room[meeting.room].append(meeting)
            for interpreter in meeting.interpreters:
                self.by_interpreter[interpreter].append(meeting)
        for request in facts.requests.values():
            for party in request.parties:
                self.by_party[party].append(request.id)
        self.ordered = [request.id for request in facts.requests.values() if request.after]
        self.score = values(facts, tuple(known.values()))
        self.breaks = (
            self._breaks(facts, people_named(facts)) if facts.problem.limits.breaks_spread is not None else {}
        )

    def wrong(self, request: str, change: Change) -> Iterator[str]:
        """Apply a change for a request, and say what is wrong with it."""
        try:
            records = self.patcher.changed(change.problem) if self.has_plan else None
            facts = self._patched(change) if records is None else self.facts.with_records(records)
        except BadInput as error:
            yield f"its change of the problem does not apply: {error}"
            return
        after: Known = dict(self.known)
        for name in change.drop:
            if after.pop(name, None) is None:
                yield f"it drops {shown(name)}, which is not held"
        placed: Known = {}
        for meeting in change.meetings:
            for broken in name_rules(facts, meeting, placed):
                yield str(broken)
                return
            placed[meeting.request] = meeting
        for name in placed.keys() & set(change.drop):
            yield f"it both drops and places {shown(name)}"
        after.update(placed)
        if request not in after:
            yield "it does not hold the request"
        if records is None:
            yield from map(str, meetings_broken(facts, after))
            cost = self._differences(values(facts, tuple(after.values())))
        else:
            touched = self._touched(facts, after, records, {*placed, *change.drop})
            side = Side(self, facts, after, touched.requests)
            yield from map(str, self._broken(side, touched))
            cost = self._cost(side, touched)
        if self.has_plan:
            yield from _cost_rules(change, cost)

    def _patched(self, change: Change) -> Facts:
        return Facts(to_problem(patched(self.document, change.problem)))

    def _touched(self, facts: Facts, after: Known, records: Records, placed: Iterable[str]) -> Touched:
        requests = {*placed, *records.requests}
        for room in records.rooms:
            requests.update(meeting.request for meeting in self.by_room[room])
        for interpreter in records.interpreters:
            requests.update(meeting.request for meeting in self.by_interpreter[interpreter])
        people, rooms, interpreters = set(records.people), set(records.rooms), set(records.interpreters)
        for name in requests:
            people.update(self.facts.requests[name].people, facts.requests[name].people)
            for meeting in (self.known.get(name), after.get(name)):
                if meeting is not None:
                    rooms.add(meeting.room)
                    interpreters.update(meeting.interpreters)
        return Touched(requests, people, rooms, interpreters)

    def _broken(self, side: Side, touched: Touched) -> Iterator[Violation]:
        facts = side.facts
        for meeting in side.changed():
            yield from meeting_rules(facts, meeting)
        for name in touched.requests.union(self.ordered):
            if name in side.known:
                yield from after_rules(facts, side.known[name], side.known)
        for person in touched.people:
            yield from person_rules(facts, facts.people[person], side.of_person(person))
        for room in touched.rooms:
            yield from room_rules(facts, facts.rooms[room], side.of_room(room))
        for interpreter in touched.interpreters:
            yield from interpreter_rules(
                facts, facts.interpreters[interpreter], side.of_interpreter(interpreter)
            )
        yield from held_rules(facts, touched.requests, side.known)
        if facts.problem.limits.breaks_spread is not None:
            named = people_named(facts)
            counted = {person: self.breaks[person] for person in named - touched.people}
            for person in named & touched.people:
                counted[person] = breaks(facts, facts.people[person], side.of_person(person))
            yield from spread_rules(facts, counted)

    def _breaks(self, facts: Facts, people: Iterable[str]) -> dict[str, int]:
        return {person: breaks(facts, facts.people[person], self.by_person[person]) for person in people}

    def _differences(self, after: Mapping[Aim, int]) -> dict[Aim, int]:
        return {aim: value - self.score.get(aim, 0) for aim, value in after.items()}

    def _cost(self, after: Side, touched: Touched) -> dict[Aim, int]:
        before = Side(self, self.facts, self.known, touched.requests)
        return {aim: _part(aim, after, touched) - _part(aim, before, touched) for aim in self.score}


def _part(aim: Aim, side: Side, touched: Touched) -> int:
    """Return what those whom a change touches add to an aim."""
    if aim in OF_REQUESTS:
        return sum(of_request(aim, side.facts, request, side.known) for request in touched.requests)
    if aim in OF_PEOPLE:
        return sum(
            of_person(aim, side.facts, side.facts.people[person], side.of_person(person))
            for person in touched.people
        )
    both = (side.facts.requests, side.trial.facts.requests)
    parties = {
        party for requests in both for request in touched.requests for party in requests[request].parties
    }
    return sum(side.leaves_out(party) for party in parties)


def _cost_rules(change: Change, cost: Mapping[Aim, int]) -> Iterator[str]:
    for aim in change.cost:
        if aim not in cost:
            yield f"it names a cost in {aim}, which is no aim of the objective"
    for aim, difference in cost.items():
        said = change.cost.get(aim, 0)
        if said != difference:
            yield f"it costs {difference} in {aim}, not {said}"
