"""Forms as the screens of outcomes show them: about one record, or a whole record on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from summitry.conferences.models import Edition
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.models import Commitment, Handover, Instrument
from summitry.outcomes.views.common import language, page
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.ui.htmx import go
from summitry.world.languages import text_in

Outcome = Commitment | Handover | Instrument
Words = str | Promise
MadeType = TypeVar("MadeType")
_PAGES: Final = {Commitment: "commitment", Handover: "handover", Instrument: "instrument"}


def taken(
    request: HttpRequest,
    edition: Edition,
    found: Outcome,
    form: forms.Form,
    take: Callable[[], MadeType],
    *,
    label: Words,
    done: Words | Callable[[MadeType], Words],
    at: str = "",
    names: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponseBase:
    """Take what was typed about a record and lead back to it, or show the form with what was wrong.

    Parameters
    ----------
    take
        The action; called once the form is valid.
    done
        What is said when it is taken, or how it is said of what the action returned.
    at
        Where on the record's page one comes back.
    names
        How inputs are called that the action calls otherwise.
    more
        As for `typed_into`.
    """
    back = page(edition, _PAGES[type(found)], found.public_id) + at
    if form.is_bound and form.is_valid():
        try:
            made = take()
        except RefusedError as error:
            refuse(form, error, names)
        else:
            said = done if isinstance(done, str | Promise) else done(made)
            return go(request, back, told=str(said))
    return typed_into(request, edition, found, form, back=back, label=label, **more)


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


def one_more(
    request: HttpRequest,
    edition: Edition,
    rows: forms.BaseFormSet[Any],
    *,
    kind: str,
    most: int,
    template: str,
    rows_at: str,
) -> HttpResponse:
    """Give one more empty row of a part of a form, and the button for the next.

    Parameters
    ----------
    kind
        What the rows are; their inputs' names begin with it.
    most
        How many rows there are at the utmost.
    template
        Draws the row.
    rows_at
        The name of the address that gives rows.
    """
    place = place_asked(request, most=most)
    empty = rows.empty_form
    empty.prefix = f"{kind}-{place}"
    context = {
        "edition": edition,
        "kind": kind,
        "row": empty,
        "row_template": template,
        "rows_at": rows_at,
        "next": place + 1,
    }
    return render(request, "outcomes/parts/more_rows.html", context)
