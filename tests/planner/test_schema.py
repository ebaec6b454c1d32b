from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from planner_support.examples import JSON, PLAN, PROBLEM, SMALLEST, changed, places, without
from planner_support.strategies import problems
from summitry.planner import BadInput, Problem, problem_document, read_plan, read_problem
from summitry.planner.documents import meeting, plan, problem
from summitry.planner.schema import plan_schema, problem_schema

PROBLEMS = Draft202012Validator(json.loads(json.dumps(problem_schema())))
PLANS = Draft202012Validator(json.loads(json.dumps(plan_schema())))

WRONG = (None, -1, 0, True, 30.0, "", "x", "2019-10-15T09:00", "2019-10-15T09:00\n", 10**10)
WRONG_LISTS: tuple[object, ...] = ([], {}, ["x"], ["x", "x"], [["2019-10-15T09:00"]])

BEYOND_A_SCHEMA = re.compile(
    r"must be a whole number, not 30\.0|there is no (time zone|party|person|room|sitting|request|interpreter) "
    r"|must be after the start|which is not after its start|is no multiple of|before sitting"
)


def mutations(document: JSON) -> Iterator[JSON]:
    """The document with each value in turn taken out, replaced, or beside an unknown key."""
    for path in places(document):
        yield without(document, *path)
        for value in (*WRONG, *WRONG_LISTS):
            yield changed(document, *path, value=value)
        if isinstance(path[-1], str):
            yield changed(document, *path[:-1], "surprise", value=1)


@pytest.mark.parametrize("schema", [problem_schema(), plan_schema()], ids=["problem", "plan"])
def test_a_schema_is_valid_json_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(json.loads(json.dumps(schema)))


@pytest.mark.parametrize("document", [PROBLEM, SMALLEST], ids=["full", "smallest"])
def test_a_problem_document_is_accepted(document: JSON) -> None:
    PROBLEMS.validate(document)


def test_a_plan_document_is_accepted() -> None:
    PLANS.validate(PLAN)


@given(problem=problems())
def test_whatever_is_written_is_accepted(problem: Problem) -> None:
    PROBLEMS.validate(problem_document(problem))


@pytest.mark.parametrize(
    ("document", "schema", "read"),
    [(PROBLEM, PROBLEMS, read_problem), (SMALLEST, PROBLEMS, read_problem), (PLAN, PLANS, read_plan)],
    ids=["full problem", "smallest problem", "plan"],
)
def test_schema_and_reader_agree_on_whatever_a_schema_can_say(
    document: JSON, schema: Draft202012Validator, read: Callable[[str], object]
) -> None:
    for mutation in mutations(document):
        data = json.dumps(mutation)
        refusal = refusal_of(read, data)
        if refusal is None:
            assert schema.is_valid(mutation), data
        elif not BEYOND_A_SCHEMA.search(refusal):
            assert not schema.is_valid(mutation), (refusal, data)


def refusal_of(read: Callable[[str], object], data: str) -> str | None:
    try:
        read(data)
    except BadInput as error:
        return error.message
    return None


def test_the_aims_of_repair_need_a_baseline() -> None:
    assert not PROBLEMS.is_valid({**SMALLEST, "objective": ["moved"]})
    assert PROBLEMS.is_valid({**SMALLEST, "objective": ["moved"], "baseline": {"meetings": []}})


def test_schema_and_reader_know_the_same_keys() -> None:
    properties = problem_schema()["properties"]

    assert properties.keys() == problem.PROBLEM_KEYS
    assert properties["requests"]["items"]["properties"].keys() == problem.REQUEST_KEYS
    assert properties["people"]["items"]["properties"].keys() == problem.PERSON_KEYS
    assert properties["rooms"]["items"]["properties"].keys() == problem.ROOM_KEYS
    assert properties["interpreters"]["items"]["properties"].keys() == problem.INTERPRETER_KEYS
    assert properties["baseline"]["properties"].keys() == meeting.PLAN_KEYS
    assert plan_schema()["properties"].keys() == meeting.PLAN_KEYS
    unscheduled = plan_schema()["properties"]["unscheduled"]["items"]["properties"]
    assert unscheduled.keys() == plan.UNSCHEDULED_KEYS
    assert unscheduled["remedies"]["items"]["properties"]["change"]["properties"].keys() == plan.CHANGE_KEYS


OUTSIDE = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "b2b"


@pytest.mark.skipif(
    not (OUTSIDE / "to_problem.py").exists(), reason="the outside instances are not on this machine"
)
def test_documents_made_by_others_are_read() -> None:
    instances = sorted((OUTSIDE / "dzn").glob("*.original.dzn"))
    assert instances

    for instance in instances:
        made = subprocess.run(
            [sys.executable, OUTSIDE / "to_problem.py", instance], capture_output=True, check=True
        )
        document = json.loads(made.stdout)
        PROBLEMS.validate(document)
        assert len(read_problem(made.stdout).requests) == len(document["requests"])
