"""What the lists of a series have to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

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
    found = seen.order_by().aggregate(
        owners=ArrayAgg("owner", distinct=True, default=Value([])),
        editions=ArrayAgg("edition", distinct=True, default=Value([])),
        years=ArrayAgg("due_on__year", distinct=True, filter=Q(due_on__isnull=False), default=Value([])),
    )
    parties = CommitmentParty.objects.filter(commitment__in=seen.order_by().values("pk"))
    entities = {*found["owners"], *parties.order_by().values_list("entity", flat=True).distinct()}
    editions = Edition.objects.filter(pk__in=[*found["editions"], edition.pk]).order_by("-number")
    return Offers(
        entities=frozenset(entities),
        editions=list(editions.values_list("slug", "number", "name")),
        years=sorted(found["years"]),
        areas=areas_of(edition, who=who, retired=True),
    )
