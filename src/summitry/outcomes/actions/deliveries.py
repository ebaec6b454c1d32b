"""What becomes of the items of a handover: delivered, disposed of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outcomes import rules
from summitry.outcomes.actions.lists import UNDER_WAY, check_state, locked_items
from summitry.outcomes.actions.shared import check_now, check_reason, day_or_today, enter, locked
from summitry.outcomes.kinds import EFFECTIVE_STATES, DisposalMethod
from summitry.outcomes.models import (
    Delivery,
    DeliveryLine,
    Disposal,
    Handover,
    HandoverItem,
)
from summitry.outcomes.queries.handovers import item_sums
from summitry.records import RefusedError


@action
def note_delivery(
    *,
    handover: Handover,
    lines: Sequence[tuple[HandoverItem, Decimal]],
    by: Actor,
    on: date | None = None,
    place: str = "",
    note: str = "",
    received_by: str = "",
    corrects: Delivery | None = None,
    reason: str = "",
    edition: Edition | None = None,
) -> Delivery:
    """Note a consignment that arrived, with how much of which item it brought.

    Parameters
    ----------
    note
        The number of the delivery note or waybill.
    corrects, reason
        A delivery entered wrongly that this one replaces, and what was wrong. Without lines
        it takes the other back altogether.
    edition
        On whose clock it is noted; none: the handover's own edition.

    Raises
    ------
    PermissionDenied
        Where `by` neither follows it up nor speaks for who hands over.
    RefusedError
        Where more would be delivered than is on the list, or less than was inspected already.
    """
    require(by, "note_delivery", handover)
    handover = locked(handover)
    check_state(handover, UNDER_WAY)
    delivered_on = day_or_today(on, edition or handover.edition)
    if not lines and corrects is None:
        raise RefusedError(_("Say what was delivered."), field="lines")
    if corrects is not None:
        reason = check_reason(reason)
        if corrects.handover_id != handover.pk or Delivery.objects.filter(corrects=corrects).exists():
            raise RefusedError(
                _("Choose a delivery of this handover that has not been corrected yet."), field="corrects"
            )
    items = locked_items(handover, [item for item, _quantity in lines], "lines")
    _check_delivered(handover, lines, corrects, items)
    delivery = Delivery.objects.create(
        handover=handover,
        delivered_on=delivered_on,
        place=place.strip(),
        note=note.strip(),
        received_by=received_by.strip(),
        corrects=corrects,
        reason=reason,
        by=by.user,
    )
    DeliveryLine.objects.bulk_create(
        DeliveryLine(handover=handover, delivery=delivery, item=item, quantity=quantity)
        for item, quantity in lines
    )
    check_now()
    enter(
        by=by,
        verb="note_delivery",
        outcome=handover,
        after={
            "on": delivered_on,
            "items": {str(item.line): quantity for item, quantity in lines},
            **({"corrects": corrects.public_id, "reason": reason} if corrects else {}),
        },
    )
    return delivery


def _check_delivered(
    handover: Handover,
    lines: Sequence[tuple[HandoverItem, Decimal]],
    corrects: Delivery | None,
    items: Mapping[int, HandoverItem],
) -> None:
    sums = item_sums(handover)
    names = dict(items)
    change: dict[int, Decimal] = {}
    if corrects is not None:
        for line in corrects.lines.select_related("item"):
            names[line.item_id] = line.item
            change[line.item_id] = -line.quantity
    for item, quantity in lines:
        if quantity <= 0:
            raise RefusedError(
                _("Line %(line)d: give a quantity of more than nothing.") % {"line": item.line}, field="lines"
            )
        change[item.pk] = change.get(item.pk, Decimal(0)) + quantity
    for pk, more in change.items():
        would_be = replace(sums[pk], delivered=sums[pk].delivered + more)
        if wrong := rules.sums_error(would_be):
            raise RefusedError(
                _("Line %(line)d: %(wrong)s") % {"line": names[pk].line, "wrong": wrong}, field="lines"
            )


@action
def note_disposal(
    *,
    item: HandoverItem,
    method: str,
    reason: str,
    by: Actor,
    quantity: Decimal = Decimal(1),
    approval: str = "",
    on: date | None = None,
    edition: Edition | None = None,
) -> Disposal:
    """Note how an item left service.

    Raises
    ------
    PermissionDenied
        Where `by` neither follows it up nor speaks for who received it.
    RefusedError
        Where more would leave service than was accepted, or it is not said why.
    """
    handover = item.handover
    require(by, "note_disposal", handover)
    handover = locked(handover)
    check_state(handover, tuple(EFFECTIVE_STATES))
    if method not in DisposalMethod:
        raise RefusedError(_("Choose how it left service."), field="method")
    why = check_reason(reason)
    items = locked_items(handover, [item], "item")
    sums = item_sums(handover)[item.pk]
    if quantity <= 0:
        raise RefusedError(_("Give a quantity of more than nothing."), field="quantity")
    if wrong := rules.sums_error(replace(sums, disposed=sums.disposed + quantity)):
        raise RefusedError(wrong, field="quantity")
    disposal = Disposal.objects.create(
        item=items[item.pk],
        disposed_on=day_or_today(on, edition or handover.edition),
        method=method,
        quantity=quantity,
        reason=why,
        approval=approval.strip(),
        by=by.user,
    )
    check_now()
    enter(
        by=by,
        verb="note_disposal",
        outcome=handover,
        after={"line": item.line, "method": method, "quantity": quantity, "reason": why},
    )
    return disposal
