"""Where commitments can have been agreed, and between whom: what the form that records them offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from summitry.accounts.access import Actor, visible
from summitry.bilaterals.models import Meeting
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes.kinds import LifecycleState
from summitry.outcomes.models import Article
from summitry.programme.models import Session
from summitry.world.models import Entity

_TAKES_PLACE = (Occasion.Status.FIRM, Occasion.Status.HELD)


@dataclass(frozen=True, slots=True)
class Sources:
    """What is offered.

    Attributes
    ----------
    entities
        All that there are now, with those that have a delegation at the edition first said in `present`.
    """

    meetings: Sequence[Meeting]
    sessions: Sequence[Session]
    articles: Sequence[Article]
    entities: Sequence[Entity]
    present: frozenset[int]


def sources(*, edition: Edition, who: Actor, also: Meeting | None = None) -> Sources:
    """Return where something can have been agreed at an edition, and between whom; seven statements.

    Parameters
    ----------
    also
        A meeting that is offered whatever became of it: where what is changed was agreed.
    """
    takes_place = Q(occasion__status__in=_TAKES_PLACE) | Q(pk=also.pk if also else None)
    return Sources(
        meetings=list(
            visible(who, Meeting)
            .filter(takes_place, edition=edition)
            .select_related("occasion", "request")
            .prefetch_related("request__parties__delegation")
            .order_by("occasion__starts_at", "pk")
        ),
        sessions=list(
            visible(who, Session)
            .filter(edition=edition, occasion__status__in=_TAKES_PLACE)
            .select_related("occasion")
            .order_by("occasion__starts_at", "pk")
        ),
        articles=list(
            visible(who, Article)
            .filter(
                instrument__series=edition.series_id,
                instrument__edition__number__lte=edition.number,
            )
            .exclude(instrument__state__in=[LifecycleState.IDEA, LifecycleState.ABANDONED])
            .select_related("instrument")
            .order_by("-instrument__number", "order")
        ),
        entities=list(Entity.objects.filter(valid_to__isnull=True)),
        present=frozenset(
            Delegation.objects.filter(edition=edition)
            .exclude(answer=Delegation.Answer.REGRETS)
            .values_list("entity_id", flat=True)
        ),
    )
