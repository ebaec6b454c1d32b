"""Instruments as a list with what is to be looked after, and on a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from summitry.accounts.access import Actor, actor
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import access, queries
from summitry.outcomes.access import CONCERNED, DESKS
from summitry.outcomes.instrument_words import WARNED_WORDS, state_chip
from summitry.outcomes.kinds import InstrumentKind, LegalNature, LifecycleState
from summitry.outcomes.models import Instrument
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries.instrument_pages import InstrumentOffers, instrument_offers, silence_running
from summitry.outcomes.queries.instruments import Strand, begins, ends
from summitry.outcomes.tables import Headed, Names
from summitry.outcomes.views.common import entity_names, language, page
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text
from summitry.world.languages import text_in
from summitry.world.rules import DisplayName

_ONLY_FILTERS: Final = "gone"
_NO_AREA: Final = "none"
_IN_FORCE: Final = (
    LifecycleState.IN_EFFECT,
    LifecycleState.AMENDED,
    LifecycleState.UNDER_REVIEW,
    LifecycleState.RENEWED,
)
_COMING: Final = (
    LifecycleState.IDEA,
    LifecycleState.AGREED_IN_PRINCIPLE,
    LifecycleState.NEGOTIATING,
    LifecycleState.TEXT_AGREED,
    LifecycleState.CLEARED,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of an instrument that is to be looked after.

    Attributes
    ----------
    ends_at
        The exact end of a silence, on the venue's clock; none for a day.
    """

    title: str
    ref: str
    url: str
    words: str
    on: date | None
    ends_at: datetime | None
    level: str


@edition_view(*CONCERNED)
def instruments(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """List the instruments of the series that the reader may see."""
    who = actor(request)
    table = instrument_table(request, edition, who)
    context = {
        "edition": edition,
        "may_record": access.may_record(who, edition, confidentiality=Confidentiality.PARTIES),
        "is_desk": who.has_role(edition.pk, *DESKS),
        "notices": notices(edition, who),
        "zone": edition.timezone,
    }
    return table.respond("outcomes/instruments/list.html", context)


def notices(edition: Edition, who: Actor) -> list[Notice]:
    """Return what is to be looked after, silence first; six statements."""
    now, today = clock.now(edition), clock.today(edition)
    found = []
    for one in silence_running(who=who, edition=edition):
        over = one.expires_at <= clock.now(one.edition)
        words = _("silence ended unbroken: to be concluded") if over else _("under silence until")
        found.append(
            Notice(
                text_in(one.instrument.title, language()),
                one.instrument.ref,
                page(edition, "instrument", one.instrument.public_id) + "#silence",
                words,
                None,
                clock.wall(one.edition, one.expires_at),
                "red" if over else "amber" if one.expires_at - now < timedelta(days=1) else "",
            )
        )
    return found + [
        Notice(
            text_in(warning.instrument.title, language()),
            warning.instrument.ref,
            page(edition, "instrument", warning.instrument.public_id),
            str(WARNED_WORDS[warning.of]),
            warning.on,
            None,
            "red" if warning.on < today else "amber",
        )
        for warning in queries.instruments_to_warn(who=who, edition=edition)
    ]


def instrument_table(request: HttpRequest, edition: Edition, who: Actor) -> Table[Any]:
    """Return the list of the instruments that a reader may see; a constant number of statements."""
    offered = instrument_offers(edition=edition, who=who)
    names = entity_names(edition, offered.entities)
    may_record = access.may_record(who, edition, confidentiality=Confidentiality.PARTIES)
    return Table(
        request=request,
        key="instruments",
        title=ngettext_lazy("instrument", "instruments", "n"),
        columns=[*_cells(edition, names), *_choices(edition, names, offered), *_exported()],
        rows=queries.instruments(who=who, edition=edition).order_by("-number"),
        empty=EmptyState(
            title=_("No instrument is recorded yet"),
            text=_("Cooperation plans, arrangements, minutes and statements will stand here."),
            action=_("Record an instrument") if may_record else "",
            url=page(edition, "instrument-new") if may_record else "",
        ),
    )


def _cells(edition: Edition, names: Names) -> list[Column[Any]]:
    def headed(row: Any) -> Headed:
        note = f"{row.ref}, {row.reference}" if row.reference else row.ref
        return Headed(
            text_in(row.title, language()),
            note,
            page(edition, "instrument", row.public_id),
            row.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL,
        )

    def parties(row: Any) -> list[DisplayName]:
        return [names[party.entity_id] for party in row.parties.all() if party.entity_id in names]

    states: list[tuple[str, Any]] = [
        ("coming", _("before signature")),
        ("force", _("in force")),
        *LifecycleState.choices,
    ]
    return [
        Column(
            key="title",
            label=_("Instrument"),
            value=headed,
            template="outcomes/cells/commitment.html",
            filter=Text(field="search_text"),
            sort=("number",),
            export=lambda row: text_in(row.title, language()),
        ),
        Column(key="ref", label=_("Number"), value=lambda row: row.ref, css=_ONLY_FILTERS),
        Column(
            key="kind",
            label=_("Kind"),
            value=lambda row: row.get_kind_display(),
            filter=Choices(options=InstrumentKind.choices),
        ),
        Column(
            key="nature",
            label=_("Legal nature"),
            value=lambda row: row.get_legal_nature_display(),
            filter=Choices(options=LegalNature.choices, field="legal_nature"),
        ),
        Column(
            key="parties",
            label=_("Parties"),
            value=parties,
            template="outcomes/cells/entities.html",
            export=lambda row: "; ".join(name.short for name in parties(row)),
        ),
        Column(key="signed_on", label=_("Signed"), kind="date", sort=True, css="nowrap"),
        Column(key="expires_on", label=_("Expires"), kind="date", sort=True, css="nowrap"),
        Column(
            key="state",
            label=_("State"),
            value=lambda row: state_chip(row.state),
            template="ui/cells/chip.html",
            filter=Choices(options=states, narrow=_in_state),
            export=lambda row: str(row.get_state_display()),
        ),
    ]


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    groups: dict[str, Sequence[str]] = {"coming": _COMING, "force": _IN_FORCE}
    return rows.filter(state__in=groups.get(value, [value]))


def _choices(edition: Edition, names: Names, offered: InstrumentOffers) -> list[Column[Any]]:
    entities = [(one.code, one.short) for one in sorted(names.values(), key=lambda one: one.sort_key)]
    areas = [(area.code, text_in(area.title, language())) for area in offered.areas]
    today = clock.today(edition)

    def in_area(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == _NO_AREA:
            return rows.filter(areas__isnull=True)
        return rows.filter(areas__in=[area.pk for area in offered.areas if area.code == value])

    def expiring(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        match value:
            case "soon":
                days = queries.follow_up_settings(edition).expiry_warning_days
                return rows.filter(expires_on__range=(today, today + timedelta(days=days)))
            case "past":
                return rows.filter(expires_on__lt=today)
            case "none":
                return rows.filter(expires_on__isnull=True)
            case _ if value.isascii() and value.isdigit():
                return rows.filter(expires_on__year=int(value[:4]))
            case _:
                return rows

    expiry = [
        ("soon", _("soon")),
        ("past", _("past")),
        *((str(year), str(year)) for year in offered.years),
        ("none", _("without a day")),
    ]
    return [
        Column(
            key="party",
            label=_("Delegation"),
            value=lambda _row: None,
            filter=Choices(options=entities, narrow=queries.instruments_with),
            export=False,
            css=_ONLY_FILTERS,
        ),
        Column(
            key="area",
            label=_("Area"),
            value=lambda row: ", ".join(text_in(area.title, language()) for area in row.areas.all()),
            filter=Choices(options=[*areas, (_NO_AREA, _("without an area"))], narrow=in_area),
            css=_ONLY_FILTERS,
        ),
        Column(
            key="expiry",
            label=_("Expiry"),
            value=lambda _row: None,
            filter=Choices(options=expiry, narrow=expiring),
            export=False,
            css=_ONLY_FILTERS,
        ),
    ]


def _exported() -> list[Column[Any]]:
    """Return what only a sheet tells."""
    days = [
        ("period_from", _("Period from")),
        ("period_to", _("Period to")),
        ("effect_on", _("In effect from")),
        ("next_review_on", _("Next review")),
    ]
    return [
        Column(key="reference", label=_("Reference"), css=_ONLY_FILTERS),
        *(Column(key=key, label=label, kind="date", css=_ONLY_FILTERS) for key, label in days),
        Column(
            key="languages",
            label=_("Languages"),
            value=lambda row: ", ".join(row.languages),
            css=_ONLY_FILTERS,
        ),
        Column(
            key="authentic",
            label=_("Authentic languages"),
            value=lambda row: ", ".join(row.authentic_languages),
            css=_ONLY_FILTERS,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """An instrument's time on the line; `start` and `length` are hundredths of its width, as the style writes them."""

    title: str
    ref: str
    url: str
    start: str
    length: str
    words: str
    state: tuple[str, str]
    is_open: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A plan and its renewals, with whom they are."""

    parties: list[DisplayName]
    bars: list[Bar]
    undated: list[Bar]


@edition_view(*CONCERNED)
def timeline(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show plans and their renewals over the years, a line for each delegation."""
    who = actor(request)
    everything = request.GET.get("kinds") == "all"
    kinds = InstrumentKind.values if everything else [InstrumentKind.COOPERATION_PLAN]
    strands = queries.timeline(who=who, edition=edition, kinds=kinds)
    rows = [one for strand in strands for one in strand.instruments]
    names = entity_names(edition, {party.entity_id for one in rows for party in one.parties.all()})
    years = _years(rows, clock.today(edition))
    first, last = date(years[0], 1, 1), date(years[-1] + 1, 1, 1)
    scale = _Scale(first, last)
    lanes = [_lane(edition, strand, names, scale) for strand in strands]
    lanes.sort(key=lambda lane: [name.sort_key for name in lane.parties])
    span = len(years)
    return render(
        request,
        "outcomes/instruments/timeline.html",
        {
            "edition": edition,
            "lanes": lanes,
            "years": [(year, scale.at(date(year, 1, 1))) for year in years[:: 1 + span // 13]],
            "today": clock.today(edition),
            "now_at": scale.at(clock.today(edition)),
            "everything": everything,
        },
    )


class _Scale:
    """The line's days as hundredths of its width."""

    def __init__(self, first: date, last: date) -> None:
        self._first, self._days = first, (last - first).days

    def place(self, day: date) -> float:
        """Return where a day lies."""
        return min(100.0, max(0.0, 100 * (day - self._first).days / self._days))

    def at(self, day: date) -> str:
        """Return where a day lies, as a style writes it."""
        return f"{self.place(day):.2f}"


def _years(rows: Sequence[Instrument], today: date) -> list[int]:
    days = [day for one in rows for day in (begins(one), ends(one)) if day is not None]
    first, last = min([today, *days]).year, max([today, *days]).year
    return list(range(first, max(last, first + 3) + 1))


def _lane(edition: Edition, strand: Strand, names: Names, scale: _Scale) -> Lane:
    """Draw a strand; the host's own name, which stands in every line, is left out where another is there."""
    host = edition.hosted_by.entity_id
    seen = dict.fromkeys(party.entity_id for one in strand.instruments for party in one.parties.all())
    others = [names[pk] for pk in seen if pk != host] or [names[pk] for pk in seen]
    bars = [_bar(edition, one, scale) for one in strand.instruments]
    return Lane(others, [bar for bar in bars if bar.start], [bar for bar in bars if not bar.start])


def _bar(edition: Edition, one: Instrument, scale: _Scale) -> Bar:
    starts, stops = begins(one), ends(one)
    length = scale.place(stops) - scale.place(starts) if starts and stops else 0.0
    if starts and not stops:
        length = 100 - scale.place(starts)
    words = " – ".join(f"{day.year}" for day in dict.fromkeys((starts, stops)) if day)
    return Bar(
        title=text_in(one.title, language()),
        ref=one.ref,
        url=page(edition, "instrument", one.public_id),
        start=scale.at(starts) if starts else "",
        length=f"{max(length, 0.6):.2f}",
        words=words if stops else _("since %(year)s") % {"year": words} if words else "",
        state=state_chip(one.state),
        is_open=stops is None,
        is_over=one.state in {"expired", "terminated", "superseded", "abandoned"},
    )
