"""What becomes of the items: deliveries, inspections and their corrections."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import actor, obtain
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.forms.handovers import CorrectionForm, DeliveryForm, InspectionForm, SettlingForm
from summitry.outcomes.forms.handovers.progress import plain
from summitry.outcomes.models import Delivery, Handover, Inspection
from summitry.outcomes.views.common import page, refused
from summitry.outcomes.views.handovers.common import SIDES, obtained_for
from summitry.outcomes.views.shown import taken, typed_into
from summitry.records import RefusedError
from summitry.ui.htmx import go


def _corrected(request: HttpRequest, found: Handover) -> Delivery | None:
    """Return the delivery that is to be corrected, where one is named."""
    named = request.GET.get("corrects", "")
    if not named:
        return None
    try:
        public_id = UUID(named)
    except ValueError:
        return None
    return obtain(actor(request), Delivery, handover=found, public_id=public_id)


@edition_view(*SIDES)
def deliver(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Note a consignment that arrived, or correct one that was entered wrongly."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "note_delivery")
    corrects = _corrected(request, found)
    story = queries.handover_story(handover=found, who=who)
    delivered = {one.item_id: one.quantity for one in corrects.lines.all()} if corrects else None
    lines = [
        line for line in story.lines if line.sums.to_deliver > 0 or (delivered and line.item.pk in delivered)
    ]
    known = corrects or Delivery(delivered_on=clock.today(edition), place=found.place)
    form = DeliveryForm(
        request.POST if request.method == "POST" else None,
        lines=lines,
        delivered=delivered,
        initial={
            "on": known.delivered_on,
            "place": known.place,
            "note": known.note,
            "received_by": known.received_by,
        },
    )

    def take() -> object:
        typed = form.cleaned_data
        return actions.note_delivery(
            handover=found,
            lines=form.brought(),
            on=typed["on"],
            place=typed["place"],
            note=typed["note"],
            received_by=typed["received_by"],
            corrects=corrects,
            reason=typed.get("reason", ""),
            edition=edition,
            by=who,
        )

    return taken(
        request,
        edition,
        found,
        form,
        take,
        done=_("Corrected.") if corrects else _("The delivery is noted."),
        template="handovers/deliver",
        label=_("Correct a delivery") if corrects else _("Note a delivery"),
        button=_("Correct") if corrects else _("Note the delivery"),
    )


@edition_view(*SIDES)
def inspect(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Note what the receiving side's inspection found, line by line."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "inspect_items")
    story = queries.handover_story(handover=found, who=who)
    form = InspectionForm(
        request.POST if request.method == "POST" else None,
        lines=[line for line in story.lines if line.sums.to_inspect > 0],
        initial={"on": clock.today(edition), "inspector": who.name},
    )

    def done(made: Sequence[Inspection]) -> str:
        count = len({one.item_id for one in made})
        return ngettext("%(count)d line inspected.", "%(count)d lines inspected.", count) % {"count": count}

    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.inspect_items(
            handover=found,
            found=form.found(),
            inspector=form.cleaned_data["inspector"],
            on=form.cleaned_data["on"],
            edition=edition,
            by=who,
        ),
        done=done,
        template="handovers/inspect",
        label=_("Inspect the items"),
        button=_("Note the inspection"),
    )


@edition_view(*SIDES)
def correct(request: HttpRequest, edition: Edition, handover: UUID, inspection: UUID) -> HttpResponseBase:
    """Correct an inspection that was entered wrongly; both are kept."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "inspect_items")
    wrong = obtain(who, Inspection, item__handover=found, public_id=inspection)
    wrong.item.handover = found
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "result": wrong.result,
            "quantity": plain(wrong.quantity),
            "inspector": wrong.inspector,
        },
    )
    url = page(edition, "handover", found.public_id)
    if form.is_bound and form.is_valid():
        try:
            actions.correct_inspection(inspection=wrong, by=who, **form.cleaned_data)
        except RefusedError as error:
            if error.field and error.field not in {*form.fields, "found"}:
                return refused(request, url, error)
            refuse(form, error)
        else:
            return go(request, url, told=_("Corrected."))
    return typed_into(
        request,
        edition,
        found,
        form,
        back=url,
        label=_("Correct an inspection"),
        button=_("Correct"),
        consequence=_("Line %(line)d, %(item)s.") % {"line": wrong.item.line, "item": wrong.item},
    )


@edition_view(*SIDES)
def settle(request: HttpRequest, edition: Edition, handover: UUID, inspection: UUID) -> HttpResponseBase:
    """Note that what was accepted with remarks is accepted in full."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "inspect_items")
    remarked = obtain(who, Inspection, item__handover=found, public_id=inspection)
    remarked.item.handover = found
    form = SettlingForm(
        request.POST if request.method == "POST" else None,
        initial={"on": clock.today(edition), "inspector": remarked.inspector},
    )
    return taken(
        request,
        edition,
        found,
        form,
        lambda: actions.settle_remarks(inspection=remarked, edition=edition, by=who, **form.cleaned_data),
        label=_("Remarks are settled"),
        button=_("Accept in full"),
        done=_("Accepted in full."),
        consequence=_("Line %(line)d, %(item)s: %(remarks)s")
        % {"line": remarked.item.line, "item": remarked.item, "remarks": remarked.remarks},
    )
