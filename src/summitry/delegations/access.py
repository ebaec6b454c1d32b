"""Who may see and do what with delegations, members and persons."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from summitry.accounts.access import Actor, Held, Policy, register
from summitry.accounts.models import HOST_ROLES, Role
from summitry.conferences.access import in_editions
from summitry.delegations.models import Delegation, InvitationDraft, Member, Person

#: Host roles that work with delegations; the press sees none of their pages.
WORKING = tuple(sorted(HOST_ROLES - {Role.PRESS}))
CHANGING = (Role.SECRETARIAT, Role.PROTOCOL)


def _delegations(who: Actor, rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    if who.is_administrator:
        return rows
    return rows.filter(Q(edition_id__in=who.editions_with(*WORKING)) | Q(pk__in=who.delegations_everywhere()))


def _members(who: Actor, rows: QuerySet[Member]) -> QuerySet[Member]:
    if who.is_administrator:
        return rows
    return rows.filter(
        Q(edition_id__in=who.editions_with(*WORKING)) | Q(delegation_id__in=who.delegations_everywhere())
    )


def _persons(who: Actor, rows: QuerySet[Person]) -> QuerySet[Person]:
    if who.is_administrator:
        return rows
    return rows.filter(Exists(_members(who, Member.objects.filter(person=OuterRef("pk")))))


def _may_change_delegation(who: Actor, record: Delegation) -> bool:
    return who.has_role(record.edition_id, *CHANGING)


def _may_change_presence(who: Actor, record: Delegation) -> bool:
    """Allow the host's desks, and the delegation's own focal point."""
    speaks_for_it = Held(Role.FOCAL_POINT, record.edition_id, record.pk) in who.grants
    return who.has_role(record.edition_id, *CHANGING, Role.BILATERAL_DESK) or speaks_for_it


def _may_change_own_presence(who: Actor, record: Member) -> bool:
    """Allow for a member whoever may say it of the whole delegation."""
    return _may_change_presence(who, record.delegation)


register(
    Policy(
        Delegation,
        _delegations,
        {"change": _may_change_delegation, "change_presence": _may_change_presence},
    ),
    Policy(InvitationDraft, in_editions("edition_id", Role.SECRETARIAT)),
    Policy(Member, _members, {"change_presence": _may_change_own_presence}),
    Policy(Person, _persons),
)
