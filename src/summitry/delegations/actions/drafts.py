"""Deciding on the invitations that came drafted from the edition before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.accounts.models import Grant, Role
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, InvitationDraft
from summitry.ledger.actions import action, record
from summitry.ledger.sealing import sealed
from summitry.records import RefusedError


@action
def invite_drafted(
    *,
    edition: Edition,
    drafts: Collection[InvitationDraft],
    confirmed: Collection[InvitationDraft],
    on: date,
    by: Actor,
) -> list[Delegation]:
    """Invite drafted entities; where its focal point of last time is confirmed, they speak for it again.

    Parameters
    ----------
    confirmed
        Those of `drafts` whose contact stays.

    Raises
    ------
    RefusedError
        Where none is chosen, or one of them is no draft any more.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    _check_keeper(by, edition)
    locked = _locked(edition, drafts)
    host = edition.hosted_by.entity_id
    made = Delegation.objects.bulk_create(
        Delegation(
            edition=edition,
            entity_id=draft.entity_id,
            is_host=draft.entity_id == host,
            languages=list(draft.languages),
            invited_on=on,
            generated=edition.generated,
        )
        for draft in locked
    )
    stays = {draft.pk for draft in confirmed}
    grants = Grant.objects.bulk_create(
        Grant(
            user=draft.contact,
            role=Role.FOCAL_POINT,
            edition_id=edition.pk,
            delegation_id=delegation.pk,
            given_by_id=by.user.pk if by.user is not None else None,
        )
        for draft, delegation in zip(locked, made, strict=True)
        if draft.pk in stays and draft.contact is not None and draft.contact.is_active
    )
    codes = [draft.entity.code for draft in locked]
    persons = {grant.user_id for grant in grants}
    contacts = [
        sealed(draft.contact.public_id, draft.contact.name)
        for draft in locked
        if draft.contact is not None and draft.contact_id in persons
    ]
    InvitationDraft.objects.filter(pk__in=[draft.pk for draft in locked]).delete()
    record(
        by=by,
        verb="invite_drafted",
        target=edition,
        edition_id=edition.pk,
        after={"invited": codes, "focal_points": contacts},
        delegations=[delegation.pk for delegation in made],
    )
    return made


@action
def drop_drafts(*, edition: Edition, drafts: Collection[InvitationDraft], by: Actor) -> None:
    """Take drafted invitations off: these entities are not invited.

    Raises
    ------
    RefusedError
        Where none is chosen, or one of them is no draft any more.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    _check_keeper(by, edition)
    locked = _locked(edition, drafts)
    codes = [draft.entity.code for draft in locked]
    InvitationDraft.objects.filter(pk__in=[draft.pk for draft in locked]).delete()
    record(by=by, verb="drop_drafts", target=edition, edition_id=edition.pk, before={"drafted": codes})


def _check_keeper(by: Actor, edition: Edition) -> None:
    if not by.has_role(edition.pk, Role.SECRETARIAT):
        raise PermissionDenied(_("Only the secretariat decides on drafted invitations."))


def _locked(edition: Edition, drafts: Collection[InvitationDraft]) -> list[InvitationDraft]:
    if not drafts:
        raise RefusedError(_("Choose at least one entity."), field="drafts")
    found = list(
        InvitationDraft.objects.select_for_update(of=("self",))
        .filter(edition=edition, pk__in=[draft.pk for draft in drafts])
        .select_related("entity", "contact")
        .order_by("pk")
    )
    if len(found) != len({draft.pk for draft in drafts}):
        raise RefusedError(_("Somebody has decided on one of them meanwhile. Look again."), field="drafts")
    return found
