"""Inviting entities and noting what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.ledger.actions import action, record
from summitry.records import RefusedError
from summitry.world.models import Entity


@dataclass(frozen=True, slots=True)
class Invitee:
    """An entity to be invited."""

    entity: Entity
    is_host: bool = False
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a delegation answered, and when it comes and leaves (UTC)."""

    delegation: Delegation
    answer: str
    on: date
    arrives_at: datetime | None = None
    departs_at: datetime | None = None


def check_desk(by: Actor, edition: Edition) -> None:
    """Refuse whoever is not of the desks that keep the delegations.

    Raises
    ------
    PermissionDenied
        Where `by` holds neither role.
    """
    if not by.has_role(edition.pk, Role.SECRETARIAT, Role.PROTOCOL):
        raise PermissionDenied("Only the secretariat and protocol keep the list of delegations.")


@action
def invite(
    *, edition: Edition, invitees: Sequence[Invitee], on: date, by: Actor, generated: bool = False
) -> list[Delegation]:
    """Invite entities to an edition.

    Raises
    ------
    RefusedError
        Where one of them is invited already.
    """
    check_desk(by, edition)
    known = set(
        Delegation.objects.filter(edition=edition, entity__in=[i.entity for i in invitees]).values_list(
            "entity__code", flat=True
        )
    )
    if known:
        raise RefusedError(
            f"Already invited: {', '.join(sorted(known))}. Take them off the list.", field="invitees"
        )
    made = Delegation.objects.bulk_create(
        Delegation(
            edition=edition,
            entity=invitee.entity,
            is_host=invitee.is_host,
            languages=list(invitee.languages),
            invited_on=on,
            generated=generated,
        )
        for invitee in invitees
    )
    record(
        by=by,
        verb="invite",
        target=edition,
        edition_id=edition.pk,
        after={"invited": [invitee.entity.code for invitee in invitees]},
    )
    return made


@action
def note_answers(*, edition: Edition, answers: Sequence[Answered], by: Actor) -> None:
    """Note what invited delegations answered."""
    check_desk(by, edition)
    for answered in answers:
        delegation = answered.delegation
        delegation.answer = answered.answer
        delegation.answered_on = answered.on
        delegation.arrives_at = answered.arrives_at
        delegation.departs_at = answered.departs_at
        delegation.version += 1
    Delegation.objects.bulk_update(
        [answered.delegation for answered in answers],
        ["answer", "answered_on", "arrives_at", "departs_at", "version"],
    )
    record(
        by=by,
        verb="note_answers",
        target=edition,
        edition_id=edition.pk,
        after={"answers": {str(a.delegation.public_id): a.answer for a in answers}},
    )
