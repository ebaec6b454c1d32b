"""What planning loads: a run must not wait for what it does not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner_support.building import problem, request
from summitry import planner
from summitry.planner import Problem, write_problem

HEAVY = (
    "django",
    "psycopg",
    "rich",
    "numpy",
    "highspy",
    "ortools",
    "pysat",
    "openpyxl",
    "importlib.metadata",
)
UNASKED = ("summitry.config.database", "summitry.planner.check.plan", "summitry.planner.explain.ground")
PROGRAM = """
import sys
from summitry.cli import main
try:
    main(["plan", sys.argv[1], "-o", sys.argv[2], "--progress", "none"])
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sys.modules)
"""


def everything_held() -> Problem:
    return problem(
        request("one", "x", must=True, minutes=30),
        request("two", "x", must=True, minutes=30),
        grid_minutes=30,
        objective=(planner.Aim.BREAKS,),
    )


def test_planning_a_compact_problem_loads_neither_web_nor_database_nor_other_solvers(tmp_path: Path) -> None:
    asked = tmp_path / "problem.json"
    asked.write_bytes(write_problem(everything_held()))
    words = [sys.executable, "-c", PROGRAM, str(asked), str(tmp_path / "plan.json")]
    loaded = set(subprocess.run(words, check=True, capture_output=True, text=True).stdout.split())
    assert "summitry.planner.solver.compact.search" in loaded
    assert not loaded & {*HEAVY, *UNASKED}


def test_what_the_planner_offers_is_there_when_asked_for() -> None:
    for name in planner.__all__:
        assert getattr(planner, name) is not None
    assert callable(planner.check)
    assert callable(planner.explain)


def test_what_the_planner_does_not_offer_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        planner.__getattr__("chekc")
