"""Screens of the programme."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.programme.access import OVERRUNNING
from summitry.programme.actions import place_session
from summitry.programme.forms import PlaceForm
from summitry.programme.models import Session, Speaker
from summitry.programme.queries import SessionRow, may_overrun, session_rows
from summitry.records import RefusedError
from summitry.ui.components import EmptyState
from summitry.ui.htmx import go
from summitry.ui.tables import Choices, Column, Table, Text

_SETTLED = {
    Occasion.Status.DRAFT: "amber",
    Occasion.Status.FIRM: "done",
    Occasion.Status.HELD: "done",
    Occasion.Status.CANCELLED: "out",
}


@edition_view()
def session_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show what happens in the plenary."""
    rows = session_rows(edition=edition, who=actor(request), language=get_language() or "en")
    days = sorted({row.day for row in rows})
    columns: list[Column[SessionRow]] = [
        Column(
            key="title",
            label=_("Session"),
            filter=Text(),
            sort=True,
            link=lambda row: reverse("programme:session", args=[edition.slug, row.session.public_id]),
        ),
        Column(
            key="day",
            label=_("Day"),
            kind="date",
            css="nowrap",
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
        Column(
            key="languages",
            label=_("Languages"),
            value=lambda row: " ".join(row.session.languages),
            css="nowrap",
        ),
    ]
    if actor(request).has_role(edition.pk, *OVERRUNNING):
        columns.append(_overrun_column(edition))
    table = Table(
        request=request,
        key="programme",
        title=ngettext_lazy("session", "sessions", "n"),
        columns=columns,
        rows=rows,
        empty=EmptyState(
            title=_("No session yet"), text=_("Plenaries, panels and keynotes will stand here by day.")
        ),
    )
    return table.respond("programme/list.html", {"edition": edition})


def _overrun_column(edition: Edition) -> Column[SessionRow]:
    """Return the column from which whoever may says that a session overruns; of those that are over nothing."""
    now = clock.wall(edition, clock.now(edition))

    def value(row: SessionRow) -> str:
        if row.overruns:
            return _("until %(time)s") % {"time": f"{row.overruns:%H:%M}"}
        return _("Overruns…") if may_overrun(row, now) else ""

    return Column(
        key="overruns",
        label=_("Overrun"),
        value=value,
        export=lambda row: f"{row.overruns:%H:%M}" if row.overruns else "",
        link=lambda row: (
            reverse("bilaterals:overrun", args=[edition.slug, row.session.public_id]) if value(row) else None
        ),
        css="nowrap",
    )


@edition_view()
def session_page(request: HttpRequest, edition: Edition, session: UUID) -> HttpResponseBase:
    """Show a session; whoever keeps the programme gives it its time, room and chair, and makes a draft firm."""
    who = actor(request)
    rows = session_rows(edition=edition, who=who, language=get_language() or "en")
    row = next((one for one in rows if one.session.public_id == session), None)
    if row is None:
        raise Http404
    occasion = row.session.occasion
    states = {
        Occasion.Status.DRAFT: _("draft"),
        Occasion.Status.FIRM: _("firm"),
        Occasion.Status.HELD: _("held"),
        Occasion.Status.CANCELLED: _("called off"),
    }
    status = Occasion.Status(occasion.status)
    form = None
    if allowed(who, "change", row.session) and status in {Occasion.Status.DRAFT, Occasion.Status.FIRM}:
        chair = row.session.speakers.filter(part=Speaker.Part.CHAIR).first()
        initial = {
            "starts_at": row.starts,
            "ends_at": row.ends,
            "room": occasion.room_id,
            "chair": chair.member_id if chair else None,
        }
        form = PlaceForm(request.POST or None, edition=edition, initial=initial)
        if request.method == "POST" and form.is_valid():
            firm = request.POST.get("step") == "firm"
            try:
                place_session(session=row.session, firm=firm, by=who, **form.cleaned_data)
            except RefusedError as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.message)
            else:
                told = _("The session is firm and booked.") if firm else _("Kept.")
                return go(request, request.path, told=told)
    context = {
        "edition": edition,
        "row": row,
        "form": form,
        "state": (states[status], _SETTLED[status]),
        "is_draft": status == Occasion.Status.DRAFT,
        "is_review": row.session.kind == Session.Kind.REVIEW,
        "may_overrun": who.has_role(edition.pk, *OVERRUNNING)
        and may_overrun(row, clock.wall(edition, clock.now(edition))),
        "has_nobody": form is not None and not form.has_chairs,
    }
    bad = form is not None and form.is_bound
    return render(request, "programme/session.html", context, status=422 if bad else 200)
