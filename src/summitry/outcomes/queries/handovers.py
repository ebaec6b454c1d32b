"""Handovers as lists and pages show them, and the sums of their items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from summitry.accounts.access import Actor, visible
from summitry.conferences.models import Edition
from summitry.outcomes.kinds import HandoverState, InspectionResult
from summitry.outcomes.models import (
    Commitment,
    Delivery,
    DeliveryLine,
    Disposal,
    EndUseVisit,
    Handover,
    HandoverFile,
    HandoverItem,
    HandoverSignatory,
    Inspection,
)
from summitry.outcomes.rules import ItemSums, title_passed_on

#: States in which what was accepted counts towards what was promised; a loan that came back was kept too.
_COUNTING = (HandoverState.AGREED, HandoverState.SIGNED, HandoverState.CLOSED, HandoverState.RETURNED)
_SIGNED = (HandoverState.SIGNED, HandoverState.CLOSED, HandoverState.RETURNED)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted towards a commitment, in its own unit, and whether items are on their way for it at all."""

    accepted: Decimal = Decimal(0)
    has_items: bool = False


def accepted_for(commitments: Iterable[int]) -> dict[int, Accepted]:
    """Return what was accepted towards each commitment, by id; two statements for any number."""
    wanted = set(commitments)
    items = HandoverItem.objects.filter(commitment__in=wanted, struck=False)
    with_items = set(items.values_list("commitment_id", flat=True).distinct())
    sums = dict(
        Inspection.objects.filter(
            ~Q(result=InspectionResult.REJECTED),
            item__commitment__in=wanted,
            item__struck=False,
            item__handover__state__in=_COUNTING,
            corrected_by__isnull=True,
        )
        .values_list("item__commitment")
        .annotate(total=Sum("quantity"))
    )
    return {pk: Accepted(sums.get(pk, Decimal(0)), pk in with_items) for pk in wanted}


def item_sums(handover: Handover) -> dict[int, ItemSums]:
    """Return what became of each item of a handover, struck lines too, by id; four statements."""
    items = HandoverItem.objects.filter(handover=handover)
    return _sums(dict(items.values_list("pk", "quantity")))


def _sums(quantities: dict[int, Decimal]) -> dict[int, ItemSums]:
    ids = list(quantities)
    delivered = _by_item(
        DeliveryLine.objects.filter(item__in=ids, delivery__corrected_by__isnull=True).values_list("item")
    )
    counted = Inspection.objects.filter(item__in=ids, corrected_by__isnull=True)
    inspected: dict[tuple[int, bool], Decimal] = {}
    for item, result, total in counted.values_list("item", "result").annotate(total=Sum("quantity")):
        key = (item, result == InspectionResult.REJECTED)
        inspected[key] = inspected.get(key, Decimal(0)) + total
    disposed = _by_item(Disposal.objects.filter(item__in=ids).values_list("item"))
    return {
        pk: ItemSums(
            quantity=quantity,
            delivered=delivered.get(pk, Decimal(0)),
            accepted=inspected.get((pk, False), Decimal(0)),
            rejected=inspected.get((pk, True), Decimal(0)),
            disposed=disposed.get(pk, Decimal(0)),
        )
        for pk, quantity in quantities.items()
    }


def _by_item(rows: QuerySet[Any, Any]) -> dict[int, Decimal]:
    return dict(rows.annotate(total=Sum("quantity")))


def handovers(*, who: Actor, edition: Edition) -> QuerySet[Handover]:
    """Return the handovers of an edition's series, up to it, that `who` may see, with their parties."""
    return (
        visible(who, Handover)
        .filter(edition__series=edition.series_id, edition__number__lte=edition.number)
        .select_related("edition", "transferor", "transferee", "title_holder", "custodian")
    )


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of a handover's list and what became of it."""

    item: HandoverItem
    sums: ItemSums
    inspections: Sequence[Inspection]

    @property
    def going_over(self) -> Decimal:
        """How much of it goes over: what is listed without what was rejected."""
        return self.item.quantity - self.sums.rejected

    @property
    def value(self) -> Decimal | None:
        """What is worth what goes over of it, in the item's currency."""
        return None if self.item.unit_value is None else self.item.unit_value * self.going_over


@dataclass(frozen=True, slots=True)
class HandoverStory:
    """Everything a page or a certificate tells of one handover, as far as the reader may see it.

    Attributes
    ----------
    lines
        What stands on the list; struck lines are left out.
    totals
        The value by currency.
    title_passed_on
        When title passed; none: not yet, or never.
    """

    handover: Handover
    commitments: Sequence[Commitment]
    lines: Sequence[ItemLine]
    totals: Mapping[str, Decimal]
    signatories: Sequence[HandoverSignatory]
    deliveries: Sequence[Delivery]
    visits: Sequence[EndUseVisit]
    disposals: Sequence[Disposal]
    files: Sequence[HandoverFile]
    title_passed_on: date | None


def handover_story(*, handover: Handover, who: Actor) -> HandoverStory:
    """Return what a page tells of a handover that was obtained for `who`; a constant number of statements."""
    sums = item_sums(handover)
    standing = (
        visible(who, Inspection)
        .filter(corrected_by__isnull=True)
        .select_related("corrects")
        .order_by("inspected_on", "pk")
    )
    items = (
        visible(who, HandoverItem)
        .filter(handover=handover, struck=False)
        .prefetch_related(Prefetch("inspections", standing))
        .order_by("line")
    )
    lines = [ItemLine(item, sums[item.pk], list(item.inspections.all())) for item in items]
    signatories = list(visible(who, HandoverSignatory).filter(handover=handover))
    deliveries = list(
        visible(who, Delivery)
        .filter(handover=handover, corrected_by__isnull=True)
        .prefetch_related("lines__item")
        .order_by("delivered_on", "pk")
    )
    totals: dict[str, Decimal] = {}
    for line in lines:
        if line.value is not None:
            totals[line.item.currency] = totals.get(line.item.currency, Decimal(0)) + line.value
    whole = lines and not any(line.sums.to_deliver for line in lines)
    return HandoverStory(
        handover=handover,
        commitments=list(visible(who, Commitment).filter(fulfilments__handover=handover).order_by("number")),
        lines=lines,
        totals=totals,
        signatories=signatories,
        deliveries=deliveries,
        visits=list(visible(who, EndUseVisit).filter(handover=handover).order_by("visited_on", "pk")),
        disposals=list(visible(who, Disposal).filter(item__handover=handover).select_related("item")),
        files=list(visible(who, HandoverFile).filter(handover=handover).select_related("file")),
        title_passed_on=title_passed_on(
            passes=handover.title_passes,
            later=handover.title_passes_on,
            signed=[one.signed_on for one in signatories] if handover.state in _SIGNED else [],
            delivered=[one.delivered_on for one in deliveries] if whole else [],
        ),
    )
