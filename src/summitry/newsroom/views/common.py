"""What the newsroom's pages share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from summitry.accounts.access import actor, obtain
from summitry.conferences.models import Edition
from summitry.newsroom.models import Release
from summitry.world.languages import LANGUAGES, base_code

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NINJS = "application/json"


def offered(edition: Edition) -> list[str]:
    """Return the languages that an edition's news can be in."""
    return [code for code in edition.languages if code in LANGUAGES] or ["en"]


def asked_language(request: HttpRequest, codes: list[str]) -> str:
    """Return the language asked for, or the reader's where it is among `codes`, or the first."""
    for wanted in (request.GET.get("language", ""), base_code(get_language() or "en")):
        if wanted in codes:
            return wanted
    return codes[0]


def page(edition: Edition, name: str, *words: object) -> str:
    """Return the address of a page of the newsroom."""
    return reverse(f"newsroom:{name}", args=[edition.slug, *words])


def release_of(request: HttpRequest, edition: Edition, slug: str) -> Release:
    """Return a release that the reader may see, or find nothing."""
    found = obtain(actor(request), Release, edition=edition, slug=slug)
    found.edition = edition
    return found


def download(content: bytes, *, kind: str, name: str) -> HttpResponse:
    """Hand out a file under a name."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def switch(request: HttpRequest, codes: list[str], current: str) -> list[tuple[str, str, str, bool]]:
    """Return the languages as links of this page: code, name, address, whether it is this one."""
    links: list[tuple[str, str, str, bool]] = []
    for code in codes:
        asked: Any = request.GET.copy()
        asked["language"] = code
        links.append((code, LANGUAGES[code].endonym, f"?{asked.urlencode()}", code == current))
    return links
