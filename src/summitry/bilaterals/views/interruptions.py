"""What goes wrong on the running day: a room lost, an interpreter away, somebody late, a session overrunning.

Each is one small page: what stands, a form to say more, and the meetings that can no longer stand, with the way to
repair them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed, obtain, visible
from summitry.accounts.models import Role
from summitry.bilaterals import queries
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.interruption_forms import EndForm, MemberForm, SpanForm
from summitry.bilaterals.queries.hits import (
    Hit,
    hits_in_room,
    hits_of_interpreter,
    hits_of_member,
    hits_of_overrun,
)
from summitry.bilaterals.views.common import adopted, asked_day, language, page
from summitry.conferences import clock
from summitry.conferences.access import CLOSING, edition_view
from summitry.conferences.closures import close_room, open_room
from summitry.conferences.models import Closure, Edition, Room
from summitry.conferences.spans import rest_of_day
from summitry.delegations.actions import change_member_presence
from summitry.delegations.models import Member
from summitry.delegations.queries import delegation_names
from summitry.interpretation.access import DESKS as INTERPRETATION
from summitry.interpretation.actions import end_absence, note_absence
from summitry.interpretation.models import Absence, Interpreter
from summitry.programme.access import OVERRUNNING
from summitry.programme.models import Overrun, Session
from summitry.programme.overruns import announce_overrun, withdraw_overrun
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.ui.htmx import go

_PRESENCE: Final = (*DESKS, Role.FOCAL_POINT)
_USUAL_OVERRUN: Final = timedelta(minutes=15)
_GRID: Final = timedelta(minutes=5)


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


def _answer(request: HttpRequest, form: forms.Form, deed: Deed) -> HttpResponseBase | None:
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


def _page(
    request: HttpRequest,
    edition: Edition,
    *,
    words: Words,
    form: forms.Form | None,
    standing: Sequence[Standing],
    hits: Sequence[Hit],
) -> HttpResponseBase:
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


def _data(request: HttpRequest) -> Any:
    """Return what was typed; nothing where something is taken back."""
    return request.POST if request.method == "POST" and "back" not in request.POST else None


def _initial(request: HttpRequest, edition: Edition) -> dict[str, datetime]:
    day = asked_day(request)
    start, end = rest_of_day(edition, clock.day_bounds(edition, day)[0] if day else None)
    return {"starts_at": clock.wall(edition, start), "ends_at": clock.wall(edition, end)}


def _when(edition: Edition, start: datetime, end: datetime) -> str:
    first, last = clock.local(edition, start), clock.local(edition, end)
    if first.date() == last.date():
        return f"{date_format(first, 'D j M')}, {first:%H:%M}–{last:%H:%M}"
    return f"{date_format(first, 'D j M')}, {first:%H:%M} – {date_format(last, 'D j M')}, {last:%H:%M}"


def _spans(
    edition: Edition, rows: Sequence[Closure | Absence], label: str, reasons: Sequence[str]
) -> list[Standing]:
    now = clock.now(edition)
    found = []
    for row, reason in zip(rows, reasons, strict=True):
        note = _("now") if row.starts_at <= now else ""
        when = _when(edition, row.starts_at, row.ends_at)
        found.append(Standing(when=when, reason=reason, note=note, back=str(row.public_id), label=label))
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _board(request: HttpRequest, edition: Edition) -> tuple[str, str]:
    day = asked_day(request)
    return _("Board"), page(edition, "board") + (f"?day={day}" if day else "")


@edition_view(*CLOSING)
def closed(request: HttpRequest, edition: Edition, room: str) -> HttpResponseBase:
    """Say that a room is lost for a time, or open it again."""
    who = actor(request)
    found = obtain(who, Room, edition=edition, slug=room)
    found.edition = edition
    form = SpanForm(_data(request), edition=edition, initial=_initial(request, edition))
    deed = Deed(
        say=lambda: close_room(room=found, away=form.away(), by=who),
        said=_("%(room)s is closed.") % {"room": found.name},
        take_back=lambda key: open_room(
            closure=obtain(who, Closure, room=found, public_id=_key(key)), by=who
        ),
        taken_back=_("%(room)s is open again.") % {"room": found.name},
    )
    answer = _answer(request, form, deed)
    if answer is not None:
        return answer
    rows = list(
        visible(who, Closure).filter(room=found, ends_at__gt=clock.now(edition)).order_by("starts_at")
    )
    words = Words(
        title=(_("%(room)s, closed") if rows else _("Close %(room)s")) % {"room": found.name},
        more=_("Close it at another time, too"),
        subject=_("%(zone)s, %(seats)d seats") % {"zone": found.zone.name, "seats": found.seats},
        note=_(
            "No meeting is planned in the room while it is closed. Those that stand in it stay until you repair."
        ),
        heading=_("Closed"),
        button=_("Close the room"),
        crumb=_board(request, edition),
    )
    return _page(
        request,
        edition,
        words=words,
        form=form,
        standing=_spans(edition, rows, _("Open again"), [row.label for row in rows]),
        hits=hits_in_room(
            edition, found, [(row.starts_at, row.ends_at) for row in rows], who=who, language=language()
        ),
    )


@edition_view(*INTERPRETATION)
def away(request: HttpRequest, edition: Edition, interpreter: UUID) -> HttpResponseBase:
    """Say that an interpreter is ill or away for a time, or back."""
    who = actor(request)
    found = obtain(who, Interpreter, edition=edition, public_id=interpreter)
    found.edition = edition
    form = SpanForm(_data(request), edition=edition, initial=_initial(request, edition))
    name = {"name": str(found)}
    deed = Deed(
        say=lambda: note_absence(interpreter=found, away=form.away(), by=who),
        said=_("%(name)s is noted as away.") % name,
        take_back=lambda key: end_absence(
            absence=obtain(who, Absence, interpreter=found, public_id=_key(key)), by=who
        ),
        taken_back=_("%(name)s is back.") % name,
    )
    answer = _answer(request, form, deed)
    if answer is not None:
        return answer
    rows = list(
        visible(who, Absence).filter(interpreter=found, ends_at__gt=clock.now(edition)).order_by("starts_at")
    )
    words = Words(
        title=(_("%(name)s, away") if rows else _("%(name)s is away")) % name,
        more=_("Away at another time, too"),
        subject=", ".join(f"{one.language} {one.level}" for one in found.languages.all()),
        note=_(
            "No meeting is given to an interpreter who is away. Those given already stay until you repair."
        ),
        heading=_("Away"),
        button=_("Note as away"),
        crumb=(_("Interpretation"), reverse("interpretation:list", args=[edition.slug])),
    )
    return _page(
        request,
        edition,
        words=words,
        form=form,
        standing=_spans(edition, rows, _("Is back"), [row.reason for row in rows]),
        hits=hits_of_interpreter(
            edition, found, [(row.starts_at, row.ends_at) for row in rows], who=who, language=language()
        ),
    )


@edition_view(*_PRESENCE)
def member(request: HttpRequest, edition: Edition, member: UUID) -> HttpResponseBase:
    """Say that one member comes later or leaves earlier than the delegation."""
    who = actor(request)
    found = (
        visible(who, Member)
        .filter(edition=edition, public_id=member)
        .select_related("person", "delegation")
        .first()
    )
    if found is None:
        raise Http404
    if not allowed(who, "change_presence", found):
        raise PermissionDenied(
            _("Only the delegation’s focal point and the host’s desks say when its people come.")
        )
    found.edition = found.delegation.edition = edition
    initial = {
        "arrives_at": clock.wall(edition, found.arrives_at) if found.arrives_at else None,
        "departs_at": clock.wall(edition, found.departs_at) if found.departs_at else None,
        "reason": found.presence_reason,
    }
    form = MemberForm(_data(request), edition=edition, initial=initial)
    deed = Deed(
        say=lambda: change_member_presence(member=found, by=who, **form.cleaned_data),
        said=_("Noted for %(name)s.") % {"name": str(found)},
        take_back=lambda _key: change_member_presence(member=found, arrives_at=None, departs_at=None, by=who),
        taken_back=_("%(name)s comes and leaves with the delegation.") % {"name": str(found)},
    )
    answer = _answer(request, form, deed)
    if answer is not None:
        return answer
    delegation = delegation_names(edition, language=language(), delegations=[found.delegation_id])
    name = delegation[found.delegation_id].short
    words = Words(
        title=_("%(name)s: arrival and departure") % {"name": str(found)},
        subject=", ".join(
            part for part in (name, found.functional_title or str(found.get_capacity_display())) if part
        ),
        note=_(
            "For this person alone; the delegation stays as announced. Meetings that stand stay until the desk repairs."
        ),
        heading=_("Other than the delegation"),
        button=_("Save"),
        crumb=(name, reverse("delegations:delegation", args=[edition.slug, found.delegation.public_id])),
    )
    return _page(
        request,
        edition,
        words=words,
        form=form,
        standing=_own_times(edition, found),
        hits=hits_of_member(edition, found, who=who, language=language()),
    )


def _own_times(edition: Edition, found: Member) -> list[Standing]:
    """Return when a member comes and leaves apart from the delegation, as one thing to take back."""

    def told(words: str, moment: datetime | None) -> str:
        at = clock.local(edition, moment) if moment else None
        return words % {"when": f"{date_format(at, 'D j M')}, {at:%H:%M}"} if at else ""

    parts = [told(_("arrives %(when)s"), found.arrives_at), told(_("leaves %(when)s"), found.departs_at)]
    when = "; ".join(part for part in parts if part)
    if not when:
        return []
    return [
        Standing(
            when=when, reason=found.presence_reason, note="", back="presence", label=_("With the delegation")
        )
    ]


@edition_view(*OVERRUNNING)
def overrun(request: HttpRequest, edition: Edition, session: UUID) -> HttpResponseBase:
    """Say that a session lasts until later than planned, or take that back."""
    who = actor(request)
    found = (
        visible(who, Session)
        .filter(edition=edition, public_id=session)
        .select_related("occasion__room", "overrun")
        .first()
    )
    if found is None:
        raise Http404
    found.edition = edition
    standing: Overrun | None = getattr(found, "overrun", None)
    planned = standing.planned_ends_at if standing else found.occasion.ends_at
    initial = {"ends_at": clock.wall(edition, _likely_end(edition, planned))}
    if standing:
        initial = {"ends_at": clock.wall(edition, standing.ends_at)}
    form = EndForm(_data(request), edition=edition, initial=initial)
    deed = Deed(
        say=lambda: announce_overrun(session=found, by=who, **form.cleaned_data),
        said=_("The overrun is announced."),
        take_back=lambda key: withdraw_overrun(
            overrun=obtain(who, Overrun, session=found, public_id=_key(key)), by=who
        ),
        taken_back=_("The session ends as planned."),
    )
    answer = _answer(request, form, deed)
    if answer is not None:
        return answer
    words = Words(
        title=_("%(session)s overruns") % {"session": found.occasion.title},
        subject=_("planned %(when)s") % {"when": _when(edition, found.occasion.starts_at, planned)},
        note=_(
            "Where meetings of those it binds follow at once, it is booked longer as soon as a repaired plan is"
            " adopted; nobody is ever booked twice."
        ),
        heading=_("Overrun"),
        button=_("Announce"),
        crumb=(_("Programme"), reverse("programme:list", args=[edition.slug])),
    )
    return _page(
        request,
        edition,
        words=words,
        form=form,
        standing=_announced(edition, found, standing),
        hits=hits_of_overrun(edition, standing, who=who, language=language()) if standing else [],
    )


def _likely_end(edition: Edition, planned: datetime) -> datetime:
    """Return a quarter of an hour after the planned end, or after now where that is later, on five minutes."""
    likely = max(planned, clock.now(edition)).replace(second=0, microsecond=0) + _USUAL_OVERRUN
    midnight = clock.day_bounds(edition, clock.local(edition, likely).date())[0]
    return midnight - (midnight - likely) // _GRID * _GRID


def _announced(edition: Edition, session: Session, standing: Overrun | None) -> list[Standing]:
    if standing is None:
        return []
    is_booked = session.occasion.ends_at >= standing.ends_at
    return [
        Standing(
            when=_when(edition, standing.planned_ends_at, standing.ends_at),
            reason=standing.reason,
            note=_("booked") if is_booked else _("announced, not booked yet"),
            back=str(standing.public_id),
            label=_("Ends as planned"),
        )
    ]
