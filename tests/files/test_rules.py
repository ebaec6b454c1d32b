from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.files.rules import ENDINGS, Unwelcome, clean_name, sniff
from summitry.formats.sheets import Sheet, SheetColumn, write_xlsx

_ODT = "application/vnd.oasis.opendocument.text"


def _zip(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0..", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"MZV, 3 December: what was agreed\n", "text/plain"),
        ("\ufeffname,État\n".encode(), "text/plain"),
        (b"BEGIN:VCALENDAR\r\n", "text/calendar"),
        (_zip(mimetype=_ODT.encode(), content=b"x"), _ODT),
        (_zip(**{"[Content_Types].xml": b"", "word/document.xml": b""}), "docx"),
        (_zip(**{"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "pptx"),
    ],
)
def test_a_file_is_known_by_what_it_holds(content: bytes, media_type: str) -> None:
    found = sniff(content)
    assert isinstance(found, str)
    assert found == media_type or f".{media_type}" in ENDINGS[found]


def test_a_sheet_that_we_write_is_known() -> None:
    found = sniff(write_xlsx([Sheet(title="Items", columns=[SheetColumn(label="Item")], rows=[])]))
    assert isinstance(found, str)
    assert ENDINGS[found] == (".xlsx",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90\x00", Unwelcome.PROGRAM),
        (b"\x7fELF\x02", Unwelcome.PROGRAM),
        (b"#!/bin/sh\n", Unwelcome.PROGRAM),
        (b"\xef\xbb\xbf#!/bin/sh\n", Unwelcome.PROGRAM),
        (b"<!DOCTYPE html><p>", Unwelcome.MARKUP),
        (b"\xef\xbb\xbf \n<svg xmlns='http://www.w3.org/2000/svg'/>", Unwelcome.MARKUP),
        (b"<?xml version='1.0'?><x/>", Unwelcome.MARKUP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", Unwelcome.OLD_OFFICE),
        (_zip(**{"[Content_Types].xml": b"", "word/vbaProject.bin": b""}), Unwelcome.MACROS),
        (_zip(mimetype=_ODT.encode(), **{"Basic/Standard/x.xml": b""}), Unwelcome.MACROS),
        (_zip(**{"setup.exe": b"MZ"}), Unwelcome.ARCHIVE),
        (_zip(mimetype=b"application/epub+zip"), Unwelcome.ARCHIVE),
        (b"PK\x03\x04 and nothing more", Unwelcome.UNKNOWN),
        (b"text with a \x00 in it", Unwelcome.UNKNOWN),
        ("In another encoding: é".encode("latin-1"), Unwelcome.UNKNOWN),
    ],
)
def test_what_may_harm_is_told_by_what_it_holds(content: bytes, reason: Unwelcome) -> None:
    assert sniff(content) is reason


@given(st.binary(max_size=300) | st.text().map(str.encode) | st.binary().map(b"PK\x03\x04".__add__))
def test_whatever_comes_is_kept_as_a_known_kind_or_refused(content: bytes) -> None:
    found = sniff(content)
    assert isinstance(found, Unwelcome) or found in ENDINGS


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\Documents\Accord signé.pdf", "Accord signé.pdf"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("two\r\nlines.txt", "two lines.txt"),
        ("  اتفاق.pdf ", "اتفاق.pdf"),
        ("...", ""),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_a_name_loses_folders_and_what_cannot_be_seen(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text())
def test_a_clean_name_is_one_visible_line_and_stays_as_it_is(name: str) -> None:
    clean = clean_name(name)
    assert len(clean) <= 150
    assert not any(unicodedata.category(sign)[0] == "C" or sign in "/\\" for sign in clean)
    assert clean_name(clean) == clean
