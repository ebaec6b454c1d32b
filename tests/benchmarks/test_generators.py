from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

from benchmarks.disturb import KINDS, scenario
from benchmarks.generate import make_problem
from benchmarks.peers import round_robin
from benchmarks.presets import SIZES, conference, hardened
from summitry.planner import Meeting, Problem, require_well_formed, write_problem
from summitry.planner.check import check_meetings

FEW = replace(SIZES["b"], delegations=12, people=40, requests=90, rooms=10)


def held(problem: Problem) -> list[Meeting]:
    """A plan by the simplest of planners."""
    plans: list[list[Meeting]] = []
    round_robin.plan(problem, 1, plans.append)
    return plans[0]


@pytest.mark.parametrize("name", ["b", "c", "small"])
def test_a_conference_has_the_size_of_its_row_and_reads_back(name: str) -> None:
    problem, size = conference(name, 3), SIZES[name]

    require_well_formed(problem)
    assert (len(problem.parties), len(problem.people)) == (size.delegations, size.people)
    assert (len(problem.requests), len(problem.rooms)) == (size.requests, size.rooms)
    assert len({sitting.start.date() for sitting in problem.sittings}) == size.days
    assert len({room.zone for room in problem.rooms}) == size.zones
    assert len(problem.interpreters) == size.interpreters


def test_the_same_seed_gives_the_same_conference_and_another_seed_another() -> None:
    assert write_problem(conference("b", 1)) == write_problem(conference("b", 1))
    assert write_problem(conference("b", 1)) != write_problem(conference("b", 2))
    assert write_problem(make_problem(seed=1)) == write_problem(make_problem(seed=1))


def test_every_rule_is_on() -> None:
    problem = conference("b", 0)
    requests, people = problem.requests, problem.people

    assert {request.minutes for request in requests} == {15, 20, 30, 45}
    assert {request.must for request in requests} == {True, False}
    assert {request.interpreters for request in requests} == {0, 1, 2}
    for rule in ("windows", "sittings", "rooms", "after", "fixed", "languages", "features"):
        assert any(getattr(request, rule) for request in requests), rule
    assert any(request.fixed and not request.must for request in requests)
    assert any(room.party for room in problem.rooms)
    assert any(room.closed for room in problem.rooms)
    assert len({room.turnaround_minutes for room in problem.rooms}) > 2
    assert any(person.max_consecutive for person in people)
    assert any(person.max_meetings_per_sitting for person in people)
    assert {"plenary", "panel", "arrives", "leaves"} == {
        span.label for span in chain.from_iterable(person.engagements for person in people)
    }
    assert all(interpreter.rest_minutes for interpreter in problem.interpreters)
    assert problem.walks


@pytest.mark.parametrize("seed", range(4))
def test_what_must_be_held_can_be(seed: int) -> None:
    problem = hardened(FEW, seed, "few")
    musts = replace(problem, requests=tuple(request for request in problem.requests if request.must))
    musts = replace(
        musts,
        requests=tuple(replace(request, after=()) for request in musts.requests),
    )

    assert musts.requests
    assert check_meetings(musts, held(musts)) == []


@pytest.fixture(scope="module")
def running() -> tuple[Problem, list[Meeting]]:
    problem = conference("b", 0)
    return problem, held(problem)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disturbance_is_the_same_for_a_seed_and_leaves_a_way_out(
    kind: str, running: tuple[Problem, list[Meeting]]
) -> None:
    problem, before = running
    disturbed = scenario(problem, before, kind, 5)

    assert disturbed == scenario(problem, before, kind, 5)
    require_well_formed(disturbed)
    assert disturbed.frozen_until is not None
    first, last = problem.sittings[0].start, problem.sittings[-1].end
    assert first <= disturbed.frozen_until < last
    touched = {each.id for each in check_meetings(disturbed, before)}
    assert touched, "a disturbance that disturbs nothing measures nothing"
    musts = {request.id for request in problem.requests if request.must}
    left = [
        meeting for meeting in before if meeting.request in musts or meeting.start < disturbed.frozen_until
    ]
    assert check_meetings(disturbed, left) == []
