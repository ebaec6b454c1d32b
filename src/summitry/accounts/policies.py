"""Who may see users and grants."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import Grant, Role, User


def _users(who: Actor, rows: QuerySet[User]) -> QuerySet[User]:
    if who.is_administrator:
        return rows
    own = Q(pk=who.user.pk) if who.user else Q(pk=None)
    return rows.filter(own | Q(grants__edition_id__in=who.editions_with(Role.SECRETARIAT))).distinct()


def _grants(who: Actor, rows: QuerySet[Grant]) -> QuerySet[Grant]:
    if who.is_administrator:
        return rows
    own = Q(user=who.user) if who.user else Q(pk=None)
    return rows.filter(own | Q(edition_id__in=who.editions_with(Role.SECRETARIAT)))


register(Policy(User, _users), Policy(Grant, _grants))
