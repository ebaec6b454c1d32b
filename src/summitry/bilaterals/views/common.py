"""What the screens share: the reader's language, the day and the version an address asks for, refusals."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from summitry.bilaterals.models import PlanVersion
from summitry.conferences.models import Edition
from summitry.records import RefusedError
from summitry.ui.htmx import go

_LONGEST_NUMBER = 9


def language() -> str:
    """Return the reader's language."""
    return get_language() or "en"


def asked_day(request: HttpRequest) -> date | None:
    """Return the day that the address asks for; what is no day is passed over."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def asked_number(request: HttpRequest, key: str = "plan") -> int | None:
    """Return the plan's number that the address asks for; what is no number is passed over."""
    text = request.GET.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None


def adopted(edition: Edition) -> PlanVersion | None:
    """Return the plan that the conference goes by."""
    return PlanVersion.objects.filter(edition=edition, state=PlanVersion.State.ADOPTED).first()


def page(edition: Edition, name: str, *args: object) -> str:
    """Return the address of one of the screens."""
    return reverse(f"bilaterals:{name}", args=[edition.slug, *args])


def refused(request: HttpRequest, url: str, error: RefusedError) -> HttpResponse:
    """Lead back with what was refused, in words."""
    return go(request, url, told=error.message, level="error")
