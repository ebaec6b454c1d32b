"""Delegations and members as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations import rules
from summitry.delegations.models import Delegation, Member
from summitry.delegations.queries.names import delegation_names
from summitry.world.kinds import STATE_KINDS, EntityKind
from summitry.world.languages import text_in
from summitry.world.queries import regions_by_entity
from summitry.world.rules import DisplayName


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation of a list; times are the venue's."""

    delegation: Delegation
    name: DisplayName
    kind: EntityKind
    region: str
    region_code: str
    head: str
    head_title: str
    named: int
    accredited: int
    arrives: datetime | None
    departs: datetime | None

    @property
    def answer(self) -> str:
        """What was answered, as the address says it."""
        return self.delegation.answer

    @property
    def is_state(self) -> bool:
        """Whether it is a State's."""
        return self.kind in STATE_KINDS

    @property
    def group(self) -> str:
        """The region of a State, the kind of an organisation: what lists and tallies group by."""
        return self.region if self.is_state else str(self.kind.label)


def delegation_rows(*, edition: Edition, who: Actor, language: str = "en") -> list[DelegationRow]:
    """Return the delegations that `who` may see, sorted by name; seven statements."""
    present = ~Q(members__accreditation__in=sorted(rules.OUT))
    rows = (
        visible(who, Delegation)
        .filter(edition=edition)
        .select_related("entity")
        .annotate(
            named=Count("members", filter=present),
            accredited=Count("members", filter=Q(members__accreditation=Member.Accreditation.APPROVED)),
        )
    )
    found = list(rows)
    names = delegation_names(edition, language=language, delegations=[row.pk for row in found])
    heads = {
        member.delegation_id: member
        for member in visible(who, Member)
        .filter(edition=edition, capacity=Member.Capacity.HEAD)
        .exclude(accreditation__in=rules.OUT)
        .select_related("person")
    }
    regions = regions_by_entity(
        edition.region_scheme, on=clock.today(edition), entity_ids=[row.entity_id for row in found]
    )
    made = []
    for row in found:
        region = regions.get(row.entity_id)
        head = heads.get(row.pk)
        made.append(
            DelegationRow(
                delegation=row,
                name=names[row.pk],
                kind=EntityKind(row.entity.kind),
                region=text_in(region.name, language) if region else "",
                region_code=region.code if region else "",
                head=head.person.display_name if head else "",
                head_title=head.functional_title if head else "",
                named=row.named,
                accredited=row.accredited,
                arrives=clock.wall(edition, row.arrives_at) if row.arrives_at else None,
                departs=clock.wall(edition, row.departs_at) if row.departs_at else None,
            )
        )
    return sorted(made, key=lambda one: (not one.is_state, one.name.sort_key))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a list; times are the venue's, the delegation's where the member has none."""

    member: Member
    delegation: DisplayName
    arrives: datetime | None
    departs: datetime | None

    @property
    def name(self) -> str:
        """How the person wishes to be called."""
        return self.member.person.display_name

    @property
    def original_name(self) -> str:
        """The name in the person's own script."""
        return self.member.person.original_name

    @property
    def sort_key(self) -> str:
        """What persons are sorted by."""
        return self.member.person.sort_key


def member_rows(
    *, edition: Edition, who: Actor, language: str = "en", delegation: Delegation | None = None
) -> list[MemberRow]:
    """Return the members that `who` may see, by name, or as notified where of one delegation; five statements."""
    rows = visible(who, Member).filter(edition=edition).select_related("person", "delegation")
    if delegation is not None:
        rows = rows.filter(delegation=delegation)
    found = list(rows)
    names = delegation_names(edition, language=language, delegations={row.delegation_id for row in found})
    made = [
        MemberRow(
            member=row,
            delegation=names[row.delegation_id],
            arrives=_wall(edition, row.arrives_at or row.delegation.arrives_at),
            departs=_wall(edition, row.departs_at or row.delegation.departs_at),
        )
        for row in found
    ]
    if delegation is not None:
        return sorted(made, key=lambda one: one.member.order)
    return sorted(made, key=lambda one: one.sort_key)


def _wall(edition: Edition, moment: datetime | None) -> datetime | None:
    return clock.wall(edition, moment) if moment else None
