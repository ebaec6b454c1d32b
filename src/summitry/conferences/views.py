"""Screens of an edition: its settings, and what happened in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, visible
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.actions import change_settings
from summitry.conferences.forms import SettingsForm
from summitry.conferences.models import Edition
from summitry.conferences.queries import calendar_of, venue_of
from summitry.ledger.models import Entry
from summitry.ledger.queries import Opened, entries, opened, verify_chain
from summitry.ledger.rules import Change, changes
from summitry.records import RefusedError
from summitry.ui.htmx import go

_ENTRIES_PER_PAGE = 50


@edition_view(Role.SECRETARIAT)
def settings(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show and change what planning goes by; beside it, the venue and the sittings."""
    form = SettingsForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(
                edition=edition, chosen=form.chosen(), by=actor(request), version=form.cleaned_data["version"]
            )
        except RefusedError as refused:
            form.add_error(refused.field, refused.message)
        else:
            told = _("Saved. The next plan goes by it.")
            return go(request, reverse("conferences:settings", args=[edition.slug]), told=told)
    context = {"edition": edition, "form": form, "calendar": calendar_of(edition), "venue": venue_of(edition)}
    return render(request, "conferences/settings.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry as the page tells it."""

    sequence: int
    at: datetime
    who: str
    what: str
    on: str
    changes: list[Change]


@edition_view(Role.SECRETARIAT, Role.FOCAL_POINT)
def ledger(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Tell what happened, newest first; on demand, whether the whole chain holds."""
    who = actor(request)
    rows = entries(visible(who, Entry), edition.pk)
    page = Paginator(rows, _ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "page": page,
        "happened": [_told(edition, entry) for entry in opened(page.object_list)],
        "may_verify": who.has_role(edition.pk, Role.SECRETARIAT),
    }
    if context["may_verify"] and "verify" in request.GET:
        context |= {"verified": True, "broken": verify_chain(edition.pk)}
    return render(request, "conferences/ledger.html", context)


def _told(edition: Edition, entry: Opened) -> Happened:
    """Tell an entry in words, at the edition's time (its own clock's, as everywhere)."""
    row = entry.entry
    return Happened(
        sequence=row.sequence,
        at=clock.wall(edition, row.at + (edition.clock_offset or timedelta())),
        who=row.actor_name,
        what=row.verb.replace("_", " ").capitalize(),
        on=str(apps.get_model(row.target_type)._meta.verbose_name) if row.target_type else "",  # noqa: SLF001 Django's documented name
        changes=changes(entry.before, entry.after),
    )
