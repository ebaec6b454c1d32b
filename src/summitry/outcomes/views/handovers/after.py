"""The ceremony, items that left service, files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from summitry.accounts.access import actor
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.forms.handovers import AttachForm, CeremonyForm, DisposalForm
from summitry.outcomes.views.common import language
from summitry.outcomes.views.handovers.common import SIDES, obtained_for
from summitry.outcomes.views.shown import taken
from summitry.outcomes.views.steps import KEEPING


@edition_view(*KEEPING)
def ceremony(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Say when and where the handover is celebrated."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "edit_handover")
    form = CeremonyForm(
        request.POST if request.method == "POST" else None,
        edition=found.edition,
        sessions=queries.sources(edition=found.edition, who=who).sessions,
        language=language(),
        initial={
            "ceremony_on": found.ceremony_on,
            "ceremony": str(found.ceremony.public_id) if found.ceremony else "",
            "place": found.place,
        },
    )
    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.set_ceremony(
            handover=found,
            ceremony=form.session(),
            ceremony_on=form.cleaned_data["ceremony_on"],
            place=form.cleaned_data["place"],
            by=who,
        ),
        label=_("The ceremony"),
        button=_("Save"),
        done=_("Changed."),
        consequence=_("The symbolic act, whatever was delivered or accepted by then."),
    )


@edition_view(*SIDES)
def dispose(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Note how an item left service."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "note_disposal")
    story = queries.handover_story(handover=found, who=who)
    form = DisposalForm(
        request.POST if request.method == "POST" else None,
        lines=[line for line in story.lines if line.sums.accepted > line.sums.disposed],
        initial={"on": clock.today(edition)},
    )

    def take() -> object:
        typed = form.cleaned_data
        return actions.note_disposal(
            item=form.disposed(),
            method=typed["method"],
            reason=typed["reason"],
            quantity=typed["quantity"],
            approval=typed["approval"],
            on=typed["on"],
            edition=edition,
            by=who,
        )

    return taken(
        request,
        edition,
        found,
        form,
        take,
        label=_("An item left service"),
        button=_("Note it"),
        done=_("Noted."),
        consequence=_("It is kept for good. Who handed it over reads it."),
    )


@edition_view(*SIDES)
def attach(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Attach files: the signed certificate, a delivery note, photographs."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "attach_file")
    form = AttachForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.attach_to_handover(handover=found, files=form.attached(), by=who),
        label=_("Attach files"),
        done=_("Attached."),
    )
