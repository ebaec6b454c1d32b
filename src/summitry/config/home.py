"""Where an installation keeps all its state: ``SUMMITRY_HOME``."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

_LONGEST_SOCKET_DIRECTORY = 80  # a Unix socket's whole path must stay under 108 bytes, file name included


def home() -> Path:
    """Return the folder of this installation's state.

    ``SUMMITRY_HOME`` where it is set; in a checkout its ``.summitry``; else the user's data folder.
    """
    named = os.environ.get("SUMMITRY_HOME")
    if named:
        return Path(named).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file() and (checkout / "src" / "summitry").is_dir():
        return checkout / ".summitry"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "summitry"


def socket_directory() -> Path:
    """Return the folder of the embedded server's socket: inside the home, or a short one where that is too long."""
    inside = home() / "run"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_DIRECTORY:
        return inside
    digest = hashlib.sha256(os.fsencode(home())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"summitry-{digest}"


def private_file(name: str, *, length: int = 50) -> str:
    """Return the text of a secret kept in the home (mode 0600), made by chance on first use."""
    path = home() / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    text = secrets.token_urlsafe(length)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()  # another process was first
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    return text


def is_linux() -> bool:
    """Tell whether the parent-death signal and ``/proc`` are to be had."""
    return sys.platform.startswith("linux")
