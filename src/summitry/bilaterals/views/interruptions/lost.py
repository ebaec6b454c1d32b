"""A room lost, an interpreter away: from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, obtain, visible
from summitry.bilaterals.interruption_forms import SpanForm
from summitry.bilaterals.queries.hits import (
    hits_in_room,
    hits_of_interpreter,
)
from summitry.bilaterals.views.common import asked_day, language, page
from summitry.bilaterals.views.interruptions.shared import (
    Deed,
    Standing,
    Words,
    answer_to,
    key_of,
    shown,
    span_text,
    typed_in,
)
from summitry.conferences import clock
from summitry.conferences.access import CLOSING, edition_view
from summitry.conferences.closures import close_room, open_room
from summitry.conferences.models import Closure, Edition, Room
from summitry.conferences.spans import rest_of_day
from summitry.interpretation.access import DESKS as INTERPRETATION
from summitry.interpretation.actions import end_absence, note_absence
from summitry.interpretation.models import Absence, Interpreter


def _initial(request: HttpRequest, edition: Edition) -> dict[str, datetime]:
    day = asked_day(request)
    start, end = rest_of_day(edition, clock.day_bounds(edition, day)[0] if day else None)
    return {"starts_at": clock.wall(edition, start), "ends_at": clock.wall(edition, end)}


def _spans(
    edition: Edition, rows: Sequence[Closure | Absence], label: str, reasons: Sequence[str]
) -> list[Standing]:
    now = clock.now(edition)
    found = []
    for row, reason in zip(rows, reasons, strict=True):
        note = _("now") if row.starts_at <= now else ""
        when = span_text(edition, row.starts_at, row.ends_at)
        found.append(Standing(when=when, reason=reason, note=note, back=str(row.public_id), label=label))
    return found


def _board(request: HttpRequest, edition: Edition) -> tuple[str, str]:
    day = asked_day(request)
    return _("Board"), page(edition, "board") + (f"?day={day}" if day else "")


@edition_view(*CLOSING)
def closed(request: HttpRequest, edition: Edition, room: str) -> HttpResponseBase:
    """Say that a room is lost for a time, or open it again."""
    who = actor(request)
    found = obtain(who, Room, edition=edition, slug=room)
    found.edition = edition
    form = SpanForm(typed_in(request), edition=edition, initial=_initial(request, edition))
    deed = Deed(
        say=lambda: close_room(room=found, away=form.away(), by=who),
        said=_("%(room)s is closed.") % {"room": found.name},
        take_back=lambda key: open_room(
            closure=obtain(who, Closure, room=found, public_id=key_of(key)), by=who
        ),
        taken_back=_("%(room)s is open again.") % {"room": found.name},
    )
    answer = answer_to(request, form, deed)
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
    return shown(
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
    form = SpanForm(typed_in(request), edition=edition, initial=_initial(request, edition))
    name = {"name": str(found)}
    deed = Deed(
        say=lambda: note_absence(interpreter=found, away=form.away(), by=who),
        said=_("%(name)s is noted as away.") % name,
        take_back=lambda key: end_absence(
            absence=obtain(who, Absence, interpreter=found, public_id=key_of(key)), by=who
        ),
        taken_back=_("%(name)s is back.") % name,
    )
    answer = answer_to(request, form, deed)
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
    return shown(
        request,
        edition,
        words=words,
        form=form,
        standing=_spans(edition, rows, _("Is back"), [row.reason for row in rows]),
        hits=hits_of_interpreter(
            edition, found, [(row.starts_at, row.ends_at) for row in rows], who=who, language=language()
        ),
    )
