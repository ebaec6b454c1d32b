"""Who may see what happens when, and who and what it occupies."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor, Policy, register
from summitry.accounts.models import Role
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.conferences.access import in_editions

#: Who plans and secures the occasions, and so sees them all.
DESKS = (Role.SECRETARIAT, Role.BILATERAL_DESK, Role.PROTOCOL, Role.INTERPRETATION)


def _occasions(who: Actor, rows: QuerySet[Occasion]) -> QuerySet[Occasion]:
    """Everybody of the edition sees what is public or conference-wide; the rest only the host's desks.

    What a delegation's own meetings show to it is the policy of the meetings (practice
    notes, bilaterals, confidentiality levels 0 to 3): this floor knows no delegations.
    """
    if who.is_administrator:
        return rows
    known_to_all = Q(
        edition_id__in=who.editions_with(*Role),
        confidentiality__lte=Occasion.Confidentiality.CONFERENCE,
        status__in=[Occasion.Status.FIRM, Occasion.Status.HELD],
    )
    return rows.filter(Q(edition_id__in=who.editions_with(*DESKS)) | known_to_all)


register(
    Policy(Occasion, _occasions),
    Policy(Resource, in_editions("edition_id", *DESKS)),
    Policy(Booking, in_editions("resource__edition_id", *DESKS)),
)
