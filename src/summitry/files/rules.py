"""What a file is, by what it holds, and how it may be called; a name proves nothing."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from enum import Enum
from typing import Final

_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
TEXT: Final = "text/plain"
CALENDAR: Final = "text/calendar"

#: What is kept, and how names of such files end.
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "application/pdf": (".pdf",),
    f"{_OOXML}wordprocessingml.document": (".docx",),
    f"{_OOXML}spreadsheetml.sheet": (".xlsx",),
    f"{_OOXML}presentationml.presentation": (".pptx",),
    f"{_ODF}text": (".odt",),
    f"{_ODF}spreadsheet": (".ods",),
    f"{_ODF}presentation": (".odp",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    CALENDAR: (".ics",),
    TEXT: (".txt", ".csv", ".tsv", ".md", ".json", ".eml"),
}


class Unwelcome(Enum):
    """Why a file is not kept."""

    PROGRAM = "program"
    MARKUP = "markup"
    MACROS = "macros"
    OLD_OFFICE = "old office"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


_PDF: Final = b"%PDF-"
#: How contents begin that are no text.
_SIGNATURES: Final[tuple[tuple[bytes, str | Unwelcome], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"MZ", Unwelcome.PROGRAM),  # Windows
    (b"\x7fELF", Unwelcome.PROGRAM),  # Linux
    (b"\xfe\xed\xfa\xce", Unwelcome.PROGRAM),  # macOS, and its other word lengths and orders
    (b"\xfe\xed\xfa\xcf", Unwelcome.PROGRAM),
    (b"\xce\xfa\xed\xfe", Unwelcome.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Unwelcome.PROGRAM),
    (b"\xca\xfe\xba\xbe", Unwelcome.PROGRAM),  # macOS for several processors; Java
    (b"\x00asm", Unwelcome.PROGRAM),
    (b"#!", Unwelcome.PROGRAM),  # a script with signs that are no text
    # Also holds macros that cannot be told from the text.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unwelcome.OLD_OFFICE),
    (b"7z\xbc\xaf\x27\x1c", Unwelcome.ARCHIVE),
    (b"Rar!", Unwelcome.ARCHIVE),
    (b"\x1f\x8b", Unwelcome.ARCHIVE),
    (b"BZh", Unwelcome.ARCHIVE),
    (b"\xfd7zXZ\x00", Unwelcome.ARCHIVE),
)
_ZIP: Final = b"PK\x03\x04"
_LONGEST_MARK: Final = 100  # bytes
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_LONGEST_HEAD: Final = 1000  # letters looked at of a text


def sniff(content: bytes) -> str | Unwelcome:
    """Return the media type of a file by its contents, or why it is not kept."""
    if content.startswith(_PDF):
        return "application/pdf"
    if content.startswith(_ZIP):
        return _sniff_zip(content)
    if (text := _as_text(content)) is not None:
        return _sniff_text(text)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((found for begun, found in _SIGNATURES if content.startswith(begun)), Unwelcome.UNKNOWN)


def _sniff_zip(content: bytes) -> str | Unwelcome:
    """Tell office documents, which are archives, from other archives."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            mark = b""
            if names and names[0] == "mimetype":
                with archive.open("mimetype") as member:
                    mark = member.read(_LONGEST_MARK)
    except (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, OSError, OverflowError):
        return Unwelcome.UNKNOWN  # RuntimeError: encrypted, or packed in a way not known here
    folders = {name.partition("/")[0] for name in names}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Unwelcome.MACROS
    if mark.startswith(_ODF.encode()):
        if not folders.isdisjoint({"Basic", "Scripts"}):
            return Unwelcome.MACROS
        named = mark.decode("ascii", "replace").strip()
        return named if named in ENDINGS else Unwelcome.UNKNOWN
    if "[Content_Types].xml" in names:
        for folder, media_type in (
            ("word", f"{_OOXML}wordprocessingml.document"),
            ("xl", f"{_OOXML}spreadsheetml.sheet"),
            ("ppt", f"{_OOXML}presentationml.presentation"),
        ):
            if folder in folders:
                return media_type
    return Unwelcome.ARCHIVE


def _as_text(content: bytes) -> str | None:
    """Return contents as text; none where they are no text in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def _sniff_text(text: str) -> str | Unwelcome:
    head = text[:_LONGEST_HEAD].lstrip()
    if head.startswith("<"):
        return Unwelcome.MARKUP
    if head.startswith("#!"):
        return Unwelcome.PROGRAM
    return CALENDAR if head.startswith("BEGIN:VCALENDAR") else TEXT


_LONGEST_NAME: Final = 150


def clean_name(name: str) -> str:
    """Return a file's name without folders, without signs that cannot be seen, of at most 150 letters.

    What cannot be seen includes marks that turn the direction of writing, by which
    ``exe.pdf`` can be made to look like another ending.

    Returns
    -------
    str
        ``""`` where nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    spaced = "".join(" " if character.isspace() else character for character in last)
    seen = "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
    tidy = " ".join(seen.split()).strip(". ")
    if len(tidy) <= _LONGEST_NAME:
        return tidy
    ending = ending_of(tidy)
    return tidy[: _LONGEST_NAME - len(ending)].rstrip(". ") + ending


def ending_of(name: str) -> str:
    """Return how a name ends, with its dot and in its own case; ``""`` where it has no such ending."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and stem and ending.isalnum() and len(ending) < 10 else ""  # noqa: PLR2004 no ending is longer


def is_called_fittingly(name: str, media_type: str) -> bool:
    """Tell whether a name ends as names of that media type do."""
    return name.lower().endswith(ENDINGS[media_type])
