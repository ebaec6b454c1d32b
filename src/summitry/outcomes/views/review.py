"""The statement that an edition hears of what earlier ones agreed: delivered, on track, late, lapsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, visible
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.formats import pdf
from summitry.formats.sheets import Sheet, SheetColumn
from summitry.outcomes.access import DESKS
from summitry.outcomes.kinds import Timeliness
from summitry.outcomes.queries import NO_AREA, Statement, review_statement
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.words import timeliness_chip
from summitry.programme.models import Session
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

_PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An area, or all: how many stand where, each with the address of exactly its rows."""

    label: str
    cells: list[tuple[int, str, str]]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment of the statement."""

    ref: str
    title: str
    url: str
    owner: DisplayName
    edition: int
    due: Any
    chip: tuple[str, str]


def _line(edition: Edition, label: str, counts: Mapping[str, int], area: str) -> Line:
    words = {"area": area} if area else {}
    cells = [
        (counts[one], page(edition, "review-rows", stands=one.value, **words), str(one.label))
        for one in Timeliness
    ]
    return Line(label, cells, sum(counts.values()), page(edition, "review-rows", **words))


def _lines(edition: Edition, statement: Statement) -> list[Line]:
    lines = [
        _line(edition, text_in(area.title, language()), counts, area.code)
        for area, counts in statement.by_area
    ]
    if any(statement.without_area.values()):
        lines.append(_line(edition, _("Without an area"), statement.without_area, NO_AREA))
    return lines


@edition_view(*DESKS)
def review(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the statement by area; each number opens its rows."""
    who = actor(request)
    statement = review_statement(edition=edition, who=who)
    item = (
        visible(who, Session)
        .filter(edition=edition, kind=Session.Kind.REVIEW)
        .select_related("occasion")
        .order_by("occasion__starts_at")
        .first()
    )
    context = {
        "edition": edition,
        "lines": _lines(edition, statement),
        "total": _line(edition, _("All"), statement.total, ""),
        "stands": [str(one.label) for one in Timeliness],
        "item_at": clock.wall(edition, item.occasion.starts_at) if item else None,
    }
    return render(request, "outcomes/review/statement.html", context)


@edition_view(*DESKS)
def review_rows(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the commitments behind a number of the statement."""
    area, stands = request.GET.get("area", ""), request.GET.get("stands", "")
    if stands and stands not in Timeliness.values:
        raise Http404
    rows = review_statement(edition=edition, who=actor(request)).rows
    if stands:
        rows = rows.filter(timeliness=stands)
    if area == NO_AREA:
        rows = rows.filter(areas__isnull=True)
    elif area:
        rows = rows.filter(areas__code=area)
    shown = Paginator(
        rows.select_related("edition").order_by("edition__number", "number"), _PER_PAGE
    ).get_page(request.GET.get("page"))
    names = entity_names(edition, {row.owner_id for row in shown})
    labels = dict(Timeliness.choices)
    context = {
        "edition": edition,
        "page": shown,
        "stands": labels.get(stands, ""),
        "kept": "".join(f"&{key}={value}" for key, value in (("area", area), ("stands", stands)) if value),
        "rows": [
            Row(
                row.ref,
                text_in(row.title, language()),
                page(edition, "commitment", row.public_id),
                names[row.owner_id],
                row.edition.number,
                row.due_on,
                timeliness_chip(row.timeliness),
            )
            for row in shown
        ],
    }
    return render(request, "outcomes/review/rows.html", context)


@edition_view(*DESKS)
def review_sheet(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Print the statement."""
    statement = review_statement(edition=edition, who=actor(request))
    total = _line(edition, _("All"), statement.total, "")
    sheet = Sheet(
        title=_("Review of commitments"),
        columns=[
            SheetColumn(_("Area")),
            *(SheetColumn(str(one.label), kind="number") for one in Timeliness),
            SheetColumn(_("in all"), kind="number"),
        ],
        rows=[
            [line.label, *(number for number, _url, _label in line.cells), line.total]
            for line in (*_lines(edition, statement), total)
        ],
    )
    printed = pdf.table(
        pdf.Table(
            imprint=pdf.Imprint(
                edition=text_in(edition.name, language()),
                as_at=clock.local(edition, clock.now(edition)),
                language=language(),
                notice=_("Demonstration: people, rooms and times are generated") if edition.generated else "",
                handling=_("For the host's desks"),
            ),
            sheet=sheet,
            subtitle=_("What earlier editions agreed, and where it stands"),
            footnotes=[_("A commitment in two areas is counted in both; the last line counts each once.")],
        )
    )
    answer = HttpResponse(printed, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="review-{edition.slug}.pdf"'
    return answer
