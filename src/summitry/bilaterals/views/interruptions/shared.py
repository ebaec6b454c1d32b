"""What the pages of the running day share: what stands, a form, the meetings hit, the way to repair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format

from summitry.accounts.access import actor
from summitry.bilaterals import queries
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.queries.hits import (
    Hit,
)
from summitry.bilaterals.views.common import adopted, asked_day
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.ui.htmx import go


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Something said already: when, why, and by which key it is taken back (none: it cannot be)."""

    when: str
    reason: str
    note: str
    back: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a page of this kind says."""

    title: str
    subject: str
    note: str
    heading: str
    button: str
    crumb: tuple[str, str]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a page does with what is typed and with what is taken back, each with what is told then."""

    say: Callable[[], object]
    said: str
    take_back: Callable[[str], object]
    taken_back: str


def answer_to(request: HttpRequest, form: forms.Form, deed: Deed) -> HttpResponseBase | None:
    """Do what a sent form asks, and lead back to the page; none where the page is to be shown."""
    if request.method != "POST":
        return None
    here = request.get_full_path()
    if "back" in request.POST:
        try:
            deed.take_back(request.POST["back"])
        except RefusedError as refused:
            return go(request, here, told=refused.message, level="error")
        return go(request, here, told=deed.taken_back)
    if form.is_valid():
        try:
            deed.say()
        except RefusedError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return go(request, here, told=deed.said)
    focus_first_error(form)
    return None


def shown(
    request: HttpRequest,
    edition: Edition,
    *,
    words: Words,
    form: forms.Form | None,
    standing: Sequence[Standing],
    hits: Sequence[Hit],
) -> HttpResponseBase:
    """Show the page: the meetings hit and the way to repair, what stands, and the form."""
    who = actor(request)
    is_desk = who.has_role(edition.pk, *DESKS)
    day = hits[0].start.date() if hits else asked_day(request)
    run = queries.current_run(edition=edition, who=who) if is_desk else None
    context = {
        "edition": edition,
        "words": words,
        "form": form,
        "standing": standing,
        "hits": hits,
        "begun": sum(hit.has_begun for hit in hits),
        "is_desk": is_desk,
        "day": day,
        "has_plan": adopted(edition) is not None,
        "is_planning": run is not None and run.ended_at is None,
        "lead": edition.settings.lead_minutes,
    }
    return render(
        request, "bilaterals/interruption.html", context, status=422 if form and form.is_bound else 200
    )


def typed_in(request: HttpRequest) -> Any:
    """Return what was typed; nothing where something is taken back."""
    return request.POST if request.method == "POST" and "back" not in request.POST else None


def span_text(edition: Edition, start: datetime, end: datetime) -> str:
    """Write from when until when something is, on the venue's clock."""
    first, last = clock.local(edition, start), clock.local(edition, end)
    if first.date() == last.date():
        return f"{date_format(first, 'D j M')}, {first:%H:%M}–{last:%H:%M}"
    return f"{date_format(first, 'D j M')}, {first:%H:%M} – {date_format(last, 'D j M')}, {last:%H:%M}"


def key_of(text: str) -> UUID:
    """Return the key of what is taken back; what is no key names nothing."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
