"""The list of commitments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.formats.sheets import Sheet
from summitry.outcomes import queries
from summitry.outcomes.exchange import commitment_sheet
from summitry.outcomes.kinds import (
    CommitmentKind,
    Completion,
    Light,
    Progress,
    Timeliness,
    Workflow,
)
from summitry.outcomes.queries import Wanted
from summitry.outcomes.views.common import entity_names, language, page
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

LIGHT_LEVELS = {
    Light.GREEN: "done",
    Light.YELLOW: "amber",
    Light.RED: "red",
    Light.INACTIVE: "red",
    Light.NONE: "plain",
}
TIMELINESS_LEVELS = {
    Timeliness.DELIVERED: "done",
    Timeliness.ON_TRACK: "",
    Timeliness.LATE: "amber",
    Timeliness.LAPSED: "red",
}
WORKFLOW_LEVELS = {
    Workflow.DRAFT: "out",
    Workflow.SUBMITTED: "amber",
    Workflow.CHANGE_REQUESTED: "amber",
    Workflow.APPROVED: "",
    Workflow.PUBLISHED: "accent",
    Workflow.CLOSED: "done",
    Workflow.REJECTED: "out",
}
_PER_CENT = {Progress.IN_PROGRESS_25: 25, Progress.IN_PROGRESS_50: 50, Progress.IN_PROGRESS_75: 75}


def progress_words(progress: str) -> str:
    """Say what an owner reports in a word or a number."""
    per_cent = _PER_CENT.get(Progress(progress))
    return _("%(part)d %%") % {"part": per_cent} if per_cent else str(Progress(progress).label)


@dataclass(frozen=True, slots=True)
class Named:
    """What the cells of a row say of who promised what to whom."""

    title: str
    note: str
    url: str


class CommitmentTable(Table[Any]):
    """The list; what leaves as a sheet are all fields of exactly its rows, as they can be read in again."""

    edition: Edition

    def sheet(self) -> Sheet:
        """Gather all filtered and sorted rows with all their fields."""
        return commitment_sheet(self._source.all(), edition=self.edition)


def commitment_table(request: HttpRequest, edition: Edition, who: Actor) -> CommitmentTable:
    """Return the list of the commitments that a reader may see."""
    today = clock.today(edition)
    rows = queries.commitments(who=who, edition=edition, today=today)
    names = entity_names(edition, queries.entities_in(rows))
    soon = queries.follow_up_settings(edition).due_warning_days
    table = CommitmentTable(
        request=request,
        key="commitments",
        title=_("commitments"),
        columns=[*_shown(edition, names, today), *_filters(edition, who, names, today=today, soon=soon)],
        rows=queries.fetched(rows.order_by(*queries.ORDERS["due"])),
        row_css=lambda row: "red" if row.timeliness == Timeliness.LAPSED else "",
        empty=EmptyState(
            title=_("Nothing is recorded yet"),
            text=_("What delegations promise one another will stand here, in the words they agreed on."),
            action=_("Record a commitment") if queries.may_keep(who, edition) else "",
            url=page(edition, "commitment-new") if queries.may_keep(who, edition) else "",
        ),
    )
    table.edition = edition
    return table


def _shown(edition: Edition, names: Mapping[int, DisplayName], today: date) -> list[Column[Any]]:
    def address(row: Any) -> str:
        return page(edition, "commitment", row.public_id)

    def others(row: Any) -> list[DisplayName]:
        return [names[party.entity_id] for party in row.other_parties if party.entity_id in names]

    return [
        Column(
            key="title",
            label=_("Commitment"),
            value=lambda row: Named(
                text_in(row.title, language()), f"{row.ref}, {row.get_kind_display()}", address(row)
            ),
            template="outcomes/cells/commitment.html",
            filter=Text(field="search_text"),
            sort=("edition__number", "number"),
        ),
        Column(
            key="owner_name",
            label=_("Promised by"),
            value=lambda row: names.get(row.owner_id),
            template="ui/cells/entity.html",
            css="nowrap",
        ),
        Column(key="others", label=_("With"), value=others, template="outcomes/cells/entities.html"),
        Column(
            key="due_on",
            label=_("Due"),
            kind="date",
            sort=True,
            value=lambda row: _when_due(row, today),
            template="outcomes/cells/due.html",
            css="nowrap",
        ),
        Column(
            key="progress",
            label=_("Owner reports"),
            value=lambda row: progress_words(row.progress) if row.agreed_on else "",
            css="nowrap",
        ),
        Column(
            key="completion",
            label=_("Assessed"),
            value=lambda row: Completion(row.completion).label if row.completion else "",
            css="nowrap",
        ),
    ]


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, and when its owner expects it now."""

    on: date | None
    expected: date | None
    is_past: bool


def _when_due(row: Any, today: date) -> Due:
    expected = row.expected_on if row.expected_on != row.due_on else None
    done = row.timeliness == Timeliness.DELIVERED or row.workflow == Workflow.CLOSED
    return Due(row.due_on, expected, row.due_on is not None and row.due_on < today and not done)


def _filters(
    edition: Edition, who: Actor, names: Mapping[int, DisplayName], *, today: date, soon: int
) -> list[Column[Any]]:
    def by(name: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
        def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
            return queries.narrowed(rows, Wanted(**{name: value}, soon_days=soon), today=today)  # type: ignore[arg-type]  # a text field

        return narrow

    def choices(name: str, options: Sequence[tuple[str, Any]], any_label: str = "") -> Choices:
        return Choices(options=options, narrow=by(name), any_label=any_label)

    entities = [
        (name.code, name.short) for name in sorted(names.values(), key=lambda name: name.sort_key)
    ]
    editions = queries.editions_up_to(edition, who=who)
    areas = [(area.code, text_in(area.title, language())) for area in queries.areas_of(edition, who=who, retired=True)]
    hidden = "gone"
    return [
        Column(
            key="timeliness",
            label=_("Stands"),
            value=lambda row: _chip(row.timeliness, Timeliness, TIMELINESS_LEVELS) if row.agreed_on else ("–", "plain"),
            template="ui/cells/chip.html",
            filter=choices("timeliness", Timeliness.choices),
        ),
        Column(
            key="light",
            label=_("Reports"),
            value=lambda row: _chip(row.light, Light, LIGHT_LEVELS) if row.light != Light.NONE else ("–", "plain"),
            template="ui/cells/chip.html",
            filter=choices("light", Light.choices),
        ),
        Column(
            key="workflow",
            label=_("Record"),
            value=lambda row: _chip(row.workflow, Workflow, WORKFLOW_LEVELS),
            template="ui/cells/chip.html",
            filter=choices(
                "workflow",
                [
                    ("open", _("agreed and open")),
                    ("counts", _("agreed, open or closed")),
                    ("unconfirmed", _("not confirmed yet")),
                    *Workflow.choices,
                ],
            ),
        ),
        Column(key="party", label=_("Delegation"), value=_nothing, filter=choices("party", entities), css=hidden),
        Column(key="owner", label=_("Promised by"), value=_nothing, filter=choices("owner", entities), css=hidden),
        Column(key="area", label=_("Area"), value=_nothing, filter=choices("area", [*areas, ("none", _("without an area"))]), css=hidden),
        Column(key="edition", label=_("Edition"), value=_nothing, filter=choices("edition", editions), css=hidden),
        Column(key="due", label=_("Due"), value=_nothing, filter=choices("due", _due_options(rows_years(edition, who))), css=hidden),
        Column(key="kind", label=_("Kind"), value=_nothing, filter=choices("kind", CommitmentKind.choices), css=hidden),
    ]
