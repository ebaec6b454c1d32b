"""End-use visits that are planned: who can be sent, which are due, and who has been written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor, visible
from summitry.accounts.models import Grant, Role, User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outbox.composing import Recipient
from summitry.outbox.models import Letter
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.kinds import EFFECTIVE_STATES
from summitry.outcomes.models import Handover, PlannedVisit
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries.vocabulary import follow_up_settings

_GIVING: Final = ("transferor", "title_holder", "custodian")


def visits_planned(*, handover: Handover, who: Actor) -> list[PlannedVisit]:
    """Return the visits to a handover that are still to come, the nearest first; one statement."""
    rows = _open(visible(who, PlannedVisit)).filter(handover=handover)
    return list(rows.select_related("visitor").order_by("due_on", "pk"))


def _open(rows: QuerySet[PlannedVisit]) -> QuerySet[PlannedVisit]:
    return rows.filter(visit__isnull=True, called_off="")


def visitors(*, handover: Handover, edition: Edition) -> list[User]:
    """Return who can be sent to look, by name; one statement.

    Those who follow the edition up, and the focal points of the side that hands over. Of what
    the chief of protocol keeps, protocol in place of the former.
    """
    roles = (Role.PROTOCOL,) if handover.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL else KEEPERS
    giving = {pk for name in _GIVING if (pk := getattr(handover, f"{name}_id")) is not None}
    delegations = Delegation.objects.filter(
        entity__in=giving, edition__series=edition.series_id, edition__number__gte=handover.edition.number
    )
    grants = Grant.objects.filter(
        Q(role__in=roles, edition_id=edition.pk)
        | Q(role=Role.FOCAL_POINT, delegation_id__in=delegations.values("pk"))
    )
    rows = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return list(rows.order_by("name", "email"))


@dataclass(frozen=True, slots=True)
class VisitDue:
    """A visit that is due soon or was, and to whom it is written.

    Attributes
    ----------
    waiting
        Who has no letter of it yet.
    """

    planned: PlannedVisit
    waiting: Sequence[Recipient] = ()

    @property
    def about(self) -> Handover:
        """The record."""
        return self.planned.handover

    def key(self, recipient: Recipient) -> str:
        """Return what a letter to a recipient is known by."""
        return f"visit:{self.planned.public_id}:{recipient.id}"


def is_due(planned: PlannedVisit, *, today: date, days: int) -> bool:
    """Tell whether a visit falls due within so many days, or has."""
    return planned.due_on - timedelta(days=days) <= today


def visits_due(*, edition: Edition) -> list[VisitDue]:
    """Return the visits of a series that are due on an edition's clock, the nearest first; four statements.

    Who is to go is written to; where nobody is named, or who is named can no longer log in,
    those who follow the edition up.
    """
    last = clock.today(edition) + timedelta(days=follow_up_settings(edition).visit_warning_days)
    rows = (
        _open(PlannedVisit.objects.all())
        .filter(
            due_on__lte=last,
            handover__edition__series=edition.series_id,
            handover__edition__number__lte=edition.number,
            handover__state__in=sorted(EFFECTIVE_STATES),
        )
        .select_related("handover__edition", "handover__transferee", "visitor")
        .order_by("due_on", "pk")
    )
    officers = _officers(edition)
    found = [(VisitDue(one), _told(one, officers)) for one in rows]
    keys = {due.key(each) for due, told in found for each in told}
    posted = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    return [
        VisitDue(due.planned, [each for each in told if due.key(each) not in posted]) for due, told in found
    ]


def _officers(edition: Edition) -> Mapping[str, Sequence[Recipient]]:
    """Return who follows an edition up, and who keeps its secrets, by role; one statement."""
    found: dict[str, dict[int, Recipient]] = defaultdict(dict)
    grants = Grant.objects.filter(
        edition_id=edition.pk, user__is_active=True, role__in=[Role.FOLLOW_UP, Role.PROTOCOL]
    )
    for grant in grants.select_related("user").order_by("pk"):
        found[grant.role][grant.user_id] = _recipient(grant.user)
    return {role: list(people.values()) for role, people in found.items()}


def _told(planned: PlannedVisit, officers: Mapping[str, Sequence[Recipient]]) -> Sequence[Recipient]:
    if planned.visitor is not None and planned.visitor.is_active:
        return [_recipient(planned.visitor)]
    is_secret = planned.handover.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL
    return officers.get(Role.PROTOCOL if is_secret else Role.FOLLOW_UP, [])


def _recipient(user: User) -> Recipient:
    return Recipient(id=user.public_id, address=user.email, name=user.name, language=user.language)
