"""What the states and the history of handovers are called on screens."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from summitry.outcomes.forms.handovers.progress import plain
from summitry.outcomes.kinds import FindingOnUse, HandoverState, InspectionResult
from summitry.outcomes.models import Delivery
from summitry.outcomes.queries import Happened
from summitry.outcomes.views.history import Event

STATE_LEVELS: Final = {
    HandoverState.DRAFT: "out",
    HandoverState.AGREED: "",
    HandoverState.SIGNED: "accent",
    HandoverState.CLOSED: "done",
    HandoverState.RETURNED: "plain",
    HandoverState.CANCELLED: "out",
}
RESULT_LEVELS: Final = {
    InspectionResult.ACCEPTED: "done",
    InspectionResult.ACCEPTED_WITH_REMARKS: "amber",
    InspectionResult.REJECTED: "red",
}
FINDING_LEVELS: Final = {
    FindingOnUse.AS_AGREED: "done",
    FindingOnUse.PARTLY: "amber",
    FindingOnUse.NOT_AS_AGREED: "red",
    FindingOnUse.NOT_FOUND: "red",
}
_DONE: Final = {
    "record_handover": gettext_noop("Recorded"),
    "edit_handover": gettext_noop("Draft changed"),
    "add_items": gettext_noop("Further lines added"),
    "load_items": gettext_noop("List read in from a file"),
    "agree_handover": gettext_noop("List agreed"),
    "sign_handover": gettext_noop("Certificate signed"),
    "close_handover": gettext_noop("Closed"),
    "cancel_handover": gettext_noop("Cancelled"),
    "return_handover": gettext_noop("Returned"),
    "set_ceremony": gettext_noop("Ceremony changed"),
    "note_delivery": gettext_noop("Delivery noted"),
    "inspect_items": gettext_noop("Items inspected"),
    "correct_inspection": gettext_noop("Inspection corrected"),
    "settle_remarks": gettext_noop("Remarks settled"),
    "plan_visit": gettext_noop("End-use visit planned"),
    "call_off_visit": gettext_noop("Planned visit called off"),
    "note_visit": gettext_noop("End-use visit noted"),
    "note_disposal": gettext_noop("Item left service"),
    "attach_to_handover": gettext_noop("Files attached"),
    "clear_outcome": gettext_noop("Cleared for publication"),
    "withdraw_clearance": gettext_noop("Clearance withdrawn"),
    "set_confidentiality": gettext_noop("Who may know of it was changed"),
}


def state_chip(state: str) -> tuple[str, str]:
    """Return a state's word and level."""
    return str(HandoverState(state).label), STATE_LEVELS[HandoverState(state)]


def events(history: Sequence[Happened]) -> list[Event]:
    """Tell the ledger's entries of a handover in words."""
    return [
        Event(
            one.at,
            _(_DONE.get(one.verb, one.verb.replace("_", " ").capitalize())),
            one.by,
            str(one.after.get("note") or one.after.get("reason") or ""),
        )
        for one in history
    ]


def brought(delivery: Delivery) -> str:
    """Tell which lines a delivery brought, and how much of each: neighbours of one quantity together."""
    runs: list[tuple[int, int, Decimal]] = []
    for line in sorted(delivery.lines.all(), key=lambda one: one.item.line):
        number, quantity = line.item.line, line.quantity
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == quantity:
            runs[-1] = (runs[-1][0], number, quantity)
        else:
            runs.append((number, number, quantity))
    return "; ".join(_run(*run) for run in runs)


def _run(first: int, last: int, quantity: Decimal) -> str:
    said = {"first": first, "last": last, "n": f"{Decimal(plain(quantity)):f}"}
    if first == last:
        return _("line %(first)d: %(n)s") % said
    return _("lines %(first)d to %(last)d: %(n)s each") % said
