"""For whom somebody acts."""

from __future__ import annotations

from django.db.models import Q

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.conferences.models import Edition, Host
from summitry.delegations.models import Delegation
from summitry.outcomes.kinds import PartyRole
from summitry.outcomes.models import Commitment


def entities_behind(who: Actor) -> frozenset[int]:
    """Return the entities that somebody belongs to or works for: their delegations' and their hosts'; two statements."""
    own = Delegation.objects.filter(pk__in=who.delegations_everywhere()).values_list("entity_id", flat=True)
    hosting = Q() if who.is_administrator else Q(editions__in=_staffed(who))
    hosts = Host.objects.filter(hosting).values_list("entity_id", flat=True)
    return frozenset([*own, *hosts])


def _staffed(who: Actor) -> list[int]:
    return [
        held.edition_id for held in who.grants if held.edition_id is not None and held.delegation_id is None
    ]


def entity_assessing(who: Actor, commitment: Commitment) -> int:
    """Return in whose name somebody assesses: a party's it was promised to, else the host's; two statements at most."""
    own = [held.delegation_id for held in who.grants if held.role == Role.FOCAL_POINT]
    bound = commitment.parties.exclude(role=PartyRole.SUPPORTER).values("entity")
    party = (
        Delegation.objects.filter(pk__in=[pk for pk in own if pk is not None], entity__in=bound)
        .order_by("pk")
        .values_list("entity_id", flat=True)
        .first()
    )
    if party is not None:
        return party
    return Edition.objects.values_list("hosted_by__entity_id", flat=True).get(pk=commitment.edition_id)
