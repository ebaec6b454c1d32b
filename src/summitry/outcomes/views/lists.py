"""Commitments as a list, and how many stand where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.accounts.access import actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import access, queries
from summitry.outcomes.access import CONCERNED, DESKS
from summitry.outcomes.kinds import Light, Timeliness
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries import NO_AREA, SummaryLine
from summitry.outcomes.tables import commitment_table
from summitry.outcomes.views.common import entity_names, language, page
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

_BY: Final = {
    "owner": gettext_lazy("By delegation"),
    "area": gettext_lazy("By area"),
    "edition": gettext_lazy("By edition"),
    "due": gettext_lazy("By year due"),
}
_LATE_LEVELS: Final = {Timeliness.LATE: "amber", Timeliness.LAPSED: "red"}
_LIGHT_LEVELS: Final = {Light.YELLOW: "amber", Light.RED: "red", Light.INACTIVE: "red"}
_SHOWN_LIGHTS: Final = (Light.GREEN, Light.YELLOW, Light.RED, Light.INACTIVE)


@edition_view(*CONCERNED)
def index(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Lead to the summary, or to the list of whoever is of a delegation."""
    name = "summary" if actor(request).has_role(edition.pk, *DESKS) else "commitments"
    return redirect(f"outcomes:{name}", edition.slug)


@edition_view(*CONCERNED)
def commitments(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """List the commitments of the series that the reader may see."""
    who = actor(request)
    table = commitment_table(request, edition, who)
    context = {
        "edition": edition,
        "may_record": access.may_record(who, edition, confidentiality=Confidentiality.PARTIES),
        "is_desk": who.has_role(edition.pk, *DESKS),
    }
    return table.respond("outcomes/commitments/list.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary as it is drawn.

    Attributes
    ----------
    name, label
        What it is called: an entity, or other words.
    cells
        Number, the address of its rows (none for no rows), the level that it is marked with, and its column's heading.
    """

    name: DisplayName | None
    label: str
    cells: list[tuple[int, str, str, str]]
    parts: list[tuple[str, float]]


@edition_view(*DESKS)
def summary(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show how many commitments stand where; each number opens its rows."""
    who = actor(request)
    asked = request.GET.get("by", "")
    by = asked if asked in _BY else "owner"
    found = queries.summary(edition=edition, who=who, by=by)
    offered = queries.offers(edition=edition, who=who)
    labels = _Labels(edition, by, offered)
    heads = [
        *((str(Timeliness(one).label), "num") for one in Timeliness),
        *((str(Light(one).label), "num") for one in _SHOWN_LIGHTS),
    ]
    return render(
        request,
        "outcomes/commitments/summary.html",
        {
            "edition": edition,
            "by": by,
            "switch": [(name, label, name == by) for name, label in _BY.items()],
            "heads": heads,
            "lines": labels.lines(found.lines),
            "total": labels.line(found.total, total=True),
            "figures": _figures(edition, found.total),
            "may_record": access.may_record(who, edition, confidentiality=Confidentiality.PARTIES),
        },
    )


def _figures(edition: Edition, total: SummaryLine) -> list[tuple[int, str, str, str]]:
    """Return the numbers above the table: value, words, address and level."""
    told = [
        (
            total.timeliness[one],
            str(one.label),
            page(edition, "commitments", timeliness=one.value, workflow="counts"),
            _LATE_LEVELS.get(one, "") if total.timeliness[one] else "",
        )
        for one in Timeliness
    ]
    due = total.light[Light.YELLOW] + total.light[Light.RED] + total.light[Light.INACTIVE]
    return [
        (total.agreed, _("agreed"), page(edition, "commitments", workflow="counts"), ""),
        *told,
        (due, _("reports due"), page(edition, "commitments", light="due"), "amber" if due else ""),
        (
            total.unconfirmed,
            _("not confirmed yet"),
            page(edition, "commitments", workflow="unconfirmed"),
            "amber" if total.unconfirmed else "",
        ),
    ]


class _Labels:
    """What lines are called, and where their rows are."""

    def __init__(self, edition: Edition, by: str, offered: queries.Offers) -> None:
        self._list = page(edition, "commitments")  # found once: a summary has a thousand cells
        self._by = by
        self._names: Mapping[int, DisplayName] = (
            entity_names(edition, offered.entities) if by == "owner" else {}
        )
        self._titles = {area.code: text_in(area.title, language()) for area in offered.areas}
        self._editions = {
            slug: f"{number}: {text_in(name, language())}" for slug, number, name in offered.editions
        }

    def lines(self, lines: Sequence[SummaryLine]) -> list[Line]:
        """Return lines as they are drawn: delegations with most first, then by name."""
        drawn = [self.line(line) for line in lines]
        if self._by == "owner":
            drawn.sort(
                key=lambda line: (
                    -line.cells[0][0] - line.cells[-1][0],
                    line.name.sort_key if line.name else "",
                )
            )
        return drawn

    def line(self, line: SummaryLine, *, total: bool = False) -> Line:
        """Return a line as it is drawn."""
        filters = {} if total else self._filters(line)

        def rows(number: int, **more: str) -> str:
            return f"{self._list}?{urlencode({**filters, **more})}" if number else ""

        cells = [(line.agreed, rows(line.agreed, workflow="counts"), "", _("agreed"))]
        cells += [
            (
                line.timeliness[one],
                rows(line.timeliness[one], timeliness=one.value, workflow="counts"),
                _LATE_LEVELS.get(one, ""),
                str(one.label),
            )
            for one in Timeliness
        ]
        cells += [
            (
                line.light[one],
                rows(line.light[one], light=one.value),
                _LIGHT_LEVELS.get(one, ""),
                str(one.label),
            )
            for one in _SHOWN_LIGHTS
        ]
        cells.append(
            (line.unconfirmed, rows(line.unconfirmed, workflow="unconfirmed"), "", _("not confirmed yet"))
        )
        whole = line.agreed or 1
        parts = [(one.value, line.timeliness[one] / whole) for one in Timeliness if line.timeliness[one]]
        return Line(self._name(line), _("All") if total else self._label(line), cells, parts)

    def _filters(self, line: SummaryLine) -> dict[str, str]:
        if self._by == "owner":
            return {"owner": self._names[int(line.key)].code} if line.key is not None else {}
        if self._by == "area":
            return {"area": NO_AREA if line.key is None else str(line.key)}
        if self._by == "edition":
            return {"edition": str(line.key)}
        return {"due": "none" if line.key is None else str(line.key)}

    def _name(self, line: SummaryLine) -> DisplayName | None:
        return self._names.get(line.key) if isinstance(line.key, int) else None

    def _label(self, line: SummaryLine) -> str:
        if self._by == "area":
            return (
                _("Without an area") if line.key is None else self._titles.get(str(line.key), str(line.key))
            )
        if self._by == "edition":
            return self._editions.get(str(line.key), str(line.key))
        return _("Without a day") if line.key is None else str(line.key)
