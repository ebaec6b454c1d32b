"""In whose name somebody may do what with an outcome."""

from __future__ import annotations

from typing import Final

from summitry.accounts.access import Actor, actor_of
from summitry.accounts.models import Role, User
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes import models
from summitry.outcomes.access.reach import KEEPERS, SECRET, at_work, editions_in_reach
from summitry.outcomes.models.vocabulary import Outcome

#: What a link in a reminder allows.
REPORT_LINK: Final = "report_progress"


def keeps(who: Actor, outcome: Outcome) -> bool:
    """Tell whether somebody follows an outcome up for its host; one statement unless the role is of its edition."""
    secret = outcome.confidentiality >= SECRET
    roles = (Role.PROTOCOL,) if secret else KEEPERS
    if who.is_administrator or who.has_role(outcome.edition_id, *roles):
        return True
    return editions_in_reach(who, *roles).filter(pk=outcome.edition_id).exists()


def works_with(who: Actor, outcome: Outcome) -> bool:
    """Tell whether somebody works with an outcome, and is not only shown what is cleared; one statement."""
    model = type(outcome)
    return at_work(who, model._default_manager.filter(pk=outcome.pk)).exists()  # noqa: SLF001 Django's documented name


def may_record(who: Actor, edition: Edition, *, confidentiality: int) -> bool:
    """Tell whether somebody may record outcomes of an edition at a level of confidentiality."""
    roles = (Role.PROTOCOL,) if confidentiality >= SECRET else KEEPERS
    return who.is_administrator or who.has_role(edition.pk, *roles)


def reaches(who: Actor, edition: Edition, *, confidentiality: int) -> bool:
    """Tell whether a role held in a later edition lets somebody change what an edition recorded; one statement."""
    roles = (Role.PROTOCOL,) if confidentiality >= SECRET else KEEPERS
    return editions_in_reach(who, *roles).filter(pk=edition.pk).exists()


def may_settle(who: Actor, edition: Edition) -> bool:
    """Tell whether somebody may change the words and the follow-up settings of an edition."""
    return who.has_role(edition.pk, *KEEPERS)


def speaks_for(who: Actor, delegation: Delegation) -> bool:
    """Tell whether somebody answers in a delegation's name.

    Its focal point does, and the one whom its entity has named for a later edition of the
    series; for the host's own delegation the host's keepers do. One statement at most.
    """
    own = [
        held.delegation_id
        for held in who.grants
        if held.role == Role.FOCAL_POINT and held.delegation_id is not None
    ]
    if delegation.pk in own or (delegation.is_host and who.has_role(delegation.edition_id, *KEEPERS)):
        return True
    edition = delegation.edition
    return (
        bool(own)
        and Delegation.objects.filter(
            pk__in=own,
            entity=delegation.entity_id,
            edition__series=edition.series_id,
            edition__number__gt=edition.number,
        ).exists()
    )


def speaks_for_entity(who: Actor, outcome: Outcome, *entities: int | None) -> bool:
    """Tell whether somebody speaks for one of `entities` at the outcome's edition or a later one; one statement."""
    own = [
        held.delegation_id
        for held in who.grants
        if held.role == Role.FOCAL_POINT and held.delegation_id is not None
    ]
    wanted = {entity for entity in entities if entity is not None}
    return (
        bool(own and wanted)
        and Delegation.objects.filter(
            pk__in=own,
            entity__in=wanted,
            edition__series__editions=outcome.edition_id,
            edition__number__gte=Edition.objects.filter(pk=outcome.edition_id).values("number")[:1],
        ).exists()
    )


def _owns(who: Actor, commitment: models.Commitment) -> bool:
    return speaks_for_entity(who, commitment, commitment.owner_id)


def keeps_or_owns(who: Actor, commitment: models.Commitment) -> bool:
    """Let who follows it up and who speaks for the owner."""
    return keeps(who, commitment) or _owns(who, commitment)


def may_report(who: Actor, commitment: models.Commitment) -> bool:
    """Let report who follows it up, who speaks for the owner, and who came by a link sent to one of the latter."""
    if not who.came_by_link(REPORT_LINK, commitment):
        return keeps_or_owns(who, commitment)
    assert who.link is not None
    recipient = User.objects.filter(public_id=who.link.recipient_id).first()
    return commitment.confidentiality < SECRET and _owns(actor_of(recipient), commitment)


def may_assess(who: Actor, commitment: models.Commitment) -> bool:
    """Let the host's keepers and those assess to whom it was promised; whether one is of the owner is checked apart."""
    others = [party.entity_id for party in commitment.parties.all() if party.role != "supporter"]
    return keeps(who, commitment) or speaks_for_entity(who, commitment, *others)


def hands_over(who: Actor, handover: models.Handover) -> bool:
    """Let who follows it up and who speaks for the side that hands over."""
    return keeps(who, handover) or speaks_for_entity(
        who, handover, handover.transferor_id, handover.title_holder_id, handover.custodian_id
    )


def receives(who: Actor, handover: models.Handover) -> bool:
    """Let who follows it up and who speaks for the side that receives."""
    return keeps(who, handover) or speaks_for_entity(who, handover, handover.transferee_id)
