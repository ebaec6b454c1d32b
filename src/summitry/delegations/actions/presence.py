"""Every write about delegations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences import clock
from summitry.delegations import rules
from summitry.delegations.models import Delegation, Member
from summitry.ledger.actions import action, record
from summitry.ledger.sealing import sealed
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


@action
def change_member_presence(
    *,
    member: Member,
    arrives_at: datetime | None,
    departs_at: datetime | None,
    by: Actor,
    reason: str = "",
) -> Member:
    """Note when one member comes and leaves at other times than the delegation (UTC; ``None``: with it).

    The delegation itself stays as announced. Meetings that name the member stay where
    they are until the desk repairs the plan. Why is the delegation's own affair: the
    ledger keeps it sealed.

    Raises
    ------
    RefusedError
        Where the departure is not after the arrival, the delegation's own times included.
    PermissionDenied
        Where `by` speaks neither for the delegation nor for a desk that may.
    """
    require(by, "change_presence", member)
    _check_presence(arrives_at, departs_at)
    locked = Member.objects.select_for_update(of=("self",)).select_related("delegation").get(pk=member.pk)
    _check_with_delegation(locked, arrives_at, departs_at)
    before = _told(locked)
    locked.arrives_at, locked.departs_at = arrives_at, departs_at
    locked.presence_reason = reason if arrives_at or departs_at else ""
    locked.version += 1
    locked.save(update_fields=["arrives_at", "departs_at", "presence_reason", "version"])
    record(
        by=by,
        verb="change_member_presence",
        target=locked,
        edition_id=locked.edition_id,
        before=before,
        after=_told(locked),
        delegations=[locked.delegation_id],
    )
    return locked


def _check_with_delegation(member: Member, arrives_at: datetime | None, departs_at: datetime | None) -> None:
    """Hold the time given alone against the other one of the delegation."""
    delegation = member.delegation
    comes, goes = arrives_at or delegation.arrives_at, departs_at or delegation.departs_at
    if not comes or not goes or goes > comes:
        return
    edition = member.edition
    if departs_at:
        raise RefusedError(
            _("The delegation arrives only on %(when)s: give a later departure, or an arrival, too.")
            % {"when": f"{clock.local(edition, comes):%a %d %b %H:%M}"},
            field="departs_at",
        )
    raise RefusedError(
        _("The delegation leaves on %(when)s already: give an earlier arrival, or a departure, too.")
        % {"when": f"{clock.local(edition, goes):%a %d %b %H:%M}"},
        field="arrives_at",
    )


def _told(member: Member) -> dict[str, Any]:
    return {
        "arrives_at": _iso(member.arrives_at),
        "departs_at": _iso(member.departs_at),
        "reason": sealed(member.person.public_id, member.presence_reason),
    }
