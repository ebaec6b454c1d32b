"""Reading what a file holds."""

from __future__ import annotations

import hashlib

from summitry.files.models import Contents, StoredFile


class DamagedFileError(RuntimeError):
    """A file no longer holds what was kept: the database was changed past Summitry, or its disk failed."""


def content_of(file: StoredFile) -> bytes:
    """Return what a file holds, once it is seen to be what was kept.

    Raises
    ------
    DamagedFileError
        Where it is missing, or its hash is another.
    """
    row = Contents.objects.filter(file=file).values_list("content", flat=True).first()
    content = b"" if row is None else bytes(row)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        message = f"The contents of file {file.sha256} are not what was kept: restore them from a backup"
        raise DamagedFileError(message)
    return content
