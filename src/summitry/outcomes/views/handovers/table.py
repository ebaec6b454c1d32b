"""The list of handovers."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from summitry.accounts.access import Actor
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.outcomes import access
from summitry.outcomes.kinds import HandoverState, TransferType
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import handing_over, handovers
from summitry.outcomes.tables import Headed, Names
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.views.handovers.words import state_chip
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text
from summitry.world.languages import text_in

#: Who is told how much was delivered and accepted: everybody here but the press.
_TOLD: Final = (*access.KEEPERS, Role.PROTOCOL, Role.FOCAL_POINT, Role.DELEGATE)
_ONLY_FILTERS: Final = "gone"


def handover_table(request: HttpRequest, edition: Edition, who: Actor) -> Table[Any]:
    """Return the list of the handovers that a reader may see; seven statements for a page."""
    offered = handing_over.handover_offers(edition=edition, who=who)
    names = entity_names(edition, offered.entities)
    may_record = access.may_record(who, edition, confidentiality=Confidentiality.PARTIES)
    rows = handing_over.with_quantities(handovers(who=who, edition=edition))
    return Table(
        request=request,
        key="handovers",
        title=ngettext_lazy("handover", "handovers", "n"),
        columns=[
            *_cells(edition, names),
            *(_quantities() if who.has_role(edition.pk, *_TOLD) else []),
            *_choices(names, offered),
        ],
        rows=rows.order_by("-edition__number", "-number"),
        empty=EmptyState(
            title=_("Nothing has been handed over yet"),
            text=_("Equipment that one party hands to another will stand here, item by item."),
            action=_("Record a handover") if may_record else "",
            url=page(edition, "handover-new") if may_record else "",
        ),
    )


def _cells(edition: Edition, names: Names) -> list[Column[Any]]:
    def headed(row: Any) -> Headed:
        number = row.ref
        if row.edition_id != edition.pk:
            number = _("%(ref)s of %(year)d") % {"ref": row.ref, "year": row.edition.year}
        return Headed(
            text_in(row.title, language()),
            f"{number}, {row.get_transfer_type_display()}",
            page(edition, "handover", row.public_id),
            row.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL,
        )

    def party(name: str, label: str) -> Column[Any]:
        return Column(
            key=name,
            label=label,
            value=lambda row: names.get(getattr(row, f"{name}_id")),
            template="ui/cells/entity.html",
            css="nowrap",
        )

    return [
        Column(
            key="title",
            label=_("Handover"),
            value=headed,
            template="outcomes/cells/commitment.html",
            filter=Text(field="search_text"),
            sort=("edition__number", "number"),
            export=lambda row: f"{row.ref} {text_in(row.title, language())}",
        ),
        party("transferor", _("From")),
        party("transferee", _("To")),
        Column(key="ceremony_on", label=_("Ceremony"), kind="date", sort=True, css="nowrap"),
        Column(
            key="state",
            label=_("State"),
            value=lambda row: state_chip(row.state),
            template="ui/cells/chip.html",
            filter=Choices(options=HandoverState.choices),
            export=lambda row: str(row.get_state_display()),
        ),
    ]


def _quantities() -> list[Column[Any]]:
    return [
        Column(
            key="listed", label=_("Listed"), numeric=True, sort=True, value=lambda row: _plain(row.listed)
        ),
        Column(
            key="delivered",
            label=_("Delivered"),
            numeric=True,
            sort=True,
            value=lambda row: _plain(row.delivered),
        ),
        Column(
            key="accepted",
            label=_("Accepted"),
            numeric=True,
            sort=True,
            value=lambda row: _plain(row.accepted),
        ),
        Column(
            key="rejected",
            label=_("Rejected"),
            numeric=True,
            sort=True,
            value=lambda row: _plain(row.rejected),
        ),
    ]


def _plain(quantity: Any) -> int | float:
    """Return a quantity without the zeros behind its point."""
    return int(quantity) if quantity == int(quantity) else float(quantity)


def _choices(names: Names, offered: handing_over.HandoverOffers) -> list[Column[Any]]:
    def by_party(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return handing_over.of_party(rows, value)

    entities = [(one.code, one.short) for one in sorted(names.values(), key=lambda one: one.sort_key)]
    editions = [(slug, f"{number}: {text_in(name, language())}") for slug, number, name in offered.editions]
    filters = [
        ("party", _("Party"), Choices(options=entities, narrow=by_party)),
        ("transfer_type", _("Terms"), Choices(options=TransferType.choices)),
        ("edition", _("Edition"), Choices(options=editions, field="edition__slug")),
    ]
    return [
        Column(key=key, label=label, value=lambda _row: None, filter=choice, css=_ONLY_FILTERS, export=False)
        for key, label, choice in filters
    ]
