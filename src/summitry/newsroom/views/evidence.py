"""What sentences rest on: a record as far as it may be told, and the rows behind a number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, visible
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.queries import naming_policy
from summitry.newsroom import words
from summitry.newsroom.access import DESKS
from summitry.newsroom.facts import gather
from summitry.newsroom.models import Sentence
from summitry.ui.components import EmptyState
from summitry.ui.tables import Column, Table
from summitry.world.languages import base_code, text_in
from summitry.world.queries import names_for

#: Pages of the floors below on which a record stands in full, for who may open them.
_PAGES = {
    "outcomes.instrument": "outcomes:instrument",
    "outcomes.commitment": "outcomes:commitment",
    "outcomes.handover": "outcomes:handover",
}
_IN_LISTS = {
    "programme.session": "programme:list",
    "programme.speaker": "programme:list",
    "programme.quotation": "programme:list",
}


@edition_view(*DESKS)
def record(request: HttpRequest, edition: Edition, model: str, record: UUID) -> HttpResponseBase:
    """Show what may be told of a record, and the sentences that rest on it."""
    language = base_code(get_language() or "en")
    found = {
        one.field: one for one in gather(edition).grounds() if (one.model, one.record) == (model, record)
    }
    if not found:
        raise Http404
    resting = (
        visible(actor(request), Sentence)
        .filter(
            evidence__model=model,
            evidence__record=record,
            release_version__release__edition=edition,
            language=language if language in edition.languages else "en",
        )
        .select_related("release_version__release")
        .order_by("-release_version_id", "order")
        .distinct()
    )
    context = {
        "edition": edition,
        "label": words.model_label(model),
        "title": next(iter(found.values())).title,
        "facts": [
            (words.field_label(one.field), words.value_words(one.field, one.value_in(language)))
            for one in found.values()
        ],
        "sentences": resting,
        "page": _page(edition, model, record),
    }
    return render(request, "newsroom/record.html", context)


def _page(edition: Edition, model: str, record: UUID) -> str:
    """Return where a record stands in full; "" where it has no page of its own."""
    try:
        if model in _PAGES:
            return reverse(_PAGES[model], args=[edition.slug, record])
        return reverse(_IN_LISTS[model], args=[edition.slug]) if model in _IN_LISTS else ""
    except NoReverseMatch:
        return ""


@edition_view(*DESKS)
def counted(request: HttpRequest, edition: Edition, key: str) -> HttpResponseBase:
    """Show the rows behind a number."""
    facts = gather(edition)
    if key not in facts.lists:
        raise Http404
    language = base_code(get_language() or "en")
    rows = facts.lists[key]
    named = {entity for row in rows for entity in row.entities}
    names = names_for(named, language=language, on=clock.today(edition), policy=naming_policy(edition))
    entities = all(len(row.entities) == 1 for row in rows)
    if entities:
        rows = sorted(rows, key=lambda row: names[row.entities[0]].sort_key)
    shown = [
        {
            "number": number,
            "what": names[row.entities[0]]
            if entities
            else ", ".join(names[entity].short for entity in row.entities) or text_in(row.text, language),
            "note": row.note,
        }
        for number, row in enumerate(rows, 1)
    ]
    notes: list[Column[dict[str, Any]]] = [
        Column(key="note", label=_("Further"), value=lambda row: row["note"])
    ]
    table = Table(
        request=request,
        key=f"evidence-{key}",
        title=str(facts.titles[key]),
        columns=[
            Column(key="number", label=_("No."), kind="number", css="nr", value=lambda row: row["number"]),
            Column(
                key="what",
                label=_("What is counted"),
                value=lambda row: row["what"],
                template="ui/cells/entity.html" if entities else "",
            ),
            *(notes if any(row.note for row in rows) else []),
        ],
        rows=shown,
        empty=EmptyState(title=_("Nothing is counted yet"), text=_("What is counted will stand here.")),
    )
    context = {"edition": edition, "title": facts.titles[key], "count": len(rows)}
    return table.respond("newsroom/counted.html", context)
