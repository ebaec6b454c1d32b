"""The map of partnerships: who met whom, agreed what and delivered what; every line opens its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, public
from summitry.bilaterals.models import Meeting
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.models import Area, Commitment, Handover, Instrument
from summitry.outcomes.queries.ties import KINDS, TieRecord, records_between, ties
from summitry.outcomes.views.common import entity_names, language, page
from summitry.outcomes.views.ties_picture import picture
from summitry.outcomes.views.ties_shared import (
    CONTINENTS,
    NETWORK,
    WORLD,
    Asked,
    Reader,
    asked_in,
    by_weight,
    line,
)
from summitry.ui.shell import NavItem
from summitry.world.languages import text_in
from summitry.world.models import Entity
from summitry.world.queries import regions

_PER_PAGE: Final = 50
_LISTED: Final = 10
_SHOWN_STATUS: Final = (Edition.Status.OPEN, Edition.Status.CLOSED)


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


def _map(request: HttpRequest, reader: Reader, template: str) -> HttpResponseBase:
    asked = asked_in(request)
    edition = reader.edition
    everything = ties(reader.shown(asked))
    names = entity_names(edition, {entity for pair in everything for entity in pair})
    everything = {pair: tie for pair, tie in everything.items() if pair[0] in names and pair[1] in names}
    chosen = next((key for key, name in names.items() if name.code == asked.of), None)
    if chosen is None:
        asked = replace(asked, of="")
    found = {pair: tie for pair, tie in everything.items() if chosen is None or chosen in pair}
    shown = Paginator(by_weight(found, names), _LISTED).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "name": text_in(edition.name, language()),
        "asked": asked,
        "is_network": asked.view == NETWORK,
        "areas": [
            (area.code, text_in(area.title, language()))
            for area in Area.objects.filter(series=edition.series_id).order_by("order", "code")
        ],
        "editions": _editions(reader),
        "entities": [(name.code, name.short) for name in sorted(names.values(), key=lambda n: n.sort_key)],
        "views": _views(asked),
        "pairs": len(found),
        "parties": len({entity for pair in found for entity in pair}),
        "chosen": names.get(chosen) if chosen is not None else None,
        "all_url": replace(asked, of="").words() or "?",
        "rows": [line(reader, asked, pair, tie, names) for pair, tie in shown.object_list],
        "page": shown,
        "kept": asked.words(),
        "has_meetings": reader.who is not None,
        **picture(reader, asked, found, names),
        **_frame(request, reader),
    }
    return render(request, template, context)


def _views(asked: Asked) -> list[tuple[str, str, bool]]:
    """Return the pictures to choose from: name, address, whether it is shown."""
    continents = [
        (CONTINENTS[region.code], text_in(region.name, language()))
        for region in regions("m49")
        if region.code in CONTINENTS
    ]
    offered = [(WORLD, _("World")), *continents, (NETWORK, _("Network"))]
    return [(title, replace(asked, view=view).words() or "?", asked.view == view) for view, title in offered]


def _editions(reader: Reader) -> list[tuple[str, str]]:
    """Return the spans of time to choose from: one edition, or one and all after it."""
    edition = reader.edition
    rows = Edition.objects.filter(series=edition.series_id, number__lte=edition.number).order_by("-number")
    if reader.who is None:
        rows = rows.filter(status__in=_SHOWN_STATUS)
    found = list(rows)
    since = _("since the %(number)dth, %(year)d")
    return [
        *((row.slug, f"{row.number} · {row.year}") for row in found),
        *((f"since-{row.number}", since % {"number": row.number, "year": row.year}) for row in found[1:-1]),
    ]


def _records(request: HttpRequest, reader: Reader, template: str) -> HttpResponseBase:
    asked = asked_in(request)
    codes = [request.GET.get("one", ""), request.GET.get("other", "")]
    known = dict(Entity.objects.filter(code__in=codes).values_list("code", "pk"))
    if codes[0] not in known or (codes[1] and (codes[1] not in known or codes[0] == codes[1])):
        raise Http404
    if not codes[1]:
        return _partners(request, reader, asked, known[codes[0]], template)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = records_between(reader.shown(asked), known[codes[0]], known[codes[1]], kind=kind)
    one_page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    names = entity_names(reader.edition, known.values())
    context = {
        "edition": reader.edition,
        "name": text_in(reader.edition.name, language()),
        "pair": [names[known[code]] for code in codes],
        "rows": _told_records(reader, list(one_page.object_list)),
        "page": one_page,
        "kind": {"met": _("Met"), "agreed": _("Agreed"), "delivered": _("Delivered")}.get(kind, ""),
        "every_url": asked.words(one=codes[0], other=codes[1]),
        "kept": asked.words(one=codes[0], other=codes[1], kind=kind),
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
    own = replace(asked, of=names[entity].code)
    context = {
        "edition": reader.edition,
        "name": text_in(reader.edition.name, language()),
        "pair": [names[entity]],
        "chosen": names[entity],
        "partners": [line(reader, own, pair, tie, names) for pair, tie in by_weight(found, names)],
        "map_url": reader.url("map") + own.words(),
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
