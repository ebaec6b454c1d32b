from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from planner_support.examples import PROBLEM
from summitry.planner import BadInput, load, read_problem


def refusal(path: str | Path) -> str:
    with pytest.raises(BadInput) as caught:
        load(path, read_problem)
    return str(caught.value)


def test_a_document_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text(json.dumps(PROBLEM), encoding="utf-8")

    assert load(path, read_problem) == read_problem(json.dumps(PROBLEM))


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(PROBLEM).encode())))
    assert load("-", read_problem).title == "Small conference"

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{")))
    assert refusal("-").startswith("standard input: line 1, column 2: is not JSON")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.json") == f"{tmp_path}/none.json: there is no such file; check the name"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: is a folder; name a file in it"


def test_a_path_through_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "cannot be read: Not a directory" in refusal(tmp_path / "file" / "inner.json")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "new\nline"])
def test_a_name_that_no_file_has_is_refused_in_one_line(name: str) -> None:
    assert refusal(name).isprintable()


def test_a_file_without_end_is_refused() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("this machine has no file without end")

    assert "larger than 256 MB" in refusal("/dev/zero")


def test_what_is_wrong_in_a_file_is_told_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_bytes(b"")

    assert refusal(path) == f"{path}: is empty; a JSON object is expected"
