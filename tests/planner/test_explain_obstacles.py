from __future__ import annotations

from hypothesis import given, settings

from planner_support.bruteforce import candidates
from planner_support.held import problems_with_meetings
from summitry.planner.check import check_meetings
from summitry.planner.explain.board import Board
from summitry.planner.explain.ground import Ground
from summitry.planner.explain.obstacles import Obstacles
from summitry.planner.explain.spread import Spread
from summitry.planner.problem import Meeting, Problem


@settings(max_examples=100, deadline=None)
@given(problems_with_meetings())
def test_a_place_is_free_exactly_where_the_validator_accepts_it(
    given_plan: tuple[Problem, tuple[Meeting, ...]],
) -> None:
    problem, meetings = given_plan
    ground = Ground(problem)
    board = Board(ground, meetings)
    held = {meeting.request for meeting in meetings}
    for request in problem.requests:
        if request.id in held:
            continue
        obstacles = Obstacles(board, request)
        spread = Spread(board)
        found = {
            (ground.time(start), ground.room(room).id)
            for room, starts in obstacles.free()
            for start in obstacles.grid.at(starts)
            if spread.kept(board.changed(plus=[board.place(request, start=start, room=room)]), request)
        }
        expected = {
            (way.start, way.room)
            for way in candidates(problem, request)
            if not check_meetings(problem, [*meetings, way])
        }
        assert found == expected
