"""Recording handovers, and their life up to the signed certificate and beyond."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outcomes import rules
from summitry.outcomes.actions.lists import check_serials, set_commitments, set_items, set_signatories
from summitry.outcomes.actions.shared import (
    NewFile,
    attach,
    check_now,
    check_reason,
    check_version,
    constraint_of,
    differing,
    enter,
    locked,
    next_number,
    searchable,
)
from summitry.outcomes.actions.transfer import Item, Signatory, Transfer, check_transfer
from summitry.outcomes.kinds import HandoverFileKind, HandoverState
from summitry.outcomes.models import Handover, HandoverFile, HandoverItem
from summitry.outcomes.queries.handovers import item_sums
from summitry.programme.models import Session
from summitry.records import RefusedError

_ADDING: Final = (HandoverState.DRAFT, HandoverState.AGREED, HandoverState.SIGNED)


@action
def record_handover(
    *,
    edition: Edition,
    transfer: Transfer,
    by: Actor,
    items: Sequence[Item] = (),
    signatories: Sequence[Signatory] = (),
) -> Handover:
    """Record a handover as a draft, with its items and who is to sign.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where it cannot be so; it names the field.
    """
    check_transfer(edition, transfer, by)
    handover = Handover(edition=edition, number=next_number(Handover, edition), **transfer.columns())
    handover.search_text = _searchable(handover, items)
    handover.save()
    set_commitments(handover, transfer.commitments)
    set_items(handover, items)
    set_signatories(handover, signatories)
    check_now()
    enter(by=by, verb="record_handover", outcome=handover, after=_told(transfer, items))
    return handover


@action
def edit_handover(
    *,
    handover: Handover,
    transfer: Transfer,
    items: Sequence[Item],
    signatories: Sequence[Signatory],
    version: int,
    by: Actor,
) -> Handover:
    """Change a draft: its terms, its list and who is to sign. A line left out is struck off, never deleted.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it is agreed already, cannot be so, or somebody else has changed it since.
    """
    require(by, "edit_handover", handover)
    handover = locked(handover)
    check_version(handover, version)
    if handover.state != HandoverState.DRAFT:
        raise RefusedError(
            _(
                "%(ref)s is “%(state)s”: its terms and its list stand. What was rejected is replaced on further lines."
            )
            % {"ref": handover.ref, "state": handover.get_state_display()}
        )
    check_transfer(handover.edition, transfer, by)
    columns = transfer.columns()
    before = {name: getattr(handover, name) for name in columns}
    for name, value in columns.items():
        setattr(handover, name, value)
    handover.search_text = _searchable(handover, items)
    handover.version += 1
    HandoverItem.objects.filter(handover=handover).update(commitment=None)  # set anew below
    set_commitments(handover, transfer.commitments)
    handover.save()
    set_items(handover, items)
    set_signatories(handover, signatories)
    check_now()
    old, new = differing(before, columns)
    enter(by=by, verb="edit_handover", outcome=handover, before=old, after={**new, "items": len(items)})
    return handover


@action
def add_items(*, handover: Handover, items: Sequence[Item], by: Actor) -> list[HandoverItem]:
    """Add further lines to a list that is agreed: replacements of what was rejected.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it is over, or an item cannot be added; it names the line.
    """
    require(by, "edit_handover", handover)
    handover = locked(handover)
    if handover.state not in _ADDING:
        raise RefusedError(_("%(ref)s is over: nothing is added to it.") % {"ref": handover.ref})
    if any(item.line is not None for item in items):
        raise RefusedError(_("Further lines have no number yet."), field="items")
    made = set_items(handover, items, only_add=True)
    check_now()
    handover.search_text = _searchable(handover, list(handover.items.filter(struck=False)))
    handover.version += 1
    handover.save()
    enter(by=by, verb="add_items", outcome=handover, after={"lines": [row.line for row in made]})
    return made


@action
def load_items(*, handover: Handover, items: Sequence[Item], by: Actor) -> list[HandoverItem]:
    """Take over lines out of a file: all of them, or none. What the file does not name stays as it is.

    Parameters
    ----------
    items
        With the number of a line: what that line of a draft shall say; without one: a further line.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it is over, a line that is agreed would change, or a line cannot be; it names the line.
    """
    require(by, "edit_handover", handover)
    handover = locked(handover)
    if handover.state not in _ADDING:
        raise RefusedError(_("%(ref)s is over: nothing is added to it.") % {"ref": handover.ref})
    changed = [item.line for item in items if item.line is not None]
    if changed and handover.state != HandoverState.DRAFT:
        raise RefusedError(_("The list is agreed: its lines stand, further ones are added."), field="items")
    added = set_items(handover, items, only_add=True)
    check_now()
    handover.search_text = _searchable(handover, list(handover.items.filter(struck=False)))
    handover.version += 1
    handover.save()
    enter(
        by=by,
        verb="load_items",
        outcome=handover,
        after={"lines": [row.line for row in added], "changed": sorted(changed)},
    )
    return added


@action
def agree_handover(*, handover: Handover, by: Actor) -> Handover:
    """Note that both sides agree on the list: it stands, and every serial number on it is taken.

    Raises
    ------
    RefusedError
        Where the list is empty, or a serial number is on another handover in effect.
    """
    require(by, "agree_handover", handover)
    handover = locked(handover)
    items = list(handover.items.filter(struck=False))
    if not items:
        raise RefusedError(_("There is nothing on the list yet."), field="items")
    check_serials(items, by)
    return _become(handover, HandoverState.AGREED, by=by, verb="agree_handover")


@action
def sign_handover(
    *, handover: Handover, by: Actor, signatories: Sequence[Signatory] | None = None
) -> Handover:
    """Note the signatures under the certificate: two who hand over, two who receive.

    Parameters
    ----------
    signatories
        All four, each with the day; none: as they are recorded.

    Raises
    ------
    RefusedError
        Where one is missing, or the list was not agreed.
    """
    require(by, "sign_handover", handover)
    handover = locked(handover)
    if signatories is not None:
        set_signatories(handover, signatories)
    signed = list(handover.signatories.values_list("side", "signed_on"))
    if wrong := rules.signature_error(signed):
        raise RefusedError(wrong, field="signatories")
    return _become(handover, HandoverState.SIGNED, by=by, verb="sign_handover")


@action
def close_handover(*, handover: Handover, by: Actor) -> Handover:
    """Close a handover of which everything was delivered and inspected; it stays in effect."""
    require(by, "close_handover", handover)
    handover = locked(handover)
    sums = item_sums(handover)
    if wrong := rules.handover_closing_error(sums[item.pk] for item in handover.items.filter(struck=False)):
        raise RefusedError(wrong)
    return _become(handover, HandoverState.CLOSED, by=by, verb="close_handover")


@action
def cancel_handover(*, handover: Handover, reason: str, by: Actor) -> Handover:
    """Cancel a handover of which nothing was accepted; its serial numbers are free again."""
    require(by, "cancel_handover", handover)
    note = check_reason(reason)
    handover = locked(handover)
    if any(sums.accepted for sums in item_sums(handover).values()):
        raise RefusedError(_("Something of it was accepted: it can no longer be cancelled."))
    return _become(handover, HandoverState.CANCELLED, by=by, verb="cancel_handover", note=note)


@action
def return_handover(*, handover: Handover, reason: str, by: Actor) -> Handover:
    """Note that what was lent, in custody or for use has come back; its serial numbers are free again."""
    require(by, "return_handover", handover)
    note = check_reason(reason)
    return _become(locked(handover), HandoverState.RETURNED, by=by, verb="return_handover", note=note)


@action
def set_ceremony(
    *, handover: Handover, ceremony: Session | None, ceremony_on: date | None, place: str, by: Actor
) -> Handover:
    """Say when and where the handover is celebrated, whatever was delivered or accepted by then.

    Raises
    ------
    RefusedError
        Where the session is of another edition, or the handover was cancelled.
    """
    require(by, "edit_handover", handover)
    handover = locked(handover)
    if handover.state == HandoverState.CANCELLED:
        raise RefusedError(_("%(ref)s was cancelled.") % {"ref": handover.ref})
    if ceremony is not None and ceremony.edition_id != handover.edition_id:
        raise RefusedError(_("Choose a session of this edition for the ceremony."), field="ceremony")
    before = {"ceremony_on": handover.ceremony_on, "place": handover.place}
    handover.ceremony, handover.ceremony_on, handover.place = ceremony, ceremony_on, place.strip()
    handover.version += 1
    handover.save()
    after = {"ceremony_on": ceremony_on, "place": handover.place}
    enter(by=by, verb="set_ceremony", outcome=handover, before=before, after=after)
    return handover


@action
def attach_to_handover(*, handover: Handover, files: Sequence[NewFile], by: Actor) -> None:
    """Attach files to a handover: its certificate, a delivery note, photographs; each is kept for good."""
    require(by, "attach_file", handover)
    handover = locked(handover)
    attach(HandoverFile, files, by=by, kinds=HandoverFileKind.values, handover=handover)
    enter(by=by, verb="attach_to_handover", outcome=handover, after={"files": len(files)})


def _become(handover: Handover, state: HandoverState, *, by: Actor, verb: str, note: str = "") -> Handover:
    if not rules.handover_may_become(handover.state, state, transfer_type=handover.transfer_type):
        raise RefusedError(
            _("%(ref)s is “%(state)s”: that cannot be done with it now.")
            % {"ref": handover.ref, "state": handover.get_state_display()}
        )
    before = handover.state
    handover.state = state
    handover.state_note = note
    if state in {HandoverState.CANCELLED, HandoverState.RETURNED}:
        handover.cleared_on = handover.cleared_by = None
    handover.version += 1
    try:
        with transaction.atomic():
            handover.save()
    except IntegrityError as error:
        if constraint_of(error) != "handover_item_serial_on_one_transfer":
            raise
        raise RefusedError(
            _("A serial number of it is on another handover in effect."), field="items"
        ) from error
    enter(
        by=by,
        verb=verb,
        outcome=handover,
        before={"state": before},
        after={"state": state, **({"note": note} if note else {})},
    )
    return handover


def _searchable(handover: Handover, items: Sequence[Item | HandoverItem]) -> str:
    things = (f"{item.category} {item.make} {item.model} {item.serial_number}" for item in items)
    return searchable(handover, *things)


def _told(transfer: Transfer, items: Sequence[Item]) -> dict[str, Any]:
    return {
        "title": dict(transfer.title),
        "transferor": transfer.transferor.code,
        "transferee": transfer.transferee.code,
        "transfer_type": transfer.transfer_type,
        "items": len(items),
    }
