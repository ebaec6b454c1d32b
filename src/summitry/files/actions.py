"""Keeping a file."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from summitry.files.models import Contents, StoredFile
from summitry.files.rules import ENDINGS, Unwelcome, clean_name, is_called_fittingly, sniff
from summitry.records import RefusedError

_MEGABYTE = 1024 * 1024


def keep_file(*, content: bytes | File[Any], name: str, field: str = "file") -> StoredFile:
    """Keep a file and return it; the same contents are kept once. Called inside an action.

    The caller keeps what belongs to its use of the file: the name (as
    :func:`summitry.files.rules.clean_name` returns it), language, who added it and when.

    Parameters
    ----------
    content
        What it holds, or an upload that is read once its size is known to be allowed.
    name
        How it was called; it must end as fits the contents.
    field
        The input that a refusal names.

    Raises
    ------
    RefusedError
        Where it is empty, larger than the setting ``SUMMITRY_LARGEST_FILE`` (bytes), of a
        kind that is not kept, or misleadingly named.
    """
    data = _read(content, field)
    media_type = sniff(data)
    if isinstance(media_type, Unwelcome):
        raise RefusedError(_why(media_type), field=field)
    tidy = clean_name(name)
    if not is_called_fittingly(tidy, media_type):
        raise RefusedError(
            _("Judged by its contents, the name of “%(name)s” should end in %(endings)s: rename it.")
            % {"name": tidy or _("the file"), "endings": _(" or ").join(ENDINGS[media_type])},
            field=field,
        )
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        # Whoever keeps the same contents at the same time is waited for here, and its row found below.
        row = StoredFile(sha256=digest, size=len(data), media_type=media_type)
        StoredFile.objects.bulk_create([row], ignore_conflicts=True)
        kept = StoredFile.objects.get(sha256=digest)
        if not Contents.objects.filter(file=kept).exists():
            Contents.objects.create(file=kept, content=data)
    return kept


def _read(content: bytes | File[Any], field: str) -> bytes:
    size = len(content) if isinstance(content, bytes) else content.size
    if not size:
        raise RefusedError(_("This file is empty: choose another."), field=field)
    largest = int(settings.SUMMITRY_LARGEST_FILE)
    if size > largest:
        raise RefusedError(
            _(
                "This file is of %(size).1f MB; at most %(largest).1f MB are kept: make it smaller, or divide it."
            )
            % {"size": size / _MEGABYTE, "largest": largest / _MEGABYTE},
            field=field,
        )
    return content if isinstance(content, bytes) else bytes(content.read())


def _why(found: Unwelcome) -> str:
    match found:
        case Unwelcome.PROGRAM:
            return _("This is a program. Programs are not kept.")
        case Unwelcome.MARKUP:
            return _("Web pages and drawings as text (HTML, XML, SVG) are not kept: save it as PDF.")
        case Unwelcome.MACROS:
            return _("This document holds macros: save it without them, or as PDF.")
        case Unwelcome.OLD_OFFICE:
            return _(
                "This is a document of an older kind, in which macros may hide: save it as DOCX, XLSX or PDF."
            )
        case Unwelcome.ARCHIVE:
            return _("Archives are not kept: add the files in it one by one.")
        case Unwelcome.UNKNOWN:
            return _(
                "This kind of file is not kept. Give a PDF, an office document (%(office)s), a picture "
                "(%(pictures)s) or plain text in UTF-8."
            ) % {"office": "DOCX, XLSX, PPTX, ODT, ODS, ODP", "pictures": "PNG, JPEG, GIF, WebP, TIFF"}
