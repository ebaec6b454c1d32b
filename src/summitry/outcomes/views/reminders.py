"""Reminders: which are due, which were sent, and sending them now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.queries import OwnerReminder
from summitry.outcomes.queries.reminders import (
    ReminderCounts,
    reminder_counts,
    reminders_called,
    reminders_of,
    with_letters,
)
from summitry.outcomes.rules import Reason
from summitry.outcomes.tables import Headed, numbered
from summitry.outcomes.views.common import entity_names, language, obtained, page, refused
from summitry.outcomes.views.steps import KEEPING
from summitry.records import RefusedError
from summitry.ui.components import EmptyState
from summitry.ui.htmx import go
from summitry.ui.tables import Choices, Column, Table, Text
from summitry.ui.tables.shown import ShownFilter
from summitry.ui.tables.sources import Source
from summitry.world.languages import text_in

REASONS: Final = {
    Reason.DUE_SOON: gettext_lazy("due soon"),
    Reason.DUE: gettext_lazy("due"),
    Reason.OVERDUE: gettext_lazy("overdue"),
    Reason.REPORT_DUE: gettext_lazy("report due"),
    Reason.REPORT_OVERDUE: gettext_lazy("report overdue"),
}
_LEVELS: Final = {Reason.OVERDUE: "red", Reason.REPORT_OVERDUE: "red", Reason.DUE_SOON: "plain"}
_STATES: Final = {
    "waiting": gettext_lazy("not sent yet"),
    "sent": gettext_lazy("sent"),
    "nobody": gettext_lazy("nobody to write to"),
}


def _state(one: OwnerReminder) -> str:
    if not one.recipients:
        return "nobody"
    return "waiting" if one.waiting else "sent"


@edition_view(*KEEPERS)
def reminders(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show which owners are to be reminded, of what, and who has been."""
    who = actor(request)
    due = reminders_called(edition=edition, who=who)
    counts = reminder_counts(with_letters(due, edition=edition))
    context = {
        "edition": edition,
        "counts": counts,
        "settings": queries.follow_up_settings(edition),
        "may_see_letters": who.has_role(edition.pk, Role.SECRETARIAT),
    }
    return _table(request, edition, due, counts).respond("outcomes/commitments/reminders.html", context)


class _Addressed:
    """The reminders of a query's rows: worked out, and who has them already found, of those alone that are wanted."""

    def __init__(self, rows: Source[Any], edition: Edition, *, total: int, is_filtered: bool) -> None:
        self._rows = rows
        self._edition = edition
        self._is_filtered = is_filtered
        self.total = total  # counted with the letters

    @property
    def count(self) -> int:
        """How many are left by the filters."""
        return self._rows.count if self._is_filtered else self.total

    def part(self, first: int, last: int) -> Sequence[OwnerReminder]:
        """Return those from `first` up to `last`."""
        return reminders_of(self._rows.part(first, last), edition=self._edition)

    def all(self) -> Iterable[OwnerReminder]:
        """Return every one."""
        return reminders_of(self._rows.all(), edition=self._edition)


class ReminderTable(Table[Any]):
    """The list; filtered, sorted and paged by the database."""

    def __init__(self, *, edition: Edition, rows: QuerySet[Any], total: int, **given: Any) -> None:
        super().__init__(rows=rows, **given)
        addressed = _Addressed(self._source, edition, total=total, is_filtered=self.is_filtered)
        self._source = cast("Source[Any]", addressed)

    @property
    def filters(self) -> list[ShownFilter]:
        """The lists to choose from, where there is anything."""
        return [one for one in super().filters if one.options]


def _table(
    request: HttpRequest, edition: Edition, due: QuerySet[Any], counts: ReminderCounts
) -> ReminderTable:
    names = entity_names(edition, counts.owners)

    def headed(one: OwnerReminder) -> Headed:
        row = one.commitment
        return Headed(
            text_in(row.title, language()),
            numbered(row, edition),
            page(edition, "commitment", row.public_id),
            is_secret=False,
        )

    columns: list[Column[OwnerReminder]] = [
        Column(
            key="commitment",
            label=_("Commitment"),
            value=headed,
            template="outcomes/cells/commitment.html",
            filter=Text(field="search_text"),
            export=lambda one: f"{one.commitment.ref} {text_in(one.commitment.title, language())}",
        ),
        Column(
            key="owner",
            label=_("Promised by"),
            value=lambda one: names.get(one.commitment.owner_id),
            template="ui/cells/entity.html",
            filter=Choices(
                options=[
                    (name.code, name.short) for name in sorted(names.values(), key=lambda name: name.sort_key)
                ],
                field="owner__code",
            ),
        ),
        Column(
            key="reason",
            label=_("Reminded of"),
            value=lambda one: (str(REASONS[one.reminder.reason]), _LEVELS.get(one.reminder.reason, "amber")),
            template="ui/cells/chip.html",
            filter=Choices(
                options=[(reason.value, label) for reason, label in REASONS.items()],
                field="reminder_reason",
            ),
            export=lambda one: str(REASONS[one.reminder.reason]),
        ),
        Column(key="since", label=_("Day"), value=_since, sort="reminder_since", kind="date", css="nowrap"),
        Column(
            key="recipients",
            label=_("Goes to"),
            value=lambda one: ", ".join(str(user) for user in one.recipients),
        ),
        Column(
            key="state",
            label=_("Letter"),
            value=lambda one: (
                _told(edition, one),
                {"waiting": "", "sent": "done", "nobody": "amber"}[_state(one)],
            ),
            template="ui/cells/chip.html",
            filter=Choices(options=list(_STATES.items()), narrow=partial(_in_state, edition=edition)),
            export=lambda one: _told(edition, one),
        ),
    ]
    return ReminderTable(
        edition=edition,
        total=counts.total,
        request=request,
        key="reminders",
        title=ngettext_lazy("reminder", "reminders", "n"),
        columns=columns,
        rows=due,
        row_id=lambda one: one.commitment.public_id,
        empty=EmptyState(
            title=_("Nobody has to be reminded"),
            text=_(
                "Owners whose commitment or report comes due will stand here; they are written to automatically."
            ),
        ),
    )


def _in_state(rows: QuerySet[Any], state: str, edition: Edition) -> QuerySet[Any]:
    rows = with_letters(rows, edition=edition)
    if state == "nobody":
        return rows.filter(has_recipient=False)
    return rows.filter(unsent__gt=0) if state == "waiting" else rows.filter(has_recipient=True, unsent=0)


def _since(one: OwnerReminder) -> date:
    return one.reminder.since


def _told(edition: Edition, one: OwnerReminder) -> str:
    state = _state(one)
    if state != "sent" or one.last_posted is None:
        return str(_STATES[state])
    when = clock.local(edition, one.last_posted + (edition.clock_offset or timedelta()))
    return _("sent %(when)s") % {"when": f"{when.day} {when:%b}"}


@require_POST
@edition_view(*KEEPERS)
def send(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Send the reminders that are due now."""
    url = page(edition, "reminders")
    try:
        letters = actions.send_reminders(edition=edition, by=actor(request))
    except RefusedError as error:
        return refused(request, url, error)
    words = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", letters)
    return go(request, url, told=words % {"n": letters})


@require_POST
@edition_view(*KEEPING)
def remind(request: HttpRequest, edition: Edition, commitment: UUID) -> HttpResponseBase:
    """Ask the owner of one commitment now."""
    found = obtained(request, edition, commitment)
    url = page(edition, "commitment", found.public_id)
    try:
        actions.remind_owner(commitment=found, edition=edition, by=actor(request))
    except RefusedError as error:
        return refused(request, url, error)
    return go(request, url, told=_("The owner is asked by letter."))
