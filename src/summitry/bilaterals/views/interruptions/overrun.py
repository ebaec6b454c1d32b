"""A session that lasts until later than planned."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, obtain, visible
from summitry.bilaterals.interruption_forms import EndForm
from summitry.bilaterals.queries.hits import (
    hits_of_overrun,
)
from summitry.bilaterals.views.common import language
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
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.programme.access import OVERRUNNING
from summitry.programme.models import Overrun, Session
from summitry.programme.overruns import announce_overrun, withdraw_overrun

_USUAL_OVERRUN: Final = timedelta(minutes=15)
_GRID: Final = timedelta(minutes=5)


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
    form = EndForm(typed_in(request), edition=edition, initial=initial)
    deed = Deed(
        say=lambda: announce_overrun(session=found, by=who, **form.cleaned_data),
        said=_("The overrun is announced."),
        take_back=lambda key: withdraw_overrun(
            overrun=obtain(who, Overrun, session=found, public_id=key_of(key)), by=who
        ),
        taken_back=_("The session ends as planned."),
    )
    answer = answer_to(request, form, deed)
    if answer is not None:
        return answer
    words = Words(
        title=_("%(session)s overruns") % {"session": found.occasion.title},
        subject=_("planned %(when)s") % {"when": span_text(edition, found.occasion.starts_at, planned)},
        note=_(
            "Where meetings of those it binds follow at once, it is booked longer as soon as a repaired plan is"
            " adopted; nobody is ever booked twice."
        ),
        heading=_("Overrun"),
        button=_("Announce"),
        crumb=(_("Programme"), reverse("programme:list", args=[edition.slug])),
    )
    return shown(
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
            when=span_text(edition, standing.planned_ends_at, standing.ends_at),
            reason=standing.reason,
            note=_("booked") if is_booked else _("announced, not booked yet"),
            back=str(standing.public_id),
            label=_("Ends as planned"),
        )
    ]
