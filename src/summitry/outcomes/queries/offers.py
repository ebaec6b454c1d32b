"""What the lists of a series have to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from summitry.accounts.access import Actor, visible
from summitry.conferences.models import Edition
from summitry.outcomes.models import Area, Commitment, CommitmentParty
from summitry.outcomes.queries.vocabulary import areas_of


@dataclass(frozen=True, slots=True)
class Offers:
    """What occurs among the commitments of a series that a reader may see.

    Attributes
    ----------
    entities
        Ids of all owners and other parties.
    editions
        Slug, number and name by language; the newest first.
    years
        In which something is due.
    """

    entities: frozenset[int]
    editions: Sequence[tuple[str, int, dict[str, str]]]
    years: Sequence[int]
    areas: Sequence[Area]


def offers(*, edition: Edition, who: Actor) -> Offers:
    """Return what the lists of an edition's series have to choose from; four statements."""
    seen = visible(who, Commitment).filter(
        edition__series=edition.series_id, edition__number__lte=edition.number
    )
    rows = list(seen.order_by().values_list("owner", "edition", "due_on__year").distinct())
    parties = CommitmentParty.objects.filter(commitment__in=seen.order_by().values("pk"))
    entities = {owner for owner, _edition, _year in rows}
    entities.update(parties.order_by().values_list("entity", flat=True).distinct())
    editions = Edition.objects.filter(
        Q(pk__in={one for _owner, one, _year in rows}) | Q(pk=edition.pk)
    ).order_by("-number")
    return Offers(
        entities=frozenset(entities),
        editions=list(editions.values_list("slug", "number", "name")),
        years=sorted({year for _owner, _edition, year in rows if year}),
        areas=areas_of(edition, who=who, retired=True),
    )
