"""The page of an edition's sittings: adding, changing and removing the times when meetings may be held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor, obtain, visible
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Day, Edition, Sitting
from summitry.conferences.sittings import (
    Hours,
    add_sitting,
    change_sitting,
    remove_sitting,
    standing_in,
)
from summitry.records import RefusedError
from summitry.ui.htmx import go


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
        error_messages={"invalid": gettext_lazy("This is not a time. Write it as 09:30.")},
    )


class SittingForm(forms.Form):
    """When a sitting is, on the venue's clock."""

    day = forms.TypedChoiceField(label=gettext_lazy("Day"))
    start = _time(gettext_lazy("From"))
    end = _time(gettext_lazy("To"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edition: Edition, **words: Any) -> None:
        super().__init__(*args, **words)
        days = {day.date.isoformat(): day for day in Day.objects.filter(edition=edition).order_by("date")}
        field = self.fields["day"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(key, date_format(day.date, "D j F Y")) for key, day in days.items()]
        field.coerce = lambda key: days[key].date

    def hours(self) -> Hours:
        """Return what was typed."""
        typed = self.cleaned_data
        return Hours(day=typed["day"], start=typed["start"], end=typed["end"])


@dataclass(frozen=True, slots=True)
class Row:
    """A sitting as the page shows it: its form, and how much stands in it."""

    sitting: Sitting
    form: SittingForm
    standing: int
    is_first_of_day: bool


def _form_of(edition: Edition, sitting: Sitting) -> SittingForm:
    start, end = clock.wall(edition, sitting.starts_at), clock.wall(edition, sitting.ends_at)
    initial = {
        "day": start.date().isoformat(),
        "start": start.time(),
        "end": end.time(),
        "version": sitting.version,
    }
    return SittingForm(edition=edition, initial=initial, auto_id=f"{sitting.slug}-%s")


def _page(
    request: HttpRequest,
    edition: Edition,
    *,
    new: SittingForm | None = None,
    changed: tuple[Sitting, SittingForm] | None = None,
) -> HttpResponseBase:
    rows = []
    last = None
    for sitting in visible(actor(request), Sitting).filter(edition=edition).order_by("starts_at"):
        sitting.edition = edition
        form = changed[1] if changed and changed[0].pk == sitting.pk else _form_of(edition, sitting)
        day = clock.wall(edition, sitting.starts_at).date()
        rows.append(Row(sitting, form, len(standing_in(sitting)), day != last))
        last = day
    days = Day.objects.filter(edition=edition).exists()
    context = {
        "edition": edition,
        "rows": rows,
        "new": new or SittingForm(edition=edition, auto_id="new-%s"),
        "has_days": days,
    }
    return render(request, "conferences/sittings.html", context, status=422 if new or changed else 200)


@edition_view(Role.SECRETARIAT)
def sittings(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show an edition's sittings, and add one."""
    if request.method != "POST":
        return _page(request, edition)
    form = SittingForm(request.POST, edition=edition, auto_id="new-%s")
    if form.is_valid():
        try:
            add_sitting(edition=edition, hours=form.hours(), by=actor(request))
        except RefusedError as refused:
            form.add_error(refused.field, refused.message)
        else:
            return go(request, request.path, told=_("The sitting is added."))
    return _page(request, edition, new=form)


@require_POST
@edition_view(Role.SECRETARIAT)
def sitting(request: HttpRequest, edition: Edition, sitting: UUID) -> HttpResponseBase:
    """Change a sitting's time, or remove it."""
    who = actor(request)
    found = obtain(who, Sitting, edition=edition, public_id=sitting)
    url = reverse("conferences:sittings", args=[edition.slug])
    if request.POST.get("step") == "remove":
        try:
            remove_sitting(sitting=found, by=who)
        except RefusedError as refused:
            return go(request, url, told=refused.message, level="error")
        return go(request, url, told=_("The sitting is removed."))
    form = SittingForm(request.POST, edition=edition, auto_id=f"{found.slug}-%s")
    if form.is_valid():
        try:
            change_sitting(
                sitting=found, hours=form.hours(), by=who, version=form.cleaned_data["version"] or 0
            )
        except RefusedError as refused:
            form.add_error(refused.field, refused.message)
        else:
            return go(request, url, told=_("The sitting is changed."))
    return _page(request, edition, changed=(found, form))
