"""Naming members, and accrediting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.delegations import rules
from summitry.delegations.actions.invitations import check_desk
from summitry.delegations.models import Delegation, Member, Person
from summitry.ledger.actions import action, record
from summitry.records import RefusedError


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person named as a member of a delegation, in the order the delegation notified."""

    delegation: Delegation
    capacity: str
    order: int
    family_name: str
    given_names: str
    functional_title: str
    organisation: str
    rank_class: int
    display_name: str = ""
    original_name: str = ""
    honorific: str = ""
    languages: tuple[str, ...] = ()
    list_publicly: bool = False
    generated: bool = False
    named_on: date | None = None


def make_person(new: NewMember) -> Person:
    """Return the person of a new member, not yet stored, with what the person is found and sorted by."""
    display = new.display_name or f"{new.given_names} {new.family_name}".strip()
    return Person(
        family_name=new.family_name,
        given_names=new.given_names,
        display_name=display,
        original_name=new.original_name,
        honorific=new.honorific,
        search_text=rules.search_text(display, new.family_name, new.given_names, new.original_name),
        sort_key=rules.person_sort_key(new.family_name, new.given_names),
        generated=new.generated,
    )


@action
def name_members(*, edition: Edition, members: Sequence[NewMember], by: Actor) -> list[Member]:
    """Name new persons as members of delegations; a list of any length is one entry.

    Raises
    ------
    RefusedError
        Where a delegation would have two heads.
    """
    check_desk(by, edition)
    heads = Counter(new.delegation.pk for new in members if new.capacity == Member.Capacity.HEAD)
    headed = set(
        Member.objects.filter(delegation__in=heads, capacity=Member.Capacity.HEAD)
        .exclude(accreditation__in=rules.OUT)
        .values_list("delegation_id", flat=True)
    )
    twice = [new.delegation for new in members if heads[new.delegation.pk] > 1 or new.delegation.pk in headed]
    if twice:
        raise RefusedError(
            f"{twice[0].entity} would have two heads. Name one of them deputy head.", field="capacity"
        )
    persons = Person.objects.bulk_create(make_person(new) for new in members)
    named = Member.objects.bulk_create(
        Member(
            edition=edition,
            delegation=new.delegation,
            person=person,
            capacity=new.capacity,
            order=new.order,
            functional_title=new.functional_title,
            organisation=new.organisation,
            rank_class=new.rank_class,
            languages=list(new.languages),
            accreditation=Member.Accreditation.SUBMITTED,
            named_on=new.named_on,
            list_publicly=new.list_publicly,
            generated=new.generated,
        )
        for new, person in zip(members, persons, strict=True)
    )
    record(
        by=by,
        verb="name_members",
        target=edition,
        edition_id=edition.pk,
        after={"members": [str(member.public_id) for member in named]},
        delegations=sorted({new.delegation.pk for new in members}),
    )
    return named


@action
def accredit(*, edition: Edition, members: Sequence[tuple[Member, date]], by: Actor) -> None:
    """Accredit members, each with the date of the decision."""
    check_desk(by, edition)
    for member, on in members:
        member.accreditation = Member.Accreditation.APPROVED
        member.accredited_on = on
        member.version += 1
    Member.objects.bulk_update(
        [member for member, _on in members], ["accreditation", "accredited_on", "version"], batch_size=500
    )
    record(
        by=by,
        verb="accredit",
        target=edition,
        edition_id=edition.pk,
        after={"members": [str(member.public_id) for member, _on in members]},
        delegations=sorted({member.delegation_id for member, _on in members}),
    )
