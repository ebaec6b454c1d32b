"""Forms as the screens of outcomes show them: about one record, or a whole record on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from summitry.conferences.models import Edition
from summitry.outcomes.models import Commitment, Handover, Instrument
from summitry.outcomes.views.common import language
from summitry.ui.forms import focus_first_error
from summitry.world.languages import text_in

Outcome = Commitment | Handover | Instrument
Words = str | Promise


def typed_into(
    request: HttpRequest,
    edition: Edition,
    found: Outcome,
    form: forms.Form,
    *,
    back: str,
    label: Words,
    template: str = "step",
    button: Words = "",
    **more: Any,
) -> HttpResponse:
    """Show a form about a record, with its errors where something typed was wrong.

    Parameters
    ----------
    button
        What its button says; empty: the label.
    more
        What else the template asks for: ``consequence``, ``is_danger``.
    """
    words = {"title": text_in(found.title, language()), "label": label, "button": button or label, **more}
    return shown_form(request, edition, form, template=template, back=back, found=found, **words)


def shown_form(
    request: HttpRequest,
    edition: Edition,
    form: forms.Form,
    *,
    template: str,
    back: str,
    found: Outcome | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a form, with its errors where something typed was wrong."""
    wrong = form.is_bound and not form.is_valid()
    if wrong:
        focus_first_error(form)
    context = {"edition": edition, "form": form, "row": found, "back": back, **more}
    return render(request, f"outcomes/{template}.html", context, status=422 if wrong else 200)


def place_asked(request: HttpRequest, *, most: int) -> int:
    """Return the place of the row that a page asks for, 0 where it names none; the last of `most` at the utmost."""
    number = request.GET.get("n", "")
    return min(int(number[:3]), most - 1) if number.isascii() and number.isdigit() else 0
