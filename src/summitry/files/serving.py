"""Handing a file to a browser, to be saved and never to be shown in the house's own name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from summitry.files.models import StoredFile
from summitry.files.queries import content_of
from summitry.files.rules import ENDINGS, clean_name, is_called_fittingly


def serve_file(*, file: StoredFile, name: str) -> HttpResponse:
    """Answer with a file as an attachment; the view asks first whether the reader may have it.

    Parameters
    ----------
    file
        The file.
    name
        How it is called where it is attached, in any script.

    Raises
    ------
    DamagedFileError
        Where it no longer holds what was kept.
    """
    tidy = clean_name(name)
    if not is_called_fittingly(tidy, file.media_type):
        tidy = (tidy or file.sha256[:12]) + ENDINGS[file.media_type][0]
    is_text = file.media_type.startswith("text/")
    return HttpResponse(
        content_of(file),
        content_type=f"{file.media_type}; charset=utf-8" if is_text else file.media_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=tidy)
            or "attachment",
            "Content-Length": str(file.size),
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
