"""From a path to what its document holds, with one clear error for everything that can go wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol, TypeVar

from summitry.planner.documents import MOST_BYTES, BadInput

Result_co = TypeVar("Result_co", covariant=True)
STANDARD_INPUT = "-"


class Reader(Protocol[Result_co]):
    """What :func:`~summitry.planner.read_problem` and :func:`~summitry.planner.read_plan` are."""

    def __call__(self, data: bytes, *, name: str) -> Result_co:
        """Make something of a document, with the name that messages call it."""
        ...


def load(path: str | os.PathLike[str], reader: Reader[Result_co]) -> Result_co:
    """Read a document from a file, or from standard input.

    Parameters
    ----------
    path
        The file; ``-`` is standard input.
    reader
        What to make of the contents.

    Raises
    ------
    BadInput
        If there is no such file, it cannot be read, or the reader refuses what it holds.
    """
    name = os.fspath(path)
    said = "standard input" if name == STANDARD_INPUT else name
    try:
        with sys.stdin.buffer if name == STANDARD_INPUT else Path(name).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadInput("there is no such file; check the name", name=said) from None
    except IsADirectoryError:
        raise BadInput("is a folder; name a file in it", name=said) from None
    except PermissionError:
        raise BadInput("may not be read; check its permissions", name=said) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot be read: {reason}", name=said) from None
    return reader(data, name=said)
