"""Whom an edition hands to the next: entities to be invited, and who spoke for them, both to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from summitry.accounts.access import Actor, visible
from summitry.accounts.models import Grant, Role
from summitry.conferences.carrying import Counted, Move, Part, register_part
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, InvitationDraft


def _list(edition: Edition) -> str:
    return reverse("delegations:list", args=[edition.slug])


def _entities(edition: Edition, who: Actor) -> list[Counted]:
    number = visible(who, Delegation).filter(edition=edition).count()
    return [Counted(ngettext("entity", "entities", number), number, _list(edition))]


def _carry_entities(move: Move) -> Mapping[str, int]:
    found = Delegation.objects.filter(
        Q(entity__valid_to__isnull=True) | Q(entity__valid_to__gt=move.after.starts_on),
        edition=move.before,
    )
    known = Delegation.objects.filter(edition=move.after).values("entity")
    made = InvitationDraft.objects.bulk_create(
        InvitationDraft(edition=move.after, entity_id=entity, languages=list(languages))
        for entity, languages in found.exclude(entity__in=known).values_list("entity_id", "languages")
    )
    return {"entities": len(made)}


def _contacts(edition: Edition) -> dict[int, int]:
    """Return who speaks for each entity at an edition: the first focal point whose account is open."""
    entities = dict(Delegation.objects.filter(edition=edition).values_list("pk", "entity_id"))
    grants = Grant.objects.filter(
        role=Role.FOCAL_POINT, edition_id=edition.pk, delegation_id__in=entities, user__is_active=True
    )
    contacts: dict[int, int] = {}
    for delegation, user in grants.order_by("pk").values_list("delegation_id", "user_id"):
        if delegation is not None:
            contacts.setdefault(entities[delegation], user)
    return contacts


def _focal_points(edition: Edition, _who: Actor) -> list[Counted]:
    number = len(_contacts(edition))
    label = ngettext("focal point", "focal points", number)
    return [Counted(label, number, reverse("delegations:contacts", args=[edition.slug]))]


def _carry_focal_points(move: Move) -> Mapping[str, int]:
    contacts = _contacts(move.before)
    drafts = [
        draft for draft in InvitationDraft.objects.filter(edition=move.after) if draft.entity_id in contacts
    ]
    for draft in drafts:
        draft.contact_id = contacts[draft.entity_id]
    InvitationDraft.objects.bulk_update(drafts, ["contact"])
    return {"focal_points": len(drafts)}


def register_parts() -> None:
    """Offer the parts of this floor."""
    register_part(
        Part(
            name="entities",
            title=gettext_lazy("Entities"),
            text=gettext_lazy(
                "Invitations are drafted to all of them; nobody is invited before the desk says so."
            ),
            order=50,
            describe=_entities,
            carry=_carry_entities,
            decision=(gettext_lazy("Drafted invitations and focal points"), "delegations:drafts"),
            waiting=lambda edition: InvitationDraft.objects.filter(edition=edition).count(),
        )
    )
    register_part(
        Part(
            name="focal-points",
            title=gettext_lazy("Focal points"),
            text=gettext_lazy(
                "Beside each draft, to be confirmed; until then they open nothing. No other person is carried."
            ),
            order=60,
            needs=("entities",),
            describe=_focal_points,
            carry=_carry_focal_points,
        )
    )
