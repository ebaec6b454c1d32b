"""The list of a handover: its items, what they count towards, and who signs for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, visible
from summitry.outcomes.actions.shared import check_money, constraint_of
from summitry.outcomes.actions.transfer import Item, Signatory
from summitry.outcomes.kinds import Condition, HandoverState, Side
from summitry.outcomes.models import Commitment, Fulfilment, Handover, HandoverItem, HandoverSignatory
from summitry.records import RefusedError

_SIGNATORIES: Final = 2
#: States in which items are delivered and inspected.
UNDER_WAY: Final = (HandoverState.AGREED, HandoverState.SIGNED)


def check_serials(items: Sequence[HandoverItem], by: Actor) -> None:
    """Refuse serial numbers that are on another handover in effect, naming it where the reader may know of it."""
    wanted = {(i.make.upper(), i.model.upper(), i.serial_number.upper()) for i in items if i.serial_number}
    rows = (
        HandoverItem.objects.filter(is_effective=True)
        .exclude(serial_number="")
        .exclude(pk__in=[item.pk for item in items])
        .annotate(upper=Upper("serial_number"))
        .filter(upper__in={serial for _make, _model, serial in wanted})
        .select_related("handover")
    )
    taken = [r for r in rows if (r.make.upper(), r.model.upper(), r.serial_number.upper()) in wanted]
    if not taken:
        return
    known = visible(by, Handover).filter(pk=taken[0].handover_id).first()
    raise RefusedError(
        _("%(item)s is on %(handover)s already, which is in effect: take it off one of them.")
        % {"item": taken[0], "handover": known.ref if known else _("another handover")},
        field="items",
    )


def set_commitments(handover: Handover, commitments: Sequence[Commitment]) -> None:
    """Make a handover serve exactly these commitments."""
    wanted = {commitment.pk for commitment in commitments}
    rows = Fulfilment.objects.filter(handover=handover)
    there = set(rows.values_list("commitment_id", flat=True))
    rows.filter(commitment__in=there - wanted).delete()
    for commitment in commitments:
        if commitment.pk not in there:
            Fulfilment.objects.create(handover=handover, commitment=commitment)


def _check_item(item: Item, number: int, served: Mapping[int, Commitment]) -> None:
    where = {"line": number}
    if not item.category.strip() or not item.unit.strip():
        raise RefusedError(
            _("Line %(line)d: say what it is and in what it is counted.") % where, field="items"
        )
    if item.quantity <= 0:
        raise RefusedError(_("Line %(line)d: give a quantity of more than nothing.") % where, field="items")
    if item.serial_number.strip() and (
        item.quantity != 1 or item.batch.strip() or not item.make.strip() or not item.model.strip()
    ):
        raise RefusedError(
            _("Line %(line)d: a serial number is of one piece, with its make and model and without a batch.")
            % where,
            field="items",
        )
    if item.condition not in Condition:
        raise RefusedError(_("Line %(line)d: choose its condition.") % where, field="items")
    check_money(item.unit_value, item.currency, ("items", "items"))
    if item.commitment is None:
        return
    commitment = served.get(item.commitment.pk)
    if commitment is None:
        raise RefusedError(
            _("Line %(line)d: choose a commitment that this handover serves.") % where, field="items"
        )
    if commitment.unit and commitment.unit.casefold() != " ".join(item.unit.split()).casefold():
        raise RefusedError(
            _("Line %(line)d: %(ref)s counts %(unit)s: count the same, or let it count towards nothing.")
            % {**where, "ref": commitment.ref, "unit": commitment.unit},
            field="items",
        )


def set_items(handover: Handover, items: Sequence[Item], *, only_add: bool = False) -> list[HandoverItem]:
    """Make the lines those given; return those that were added."""
    there = {row.line: row for row in handover.items.all()}
    served = {row.commitment_id: row.commitment for row in handover.fulfilments.select_related("commitment")}
    last, added, named = max(there, default=0), [], set()
    for place, item in enumerate(items, 1):
        _check_item(item, item.line or (last + place), served)
        if item.line is not None and (item.line not in there or item.line in named):
            raise RefusedError(
                _("There is no line %(line)d, or it is given twice: load the page again.")
                % {"line": item.line},
                field="items",
            )
    for item in items:
        if item.line is None:
            last += 1
            row = HandoverItem(handover=handover, line=last)
            added.append(row)
        else:
            row = there[item.line]
            named.add(item.line)
            row.version += 1
        for name, value in item.columns().items():
            setattr(row, name, value)
        row.struck = False
    kept = [there[line] for line in named]
    struck = [] if only_add else [row for line, row in there.items() if line not in named and not row.struck]
    for row in struck:
        row.struck = True
    _store(kept, struck, added)
    return added


def _store(
    kept: Sequence[HandoverItem], struck: Sequence[HandoverItem], added: Sequence[HandoverItem]
) -> None:
    """Write lines; a serial number that is on another handover in effect is refused in words."""
    try:
        with transaction.atomic():
            for row in [*kept, *struck]:
                row.save()
            HandoverItem.objects.bulk_create(added)
    except IntegrityError as error:
        if constraint_of(error) != "handover_item_serial_on_one_transfer":
            raise
        raise RefusedError(
            _("A serial number of it is on another handover in effect."), field="items"
        ) from error


def set_signatories(handover: Handover, signatories: Sequence[Signatory]) -> None:
    """Make the signatories those given."""
    if any(one.side not in Side or not one.name.strip() or not one.office.strip() for one in signatories):
        raise RefusedError(_("Give each signatory's side, name and office."), field="signatories")
    there = {(row.side, row.order): row for row in handover.signatories.all()}
    for side in Side:
        wanted = [one for one in signatories if one.side == side]
        if len(wanted) > _SIGNATORIES:
            raise RefusedError(_("At most two sign for each side."), field="signatories")
        for order, one in enumerate(wanted, 1):
            row = there.pop((side, order), None) or HandoverSignatory(
                handover=handover, side=side, order=order
            )
            row.name, row.office = one.name.strip(), one.office.strip()
            row.member, row.signed_on = one.member, one.signed_on
            row.save()
    HandoverSignatory.objects.filter(pk__in=[row.pk for row in there.values()]).delete()


def check_state(handover: Handover, states: Sequence[str]) -> None:
    """Refuse what a handover is not in the state for."""
    if handover.state not in states:
        raise RefusedError(
            _("%(ref)s is “%(state)s”: that cannot be noted for it now.")
            % {"ref": handover.ref, "state": handover.get_state_display()}
        )


def locked_items(
    handover: Handover, wanted: Sequence[HandoverItem], field: str, *, twice: bool = False
) -> dict[int, HandoverItem]:
    """Return items of a handover as they are now, locked in the order of their ids."""
    ids = [item.pk for item in wanted]
    if not twice and len(set(ids)) != len(ids):
        raise RefusedError(_("Name each item once."), field=field)
    rows = HandoverItem.objects.select_for_update(no_key=True).filter(
        pk__in=ids, handover=handover, struck=False
    )
    found = {row.pk: row for row in rows.order_by("pk")}
    if found.keys() != set(ids):
        raise RefusedError(_("Choose items on the list of this handover."), field=field)
    return found
