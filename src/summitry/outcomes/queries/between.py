"""What two delegations have agreed since ever: for the page before they meet again, and the brief of their meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from summitry.accounts.access import Actor, visible
from summitry.conferences.models import Edition
from summitry.outcomes.kinds import HandoverState, LifecycleState
from summitry.outcomes.models import CommitmentParty, Handover, Instrument, InstrumentParty
from summitry.outcomes.queries.commitments import commitments, fetched
from summitry.outcomes.queries.instruments import instruments

_NOT_AGREED: Final = (LifecycleState.IDEA, LifecycleState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Between:
    """What two entities have agreed over all editions of a series, the newest first.

    Attributes
    ----------
    commitments
        As :func:`~summitry.outcomes.queries.commitments.fetched` gives them.
    """

    commitments: Sequence[Any]
    instruments: Sequence[Instrument]
    handovers: Sequence[Handover]

    def __bool__(self) -> bool:
        return bool(self.commitments or self.instruments or self.handovers)


def between(entity_a: int, entity_b: int, *, edition: Edition, who: Actor) -> Between:
    """Return everything that two entities have agreed with one another up to an edition, as `who` may see it.

    Parameters
    ----------
    entity_a, entity_b
        Ids of entities, in either order.

    Returns
    -------
    Between
        Agreed commitments in which both are parties, one as owner or both beside another
        owner; instruments to which both are parties, from the agreement in principle on;
        handovers from one to the other whose list was agreed. Eight statements, however
        much it is.
    """
    both = {entity_a, entity_b}
    beside = {entity: CommitmentParty.objects.filter(entity=entity).values("commitment") for entity in both}
    promised = Q(owner=entity_a, pk__in=beside[entity_b]) | Q(owner=entity_b, pk__in=beside[entity_a])
    promised |= Q(pk__in=beside[entity_a]) & Q(pk__in=beside[entity_b])
    signed = {entity: InstrumentParty.objects.filter(entity=entity).values("instrument") for entity in both}
    handed = Q(transferee=entity_b) & _gives(entity_a) | Q(transferee=entity_a) & _gives(entity_b)
    handovers = (
        visible(who, Handover)
        .exclude(state__in=[HandoverState.DRAFT, HandoverState.CANCELLED])
        .filter(handed, edition__series=edition.series_id, edition__number__lte=edition.number)
        .select_related("edition", "transferor", "transferee")
    )
    agreed = commitments(who=who, edition=edition).filter(agreed_on__isnull=False)
    newest = ("-edition__number", "-number")
    return Between(
        commitments=list(fetched(agreed.filter(promised)).order_by(*newest)),
        instruments=list(
            instruments(who=who, edition=edition)
            .filter(Q(pk__in=signed[entity_a]) & Q(pk__in=signed[entity_b]))
            .exclude(state__in=_NOT_AGREED)
            .order_by(*newest)
        ),
        handovers=list(handovers.order_by(*newest)),
    )


def _gives(entity: int) -> Q:
    return Q(transferor=entity) | Q(title_holder=entity) | Q(custodian=entity)
