"""What everybody reads, and the page of a letter's link, in the languages that they are offered in."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import summitry

SOURCES = Path(summitry.__file__).parent
EVERY_PAGE = (
    "ui/templates/ui/document.html",
    "ui/templates/ui/forms/field.html",
    "ui/templates/ui/forms/wrong.html",
    "ui/templates/ui/fault_base.html",
    "ui/templates/404.html",
)
PUBLIC = (
    "ui/templates/ui/public_base.html",
    "site/templates/site/public.html",
    "site/templates/site/editions.html",
    "site/templates/site/series.html",
    "newsroom/templates/newsroom/public_list.html",
    "newsroom/templates/newsroom/public_release.html",
    "newsroom/templates/newsroom/public_withdrawn.html",
    "newsroom/views/public.py",
)
LETTER = (
    "ui/templates/ui/portal_base.html",
    "ui/templates/ui/parts/keys.html",
    "accounts/templates/accounts/link_ended.html",
    "outcomes/templates/outcomes/commitments/report_by_link.html",
    "outcomes/templates/outcomes/parts/report_fields.html",
    "outcomes/views/links.py",
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


@cache
def catalogue(language: str) -> Catalog:
    with (SOURCES / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def words(name: str) -> list[str]:
    """Return what a template or module says in the reader's language."""
    source = (SOURCES / name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        told: str = templatize(source)
        source = "\n".join(line.strip() for line in told.splitlines())
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    return [message if isinstance(message, str) else message[0] for _line, message, *_more in found]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", (*EVERY_PAGE, *PUBLIC, *LETTER)),
        ("es", (*EVERY_PAGE, *PUBLIC, *LETTER)),
        ("ar", (*EVERY_PAGE, *LETTER)),
    ],
)
def test_no_word_of_these_pages_is_left_in_english(language: str, names: tuple[str, ...]) -> None:
    known = catalogue(language)
    told = {one for name in names for one in words(name)}
    assert len(told) > 30
    assert not {one for one in told if one not in known or not known[one].string}


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_what_is_filled_in_is_filled_in_every_language(language: str) -> None:
    assert not [
        error for message in catalogue(language) if message.id for error in message.check(catalogue(language))
    ]
