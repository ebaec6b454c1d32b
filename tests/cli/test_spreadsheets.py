"""The commands of a desk that lives in a spreadsheet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook


def summitry(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summitry.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "requests.xlsx"
    written = summitry("template", str(path))
    assert written.returncode == 0, written.stderr
    return path


def changed(template: Path, folder: Path, **cells: str | int) -> str:
    """Return the template with cells of its sheet Requests changed."""
    book = load_workbook(template)
    for address, value in cells.items():
        book["Requests"][address] = value
    path = folder / "changed.xlsx"
    book.save(path)
    return str(path)


@pytest.fixture(scope="module")
def plan(template: Path) -> Path:
    path = template.with_name("plan.xlsx")
    planned = summitry("plan", str(template), "-o", str(path), "--seconds", "20")
    assert planned.returncode == 0, planned.stderr
    assert "requests held" in planned.stderr
    return path


def test_a_template_is_planned_and_the_plan_found_valid(template: Path, plan: Path) -> None:
    assert load_workbook(plan).sheetnames[0] == "Summary"
    checked = summitry("check", str(template), str(plan))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "valid: 5 of 6 requests held" in checked.stdout


def test_a_meeting_moved_by_hand_is_checked(template: Path, plan: Path, tmp_path: Path) -> None:
    book = load_workbook(plan)
    book["By day"]["C2"] = "23:00"
    book.save(tmp_path / "moved.xlsx")
    checked = summitry("check", str(template), str(tmp_path / "moved.xlsx"))
    assert checked.returncode == 1
    assert "sitting" in checked.stdout


def test_documents_and_workbooks_go_together(template: Path, tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.json")
    assert summitry("plan", str(template), "-o", plan, "--seconds", "20").returncode == 0
    assert json.loads(Path(plan).read_text(encoding="utf-8"))["format"] == "summitry.plan/1"
    assert summitry("check", str(template), plan).returncode == 0


def test_a_document_is_planned_into_a_workbook(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text(
        json.dumps(
            {
                "format": "summitry.problem/1",
                "timezone": "Europe/Warsaw",
                "sittings": [{"id": "am", "start": "2019-10-30T09:00", "end": "2019-10-30T10:00"}],
                "parties": [{"id": "a", "name": "Alba"}, {"id": "b", "name": "Bruma"}],
                "people": [{"id": "a1", "party": "a"}],
                "rooms": [{"id": "r"}],
                "requests": [
                    {"id": name, "parties": ["a", "b"], "people": ["a1"], "minutes": 45, "must": True}
                    for name in ("m", "n")
                ],
            }
        )
    )
    plan = tmp_path / "plan.xlsx"
    ended = summitry("plan", str(problem), "-o", str(plan), "--seconds", "20")
    assert ended.returncode == 3, ended.stderr
    book = load_workbook(plan)
    assert book["Summary"]["B3"].value == "infeasible"
    assert {row[0].value for row in book["Unplanned"].iter_rows(min_row=2)} == {"m", "n"}


def test_progress_is_told_as_for_documents(template: Path, tmp_path: Path) -> None:
    ended = summitry(
        "plan", str(template), "-o", str(tmp_path / "p.xlsx"), "--progress", "json", "--seconds", "20"
    )
    assert json.loads(ended.stderr.splitlines()[-1])["requests"] == 6


def test_bad_cells_end_with_2_a_line_for_each(template: Path, tmp_path: Path) -> None:
    path = changed(template, tmp_path, D3="Nowhere", H2="30.5", H4=0)
    ended = summitry("plan", path, "-o", str(tmp_path / "plan.xlsx"))
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        f'summitry: {path}: sheet Requests, cell H2: "30.5" is not a whole number of minutes; write 30',
        f'summitry: {path}: sheet Requests, cell D3: there is no delegation "Nowhere" in sheet Delegations; add it there, or take it out here',
        f'summitry: {path}: sheet Requests, cell H4: "0" is out of bounds; write at least 1',
    ]
    assert not (tmp_path / "plan.xlsx").exists()


@pytest.mark.parametrize("name", ["requests.csv", "requests.ods", "requests.xls", "requests.xlsx"])
def test_what_is_no_workbook_ends_with_2_and_one_clear_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("a;b\r\n1;2\r\n")
    ended = summitry("plan", str(path))
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "save it as Excel workbook (.xlsx)" in ended.stderr


def test_what_is_filled_in_is_never_written_over(template: Path) -> None:
    before = template.read_bytes()
    again = summitry("template", str(template))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    over = summitry("plan", str(template), "-o", str(template))
    assert over.returncode == 2
    assert "written over what is read" in over.stderr
    assert template.read_bytes() == before


def test_a_template_is_an_excel_workbook(tmp_path: Path) -> None:
    assert summitry("template", str(tmp_path / "requests.ods")).returncode == 2
    assert summitry("plan", "problem.json", "-o", str(tmp_path / "plan.ods")).returncode == 2
    assert summitry("template", str(tmp_path / "nowhere" / "requests.xlsx")).returncode == 2


def test_an_empty_template_says_what_to_fill_in(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.xlsx")
    assert summitry("template", path, "--empty").returncode == 0
    ended = summitry("plan", path)
    assert ended.returncode == 2
    assert "sheet Settings, cell B3: is empty; write the time zone" in ended.stderr
