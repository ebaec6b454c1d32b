"""What the build left is found, and stays with a server that has read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summitry.ui import assets

BUILD = {"main.ts": {"isEntry": True, "file": "main-1.js", "css": ["main-1.css"]}}


def test_a_server_keeps_its_pages_while_they_are_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "DIST", tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(BUILD))
    before = assets.entry("main.ts")
    manifest.unlink()
    assert assets.entry("main.ts") == before
