"""Screens of interpretation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from summitry.accounts.access import actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.interpretation.access import DESKS
from summitry.interpretation.queries import InterpreterRow, interpreter_rows
from summitry.ui.components import EmptyState
from summitry.ui.tables import Column, Table, Text


@edition_view(*DESKS)
def interpreter_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show who interprets, and how much."""
    columns: list[Column[InterpreterRow]] = [
        Column(key="name", label=_("Interpreter"), sort=lambda row: row.sort_key, filter=Text()),
        Column(key="languages", label=_("Languages"), filter=Text()),
        Column(key="sessions", label=_("Sessions"), numeric=True, sort=True),
        Column(key="session_minutes", label=_("Minutes in booths"), numeric=True, sort=True),
        Column(key="meetings", label=_("Meetings"), numeric=True, sort=True),
        Column(key="meeting_minutes", label=_("Minutes in meetings"), numeric=True, sort=True),
        Column(key="interpreter.max_minutes_per_day", label=_("Most a day"), numeric=True),
        Column(
            key="away",
            label=_("Away"),
            value=lambda row: row.away or _("Away…"),
            export=lambda row: row.away,
            link=lambda row: reverse("bilaterals:away", args=[edition.slug, row.interpreter.public_id]),
        ),
    ]
    table = Table(
        request=request,
        key="interpreters",
        title=ngettext_lazy("interpreter", "interpreters", "n"),
        columns=columns,
        rows=interpreter_rows(edition=edition, who=actor(request)),
        empty=EmptyState(
            title=_("No interpreter yet"), text=_("The team will stand here with what each is booked for.")
        ),
    )
    return table.respond("interpretation/list.html", {"edition": edition})
