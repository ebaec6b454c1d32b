"""The parts of outcomes between which a reader goes to and fro: one line for each, in their order."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.outcomes.access import CONCERNED, DESKS, KEEPERS
from summitry.outcomes.views.common import page
from summitry.ui.shell import NavItem

#: Address, label, who it is for, and the beginnings of the addresses that belong to it.
_TABS: Final[tuple[tuple[str, str | Promise, tuple[Role, ...], tuple[str, ...]], ...]] = (
    ("summary", _("Summary"), DESKS, ("summary",)),
    ("commitments", _("Commitments"), CONCERNED, ("commitment", "import", "iati")),
    ("instruments", _("Instruments"), CONCERNED, ("instrument",)),
    ("handovers", _("Handovers"), CONCERNED, ("handover",)),
    ("between", _("Between two"), CONCERNED, ("between",)),
    ("review", _("Review"), DESKS, ("review",)),
    ("map", _("Partnerships"), KEEPERS, ("map",)),
    ("reminders", _("Reminders"), KEEPERS, ("remind",)),
    ("follow-up", _("Follow-up"), KEEPERS, ("follow-up",)),
)


def tabs(edition: Edition, who: Actor, here: str) -> list[NavItem]:
    """Return the tabs that are open to a reader; `here` is the page's name without its app's."""
    return [
        NavItem(str(label), page(edition, name), current=here.startswith(begins))
        for name, label, roles, begins in _TABS
        if who.has_role(edition.pk, *roles)
    ]
