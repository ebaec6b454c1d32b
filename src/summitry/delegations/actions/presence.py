"""Every write about delegations."""

from __future__ import annotations

from datetime import datetime

from summitry.accounts.access import Actor, require
from summitry.delegations import rules
from summitry.delegations.models import Delegation
from summitry.ledger.actions import action, record
from summitry.records import RefusedError


def _check_presence(arrives_at: datetime | None, departs_at: datetime | None) -> None:
    wrong = rules.presence_error(arrives_at, departs_at)
    if wrong:
        raise RefusedError(f"{wrong} Give a later departure.", field="departs_at")


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@action
def change_presence(
    *, delegation: Delegation, arrives_at: datetime | None, departs_at: datetime | None, by: Actor
) -> Delegation:
    """Note when a delegation as a whole arrives and leaves (UTC; ``None``: before, after everything).

    No meeting is planned for its members outside these times; meetings already in the
    adopted plan stay where they are until the desk plans again.

    Raises
    ------
    RefusedError
        Where the departure is not after the arrival.
    """
    require(by, "change_presence", delegation)
    _check_presence(arrives_at, departs_at)
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    before = {"arrives_at": _iso(locked.arrives_at), "departs_at": _iso(locked.departs_at)}
    locked.arrives_at = arrives_at
    locked.departs_at = departs_at
    locked.version += 1
    locked.save(update_fields=["arrives_at", "departs_at", "version"])
    record(
        by=by,
        verb="change_presence",
        target=locked,
        edition_id=locked.edition_id,
        before=before,
        after={"arrives_at": _iso(arrives_at), "departs_at": _iso(departs_at)},
        delegations=[locked.pk],
    )
    return locked
