from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from benchmarks.board import Board
from benchmarks.peers import constraint_model, round_robin
from benchmarks.peers.fixed_slots import slots_of, suits
from benchmarks.presets import SIZES, conference, hardened
from benchmarks.standing import Standing
from planner_support.bruteforce import candidates
from summitry.planner import Blocker, BlockerKind, Meeting, explain
from summitry.planner.check import check_meetings

TINY = replace(SIZES["small"], delegations=5, people=9, requests=24, rooms=2, interpreters=2)


@pytest.mark.parametrize("seed", range(3))
def test_the_board_and_the_validator_agree_on_every_place(seed: int) -> None:
    problem = hardened(TINY, seed, "tiny")
    problem = replace(problem, requests=tuple(replace(each, must=False) for each in problem.requests))
    board, random = Board(problem), Random(seed)  # noqa: S311 - for trying, not for secrets
    held: list[Meeting] = []
    for request in problem.requests:
        open_places = {(each.start, each.room) for each in board.places(request)}
        ways = candidates(problem, request)
        random.shuffle(ways)
        valid = {(way.start, way.room) for way in ways[:40] if not check_meetings(problem, [*held, way])}
        assert valid <= open_places
        for place in board.places(request):
            assert check_meetings(problem, [*held, place]) == []
            board.hold(request, place)
            held.append(place)
            break


def test_round_robin_gives_a_valid_plan() -> None:
    problem = conference("small", 0)
    plans: list[list[Meeting]] = []
    round_robin.plan(problem, 1, plans.append)

    assert check_meetings(problem, plans[0]) == []
    assert len(plans[0]) > len(problem.requests) / 2


def test_the_plain_constraint_model_keeps_every_rule() -> None:
    problem = hardened(TINY, 1, "tiny")
    plans: list[list[Meeting]] = []
    constraint_model.plan(problem, 2, plans.append)

    assert plans
    assert all(check_meetings(problem, plan) == [] for plan in plans)


def test_the_fixed_slots_of_a_room_leave_time_to_walk_and_to_make_up() -> None:
    problem = conference("small", 0)
    board = Board(problem)
    slots = list(slots_of(board))
    of_room = sorted((start, end) for room, start, end in slots if room == "r0")

    assert {room for room, _, _ in slots} == set(board.rooms)
    assert all(later - end >= 10 for (_, end), (later, _) in pairwise(of_room))
    closed = next(person for person in problem.people if person.engagements)
    request = replace(problem.requests[0], people=(closed.id,))
    engaged = board.clock.minute(closed.engagements[0].start)
    assert not suits(board, request, board.rooms["r0"], max(engaged, 540))


def test_a_reason_is_held_against_the_world_of_its_obstacles() -> None:
    problem = conference("small", 2)
    plans: list[list[Meeting]] = []
    round_robin.plan(problem, 1, plans.append)
    answers = explain(problem, plans[0])
    requests = {request.id: request for request in problem.requests}
    named = [answer for answer in answers if answer.blockers]

    assert len(named) > 5
    for answer in named:
        standing = Standing(problem, plans[0], requests[answer.request])
        assert standing.wrong(answer.blockers) is None
        assert standing.wrong(answer.blockers[1:]) is not None
        surplus = next(
            each.request for each in plans[0] if each.request not in {b.id for b in answer.blockers}
        )
        more = [*answer.blockers, Blocker(BlockerKind.MEETING, surplus)]
        assert standing.wrong(more) is not None
