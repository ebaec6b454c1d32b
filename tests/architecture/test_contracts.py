from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from summitry.accounts.access import policies

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "summitry"

WITHOUT_POLICY = {
    "ledger.Chain": "the heads of the chains, which only the ledger's own steps read",
    "ledger.PersonKey": "keys: nobody sees them, only the ledger opens values with them",
}


def _models() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("summitry."))


def test_every_model_says_who_may_see_it() -> None:
    without = {model._meta.label for model in _models() if model not in policies()}
    assert without == set(WITHOUT_POLICY)


def _imports_linted(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_floors_import_only_from_floors_below() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bookings", "import summitry.delegations"),
        ("planner", "import summitry.world"),
        ("formats", "import summitry.planner"),
        ("attic", ""),  # a floor that the contract does not name
    ],
)
def test_the_contract_of_the_floors_is_seen_to_fail(tmp_path: Path, module: str, line: str) -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    names = [name.strip() for layer in layers for name in layer.replace("|", ":").split(":")]
    for name in {*names, module}:
        package = tmp_path / "summitry" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(line if name == module else "")
    (tmp_path / "summitry" / "__init__.py").write_text("")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = summitry\n\n[importlinter:contract:floors]\nname = floors\ntype = layers\n"
        "exhaustive = true\ncontainers = summitry\nlayers =\n" + "".join(f"    {layer}\n" for layer in layers)
    )
    found = _imports_linted(tmp_path)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "BROKEN" in found.stdout


# Where state may change besides actions: what makes, loads or describes the database.
# "opening" and "parts" open the next edition, "sittings" sets when meetings may be held, "closures" and "overruns"
# say what is lost or lasts longer on the day.
WRITERS = ("migrations", "actions", "demonstration", "opening", "parts", "sittings", "closures", "overruns")
WRITES_ELSEWHERE = {
    "accounts/models.py": "the manager's create_user, which Django calls too",
}
_WRITES = frozenset(
    {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user"}
)


def _writes(source: str) -> list[int]:
    """Return the lines of a module on which rows are written."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        # A mapping is updated by a mapping, a queryset by keywords; a queryset is deleted without a word.
        by_keywords = name == "update" and node.keywords and not node.args
        deleted = name == "delete" and not node.args
        if name in _WRITES or by_keywords or deleted:
            found.append(node.lineno)
    return found


def test_state_changes_only_in_actions() -> None:
    found = {}
    for path in sorted(SOURCES.rglob("*.py")):
        place = path.relative_to(SOURCES)
        parts = {*place.parts[:-1], place.stem}
        if "planner" in parts or "formats" in parts or not parts.isdisjoint(WRITERS):
            continue
        lines = _writes(path.read_text())
        if lines:
            found[place.as_posix()] = lines
    assert set(found) == set(WRITES_ELSEWHERE), found


@pytest.mark.parametrize(
    "line",
    [
        "room.save()",
        "Room.objects.create(name='x')",
        "Room.objects.filter(pk=1).update(name='x')",
        "Room.objects.all().delete()",
        "Room.objects.bulk_create(rooms)",
    ],
)
def test_a_write_outside_actions_is_seen(line: str) -> None:
    assert _writes(line) == [1]


def test_updating_a_mapping_is_no_write() -> None:
    assert _writes("context.update(provider(request))\ndigest.update(data)") == []
