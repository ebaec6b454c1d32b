"""Adoption by silence: putting a text under it, what delegations reply, and its conclusion."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, visible
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import access, actions
from summitry.outcomes.access import CONCERNED
from summitry.outcomes.forms.instruments_steps import ConcludeForm, OpenSilenceForm, ReplyForm
from summitry.outcomes.kinds import SilenceState
from summitry.outcomes.models import Instrument, SilenceProcedure, SilenceReply
from summitry.outcomes.queries.instrument_pages import silence_parties
from summitry.outcomes.views.common import entity_names, page
from summitry.outcomes.views.instruments_shared import kept_instrument, obtained_instrument
from summitry.outcomes.views.shown import taken
from summitry.outcomes.views.steps import KEEPING
from summitry.ui.htmx import go

#: Where on an instrument's page the procedure stands.
_AT: Final = "#silence"


@edition_view(*KEEPING)
def open_silence(request: HttpRequest, edition: Edition, instrument: UUID) -> HttpResponseBase:
    """Put a text under silence until an exact time."""
    found = kept_instrument(request, edition, instrument, "open_silence")
    form = OpenSilenceForm(
        request.POST if request.method == "POST" else None,
        languages=[*found.languages, *edition.languages],
        zone=edition.timezone,
    )
    consequence = _(
        "The parties' delegations see the text at once. An objection or a proposal to amend, in writing and before the exact end, breaks the silence; otherwise the text is adopted. It bears no number until then."
    )

    def done(opened: SilenceProcedure) -> str:
        ends = clock.local(edition, opened.expires_at)
        return _("Silence runs until %(end)s.") % {"end": f"{ends:%d %b %Y, %H:%M}"}

    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.open_silence(
            instrument=found, by=actor(request), edition=edition, **form.cleaned_data
        ),
        done=done,
        at=_AT,
        label=_("Put a text under silence"),
        consequence=consequence,
    )


@edition_view(*CONCERNED)
def reply(request: HttpRequest, edition: Edition, instrument: UUID) -> HttpResponseBase:
    """Reply to the text under silence, in a delegation's name; the host enters what it received."""
    who = actor(request)
    found = obtained_instrument(request, edition, instrument)
    procedure = _running(request, found)
    if procedure is None:
        return _nothing_under_silence(request, edition, found)
    receives = access.keeps(who, found)
    asked = [one for one in silence_parties(procedure) if receives or access.speaks_for(who, one)]
    if not asked:
        raise PermissionDenied(_("Only the delegation's focal point answers for it."))
    names = entity_names(edition, {one.entity_id for one in asked})
    known = {str(one.public_id): one for one in asked}
    form = ReplyForm(
        request.POST if request.method == "POST" else None,
        delegations=[(key, names[one.entity_id].marked) for key, one in known.items()],
        receives=receives,
    )

    def take() -> SilenceReply:
        typed = {**form.cleaned_data, "delegation": known[form.cleaned_data["delegation"]]}
        return actions.reply_to_silence(procedure=procedure, by=who, **typed)

    def done(made: SilenceReply) -> str:
        broken = made.procedure.state == SilenceState.BROKEN
        return _("Silence is broken: the text is not adopted.") if broken else _("Your text is attached.")

    ends = clock.local(procedure.edition, procedure.expires_at)
    consequence = _(
        "Silence ends on %(end)s (%(zone)s). Who agrees need not write. An objection or a proposal to amend breaks the silence at once; an interpretative statement or a formal reservation is attached to the text and does not."
    ) % {"end": f"{ends.day} {ends:%b %Y, %H:%M:%S}", "zone": procedure.edition.timezone}
    return taken(
        request,
        edition,
        found,
        form,
        take,
        done=done,
        at=_AT,
        label=_("Reply to the text under silence"),
        consequence=consequence,
        procedure=procedure,
    )


@edition_view(*KEEPING)
def conclude(request: HttpRequest, edition: Edition, instrument: UUID) -> HttpResponseBase:
    """Note that nobody broke the silence, with the number of the adopted text."""
    found = kept_instrument(request, edition, instrument, "conclude_silence")
    procedure = _running(request, found)
    if procedure is None:
        return _nothing_under_silence(request, edition, found)
    form = ConcludeForm(request.POST if request.method == "POST" else None)
    consequence = _(
        "Nobody broke the silence: the text is adopted, gets its number, and statements and reservations stay attached to it. Tell the parties so in writing."
    )
    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.conclude_silence(
            procedure=procedure, number=form.cleaned_data["number"], by=actor(request)
        ),
        done=_("Adopted."),
        at=_AT,
        label=_("Conclude the silence"),
        consequence=consequence,
        procedure=procedure,
    )


def _running(request: HttpRequest, found: Instrument) -> SilenceProcedure | None:
    rows = visible(actor(request), SilenceProcedure).select_related("edition", "instrument")
    return rows.filter(instrument=found, state=SilenceState.PROVISIONAL).first()


def _nothing_under_silence(request: HttpRequest, edition: Edition, found: Instrument) -> HttpResponseBase:
    told = _("No text of this instrument lies under silence any more: below is how it ended.")
    return go(request, page(edition, "instrument", found.public_id) + _AT, told=told, level="error")
