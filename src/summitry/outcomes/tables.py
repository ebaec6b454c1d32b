"""The list of commitments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from summitry.accounts.access import Actor
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.formats.sheets import Sheet
from summitry.outcomes import access, queries
from summitry.outcomes.exchange import commitment_sheet
from summitry.outcomes.kinds import CommitmentKind, Completion, Light, Timeliness, Workflow
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import NO_AREA, Offers, Wanted
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.words import light_chip, progress_words, timeliness_chip, workflow_chip
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text
from summitry.ui.tables.shown import Head, ShownFilter, ShownRow
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

_ONLY_FILTERS: Final = "gone"
_BY_LINKS: Final = frozenset({"owner"})
Names = Mapping[int, DisplayName]


class CommitmentTable(Table[Any]):
    """The list; what leaves as a sheet are all fields of exactly its rows, as they can be read in again."""

    names: Names

    @property
    def heads(self) -> list[Head]:
        """The headings of the columns that are not only there to filter by."""
        return [head for head in super().heads if _ONLY_FILTERS not in head.css.split()]

    @property
    def filters(self) -> list[ShownFilter]:
        """The lists to choose from; who promised is asked for by links alone, and shown where it was."""
        return [one for one in super().filters if one.value or one.name not in _BY_LINKS]

    def _row(self, record: Any) -> ShownRow:
        cells = [
            self._cell(column, record, is_title=not index)
            for index, column in enumerate(self.columns)
            if column.css != _ONLY_FILTERS
        ]
        return ShownRow(record=record, id=record.public_id, css="", cells=cells)

    def sheet(self) -> Sheet:
        """Gather all filtered and sorted rows with all their fields."""
        return commitment_sheet(cast("QuerySet[Any]", self._source.all()), self.names)


@dataclass(frozen=True, slots=True)
class Headed:
    """What stands in a row's first cell."""

    title: str
    note: str
    url: str
    is_secret: bool


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, when its owner expects it now, and whether the day has passed."""

    on: date | None
    expected: date | None
    is_past: bool


def when_due(row: Any, today: date) -> Due:
    """Return when a commitment is due, of a row with its standing."""
    expected = row.expected_on if row.expected_on != row.due_on else None
    done = row.timeliness == Timeliness.DELIVERED or row.workflow == Workflow.CLOSED
    last = max((day for day in (row.due_on, expected) if day), default=None)
    return Due(row.due_on, None if done else expected, last is not None and last < today and not done)


def commitment_table(request: HttpRequest, edition: Edition, who: Actor) -> CommitmentTable:
    """Return the list of the commitments that a reader may see; nine statements for a page."""
    today = clock.today(edition)
    offered = queries.offers(edition=edition, who=who)
    names = entity_names(edition, offered.entities)
    may_record = access.may_record(who, edition, confidentiality=Confidentiality.PARTIES)
    table = CommitmentTable(
        request=request,
        key="commitments",
        title=ngettext_lazy("commitment", "commitments", "n"),
        columns=[
            *_cells(edition, names, today),
            *_states(edition, today),
            *_choices(edition, names, offered),
        ],
        rows=queries.listed(
            queries.commitments(who=who, edition=edition, today=today).order_by(*queries.ORDERS["due"])
        ),
        empty=EmptyState(
            title=_("Nothing is recorded yet"),
            text=_("What delegations promise one another will stand here, in the words they agreed on."),
            action=_("Record a commitment") if may_record else "",
            url=page(edition, "commitment-new") if may_record else "",
        ),
    )
    table.names = names
    return table


def _cells(edition: Edition, names: Names, today: date) -> list[Column[Any]]:
    kinds = {kind: str(label) for kind, label in CommitmentKind.choices}

    def headed(row: Any) -> Headed:
        return Headed(
            text_in(row.title, language()),
            f"{numbered(row, edition)}, {kinds[row.kind]}",
            page(edition, "commitment", row.public_id),
            row.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL,
        )

    return [
        Column(
            key="title",
            label=_("Commitment"),
            value=headed,
            template="outcomes/cells/commitment.html",
            filter=Text(field="search_text"),
            sort=("edition__number", "number"),
        ),
        Column(
            key="by",
            label=_("Promised by"),
            value=lambda row: names.get(row.owner_id),
            template="ui/cells/entity.html",
            css="nowrap",
        ),
        Column(
            key="others",
            label=_("With"),
            value=lambda row: [
                names[party.entity_id] for party in row.other_parties if party.entity_id in names
            ],
            template="outcomes/cells/entities.html",
        ),
        Column(
            key="due_on",
            label=_("Due"),
            value=lambda row: when_due(row, today),
            template="outcomes/cells/due.html",
            sort=True,
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
            value=lambda row: str(Completion(row.completion).label) if row.completion else "",
            css="nowrap",
        ),
    ]


def numbered(row: Any, edition: Edition) -> str:
    """Return a commitment's number, with the year of its edition where that is another."""
    if row.edition_id == edition.pk:
        return str(row.ref)
    return _("%(ref)s of %(year)d") % {"ref": row.ref, "year": row.edition.year}


def _by(name: str, edition: Edition, today: date) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        soon = queries.follow_up_settings(edition).due_warning_days if name == "due" else 0
        wanted = Wanted(soon_days=soon, **{name: value})  # type: ignore[arg-type]  # one of its texts
        return queries.narrowed(rows, wanted, today=today)

    return narrow


def _states(edition: Edition, today: date) -> list[Column[Any]]:
    def column(
        key: str, label: str, chip: Callable[[str], tuple[str, str]], options: Sequence[tuple[str, Any]]
    ) -> Column[Any]:
        return Column(
            key=key,
            label=label,
            value=lambda row: (
                chip(getattr(row, key)) if key == "workflow" or row.agreed_on else ("–", "plain")
            ),
            template="ui/cells/chip.html",
            filter=Choices(options=options, narrow=_by(key, edition, today)),
        )

    groups = [
        ("open", _("agreed and open")),
        ("counts", _("agreed, open or closed")),
        ("unconfirmed", _("not confirmed yet")),
    ]
    return [
        column("timeliness", _("Stands"), timeliness_chip, Timeliness.choices),
        column("light", _("Reports"), light_chip, [("due", _("report due or overdue")), *Light.choices]),
        column("workflow", _("Record"), workflow_chip, [*groups, *Workflow.choices]),
    ]


def _choices(edition: Edition, names: Names, offered: Offers) -> list[Column[Any]]:
    today = clock.today(edition)

    def column(key: str, label: str, options: Iterable[tuple[str, Any]]) -> Column[Any]:
        return Column(
            key=key,
            label=label,
            value=lambda _row: None,
            filter=Choices(options=list(options), narrow=_by(key, edition, today)),
            css=_ONLY_FILTERS,
        )

    entities = [(one.code, one.short) for one in sorted(names.values(), key=lambda one: one.sort_key)]
    areas = [(area.code, text_in(area.title, language())) for area in offered.areas]
    due = [
        ("overdue", _("overdue")),
        ("soon", _("soon")),
        *((str(year), str(year)) for year in offered.years),
        ("none", _("without a day")),
    ]
    return [
        column("party", _("Delegation"), entities),
        column("owner", _("Promised by"), entities),
        column("area", _("Area"), [*areas, (NO_AREA, _("without an area"))]),
        column("due", _("Due"), due),
        column("kind", _("Kind"), CommitmentKind.choices),
        column(
            "edition", _("Edition"), [(slug, _edition_name(n, name)) for slug, n, name in offered.editions]
        ),
    ]


def _edition_name(number: int, name: Mapping[str, str]) -> str:
    return _("%(number)d: %(name)s") % {"number": number, "name": text_in(name, language())}
