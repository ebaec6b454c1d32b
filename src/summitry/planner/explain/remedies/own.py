"""Remedies that change the request itself, or the sittings: no other meeting is touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from summitry.planner.explain.blockers import Blockers
from summitry.planner.explain.housing import Waived
from summitry.planner.explain.obstacle import Held, Owner
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.placing import places
from summitry.planner.explain.relaxing import Relaxing, Step
from summitry.planner.explain.remedies.desk import Desk, Draft, best_place
from summitry.planner.explain.words import listed
from summitry.planner.plan import BlockerKind
from summitry.planner.problem import Request

USUAL_MINUTES = (60, 45, 30, 20, 15, 10)
SHORTER_TRIED = 4
COLLEAGUES_TRIED = 6


class OwnTerms:
    """The remedies for one request that leave all meetings where they are."""

    def __init__(self, desk: Desk, obstacles: Obstacles, blockers: Blockers) -> None:
        self.desk = desk
        self.obstacles = obstacles
        self.request = obstacles.request
        self.blockers = blockers
        self.relaxing = Relaxing(desk.ground, desk.names, self.request)

    def as_it_is(self) -> Iterator[Draft]:
        """Hold it in a place that is free."""
        best = best_place(self.desk, self.obstacles, places(self.obstacles))
        if best is not None:
            where = self.desk.names.room(best.held.room)
            yield Draft(f"hold it {self.desk.names.at(best.held.start)} in {where}", best)

    def in_another_room(self) -> Iterator[Draft]:
        """Use a room that is not what was asked for, or another delegation's."""
        if self._may_be(BlockerKind.ROOM):
            yield from self._relaxed(Waived.ROOM)
        elif self._may_be(BlockerKind.ROOM, Owner.ROOM):
            yield from self._relaxed(Waived.OWNER)

    def _may_be(self, kind: BlockerKind, owner: Owner = Owner.REQUEST) -> bool:
        return not self.blockers.is_minimal or self.blockers.has(kind, owner)

    def at_another_time(self) -> Iterator[Draft]:
        """Leave the windows, the sittings or the fixed time."""
        if self._may_be(BlockerKind.WINDOW) or self._may_be(BlockerKind.SITTING):
            yield from self._relaxed(Waived.TIMES)

    def _relaxed(self, waived: Waived) -> Iterator[Draft]:
        """Leave terms aside, and change as much of them as the best place needs."""
        best = best_place(self.desk, self.obstacles, places(self.obstacles, waived))
        if best is not None:
            steps = list(self.relaxing.steps(best.held, best.board))
            operations = tuple(operation for step in steps for operation in step.operations)
            yield Draft(listed([step.text for step in steps]), best, operations)

    def _changed(self, request: Request, step: Step) -> Iterator[Draft]:
        obstacles = Obstacles(self.desk.board, request)
        best = best_place(self.desk, obstacles, places(obstacles))
        if best is not None:
            yield Draft(step.text, best, step.operations)

    def with_another_person(self) -> Iterator[Draft]:
        """Send a colleague of somebody who is not free."""
        ground = self.desk.ground
        present = ground.people_of(self.request)
        found: list[Draft] = []
        for number in self.blockers.of_people:
            free = [one for one in ground.people_of_party[ground.person(number).party] if one not in present]
            asked = ground.person(number).id
            for other in free[:COLLEAGUES_TRIED]:
                sent = ground.person(other).id
                people = tuple(sent if each == asked else each for each in self.request.people)
                changed = replace(self.request, people=people)
                found += self._changed(changed, self.relaxing.with_another(number, other))
        yield from sorted(found, key=lambda draft: draft.best.worth)[:1]

    def without_somebody(self) -> Iterator[Draft]:
        """Do without one of several people of a delegation."""
        ground = self.desk.ground
        people = ground.people_of(self.request)
        for number in self.blockers.of_people:
            party = ground.person(number).party
            if sum(ground.person(other).party == party for other in people) > 1:
                left = tuple(each for each in self.request.people if each != ground.person(number).id)
                changed = replace(self.request, people=left)
                drafts = list(self._changed(changed, self.relaxing.without_person(number)))
                yield from drafts
                if drafts:
                    return

    def shorter(self) -> Iterator[Draft]:
        """Hold a shorter meeting, as long as can be of the usual lengths."""
        grid = self.desk.ground.problem.grid_minutes
        usual = [each for each in USUAL_MINUTES if each < self.request.minutes and not each % grid]
        if not usual:
            usual = list(range(self.request.minutes - grid, 0, -grid))[:SHORTER_TRIED]
        if usual and not Obstacles(self.desk.board, replace(self.request, minutes=usual[-1])).fits():
            return
        for minutes in usual:
            changed = replace(self.request, minutes=minutes)
            drafts = list(self._changed(changed, self.relaxing.shortened(minutes)))
            yield from drafts
            if drafts:
                return

    def with_fewer_interpreters(self) -> Iterator[Draft]:
        """Do with fewer interpreters, or with none."""
        if self.blockers.is_minimal and self.blockers.needs_interpreters is None:
            return
        for count in range(self.request.interpreters - 1, -1, -1):
            languages = self.request.languages if count else None
            changed = replace(self.request, interpreters=count, languages=languages)
            drafts = list(self._changed(changed, self.relaxing.with_interpreters(count)))
            yield from drafts
            if drafts:
                return

    def in_a_longer_sitting(self) -> Iterator[Draft]:
        """Let a sitting run on, by as little as will do."""
        board = self.desk.longer
        if board is None:
            return
        obstacles = Obstacles(board, self.request)
        late: list[tuple[int, Held]] = []
        for held in places(obstacles, most=len(obstacles.grid.times) * len(obstacles.rooms)):
            if held.sitting is not None:
                over = held.end - self.desk.ground.sittings[held.sitting][1]
                if over > 0 and board.ground.shown_once(held.end):
                    late.append((over, held))
        if not late:
            return
        least = min(over for over, _ in late)
        best = best_place(self.desk, obstacles, [held for over, held in late if over == least], on=board)
        if best is not None and best.held.sitting is not None:
            step = self.relaxing.longer(best.held.sitting, best.held.end, best.held)
            yield Draft(step.text, best, step.operations)
