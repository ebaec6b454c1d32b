"""Who may see users and grants, and what the floors below keep, which know no roles."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import AccessLink, Grant, Role, User
from summitry.files.models import Contents, StoredFile
from summitry.ledger.models import Entry
from summitry.outbox.models import Enclosure, Letter
from summitry.world.models import Entity, EntityName, EntityRegion, Region, RegionScheme


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


def _entries(who: Actor, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Show the secretariat its editions' entries, a delegation those that concern it and nobody else."""
    if who.is_administrator:
        return rows
    seen = Q(chain__edition_id__in=who.editions_with(Role.SECRETARIAT))
    for held in who.grants:
        if held.role == Role.FOCAL_POINT and held.delegation_id is not None:
            seen |= Q(chain__edition_id=held.edition_id, delegation_ids=[held.delegation_id])
    return rows.filter(seen)


def _letters(who: Actor, rows: QuerySet[Letter]) -> QuerySet[Letter]:
    return rows if who.is_administrator else rows.filter(edition_id__in=who.editions_with(Role.SECRETARIAT))


def _enclosures(who: Actor, rows: QuerySet[Enclosure]) -> QuerySet[Enclosure]:
    seen = who.editions_with(Role.SECRETARIAT)
    return rows if who.is_administrator else rows.filter(letter__edition_id__in=seen)


def _links(who: Actor, rows: QuerySet[AccessLink]) -> QuerySet[AccessLink]:
    return rows if who.is_administrator else rows.filter(edition_id__in=who.editions_with(Role.SECRETARIAT))


def _keeps(who: Actor, record: Letter) -> bool:
    """Whoever keeps an edition keeps its letters; those of none, an administrator."""
    if record.edition_id is None:
        return who.is_administrator
    return who.has_role(record.edition_id, Role.SECRETARIAT)


def _may_administer(who: Actor, record: Grant) -> bool:
    """Whoever keeps an edition gives and takes its roles; an administrator's own, only an administrator."""
    if record.edition_id is None or record.role == Role.ADMINISTRATOR:
        return who.is_administrator
    return who.has_role(record.edition_id, Role.SECRETARIAT)


register(
    Policy(
        User,
        _users,
        {
            "close": lambda who, _record: who.is_administrator,
            "change_own": lambda who, record: who.user is not None and who.user.pk == record.pk,
        },
    ),
    Policy(Grant, _grants, {"grant": _may_administer, "revoke": _may_administer}),
    Policy(Entry, _entries),
    Policy(Letter, _letters, {"send_letter_again": _keeps}),
    Policy(Enclosure, _enclosures),
    Policy(AccessLink, _links),
)
# A file has no page and no address of its own: it is obtained through what it is attached to.
register(*(Policy(model, lambda _who, rows: rows.none()) for model in (StoredFile, Contents)))
# The reference of States, organisations and regions is no secret; only its loader writes it.
register(
    *(
        Policy(model, lambda _who, rows: rows)
        for model in (Entity, EntityName, EntityRegion, Region, RegionScheme)
    )
)
