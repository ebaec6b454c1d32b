"""The map of partnerships: who met whom, agreed what and delivered what; every line opens its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import Actor, actor, public
from summitry.bilaterals.models import Meeting
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.models import Area, Commitment, Handover, Instrument
from summitry.outcomes.queries.ties import (
    Shown,
    Tie,
    TieRecord,
    records_between,
    shown_to,
    shown_to_all,
    ties,
)
from summitry.outcomes.rules.drawing import Point, bent, drawn_in, on_circle, on_world
from summitry.outcomes.views.common import entity_names, language, page
from summitry.ui import assets
from summitry.ui.shell import NavItem
from summitry.world.languages import text_in
from summitry.world.models import Entity
from summitry.world.rules import DisplayName

_PER_PAGE: Final = 50
_LISTED: Final = 100
_LABELLED: Final = 14  # names that are always written on the world
_SQUARE, _MARGIN = 900, 110
_VIEWS: Final = ("map", "network")
_SHOWN_STATUS: Final = (Edition.Status.OPEN, Edition.Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader narrowed the map to."""

    area: str
    only: str
    view: str

    def words(self, **more: str) -> str:
        """Return it as the end of an address."""
        kept = {"area": self.area, "edition": self.only, "view": "" if self.view == "map" else self.view}
        found = {key: value for key, value in {**kept, **more}.items() if value}
        return f"?{urlencode(found)}" if found else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as it is listed and drawn."""

    one: DisplayName
    other: DisplayName
    tie: Tie
    url: str
    told: str
    css: str
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Place:
    """An entity as it is drawn."""

    name: DisplayName
    x: float
    y: float
    radius: float
    url: str
    anchor: str
    label_x: float
    label_y: float
    is_shy: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the map is drawn: what they are shown, and where their pages are."""

    edition: Edition
    who: Actor | None

    def shown(self, asked: Asked) -> Shown:
        """Return the records that they may see."""
        if self.who is None:
            return shown_to_all(edition=self.edition, area=asked.area, only=asked.only)
        return shown_to(self.who, edition=self.edition, area=asked.area, only=asked.only)

    def url(self, name: str) -> str:
        """Return the address of the map or of its records."""
        space = "" if self.who is None else "outcomes:"
        return reverse(f"{space}{'public-' if self.who is None else ''}{name}", args=[self.edition.slug])


@edition_view(*KEEPERS)
def partnerships(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the map to those who follow outcomes up."""
    return _map(request, Reader(edition, actor(request)), "outcomes/ties/map.html")


@edition_view(*KEEPERS)
def tie_records(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the records between two entities."""
    return _records(request, Reader(edition, actor(request)), "outcomes/ties/records.html")


@public
def public_partnerships(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Show everybody what is published of who agreed and delivered what."""
    return _map(request, Reader(_public_edition(edition), None), "outcomes/ties/public_map.html")


@public
def public_tie_records(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Show everybody the published records between two entities."""
    return _records(request, Reader(_public_edition(edition), None), "outcomes/ties/public_records.html")


def _public_edition(slug: str) -> Edition:
    found = (
        Edition.objects.filter(slug=slug, status__in=_SHOWN_STATUS)
        .select_related("series", "hosted_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _frame(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """Return what stands around a public page; the pages inside have their own frame."""
    if reader.who is not None:
        return {}
    edition = reader.edition
    begin = (
        NavItem(_("Start"), reverse("home"))
        if request.user.is_authenticated
        else NavItem(_("Log in"), reverse("account_login"))
    )
    return {
        "notice": _("Demonstration: people, rooms and times are generated") if edition.generated else "",
        "site_nav": [
            NavItem(_("The conference"), f"{reverse('home')}?public=1&edition={edition.slug}"),
            NavItem(_("Partnerships"), reverse("public-map", args=[edition.slug]), current=True),
            begin,
        ],
    }


def _asked(request: HttpRequest) -> Asked:
    view = request.GET.get("view", "")
    return Asked(
        request.GET.get("area", ""), request.GET.get("edition", ""), view if view in _VIEWS else "map"
    )


def _map(request: HttpRequest, reader: Reader, template: str) -> HttpResponseBase:
    asked = _asked(request)
    edition = reader.edition
    found = ties(reader.shown(asked))
    ids = sorted({entity for pair in found for entity in pair})
    names = entity_names(edition, ids)
    found = {pair: tie for pair, tie in found.items() if pair[0] in names and pair[1] in names}
    listed = _listed(found, names)
    shown = Paginator(listed, _LISTED).get_page(request.GET.get("page"))
    drawing = _drawing(reader, asked, found, names)
    context = {
        "edition": edition,
        "name": text_in(edition.name, language()),
        "asked": asked,
        "areas": [
            (area.code, text_in(area.title, language()))
            for area in Area.objects.filter(series=edition.series_id).order_by("order", "code")
        ],
        "editions": _editions(reader),
        "views": [
            (_("World"), asked.words(view="map"), asked.view == "map"),
            (_("Network"), asked.words(view="network"), asked.view == "network"),
        ],
        "pairs": len(found),
        "entities": len(drawing["places"]),
        "rows": [_line(reader, asked, pair, tie, names) for pair, tie in shown.object_list],
        "page": shown,
        "kept": asked.words(),
        "has_meetings": reader.who is not None,
        **drawing,
        **_frame(request, reader),
    }
    return render(request, template, context)


def _listed(found: Mapping[tuple[int, int], Tie], names: Mapping[int, DisplayName]) -> list[Any]:
    """Return the ties, those with most first."""
    return sorted(
        found.items(),
        key=lambda item: (-item[1].weight, names[item[0][0]].sort_key, names[item[0][1]].sort_key),
    )


def _editions(reader: Reader) -> list[tuple[str, str]]:
    edition = reader.edition
    rows = Edition.objects.filter(series=edition.series_id, number__lte=edition.number).order_by("-number")
    if reader.who is None:
        rows = rows.filter(status__in=_SHOWN_STATUS)
    return [(row.slug, f"{row.number} · {row.year}") for row in rows]


def _drawing(
    reader: Reader, asked: Asked, found: Mapping[tuple[int, int], Tie], names: Mapping[int, DisplayName]
) -> dict[str, Any]:
    weights: dict[int, int] = {}
    for pair, tie in found.items():
        for entity in pair:
            weights[entity] = weights.get(entity, 0) + tie.weight
    order = sorted(weights, key=lambda entity: names[entity].sort_key)
    land = ""
    if asked.view == "map":
        world = assets.world()
        numbers = dict(Entity.objects.filter(pk__in=order).values_list("pk", "m49"))
        points, canvas = on_world(
            [(entity, numbers.get(entity)) for entity in order],
            world["places"],
            width=world["width"],
            height=world["height"],
        )
        land = world["land"]
    else:
        points, canvas = on_circle(order, size=_SQUARE, margin=_MARGIN)
    lines = [
        _line(reader, asked, pair, tie, names, path=_path(asked, points, pair))
        for pair, tie in reversed(_listed(found, names))
    ]
    said = set(sorted(weights, key=lambda entity: -weights[entity])[:_LABELLED])
    places = [
        _place(reader, asked, names[entity], points[entity], weights[entity], is_said=entity in said)
        for entity in order
    ]
    return {"canvas": canvas, "land": land, "lines": lines, "places": places}


def _path(asked: Asked, points: Mapping[int, Point], pair: tuple[int, int]) -> str:
    start, end = points[pair[0]], points[pair[1]]
    return bent(start, end) if asked.view == "map" else drawn_in(start, end, _SQUARE / 2)


def _line(
    reader: Reader,
    asked: Asked,
    pair: tuple[int, int],
    tie: Tie,
    names: Mapping[int, DisplayName],
    *,
    path: str = "",
) -> Line:
    one, other = sorted((names[pair[0]], names[pair[1]]), key=lambda name: name.sort_key)
    css = "delivered" if tie.done else "agreed" if tie.agreed else "met"
    url = reader.url("map-records") + asked.words(one=one.code, other=other.code)
    told = f"{one.marked} – {other.marked}: {_told(tie)}"
    return Line(one, other, tie, url, told, css, path, round(1 + sqrt(tie.weight) * 0.6, 2))


def _told(tie: Tie) -> str:
    parts = [
        ngettext("met once", "met %(n)d times", tie.met) % {"n": tie.met} if tie.met else "",
        ngettext("%(n)d agreement", "%(n)d agreements", tie.agreed) % {"n": tie.agreed} if tie.agreed else "",
        ngettext("%(n)d delivered", "%(n)d delivered", tie.done) % {"n": tie.done} if tie.done else "",
    ]
    return ", ".join(part for part in parts if part)


def _place(
    reader: Reader, asked: Asked, name: DisplayName, point: Point, weight: int, *, is_said: bool
) -> Place:
    x, y = point
    radius = round(min(9.0, 3 + sqrt(weight) * 0.7), 1)
    anchor, label_x, label_y = "middle", x, y - radius - 4
    if asked.view == "network":
        anchor = "start" if x > _SQUARE / 2 + 1 else "end" if x < _SQUARE / 2 - 1 else "middle"
        label_x = x + (radius + 5 if anchor == "start" else -radius - 5 if anchor == "end" else 0)
        label_y = y + 4 if anchor != "middle" else y - radius - 6
    url = f"{reader.url('map-records')}{asked.words(one=name.code)}"
    return Place(
        name,
        x,
        y,
        radius,
        url,
        anchor,
        round(label_x, 1),
        round(label_y, 1),
        asked.view == "map" and not is_said,
    )


def _records(request: HttpRequest, reader: Reader, template: str) -> HttpResponseBase:
    asked = _asked(request)
    codes = [request.GET.get("one", ""), request.GET.get("other", "")]
    known = dict(Entity.objects.filter(code__in=codes).values_list("code", "pk"))
    if codes[0] not in known or (codes[1] and (codes[1] not in known or codes[0] == codes[1])):
        raise Http404
    if not codes[1]:
        return _partners(request, reader, asked, known[codes[0]], template)
    shown = reader.shown(asked)
    found = records_between(shown, known[codes[0]], known[codes[1]])
    one_page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    names = entity_names(reader.edition, known.values())
    context = {
        "edition": reader.edition,
        "name": text_in(reader.edition.name, language()),
        "pair": [names[known[code]] for code in codes],
        "rows": _told_records(reader, list(one_page.object_list)),
        "page": one_page,
        "kept": asked.words(one=codes[0], other=codes[1]),
        "map_url": reader.url("map") + asked.words(),
        **_frame(request, reader),
    }
    return render(request, template, context)


def _partners(
    request: HttpRequest, reader: Reader, asked: Asked, entity: int, template: str
) -> HttpResponseBase:
    """Show with whom an entity has to do, each with the records between the two."""
    found = {pair: tie for pair, tie in ties(reader.shown(asked)).items() if entity in pair}
    names = entity_names(reader.edition, {entity, *(one for pair in found for one in pair)})
    context = {
        "edition": reader.edition,
        "name": text_in(reader.edition.name, language()),
        "pair": [names[entity]],
        "partners": [_line(reader, asked, pair, tie, names) for pair, tie in _listed(found, names)],
        "map_url": reader.url("map") + asked.words(),
        **_frame(request, reader),
    }
    return render(request, template, context)


@dataclass(frozen=True, slots=True)
class Told:
    """A record between two as the page tells it; without an address for the public."""

    kind: str
    title: str
    note: str
    edition: int
    url: str


def _told_records(reader: Reader, records: Sequence[TieRecord]) -> list[Told]:
    """Return records in their order; one statement for each kind."""
    keys: dict[str, list[int]] = {}
    for record in records:
        keys.setdefault(record.kind, []).append(record.pk)
    rows: dict[tuple[str, int], Any] = {}
    kinds: Mapping[str, Any] = {
        "commitment": Commitment.objects,
        "instrument": Instrument.objects,
        "handover": Handover.objects,
        "meeting": Meeting.objects.select_related("request", "occasion", "edition"),
    }
    for kind, pks in keys.items():
        rows |= {(kind, row.pk): row for row in kinds[kind].filter(pk__in=pks)}
    return [_told_record(reader, record, rows[record.kind, record.pk]) for record in records]


def _told_record(reader: Reader, record: TieRecord, row: Any) -> Told:
    edition = reader.edition
    inside = reader.who is not None
    if record.kind == "meeting":
        url = reverse("bilaterals:request", args=[row.edition.slug, row.request.public_id]) if inside else ""
        return Told(
            _("Meeting"), row.request.topic, f"{row.occasion.starts_at:%Y-%m-%d}", record.edition, url
        )
    labels = {"commitment": _("Commitment"), "instrument": _("Instrument"), "handover": _("Handover")}
    url = page(edition, record.kind, row.public_id) if inside else ""
    return Told(labels[record.kind], text_in(row.title, language()), row.ref, record.edition, url)
