"""Every write about interpretation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summitry.accounts.access import Actor, require
from summitry.accounts.models import Role
from summitry.bookings.actions import occupy, resources_for
from summitry.bookings.models import Booking, Occasion, Resource
from summitry.conferences.spans import Away, check_beside, check_span, ended
from summitry.interpretation.models import Absence, Interpreter
from summitry.ledger.actions import action, record
from summitry.ledger.sealing import sealed
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


@action
def note_absence(*, interpreter: Interpreter, away: Away, by: Actor) -> Absence:
    """Note that an interpreter is ill or away for a time; meetings given to them stay until the plan is repaired.

    Why is a person's own affair: the ledger keeps it sealed.

    Raises
    ------
    RefusedError
        Where the time ends before it starts, is past, or overlaps another absence.
    PermissionDenied
        Where `by` may not say so.
    """
    require(by, "note_absence", interpreter)
    check_span(interpreter.edition, away)
    Interpreter.objects.select_for_update(no_key=True).get(pk=interpreter.pk)  # one absence at a time
    check_beside(interpreter.edition, away, interpreter.absences.values_list("starts_at", "ends_at"))
    absence = Absence.objects.create(
        interpreter=interpreter, starts_at=away.starts_at, ends_at=away.ends_at, reason=away.reason
    )
    record(
        by=by,
        verb="note_absence",
        target=interpreter,
        edition_id=interpreter.edition_id,
        after=_told(absence),
    )
    return absence


@action
def end_absence(*, absence: Absence, by: Actor) -> None:
    """Note that an interpreter is back: from now on, or not away at all where it had not begun.

    Raises
    ------
    RefusedError
        Where the absence is past.
    PermissionDenied
        Where `by` may not say so.
    """
    require(by, "end_absence", absence)
    interpreter = absence.interpreter
    locked = Absence.objects.select_for_update().get(pk=absence.pk)
    end = ended(interpreter.edition, locked.starts_at, locked.ends_at)
    before = _told(locked)
    if end is None:
        locked.delete()
    else:
        locked.ends_at = end
        locked.version += 1
        locked.save(update_fields=["ends_at", "version"])
    record(
        by=by,
        verb="end_absence",
        target=interpreter,
        edition_id=interpreter.edition_id,
        before=before,
        after=_told(locked) if end else None,
    )


def _told(absence: Absence) -> dict[str, Any]:
    person = absence.interpreter.person.public_id
    return {
        "starts_at": absence.starts_at,
        "ends_at": absence.ends_at,
        "reason": sealed(person, absence.reason),
    }
