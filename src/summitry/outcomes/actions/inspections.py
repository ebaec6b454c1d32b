"""Inspections: what the transferee finds of what was delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outcomes import rules
from summitry.outcomes.actions.lists import UNDER_WAY, check_state, locked_items
from summitry.outcomes.actions.shared import check_now, check_reason, day_or_today, enter, locked
from summitry.outcomes.kinds import Completion, HandoverState, InspectionResult, Progress
from summitry.outcomes.models import Commitment, Handover, HandoverItem, Inspection
from summitry.outcomes.queries.handovers import accepted_for, item_sums
from summitry.records import RefusedError


@dataclass(frozen=True, slots=True)
class Found:
    """What an inspection finds of an item, for how much of it."""

    item: HandoverItem
    result: str
    quantity: Decimal = Decimal(1)
    remarks: str = ""


@action
def inspect_items(
    *,
    handover: Handover,
    found: Sequence[Found],
    inspector: str,
    by: Actor,
    on: date | None = None,
    edition: Edition | None = None,
) -> list[Inspection]:
    """Note what the transferee's inspection finds, item by item: accepted, with remarks, or rejected.

    Raises
    ------
    PermissionDenied
        Where `by` neither follows it up nor speaks for who receives.
    RefusedError
        Where more would be inspected than was delivered, or remarks are missing.
    """
    require(by, "inspect_items", handover)
    handover = locked(handover)
    check_state(handover, UNDER_WAY)
    inspected_on = day_or_today(on, edition or handover.edition)
    if not found:
        raise RefusedError(_("Say what was inspected."), field="found")
    if not inspector.strip():
        raise RefusedError(_("Say who inspected."), field="inspector")
    locked_items(handover, [one.item for one in found], "found", twice=True)
    sums = item_sums(handover)
    for one in found:
        sums[one.item.pk] = _inspected(one, sums[one.item.pk])
    made = Inspection.objects.bulk_create(
        Inspection(
            item=one.item,
            inspected_on=inspected_on,
            result=one.result,
            quantity=one.quantity,
            remarks=one.remarks.strip(),
            inspector=inspector.strip(),
            by=by.user,
        )
        for one in found
    )
    check_now()
    enter(
        by=by,
        verb="inspect_items",
        outcome=handover,
        after={
            "on": inspected_on,
            "items": [
                {"line": one.item.line, "result": one.result, "quantity": one.quantity} for one in found
            ],
        },
    )
    return made


def _inspected(one: Found, sums: rules.ItemSums) -> rules.ItemSums:
    """Return the sums of an item with what was found added."""
    line = {"line": one.item.line}
    if one.result not in InspectionResult:
        raise RefusedError(_("Line %(line)d: choose what was found.") % line, field="found")
    if one.quantity <= 0:
        raise RefusedError(_("Line %(line)d: give a quantity of more than nothing.") % line, field="found")
    if one.result != InspectionResult.ACCEPTED and not one.remarks.strip():
        raise RefusedError(_("Line %(line)d: say what is wrong with it.") % line, field="found")
    if one.result == InspectionResult.REJECTED:
        sums = replace(sums, rejected=sums.rejected + one.quantity)
    else:
        sums = replace(sums, accepted=sums.accepted + one.quantity)
    if wrong := rules.sums_error(sums):
        raise RefusedError(_("Line %(line)d: %(wrong)s") % {**line, "wrong": wrong}, field="found")
    return sums


@action
def correct_inspection(
    *, inspection: Inspection, result: str, quantity: Decimal, reason: str, inspector: str, by: Actor
) -> Inspection:
    """Replace an inspection that was entered wrongly by another; both are kept, the last counts.

    Raises
    ------
    PermissionDenied
        Where `by` neither follows it up nor speaks for who receives.
    RefusedError
        Where it was corrected already, more would be inspected than was delivered, or a
        commitment that is told complete would no longer be.
    """
    handover = inspection.item.handover
    require(by, "inspect_items", handover)
    handover = locked(handover)
    check_state(handover, UNDER_WAY)
    reason = check_reason(reason)
    if not inspector.strip():
        raise RefusedError(_("Say who inspected."), field="inspector")
    if Inspection.objects.filter(corrects=inspection).exists():
        raise RefusedError(_("It was corrected already: correct the later one."))
    item = HandoverItem.objects.select_for_update(no_key=True).get(pk=inspection.item_id)
    sums = item_sums(handover)[item.pk]
    if inspection.result == InspectionResult.REJECTED:
        without = replace(sums, rejected=sums.rejected - inspection.quantity)
    else:
        without = replace(sums, accepted=sums.accepted - inspection.quantity)
    after = _inspected(Found(item, result, quantity, reason), without)
    _check_still_complete(item, after.accepted - sums.accepted)
    made = Inspection.objects.create(
        item=item,
        inspected_on=inspection.inspected_on,
        result=result,
        quantity=quantity,
        remarks=reason,
        inspector=inspector.strip(),
        corrects=inspection,
        by=by.user,
    )
    check_now()
    enter(
        by=by,
        verb="correct_inspection",
        outcome=handover,
        before={"line": item.line, "result": inspection.result, "quantity": inspection.quantity},
        after={"line": item.line, "result": result, "quantity": quantity, "reason": reason},
    )
    return made


@action
def settle_remarks(
    *,
    inspection: Inspection,
    note: str,
    inspector: str,
    by: Actor,
    on: date | None = None,
    edition: Edition | None = None,
) -> Inspection:
    """Note that what was accepted with remarks is now accepted in full; the remarks are kept beside it.

    Parameters
    ----------
    note
        How the remarks were settled.

    Raises
    ------
    PermissionDenied
        Where `by` neither follows it up nor speaks for who receives.
    RefusedError
        Where it has no remarks to settle, was settled or corrected already, or the day is before
        the inspection.
    """
    handover = inspection.item.handover
    require(by, "inspect_items", handover)
    handover = locked(handover)
    check_state(handover, (*UNDER_WAY, HandoverState.CLOSED))
    if inspection.result != InspectionResult.ACCEPTED_WITH_REMARKS:
        raise RefusedError(_("It was not accepted with remarks: there is nothing to settle."))
    if Inspection.objects.filter(corrects=inspection).exists():
        raise RefusedError(_("It was settled or corrected already: load the page again."))
    if not note.strip():
        raise RefusedError(_("Say how the remarks were settled."), field="note")
    if not inspector.strip():
        raise RefusedError(_("Say who inspected."), field="inspector")
    day = day_or_today(on, edition or handover.edition)
    if day < inspection.inspected_on:
        raise RefusedError(
            _("That is before the inspection: give %(day)s or a later day.")
            % {"day": inspection.inspected_on.isoformat()},
            field="on",
        )
    made = Inspection.objects.create(
        item=inspection.item,
        inspected_on=day,
        result=InspectionResult.ACCEPTED,
        quantity=inspection.quantity,
        remarks=note.strip(),
        inspector=inspector.strip(),
        corrects=inspection,
        settles=True,
        by=by.user,
    )
    check_now()
    enter(
        by=by,
        verb="settle_remarks",
        outcome=handover,
        after={"line": inspection.item.line, "on": day, "note": note.strip()},
    )
    return made


def _check_still_complete(item: HandoverItem, change: Decimal) -> None:
    """Refuse to correct away what a commitment that is told complete rests on."""
    if item.commitment_id is None or change >= 0:
        return
    commitment = Commitment.objects.select_for_update(no_key=True).get(pk=item.commitment_id)
    told = commitment.progress == Progress.COMPLETED or commitment.completion == Completion.COMPLETE
    accepted = accepted_for([commitment.pk])[commitment.pk].accepted + change
    if told and commitment.target is not None and accepted < commitment.target:
        raise RefusedError(
            _(
                "%(ref)s is reported or assessed complete on the strength of this: report or assess it anew first."
            )
            % {"ref": commitment.ref},
            field="quantity",
        )
