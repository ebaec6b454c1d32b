"""The tables of requests, of a day's meetings, of versions and of changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from summitry.bilaterals.kinds import Level, RequestStatus
from summitry.bilaterals.queries import Board, Card, RequestRow
from summitry.conferences.models import Edition
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text
from summitry.world.rules import DisplayName

_STATUS_LEVELS = {"accepted": "done", "sent": "amber", "declined": "out", "withdrawn": "out"}


def requests_table(request: HttpRequest, edition: Edition, rows: Sequence[RequestRow]) -> Table[RequestRow]:
    """Return the table of requests."""
    named = {name.code: name for row in rows for name in row.parties}

    def page(row: RequestRow) -> str:
        return reverse("bilaterals:request", args=[edition.slug, row.request.public_id])

    columns: list[Column[RequestRow]] = [
        Column(key="number", label=_("No."), numeric=True, sort=True, link=page),
        Column(
            key="requester",
            label=_("Asked by"),
            template="ui/cells/entity.html",
            sort=lambda row: row.requester.sort_key,
            filter=Text(),
            link=page,
        ),
        Column(
            key="with_whom",
            label=_("To meet"),
            template="bilaterals/cells/parties.html",
            sort=True,
            filter=Text(),
        ),
        Column(
            key="delegation",
            label=_("Delegation"),
            value=lambda row: ", ".join(name.short for name in row.parties),
            filter=_delegation_choices(named.values()),
            css="gone",
            export=False,
        ),
        Column(
            key="level",
            label=_("Level"),
            value=lambda row: str(row.request.get_level_display()),
            sort=lambda row: list(Level.values).index(row.request.level),
            filter=Choices(options=Level.choices, matches=lambda row, value: row.request.level == value),
        ),
        Column(key="request.minutes", label=_("Min."), numeric=True, sort=lambda row: row.request.minutes),
        Column(key="priority", label=_("Priority"), sort=True),
        Column(key="topic", label=_("Topic"), value=lambda row: row.request.topic, filter=Text()),
        Column(
            key="status",
            label=_("Status"),
            value=lambda row: (str(row.request.get_status_display()), _STATUS_LEVELS[row.request.status]),
            template="ui/cells/chip.html",
            sort=lambda row: row.request.status,
            filter=Choices(
                options=RequestStatus.choices, matches=lambda row, value: row.request.status == value
            ),
            export=lambda row: str(row.request.get_status_display()),
        ),
        Column(
            key="planned",
            label=_("Planned"),
            value=lambda row: _day_and_time(row.starts),
            sort=lambda row: row.starts,
            filter=Choices(
                options=[("yes", _("planned")), ("no", _("not planned"))],
                matches=lambda row, value: row.is_planned == (value == "yes"),
            ),
            kind="datetime",
            export=lambda row: row.starts,
            css="nowrap",
        ),
        Column(key="room", label=_("Room"), sort=True),
    ]
    return Table(
        request=request,
        key="requests",
        title=ngettext_lazy("request", "requests", "n"),
        columns=columns,
        rows=rows,
        row_id=lambda row: row.request.public_id,
        empty=EmptyState(
            title=_("No request yet"),
            text=_("What delegations ask for will stand here, with the answers and the plan."),
            action=_("Add a request"),
            url=reverse("bilaterals:add", args=[edition.slug]),
        ),
    )


def _delegation_choices(names: Iterable[DisplayName]) -> Choices:
    known = sorted(names, key=lambda name: name.sort_key)
    return Choices(
        options=[(name.code, name.short) for name in known],
        matches=lambda row, value: any(name.code == value for name in row.parties),
    )


def _day_and_time(moment: datetime | None) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}" if moment else ""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One meeting of a day's list."""

    card: Card
    room: str
    zone: str

    @property
    def shown(self) -> tuple[DisplayName, ...]:
        """Who meets, as far as the reader may know."""
        return self.card.parties

    @property
    def parties(self) -> str:
        """Who meets, in a line."""
        return ", ".join(name.short for name in self.card.parties) or _("Room occupied")


def day_table(request: HttpRequest, edition: Edition, day: Board) -> Table[DayRow]:
    """Return the table of a day's meetings: the board as a list."""
    rows = [
        DayRow(card, column.room.name, zone.name)
        for zone in day.zones
        for column in zone.columns
        for card in column.cards
    ]
    columns: list[Column[DayRow]] = [
        Column(key="start", label=_("From"), value=lambda row: row.card.start.time(), sort=True, kind="time"),
        Column(key="end", label=_("Until"), value=lambda row: row.card.end.time(), kind="time"),
        Column(
            key="parties",
            label=_("Parties"),
            template="bilaterals/cells/parties.html",
            filter=Text(),
            sort=True,
        ),
        Column(
            key="number",
            label=_("Request"),
            value=lambda row: row.card.number or None,
            numeric=True,
            sort=True,
            link=lambda row: _card_page(edition, row.card),
        ),
        Column(key="level", label=_("Level"), value=lambda row: row.card.level_label, sort=True),
        Column(key="room", label=_("Room"), sort=True, filter=Text()),
        Column(key="zone", label=_("Part of the venue"), sort=True),
        Column(key="tongue", label=_("Interpreted"), value=lambda row: row.card.tongue),
        Column(
            key="interpreters",
            label=_("Interpreters"),
            value=lambda row: ", ".join(row.card.interpreters),
            filter=Text(),
        ),
        Column(
            key="notes",
            label=_("To be mended"),
            value=lambda row: "; ".join(trouble.text for trouble in row.card.troubles),
        ),
    ]
    return Table(
        request=request,
        key=f"meetings-{day.day:%Y-%m-%d}",
        title=ngettext_lazy("meeting", "meetings", "n"),
        columns=columns,
        rows=rows,
        sort="start",
        per_page=200,
        row_id=lambda row: row.card.public_id,
        empty=EmptyState(title=_("Nothing is planned on this day")),
    )


def _card_page(edition: Edition, card: Card) -> str | None:
    return reverse("bilaterals:request", args=[edition.slug, card.public_id]) if card.public_id else None
