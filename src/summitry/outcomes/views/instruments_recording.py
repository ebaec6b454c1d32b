"""Recording instruments, and changing what is recorded of them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, actor, visible
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.forms.instruments import InstrumentForm, Recorded, initial_content
from summitry.outcomes.forms.instruments_rows import MOST_ROWS
from summitry.outcomes.models import Instrument
from summitry.outcomes.queries import Sources
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.views.instruments_shared import kept_instrument
from summitry.outcomes.views.shown import one_more, shown_form
from summitry.outcomes.views.steps import KEEPING
from summitry.records import RefusedError
from summitry.ui.htmx import go

_ROWS: Final = {"party": "parties", "activity": "activities", "article": "articles"}
_EMPTY_PARTIES: Final = 2


def _form(
    edition: Edition,
    who: Actor,
    offered: Sources,
    *,
    data: QueryDict | None = None,
    initial: dict[str, Any],
    recorded: Recorded | None = None,
) -> InstrumentForm:
    initial = dict(initial)
    parties = initial.get("parties", [])
    initial["parties"] = [*parties, *([{}] * max(0, _EMPTY_PARTIES - len(parties)))]
    others = visible(who, Instrument).filter(series=edition.series_id)
    if recorded is not None:
        others = others.exclude(pk=recorded.instrument.pk)
    return InstrumentForm(
        data,
        edition=edition,
        offered=offered,
        others=list(others.order_by("-number")),
        areas=queries.areas_of(edition, who=who, retired=recorded is not None),
        names=entity_names(edition, (entity.pk for entity in offered.entities)),
        language=language(),
        recorded=recorded,
        initial=initial,
    )


def _asked_for(request: HttpRequest, edition: Edition, who: Actor, offered: Sources) -> dict[str, Any]:
    """Return what a new record begins with: where it was agreed and who met there, or what it renews."""
    initial: dict[str, Any] = {"languages": [(edition.languages or ["en"])[0]]}
    codes = {entity.pk: entity.code for entity in offered.entities}
    named = request.GET.get("meeting", "")
    met = next((one for one in offered.meetings if str(one.public_id) == named), None)
    if met is not None:
        initial["source"] = f"meeting:{named}"
        initial["parties"] = [
            {"entity": codes.get(party.delegation.entity_id, "")} for party in met.request.parties.all()
        ]
    renewed = _renewed(request, edition, who)
    if renewed is not None:
        initial |= {
            "predecessor": str(renewed.public_id),
            "kind": renewed.kind,
            "legal_nature": renewed.legal_nature,
            "parent": str(renewed.parent.public_id) if renewed.parent else "",
            "languages": renewed.languages,
            "authentic_languages": renewed.authentic_languages,
            "areas": [area.code for area in renewed.areas.all()],
            "parties": [{"entity": codes.get(party.entity_id, "")} for party in renewed.parties.all()],
        }
    return initial


def _renewed(request: HttpRequest, edition: Edition, who: Actor) -> Instrument | None:
    try:
        public_id = UUID(request.GET.get("renews", ""))
    except ValueError:
        return None
    rows = visible(who, Instrument).filter(series=edition.series_id, public_id=public_id)
    return rows.select_related("parent").prefetch_related("areas", "parties").first()


@edition_view(*KEEPING)
def record(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Record an instrument; nothing typed is lost where something is refused."""
    who = actor(request)
    offered = queries.sources(edition=edition, who=who)
    data = request.POST if request.method == "POST" else None
    form = _form(edition, who, offered, data=data, initial=_asked_for(request, edition, who, offered))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.record_instrument(
                edition=edition,
                content=form.content(),
                state=typed["state"],
                on=typed["state_on"],
                reason=typed["state_reason"],
                by=who,
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            told = _("%(ref)s is recorded.") % {"ref": made.ref}
            return go(request, page(edition, "instrument", made.public_id), told=told)
    return shown_form(request, edition, form, template="instruments/form", back=page(edition, "instruments"))


@edition_view(*KEEPING)
def change(request: HttpRequest, edition: Edition, instrument: UUID) -> HttpResponseBase:
    """Change what is recorded of an instrument."""
    who = actor(request)
    found = kept_instrument(request, edition, instrument, "edit_instrument")
    recorded = Recorded(
        instrument=found,
        parties=list(found.parties.select_related("entity", "signatory_member__delegation")),
        activities=list(found.activities.select_related("area", "lead")),
        articles=list(found.articles.all()),
    )
    offered = queries.sources(edition=found.edition, who=who, also=found.meeting)
    form = _form(
        found.edition,
        who,
        offered,
        data=request.POST if request.method == "POST" else None,
        initial=initial_content(recorded),
        recorded=recorded,
    )
    url = page(edition, "instrument", found.public_id)
    if form.is_bound and form.is_valid():
        try:
            actions.edit_instrument(
                instrument=found,
                content=form.content(),
                version=form.cleaned_data["version"] or 0,
                by=who,
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            return go(request, url, told=_("Changed."))
    return shown_form(request, edition, form, template="instruments/form", back=url, found=found)


@edition_view(*KEEPING)
def row(request: HttpRequest, edition: Edition, kind: str) -> HttpResponseBase:
    """Give one more empty row for a party, an activity or an article."""
    if kind not in _ROWS:
        raise Http404
    who = actor(request)
    form = _form(edition, who, queries.sources(edition=edition, who=who), initial={})
    return one_more(
        request,
        edition,
        getattr(form, _ROWS[kind]),
        kind=kind,
        most=MOST_ROWS,
        template=f"outcomes/instruments/{kind}_row.html",
        rows_at="outcomes:instrument-row",
    )
