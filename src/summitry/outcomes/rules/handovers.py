"""The life of a handover, what is signed, and the sums of its items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from summitry.outcomes.kinds import HandoverState, Side, TitlePasses, TransferType

_S = HandoverState
_NEXT: Final[Mapping[HandoverState, frozenset[HandoverState]]] = {
    _S.DRAFT: frozenset({_S.AGREED, _S.CANCELLED}),
    _S.AGREED: frozenset({_S.SIGNED, _S.CANCELLED}),
    _S.SIGNED: frozenset({_S.CLOSED, _S.RETURNED, _S.CANCELLED}),
    _S.CLOSED: frozenset({_S.RETURNED}),
    _S.RETURNED: frozenset(),
    _S.CANCELLED: frozenset(),
}
_SIGNATORIES_PER_SIDE: Final = 2


def handover_may_become(state: str, wanted: str, *, transfer_type: str) -> bool:
    """Tell whether a handover in `state` may become `wanted`; what was given does not come back."""
    if wanted == HandoverState.RETURNED and transfer_type == TransferType.DONATION:
        return False
    return HandoverState(wanted) in _NEXT[HandoverState(state)]


@dataclass(frozen=True, slots=True)
class ItemSums:
    """What became of one item, in its own unit."""

    quantity: Decimal
    delivered: Decimal = Decimal(0)
    accepted: Decimal = Decimal(0)
    rejected: Decimal = Decimal(0)
    disposed: Decimal = Decimal(0)

    @property
    def to_deliver(self) -> Decimal:
        """What has still to come."""
        return self.quantity - self.delivered

    @property
    def to_inspect(self) -> Decimal:
        """What has come and nobody has looked at."""
        return self.delivered - self.accepted - self.rejected


def sums_error(sums: ItemSums) -> str | None:
    """Return what is impossible about the sums of an item; none where all is well."""
    if sums.delivered > sums.quantity:
        return _("At most %(left)s of it are on the list: a replacement is a line of its own.") % {
            "left": f"{sums.quantity:f}"
        }
    if sums.accepted + sums.rejected > sums.delivered:
        return _("Only %(delivered)s of it were delivered: no more can be inspected.") % {
            "delivered": f"{sums.delivered:f}"
        }
    if sums.disposed > sums.accepted:
        return _("Only %(accepted)s of it were accepted: no more can leave service.") % {
            "accepted": f"{sums.accepted:f}"
        }
    return None


def signature_error(signatories: Iterable[tuple[str, date | None]]) -> str | None:
    """Return why a certificate cannot be noted as signed; none where two hand over, two receive, and all have signed.

    Parameters
    ----------
    signatories
        Each one's side and the day of signature.
    """
    known = list(signatories)
    for side in Side:
        if sum(one == side for one, _on in known) != _SIGNATORIES_PER_SIDE:
            return _("Two sign for each side: name two who hand over and two who receive.")
    if any(on is None for _side, on in known):
        return _("Give the day on which each of the four signed.")
    return None


def title_passed_on(
    *, passes: str, later: date | None, signed: Iterable[date | None], delivered: Iterable[date]
) -> date | None:
    """Return when title passed; none where it has not, or never does.

    Parameters
    ----------
    later
        The day agreed on, where title passes on a day.
    signed
        The days of all signatures; none among them: not all have signed.
    delivered
        The days of the deliveries; none at all: nothing has come, or not everything.
    """
    if passes == TitlePasses.ON_DATE:
        return later
    if passes == TitlePasses.ON_DELIVERY:
        return max(delivered, default=None)
    days = list(signed)
    if passes == TitlePasses.NEVER or not days or None in days:
        return None
    return max(day for day in days if day is not None)


def handover_closing_error(items: Iterable[ItemSums]) -> str | None:
    """Return why a handover cannot be closed; none where all that is on the list was delivered and inspected."""
    known = list(items)
    if any(item.to_deliver for item in known):
        return _("Something on the list has not been delivered yet.")
    if any(item.to_inspect for item in known):
        return _("Something delivered has not been inspected yet.")
    return None
