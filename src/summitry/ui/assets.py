"""What the build of ``frontend/`` left for the pages: styles, scripts, fonts and flags."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

DIST: Final = Path(__file__).parent / "static" / "ui" / "dist"
_PLACE: Final = "ui/dist/"


class AssetsMissingError(ImproperlyConfigured):
    """The pages have not been built, or lack what a template names."""


@lru_cache(maxsize=8)
def _read(path: Path, changed: int | None) -> dict[str, Any]:  # noqa: ARG001 - a rebuilt file is another key
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise AssetsMissingError(f"The pages' {path.name} is missing: run `make assets`.") from None
    return document


def _document(name: str) -> dict[str, Any]:
    """Return a file of the build.

    A server keeps what it read first: it serves the files that were collected when it started, and a
    build that goes on beside it, or has changed their names, must not take its pages away.
    """
    path = DIST / name
    return _read(path, path.stat().st_mtime_ns if settings.DEBUG and path.exists() else None)


def entry(name: str) -> tuple[list[str], str]:
    """Return the addresses of an entry's style sheets, and of its script.

    Parameters
    ----------
    name : str
        As ``frontend/src`` has it: ``"main.ts"``.

    Raises
    ------
    AssetsMissingError
        If the build is missing or knows no such entry.
    """
    chunk = _document("manifest.json").get(name)
    if chunk is None or not chunk.get("isEntry"):
        raise AssetsMissingError(
            f"The pages' build has no entry {name!r}: name one that exists, or run `make assets`."
        )
    return [static(_PLACE + sheet) for sheet in chunk.get("css", [])], static(_PLACE + chunk["file"])


def font(file: str) -> str:
    """Return the address of a font that every page needs, to be fetched before the style sheet asks for it."""
    for source, chunk in _document("manifest.json").items():
        if source.endswith(f"/{file}"):
            return static(_PLACE + str(chunk["file"]))
    raise AssetsMissingError(
        f"The pages' build has no font {file!r}: name one that exists, or run `make assets`."
    )


def flag_url(code: str | None) -> str | None:
    """Return the address of a flag's drawing, none where there is no such flag.

    Parameters
    ----------
    code : str, optional
        ISO 3166 alpha-2, or a code of the drawings (``un``, ``eu``, ``gb-eng``), in any case.
    """
    file = _document("flags.json").get(code.lower()) if code else None
    return _address(str(file), settings.STATIC_URL) if file else None


@lru_cache(maxsize=512)
def _address(file: str, root: str | None) -> str:  # noqa: ARG001 - another root is another key
    return static(_PLACE + file)


def world() -> dict[str, Any]:
    """Return the world as the build drew it.

    ``frames`` by name, each with ``width``, ``height``, ``land`` (a path) and the projection's ``turn``, ``scale``,
    ``x``, ``y``; ``places``, longitude and latitude in degrees by M49 number.
    """
    return _document("world.json")
