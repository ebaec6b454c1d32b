from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.child import Report, run, summitry_plan
from benchmarks.plot import gaps_over_time
from benchmarks.presets import SIZES, hardened
from benchmarks.report import markdown, render, table
from benchmarks.results import Curve, Outcome, keep, kept, percent, quantile
from benchmarks.rows import Asked, compact
from summitry.planner import read_problem, write_problem


def outcome(row: str = "b", *, quick: bool = False) -> Outcome:
    found = Outcome(row, "a conference", f"python -m benchmarks {row}", [0, 1], quick)
    found.line("gap after 5 s", "within 1 %", "0.5 %, 2 %", met=False)
    found.line("a valid plan", "within 1 s", "0.3 s", met=True)
    found.curves.append(Curve("b, seed 0", [(0.3, 0.2), (2.0, 0.01), (9.0, 0.0)]))
    found.counted("the plan of seed 1", ["overlap: two at once"])
    return found


def test_failures_are_shown() -> None:
    page = markdown([outcome()], picture=True)

    assert "| | gap after 5 s | within 1 % | 0.5 %, 2 % | **not met** |" in page
    assert "| | a valid plan | within 1 s | 0.3 s | met |" in page
    assert "| | plans that the validator passes | all | 0 of 1 | **not met** |" in page
    assert "the plan of seed 1 is not valid: overlap: two at once" in page
    assert "| c | | | not measured yet: `python -m benchmarks c` | |" in page
    assert "`python -m benchmarks b` | 0, 1 |" in page


def test_a_quick_run_judges_nothing() -> None:
    assert {line.met for line in outcome(quick=True).lines} == {None}
    assert table([outcome(quick=True)]).row_count == 3


def test_outcomes_are_kept_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep(outcome())
    keep(outcome("c", quick=True))

    assert kept(quick=False) == [outcome()]
    assert [each.row for each in kept(quick=True)] == ["c"]
    render(kept(quick=False), Path("page/benchmarks.md"))
    assert "![" in Path("page/benchmarks.md").read_text()
    ET.parse("page/benchmarks.svg")  # noqa: S314 - our own


def test_the_picture_is_a_staircase_with_names_and_rings() -> None:
    picture = gaps_over_time(
        [Curve("b, seed 0", [(0.3, 0.2), (2.0, 0.01), (9.0, 0.0)]), Curve("c, seed 0", [])]
    )
    root = ET.fromstring(picture)  # noqa: S314 - our own
    lines = root.findall(".//{*}polyline")

    assert [line.get("class") for line in lines] == ["curve b"]
    points = [tuple(map(float, each.split(","))) for each in (lines[0].get("points") or "").split()]
    assert all(x0 == x1 or y0 == y1 for (x0, y0), (x1, y1) in pairwise(points))
    assert len(root.findall(".//{*}circle")) == 2
    assert "prefers-color-scheme: dark" in picture
    assert any(each.text == "b, seed 0" for each in root.findall(".//{*}text"))


def test_shares_and_quantiles() -> None:
    assert [percent(each) for each in (None, 0.0, 0.00123, 0.02008, 0.5)] == [
        "no bound",
        "proved",
        "0.123 %",
        "2.01 %",
        "50 %",
    ]
    assert quantile([float(value) for value in range(1, 21)], 0.95) == 19
    assert quantile([3.0], 0.95) == 3.0


def test_a_plan_is_made_by_the_command_and_checked(tmp_path: Path) -> None:
    size = SIZES["small"]
    problem = hardened(size, 0, "small")
    files = tmp_path / "p.json", tmp_path / "q.json"
    files[0].write_bytes(write_problem(problem))
    planned = summitry_plan(problem, files, seconds=30, until=lambda report: report.found)

    assert planned.held
    assert planned.wrong == []
    assert planned.first() is not None
    assert planned.finished.peak_mib > 10
    assert planned.curve()
    assert planned.plan is not None


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    files = tmp_path / "p.json", tmp_path / "q.json"
    files[0].write_text("{}")
    planned = summitry_plan(hardened(SIZES["small"], 0, "small"), files, seconds=1)

    assert not planned.held
    assert "exit 2" in planned.wrong[0]
    assert run(["sleep", "30"], limit=0.2).wall < 10


def test_gaps_and_proofs_are_read_off_reports() -> None:
    assert Report(1, found=True, score={"weight": (90, 100)}).gap() == pytest.approx(0.1)
    assert Report(1, found=True, score={"weight": (90, None)}).gap() is None
    assert Report(1, found=False, score={}).gap() is None
    assert Report(1, found=True, score={"dropped": (2, 2), "moved": (4, 3)}).proved("dropped")
    assert not Report(1, found=True, score={"dropped": (2, 2), "moved": (4, 3)}).proved("dropped", "moved")


def test_without_instances_the_row_is_skipped_and_says_so() -> None:
    skipped = compact.run(Asked(quick=True, seeds=None, b2b=None, say=print))

    assert [(line.what, line.met) for line in skipped.lines] == [("skipped", None)]
    assert "--b2b" in skipped.lines[0].measured


def test_a_problem_can_be_written_to_plan_by_hand() -> None:
    result = CliRunner().invoke(main, ["problem", "small", "--seed", "4"])

    assert result.exit_code == 0
    assert len(read_problem(result.output).requests) == 60
    assert json.loads(result.output)["format"] == "summitry.problem/1"
