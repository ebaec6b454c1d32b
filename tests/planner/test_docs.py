from __future__ import annotations

import re
from pathlib import Path

import pytest

from summitry.planner import read_problem

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "planner.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_problem_in_the_documentation_is_a_problem() -> None:
    (document,) = examples("json")

    assert len(read_problem(document).requests) == 1


def test_the_examples_in_the_documentation_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("PROBLEM.json").write_text(examples("json")[0], encoding="utf-8")

    for example in examples("python"):
        exec(compile(example, "docs/planner.md", "exec"), {})  # noqa: S102 - the page is our own
