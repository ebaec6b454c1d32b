"""Names that a package offers but does not load before they are asked for.

A planning run that holds everything needs neither the validator nor the engine that
explains, and loading both takes longer than planning a small conference.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(package: str, where: Mapping[str, str]) -> Callable[[str], object]:
    """Return what a package needs as its ``__getattr__`` (PEP 562).

    Parameters
    ----------
    package
        Its name.
    where
        For each name the module that has it.
    """

    def find(name: str) -> object:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(where[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return find
