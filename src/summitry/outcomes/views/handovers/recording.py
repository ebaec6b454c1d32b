"""Recording a handover with its list, changing the draft, adding lines to a list that is agreed."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import Actor, actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.forms.handovers import (
    ItemRows,
    ItemsForm,
    TransferForm,
    initial_items,
    initial_transfer,
)
from summitry.outcomes.forms.handovers.items import MOST_ROWS
from summitry.outcomes.kinds import Condition
from summitry.outcomes.models import Commitment, Handover
from summitry.outcomes.queries import handing_over
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.views.handovers.common import obtained_for
from summitry.outcomes.views.shown import place_asked, shown_form, typed_into
from summitry.outcomes.views.steps import KEEPING
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.languages import LANGUAGES

_EMPTY_ROWS: Final = 2
_EMPTY: Final = {"condition": Condition.NEW}


def _commitments(edition: Edition, who: Actor, handover: Handover | None = None) -> list[Commitment]:
    return handing_over.servable(edition=edition, who=who, handover=handover)


def _form(
    edition: Edition,
    who: Actor,
    *,
    data: QueryDict | None,
    initial: dict[str, Any],
    rows: list[dict[str, Any]],
    handover: Handover | None = None,
) -> TransferForm:
    offered = queries.sources(edition=edition, who=who)
    return TransferForm(
        data,
        edition=edition,
        offered=offered,
        names=entity_names(edition, (entity.pk for entity in offered.entities)),
        language=language(),
        commitments=_commitments(edition, who, handover),
        signatories=list(handover.signatories.select_related("member")) if handover else [],
        handover=handover,
        initial=initial,
        rows=rows,
    )


def _begin(request: HttpRequest, edition: Edition, who: Actor) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a new record and its first row begin with: the commitment from which it was asked for."""
    languages = [code for code in edition.languages if code in LANGUAGES] or ["en"]
    initial: dict[str, Any] = {"certificate_languages": languages[:2], "copies": 2, "inspection_right": True}
    initial["title_passes"] = "on_delivery"
    named = request.GET.get("commitment", "")
    one = next((row for row in _commitments(edition, who) if str(row.public_id) == named), None)
    if one is None:
        return initial, dict(_EMPTY)
    initial |= {
        "transferor": one.owner.code,
        "commitments": [named],
        "confidentiality": str(one.confidentiality),
    }
    beneficiary = one.parties.select_related("entity").order_by("order", "pk").first()
    if beneficiary is not None:
        initial["transferee"] = beneficiary.entity.code
    return initial, {**_EMPTY, "commitment": named, "unit": one.unit}


def _refused_serials(form: ItemsForm, who: Actor, handover: Handover | None) -> bool:
    """Mark serial numbers that are on another transfer in effect; tell whether there are any."""
    taken = handing_over.taken_serials(form.serials(), who=who, apart_from=handover)
    return form.refuse_taken(taken)


@edition_view(*KEEPING)
def record(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Record a handover; nothing typed is lost where something is refused."""
    who = actor(request)
    data = request.POST if request.method == "POST" else None
    initial, first = _begin(request, edition, who)
    form = _form(edition, who, data=data, initial=initial, rows=[first, dict(_EMPTY)])
    if form.is_bound and form.is_valid() and not _refused_serials(form, who, None):
        try:
            made = actions.record_handover(
                edition=edition,
                transfer=form.transfer(),
                items=form.items(),
                signatories=form.signatories(),
                by=who,
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            told = _("%(ref)s is recorded as a draft. Note when both sides agree on the list.") % {
                "ref": made.ref
            }
            return go(request, page(edition, "handover", made.public_id), told=told)
    return shown_form(request, edition, form, template="handovers/form", back=page(edition, "handovers"))


@edition_view(*KEEPING)
def change(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Change a draft: its terms, its list, who signs."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "edit_handover")
    data = request.POST if request.method == "POST" else None
    served = list(found.commitments.all())
    items = found.items.filter(struck=False).select_related("commitment")
    form = _form(
        found.edition,
        who,
        data=data,
        initial=initial_transfer(found, served),
        rows=[*initial_items(list(items)), dict(_EMPTY)],
        handover=found,
    )
    url = page(edition, "handover", found.public_id)
    if form.is_bound and form.is_valid() and not _refused_serials(form, who, found):
        try:
            actions.edit_handover(
                handover=found,
                transfer=form.transfer(),
                items=form.items(),
                signatories=form.signatories(),
                version=form.cleaned_data["version"] or 0,
                by=who,
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            return go(request, url, told=_("Changed."))
    return shown_form(request, edition, form, template="handovers/form", back=url, found=found)


@edition_view(*KEEPING)
def add(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Add lines to a list that is agreed: replacements of what was rejected."""
    who = actor(request)
    found = obtained_for(request, edition, handover, "edit_handover")
    served = list(found.commitments.all())
    first = {**_EMPTY, "commitment": str(served[0].public_id), "unit": served[0].unit} if served else _EMPTY
    form = ItemsForm(
        request.POST if request.method == "POST" else None,
        commitments=served,
        rows=[dict(first) for _row in range(_EMPTY_ROWS)],
    )
    url = page(edition, "handover", found.public_id)
    if form.is_bound and form.is_valid() and not _refused_serials(form, who, found):
        try:
            made = actions.add_items(handover=found, items=form.items(), by=who)
        except RefusedError as error:
            refuse(form, error)
        else:
            return go(
                request,
                url,
                told=ngettext("%(count)d line added.", "%(count)d lines added.", len(made))
                % {"count": len(made)},
            )
    return typed_into(
        request,
        edition,
        found,
        form,
        template="handovers/add",
        back=url,
        label=_("Add lines"),
        consequence=_("The list stands as it was agreed; these are added at its end."),
    )


@edition_view(*KEEPING)
def row(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Give one more empty row of the list."""
    place = place_asked(request, most=MOST_ROWS)
    commitments = _commitments(edition, actor(request))
    rows = ItemRows(
        prefix="item",
        form_kwargs={"commitments": {str(one.public_id): one for one in commitments}},
    )
    empty = rows.empty_form
    empty.prefix = f"item-{place}"
    context = {"edition": edition, "item": empty, "next": place + 1}
    return render(request, "outcomes/handovers/parts/more_items.html", context)
