"""Recording what was agreed, and changing it while it is not agreed yet."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, actor, allowed
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.forms import TermsForm
from summitry.outcomes.forms.terms import MOST_ROWS, initial_terms
from summitry.outcomes.kinds import PartyRole
from summitry.outcomes.models import Commitment
from summitry.outcomes.queries import Sources
from summitry.outcomes.views.common import entity_names, language, obtained, page
from summitry.outcomes.views.shown import one_more, shown_form
from summitry.outcomes.views.steps import KEEPING
from summitry.records import RefusedError
from summitry.ui.htmx import go

_EMPTY_ROWS: Final = 2
_SOURCES: Final = ("meeting", "session", "article")


def _form(
    edition: Edition,
    who: Actor,
    offered: Sources,
    *,
    data: QueryDict | None = None,
    initial: dict[str, Any],
    commitment: Commitment | None = None,
) -> TermsForm:
    initial = dict(initial)
    for rows, empty in (("parties", {"role": PartyRole.COUNTERPART}), ("milestones", {})):
        initial[rows] = [*initial.get(rows, []), *([empty] * _EMPTY_ROWS)]
    return TermsForm(
        data,
        edition=edition,
        offered=offered,
        areas=queries.areas_of(edition, who=who, retired=commitment is not None),
        names=entity_names(edition, (entity.pk for entity in offered.entities)),
        language=language(),
        commitment=commitment,
        initial=initial,
    )


def _asked_for(request: HttpRequest, edition: Edition, offered: Sources) -> dict[str, Any]:
    """Return what a new record begins with: where it was agreed, and who met there."""
    initial: dict[str, Any] = {"language": (edition.languages or ["en"])[0], "publish": True}
    for kind in _SOURCES:
        named = request.GET.get(kind, "")
        rows: Any = getattr(offered, f"{kind}s")
        source = next((row for row in rows if str(row.public_id) == named), None)
        if source is None:
            continue
        initial["source"] = f"{kind}:{named}"
        if kind == "meeting":
            codes = {entity.pk: entity.code for entity in offered.entities}
            met = [codes.get(party.delegation.entity_id, "") for party in source.request.parties.all()]
            initial["owner"] = met[0]
            initial["parties"] = [{"entity": code, "role": PartyRole.COUNTERPART} for code in met[1:]]
        if kind == "article":
            initial["text"], initial["language"] = source.text, source.language
    return initial


@edition_view(*KEEPING)
def record(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Record a commitment; nothing typed is lost where something is refused."""
    who = actor(request)
    offered = queries.sources(edition=edition, who=who)
    data = request.POST if request.method == "POST" else None
    form = _form(edition, who, offered, data=data, initial=_asked_for(request, edition, offered))
    if form.is_bound and form.is_valid():
        try:
            made = actions.record_commitment(edition=edition, terms=form.terms(), by=who)
        except RefusedError as error:
            form.refuse(error)
        else:
            told = _("%(ref)s is recorded. Lay it before the parties when the text stands.") % {
                "ref": made.ref
            }
            return go(request, page(edition, "commitment", made.public_id), told=told)
    return shown_form(request, edition, form, template="commitments/form", back=page(edition, "commitments"))


@edition_view(*KEEPING)
def change(request: HttpRequest, edition: Edition, commitment: UUID) -> HttpResponseBase:
    """Change a record that is not agreed yet."""
    who = actor(request)
    found = obtained(request, edition, commitment)
    if not allowed(who, "edit_commitment", found):
        raise PermissionDenied(_("You do not follow this commitment up."))
    [row] = queries.fetched(Commitment.objects.filter(pk=found.pk).prefetch_related("milestones"))
    offered = queries.sources(edition=found.edition, who=who, also=found.meeting)
    data = request.POST if request.method == "POST" else None
    form = _form(found.edition, who, offered, data=data, initial=initial_terms(found, row), commitment=found)
    url = page(edition, "commitment", found.public_id)
    if form.is_bound and form.is_valid():
        try:
            actions.edit_commitment(
                commitment=found,
                terms=form.terms(),
                version=form.cleaned_data["version"] or 0,
                by=who,
                reason=form.cleaned_data["reason"],
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            return go(request, url, told=_("Changed."))
    return shown_form(request, edition, form, template="commitments/form", back=url, found=found)


@edition_view(*KEEPING)
def row(request: HttpRequest, edition: Edition, kind: str) -> HttpResponseBase:
    """Give one more empty row for a party or a milestone."""
    prefix = "party" if kind == "party" else "step"
    who = actor(request)
    form = _form(edition, who, queries.sources(edition=edition, who=who), initial={})
    rows = form.parties if prefix == "party" else form.steps
    return one_more(
        request,
        edition,
        rows,
        kind=prefix,
        most=MOST_ROWS,
        template=f"outcomes/parts/{prefix}_row.html",
        rows_at="outcomes:commitment-row",
    )
