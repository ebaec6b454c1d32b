"""Compiling to machine code, once for a machine and a version.

The code is kept beside the source, or in the user's cache where that cannot be written.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from llvmlite.binding import get_host_cpu_name
from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

# Their annotations leave out what is used here.
_njit: Any = njit
_config: Any = numba.config

HERE = Path(__file__).parent
LENGTH = 16  # of the part of a hash that makes a name
# No reference counts (nothing is allocated), and no look whether a divisor is zero.
OPTIONS = {"nogil": True, "_nrt": False, "error_model": "numpy"}


def _digest() -> str:
    """Return what the machine code depends on, hashed: the source, the compiler, the processor."""
    digest = hashlib.sha256(f"{sys.version} {numba.__version__} {get_host_cpu_name()}".encode())
    for source in sorted((HERE / "kernel").glob("*.py")), [HERE / "tables.py", HERE / "compiled.py"]:
        for file in source:
            digest.update(file.read_bytes())
            digest.update(str(file.stat().st_mtime_ns).encode())
    return digest.hexdigest()[:LENGTH]


def _folder() -> Path:
    """Return where machine code is kept: beside the source where that can be written."""
    name = f"kernel-{_digest()}"
    beside = HERE / "__pycache__"
    if beside.is_dir() and os.access(beside, os.W_OK):
        return beside / name
    if not beside.exists() and os.access(HERE, os.W_OK):
        return beside / name
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "summitry" / name


FOLDER = _folder()


def compiled(function: F) -> F:
    """Return the function compiled when it is first called; while it runs, other threads run too."""
    before, _config.CACHE_DIR = _config.CACHE_DIR, str(FOLDER)
    try:
        return cast("F", _njit(cache=True, **OPTIONS)(function))
    except RuntimeError:  # nowhere to keep the code: it is compiled anew in each process
        return cast("F", _njit(**OPTIONS)(function))
    finally:
        _config.CACHE_DIR = before


def part(function: F) -> F:
    """Return a function that is compiled as a part of those that call it."""
    return cast("F", _njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **OPTIONS)(function))
