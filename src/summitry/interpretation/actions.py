"""Every write about interpretation."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.bookings.actions import occupy, resources_for
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.interpretation.models import Interpreter
from summitry.ledger.actions import action, record
from summitry.records import RefusedError


@action
def assign_team(*, occasion: Occasion, interpreters: Sequence[Interpreter], by: Actor) -> None:
    """Give an occasion its team of interpreters, in the place of any it had, and book them.

    Raises
    ------
    RefusedError
        Where the asker does not coordinate interpretation.
    summitry.bookings.actions.ClashError
        Where an interpreter is taken.
    """
    if not by.has_role(occasion.edition_id, Role.INTERPRETATION, Role.SECRETARIAT):
        raise RefusedError("Only the interpretation coordinator or the secretariat assigns interpreters.")
    named = {interpreter.public_id: str(interpreter.person) for interpreter in interpreters}
    team = resources_for(edition_id=occasion.edition_id, kind=Resource.Kind.INTERPRETER, records=named)
    others = Booking.objects.filter(occasion=occasion).exclude(resource__kind=Resource.Kind.INTERPRETER)
    occupy(
        edition_id=occasion.edition_id,
        occasions=[occasion],
        resources={occasion.pk: [*others.values_list("resource_id", flat=True), *team.values()]},
    )
    record(
        by=by,
        verb="assign_team",
        target=occasion,
        edition_id=occasion.edition_id,
        after={"interpreters": sorted(named.values())},
    )
