"""Screens of the programme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.accounts.access import actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.programme.models import Session
from summitry.programme.queries import SessionRow, session_rows
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text


@edition_view()
def session_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show what happens in the plenary."""
    rows = session_rows(edition=edition, who=actor(request), language=get_language() or "en")
    days = sorted({row.day for row in rows})
    columns: list[Column[SessionRow]] = [
        Column(key="title", label=_("Session"), filter=Text(), sort=True),
        Column(
            key="day",
            label=_("Day"),
            kind="date",
            sort=lambda row: row.starts,
            filter=Choices(
                options=[(day.isoformat(), f"{day:%a %d %b}") for day in days],
                matches=lambda row, value: row.day.isoformat() == value,
            ),
        ),
        Column(key="when", label=_("Time"), css="nowrap"),
        Column(
            key="kind",
            label=_("Kind"),
            value=lambda row: str(row.session.get_kind_display()),
            sort=True,
            filter=Choices(
                options=Session.Kind.choices, matches=lambda row, value: row.session.kind == value
            ),
        ),
        Column(key="room", label=_("Room"), sort=True),
        Column(key="spoken_by", label=_("Speakers"), filter=Text()),
        Column(
            key="attendance",
            label=_("Binds"),
            value=lambda row: str(row.session.get_attendance_display()),
            sort=True,
        ),
        Column(key="languages", label=_("Languages"), value=lambda row: " ".join(row.session.languages)),
    ]
    table = Table(
        request=request,
        key="programme",
        title=_("sessions"),
        columns=columns,
        rows=rows,
        empty=EmptyState(
            title=_("No session yet"), text=_("Plenaries, panels and keynotes will stand here by day.")
        ),
    )
    return table.respond("programme/list.html", {"edition": edition})
