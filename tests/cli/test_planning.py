"""The planner's commands, as a desk or another program calls them."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summitry.cli import main
from summitry.planner import check, read_plan, read_problem

PROBLEM: dict[str, Any] = {
    "format": "summitry.problem/1",
    "timezone": "Europe/Warsaw",
    "sittings": [{"id": "am", "start": "2019-10-30T09:00", "end": "2019-10-30T10:00"}],
    "parties": [{"id": "a", "name": "Alba"}, {"id": "b", "name": "Bruma"}],
    "people": [{"id": "a1", "party": "a"}, {"id": "b1", "party": "b"}],
    "rooms": [{"id": "r"}],
    "requests": [{"id": "m", "parties": ["a", "b"], "people": ["a1", "b1"], "minutes": 30}],
}


def summitry(*words: str, text: str | None = None, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summitry.cli", *words],
        input=text, capture_output=True, text=True, check=False, timeout=seconds,
    )  # fmt: skip


def written(folder: Path, **changes: Any) -> str:
    path = folder / "problem.json"
    path.write_text(json.dumps({**PROBLEM, **changes}))
    return str(path)


def test_a_plan_is_written_and_found_valid(tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.json")
    planned = summitry("plan", written(tmp_path), "-o", plan, "--seconds", "20")
    assert planned.returncode == 0, planned.stderr
    checked = summitry("check", written(tmp_path), plan)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "1 of 1 requests held, status optimal" in checked.stdout


def test_a_changed_plan_is_found_out_each_rule_on_a_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    summitry("plan", written(tmp_path), "-o", str(plan), "--seconds", "20")
    document = json.loads(plan.read_text())
    document["meetings"][0].update(start="2019-10-30T09:50", end="2019-10-30T10:20")
    plan.write_text(json.dumps(document))
    checked = summitry("check", written(tmp_path), str(plan))
    assert checked.returncode == 1
    assert "sitting" in checked.stdout
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not json", "PROBLEM"),
        ("[" * 200_000, "nest"),
        (json.dumps({**PROBLEM, "roms": []}), "roms"),
        (json.dumps({**PROBLEM, "rooms": []}), "rooms"),
        (json.dumps({**PROBLEM, "requests": [{**PROBLEM["requests"][0], "people": ["zz"]}]}), "zz"),
        (json.dumps({**PROBLEM, "requests": [{**PROBLEM["requests"][0], "minutes": 7}]}), "minutes"),
    ],
)
def test_bad_input_ends_with_2_and_one_clear_line(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "PROBLEM.json"
    path.write_text(text)
    ended = summitry("plan", str(path), "-o", str(tmp_path / "plan.json"))
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert named in ended.stderr
    assert not (tmp_path / "plan.json").exists()


def test_fifty_megabytes_of_nonsense_are_refused_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "PROBLEM.json"
    path.write_bytes(b'{"a": "' + b"x" * 50_000_000)
    ended = summitry("plan", str(path))
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "PROBLEM.json" in ended.stderr


def test_musts_that_contradict_each_other_end_with_3_and_are_named(tmp_path: Path) -> None:
    request = {**PROBLEM["requests"][0], "must": True, "minutes": 45}
    path = written(tmp_path, requests=[request, {**request, "id": "n"}])
    ended = summitry("plan", path, "-o", str(tmp_path / "plan.json"), "--seconds", "20")
    assert ended.returncode == 3, ended.stderr
    document = json.loads((tmp_path / "plan.json").read_text())
    assert document["status"] == "infeasible"
    assert {item["request"] for item in document["unscheduled"]} == {"m", "n"}


def test_a_missing_file_is_named() -> None:
    ended = summitry("plan", "no-such-file.json")
    assert ended.returncode == 2
    assert "no-such-file.json" in ended.stderr


def test_a_problem_is_read_from_standard_input_and_the_plan_printed() -> None:
    ended = summitry("plan", "-", "--seconds", "20", text=json.dumps(PROBLEM))
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["format"] == "summitry.plan/1"


def test_progress_is_a_json_object_a_line(tmp_path: Path) -> None:
    ended = summitry(
        "plan", written(tmp_path), "-o", str(tmp_path / "p.json"), "--progress", "json", "--seconds", "20"
    )
    reports = [json.loads(line) for line in ended.stderr.splitlines()]
    assert reports
    assert reports[-1]["held"] == 1


@pytest.mark.parametrize("document", ["problem", "plan"])
def test_the_schemas_are_printed(document: str) -> None:
    ended = summitry("schema", document)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["$schema"].endswith("2020-12/schema")


class _Interrupted(io.BytesIO):
    """A problem that is still being read when somebody presses Ctrl-C."""

    def read(self, size: int | None = -1) -> bytes:
        if size:  # the runner looks whether it can be read by asking for nothing
            signal.raise_signal(signal.SIGINT)
        return super().read(size)


def test_ctrl_c_while_the_problem_is_read_still_gives_a_valid_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    document = _Interrupted(json.dumps(PROBLEM).encode())
    ended = CliRunner().invoke(main, ["plan", "-", "-o", str(plan), "--seconds", "20"], input=document)
    assert ended.exit_code == 0, ended.output
    assert check(read_problem(json.dumps(PROBLEM)), read_plan(plan.read_bytes())) == []


def test_the_list_of_commands_is_told_in_whole_sentences() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    assert "..." not in listed.partition("Commands:")[2]
