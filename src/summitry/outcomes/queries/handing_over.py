"""What the screens of handovers ask beside the handover itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Upper

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.models import Entry
from summitry.outcomes.kinds import CommitmentKind, InspectionResult
from summitry.outcomes.models import Commitment, DeliveryLine, Handover, HandoverItem, Inspection
from summitry.outcomes.queries.handovers import accepted_for, handovers
from summitry.outcomes.queries.surroundings import Happened
from summitry.outcomes.rules import OPEN_WORKFLOWS
from summitry.world.models import Entity

Serial = tuple[str, str, str]
_MOST_SERVED: Final = 200  # more nobody chooses from a list
_PARTIES: Final = ("transferor", "transferee", "title_holder", "custodian")
_QUANTITY: Final = DecimalField(max_digits=14, decimal_places=3)


def with_quantities(rows: QuerySet[Handover]) -> QuerySet[Any]:
    """Return handovers with how much is listed, delivered, accepted and rejected, each item in its own unit."""

    def total(of: QuerySet[Any], handover: str) -> Coalesce:
        grouped = of.order_by().values(handover).annotate(total=Sum("quantity")).values("total")
        return Coalesce(Subquery(grouped, output_field=_QUANTITY), Value(Decimal(0), output_field=_QUANTITY))

    delivered = DeliveryLine.objects.filter(
        handover=OuterRef("pk"), item__struck=False, delivery__corrected_by__isnull=True
    )
    counted = Inspection.objects.filter(
        item__handover=OuterRef("pk"), item__struck=False, corrected_by__isnull=True
    )
    rejected = Q(result=InspectionResult.REJECTED)
    return rows.annotate(
        listed=total(HandoverItem.objects.filter(handover=OuterRef("pk"), struck=False), "handover"),
        delivered=total(delivered, "handover"),
        accepted=total(counted.filter(~rejected), "item__handover"),
        rejected=total(counted.filter(rejected), "item__handover"),
    )


def of_party(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Return the handovers to which an entity is a party, in any capacity."""
    entity = Entity.objects.filter(code=code).values("pk")
    condition = Q()
    for name in _PARTIES:
        condition |= Q(**{f"{name}__in": entity})
    return rows.filter(condition)


@dataclass(frozen=True, slots=True)
class HandoverOffers:
    """What the list of handovers has to choose from: ids of parties, and editions with number and name."""

    entities: frozenset[int]
    editions: Sequence[tuple[str, int, dict[str, str]]]


def handover_offers(*, edition: Edition, who: Actor) -> HandoverOffers:
    """Return what occurs among the handovers that a reader may see; two statements."""
    rows = list(handovers(who=who, edition=edition).order_by().values_list("edition", *_PARTIES).distinct())
    editions = Edition.objects.filter(pk__in={row[0] for row in rows}).order_by("-number")
    return HandoverOffers(
        entities=frozenset(one for row in rows for one in row[1:] if one is not None),
        editions=list(editions.values_list("slug", "number", "name")),
    )


def servable(*, edition: Edition, who: Actor, handover: Handover | None = None) -> list[Commitment]:
    """Return the commitments that a handover can serve: agreed, open and of equipment, and those it serves."""
    wanted = Q(kind=CommitmentKind.EQUIPMENT, workflow__in=sorted(OPEN_WORKFLOWS))
    if handover is not None:
        wanted |= Q(pk__in=handover.fulfilments.values("commitment"))
    rows = visible(who, Commitment).filter(
        wanted, edition__series=edition.series_id, edition__number__lte=edition.number
    )
    return list(rows.select_related("edition").order_by("-edition__number", "-number")[:_MOST_SERVED])


def taken_serials(
    wanted: Collection[Serial], *, who: Actor, apart_from: Handover | None = None
) -> dict[Serial, str]:
    """Return which of some serial numbers are on a transfer in effect, and on which; two statements.

    Parameters
    ----------
    wanted
        Make, model and serial number of each, in any case.
    apart_from
        A handover whose own items do not count.

    Returns
    -------
    dict
        By make, model and serial number in capitals: what the handover is called, or nothing where
        the reader may not know of it.
    """
    upper = {(make.upper(), model.upper(), serial.upper()) for make, model, serial in wanted}
    if not upper:
        return {}
    rows = (
        HandoverItem.objects.filter(is_effective=True)
        .annotate(upper=Upper("serial_number"))
        .filter(upper__in={serial for _make, _model, serial in upper})
        .exclude(handover=apart_from.pk if apart_from else None)
        .values_list(Upper("make"), Upper("model"), "upper", "handover")
    )
    taken = {(make, model, serial): pk for make, model, serial, pk in rows if (make, model, serial) in upper}
    known = {row.pk: row.ref for row in visible(who, Handover).filter(pk__in=set(taken.values()))}
    return {key: known.get(pk, "") for key, pk in taken.items()}


@dataclass(frozen=True, slots=True)
class Served:
    """A commitment that a handover serves, and how much of what was promised is accepted, over all handovers."""

    commitment: Commitment
    accepted: Decimal

    @property
    def remaining(self) -> Decimal | None:
        """What has still to be accepted until it can be complete; none where no quantity was promised."""
        target = self.commitment.target
        return None if target is None else max(target - self.accepted, Decimal(0))


def served(commitments: Sequence[Commitment]) -> list[Served]:
    """Return commitments with what was accepted towards them; two statements."""
    accepted = accepted_for(one.pk for one in commitments)
    return [Served(one, accepted[one.pk].accepted) for one in commitments]


def handover_history(*, handover: Handover, edition: Edition) -> list[Happened]:
    """Return what the ledger holds of a handover, the newest first; one statement.

    Parameters
    ----------
    edition
        The reader's, on whose clock it is told.
    """
    rows = Entry.objects.filter(
        target_type=handover._meta.label_lower,  # noqa: SLF001 Django's documented name
        target_id=handover.public_id,
    ).order_by("-chain", "-sequence")
    ahead = edition.clock_offset or timedelta()
    return [
        Happened(
            clock.wall(edition, row.at + ahead), row.verb, row.actor_name, row.before or {}, row.after or {}
        )
        for row in rows
    ]
