"""What two delegations have agreed since ever, on one page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from summitry.accounts.access import actor
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes import queries
from summitry.outcomes.access import CONCERNED, DESKS
from summitry.outcomes.tables import when_due
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.words import progress_words, timeliness_chip
from summitry.world.languages import text_in
from summitry.world.models import Entity


@edition_view(*CONCERNED)
def between(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show everything that two have agreed with one another; a delegation's people only with their own."""
    who = actor(request)
    is_desk = who.has_role(edition.pk, *DESKS)
    rows = Delegation.objects.filter(edition__series=edition.series_id, edition__number__lte=edition.number)
    ours = set(
        Delegation.objects.filter(pk__in=who.delegations_in(edition.pk)).values_list("entity_id", flat=True)
    )
    entities = dict(Entity.objects.filter(pk__in=rows.values("entity")).values_list("code", "pk"))
    names = entity_names(edition, entities.values())
    offered = sorted(
        ((code, names[pk].marked) for code, pk in entities.items() if pk in names),
        key=lambda pair: names[entities[pair[0]]].sort_key,
    )
    first = offered if is_desk else [pair for pair in offered if entities[pair[0]] in ours]
    one, other = request.GET.get("one", ""), request.GET.get("other", "")
    if not one and len(first) == 1:
        one = first[0][0]
    if (one and one not in dict(first)) or (other and other not in entities):
        raise Http404
    context = {
        "edition": edition,
        "first": first,
        "offered": offered,
        "one": one,
        "other": other,
        "is_same": bool(one) and one == other,
    }
    if one and other and one != other:
        context |= _found(request, edition, entities[one], entities[other])
    return render(request, "outcomes/commitments/between.html", context)


def _found(request: HttpRequest, edition: Edition, one: int, other: int) -> dict[str, object]:
    found = queries.between(one, other, edition=edition, who=actor(request))
    today = clock.today(edition)
    names = entity_names(
        edition,
        {
            one,
            other,
            *(row.owner_id for row in found.commitments),
            *(party.entity_id for row in found.commitments for party in row.other_parties),
            *(row.transferor_id for row in found.handovers),
            *(row.transferee_id for row in found.handovers),
        },
    )
    return {
        "found": found,
        "pair": (names[one], names[other]),
        "commitments": [
            {
                "row": row,
                "title": text_in(row.title, language()),
                "url": page(edition, "commitment", row.public_id),
                "owner": names[row.owner_id],
                "text": row.last_wordings[0],
                "due": when_due(row, today),
                "progress": progress_words(row.progress),
                "chip": timeliness_chip(row.timeliness),
                "edition": text_in(row.edition.name, language()),
            }
            for row in found.commitments
        ],
        "instruments": [
            (row, text_in(row.title, language()), text_in(row.edition.name, language()))
            for row in found.instruments
        ],
        "handovers": [
            (row, text_in(row.title, language()), names[row.transferor_id], names[row.transferee_id])
            for row in found.handovers
        ],
    }
