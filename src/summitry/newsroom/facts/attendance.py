"""Who comes: the rows behind every number that is told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, Member
from summitry.newsroom.facts.pieces import Row
from summitry.world.kinds import STATE_KINDS, EntityKind
from summitry.world.queries import regions_by_entity

#: The scheme by which continents are counted.
_CONTINENTS: Final = "m49"
#: Organisations as they are told of, by the kinds that count among them.
ORGANISATIONS: Final[Mapping[str, frozenset[EntityKind]]] = {
    "international-organisations": frozenset({EntityKind.IGO, EntityKind.UN_BODY}),
    "eu-institutions": frozenset({EntityKind.EU_INSTITUTION}),
    "eu-agencies": frozenset({EntityKind.EU_AGENCY}),
    "non-governmental": frozenset({EntityKind.NGO}),
}


def titles() -> dict[str, str]:
    """Return what the lists are called."""
    return {
        "countries": _("Countries with accredited participants"),
        "continents": _("Continents they are on"),
        "participants": _("Accredited participants"),
        "international-organisations": _("International organisations with accredited participants"),
        "eu-institutions": _("EU institutions with accredited participants"),
        "eu-agencies": _("EU agencies with accredited participants, the host apart"),
        "non-governmental": _("Non-governmental organisations with accredited participants"),
    }


def _countries(count: int) -> str:
    return ngettext("%(n)d country", "%(n)d countries", count) % {"n": count}


def accredited(edition: Edition) -> QuerySet[Member]:
    """Return the accredited members of the delegations that come."""
    return Member.objects.filter(
        edition=edition,
        accreditation=Member.Accreditation.APPROVED,
        delegation__answer=Delegation.Answer.COMING,
    )


def attendance(edition: Edition, *, on: date) -> dict[str, Sequence[Row]]:
    """Return the rows of who comes, by list; two statements."""
    members = list(
        accredited(edition)
        .order_by("delegation__entity__code", "order")
        .values_list(
            "delegation__entity_id",
            "delegation__entity__kind",
            "delegation__is_host",
            "list_publicly",
            "person__display_name",
        )
    )
    kinds = {entity: (kind, is_host) for entity, kind, is_host, _public, _name in members}
    states = [entity for entity, (kind, _host) in kinds.items() if kind in STATE_KINDS]
    places = regions_by_entity(_CONTINENTS, on=on, entity_ids=states)
    named = {place.code: place.name for place in places.values()}
    sizes = Counter(place.code for place in places.values())
    lists: dict[str, Sequence[Row]] = {
        "countries": [Row(entities=[entity]) for entity in states],
        "continents": [Row(text=named[code], note=_countries(sizes[code])) for code in sorted(named)],
        "participants": [
            Row(entities=[entity], note=name if public else _("not listed publicly"))
            for entity, _kind, _host, public, name in members
        ],
    }
    for key, wanted in ORGANISATIONS.items():
        lists[key] = [
            Row(entities=[entity])
            for entity, (kind, is_host) in kinds.items()
            if kind in wanted and not is_host
        ]
    return lists
