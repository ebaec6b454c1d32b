"""Everything that may be told of an edition, gathered at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from summitry.conferences import clock
from summitry.conferences.models import Edition, Theme
from summitry.delegations.queries import naming_policy
from summitry.newsroom.facts import attendance, meetings, outcomes, programme
from summitry.newsroom.facts.pieces import (
    Agreed,
    EditionFacts,
    Facts,
    Ground,
    Met,
    Next,
    Phase,
    Promised,
    Row,
    Texts,
    Told,
    ground,
)
from summitry.newsroom.kinds import DRAFTED_LANGUAGES
from summitry.newsroom.models import PressProfile
from summitry.outcomes.kinds import InstrumentKind
from summitry.world.models import Entity
from summitry.world.queries import names_for
from summitry.world.rules import DisplayName

_NEXT_STATES: Final = (Edition.Status.ANNOUNCED, Edition.Status.OPEN, Edition.Status.CLOSED)


def gather(edition: Edition) -> Facts:
    """Return what may be told of an edition now, by its clock; a constant number of statements.

    Only what is public, confirmed and cleared is in it, whoever asks.
    """
    now, today = clock.now(edition), clock.today(edition)
    terms = programme.terms_of(edition)
    itself = _edition(edition, today)
    held = list(meetings.held(edition, now))
    named = meetings.named(edition, held, terms, itself.host)
    agreed, promised = outcomes.agreed(edition), outcomes.promised(edition)
    profile = PressProfile.objects.filter(edition=edition).first()
    following = _following(edition)
    handovers = outcomes.handovers(edition, today=today)
    lists = {
        **attendance.attendance(edition, on=today),
        **meetings.counted(edition, held),
        **_of_outcomes([one for one, _areas in agreed]),
    }
    keynotes = programme.keynotes(edition, terms, now)
    quotations = programme.quotations(edition, terms, now, today=today)
    told_of = {
        itself.host,
        *(voice.entity for voice in keynotes),
        *(said.by.entity for said in quotations),
        *(party.entity for _pk, met in named for party in met.parties),
        *(party.entity for one, _areas in agreed for party in one.parties),
        *(one.owner for one, _areas in promised),
        *(entity for one in handovers for entity in (one.transferor, one.transferee)),
        *([following.host] if following else []),
    }
    languages = [code for code in DRAFTED_LANGUAGES if code in edition.languages] or ["en"]
    names = _names(edition, told_of, languages, today)
    return Facts(
        today=today,
        languages=languages,
        edition=itself,
        audience=_of_profile(edition, profile, "audience"),
        about=_of_profile(edition, profile, "about"),
        themes=_themes(edition),
        quotations=quotations,
        keynotes=keynotes,
        topics=programme.topics(edition, now),
        meetings=[(pk, _with_areas(pk, met, agreed, promised)) for pk, met in named],
        agreed=[one for one, _areas in agreed],
        promised=[one for one, _areas in promised],
        handovers=handovers,
        following=following,
        lists=lists,
        titles={**attendance.titles(), **meetings.titles(), **_titles()},
        names=names,
        entities=_entities(told_of, names, languages),
    )


def _edition(edition: Edition, today: date) -> EditionFacts:
    phase = Phase.DURING
    if edition.starts_on and today < edition.starts_on:
        phase = Phase.BEFORE
    elif edition.ends_on and today > edition.ends_on:
        phase = Phase.AFTER
    host = edition.hosted_by.entity_id
    texts = {"name": edition.name, "city": edition.city, "presentation": edition.presentation}
    values = {
        "starts_on": edition.starts_on,
        "ends_on": edition.ends_on,
        "hosted_by": edition.hosted_by.entity.code,
        "phase": phase,
    }
    by_field = {
        **{
            name: ground(edition, name, edition.slug, value, translated=True) for name, value in texts.items()
        },
        **{name: ground(edition, name, edition.slug, value) for name, value in values.items()},
    }
    series = edition.series
    by_field["cadence_years"] = ground(series, "cadence_years", series.short_name, series.cadence_years)
    return EditionFacts(
        name=edition.name,
        city=edition.city,
        presentation=edition.presentation,
        host=host,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        phase=phase,
        by_field=by_field,
    )


def _of_profile(edition: Edition, profile: PressProfile | None, name: str) -> Told | None:
    texts = getattr(profile, name, None)
    if profile is None or not texts:
        return None
    return Told(text=texts, grounds=(ground(profile, name, edition.slug, texts, translated=True),))


def _themes(edition: Edition) -> list[Told]:
    return [
        Told(
            text=theme.title,
            key=str(theme.public_id),
            grounds=(ground(theme, "title", str(theme.order), theme.title, translated=True),),
        )
        for theme in Theme.objects.filter(edition=edition, proposed=False).order_by("order")
    ]


def _following(edition: Edition) -> Next | None:
    row = (
        Edition.objects.filter(series=edition.series_id, number__gt=edition.number, status__in=_NEXT_STATES)
        .select_related("hosted_by__entity")
        .order_by("number")
        .first()
    )
    if row is None:
        return None
    return Next(
        year=row.year,
        city=row.city,
        host=row.hosted_by.entity_id,
        every=edition.series.cadence_years,
        grounds=(
            ground(row, "year", row.slug, row.year),
            ground(row, "city", row.slug, row.city, translated=True),
            ground(row, "hosted_by", row.slug, row.hosted_by.entity.code),
        ),
    )


def _with_areas(
    pk: int,
    met: Met,
    agreed: Sequence[tuple[Agreed, list[Texts]]],
    promised: Sequence[tuple[Promised, list[Texts]]],
) -> Met:
    """Give a meeting the areas of what came of it, unless that is told as a plan of its own."""
    areas: list[Texts] = []
    grounds: list[Ground] = []
    both: list[tuple[Agreed | Promised, list[Texts]]] = [*agreed, *promised]
    for one, its_areas in both:
        if one.meeting != pk or (isinstance(one, Agreed) and one.kind == InstrumentKind.COOPERATION_PLAN):
            continue
        areas += [area for area in its_areas if area not in areas]
        grounds += one.grounds if its_areas else ()
    return replace(met, areas=areas, grounds=(*met.grounds, *grounds))


def _titles() -> dict[str, str]:

    return {
        "renewals": _("Instruments agreed that renew earlier ones"),
        "explorations": _("Agreements to explore cooperation"),
    }


def _of_outcomes(agreed: Iterable[Agreed]) -> dict[str, Sequence[Row]]:
    rows = list(agreed)
    return {
        "renewals": [Row(text=one.title) for one in rows if one.renews],
        "explorations": [Row(text=one.title) for one in rows if one.kind == InstrumentKind.INTENT_TO_EXPLORE],
    }


def _names(
    edition: Edition, entities: set[int], languages: Sequence[str], today: date
) -> dict[str, Mapping[int, DisplayName]]:
    policy = naming_policy(edition)
    return {code: names_for(entities, language=code, on=today, policy=policy) for code in languages}


def _entities(
    wanted: set[int], names: Mapping[str, Mapping[int, DisplayName]], languages: Sequence[str]
) -> dict[int, Ground]:
    rows: dict[int, Any] = Entity.objects.in_bulk(wanted)
    return {
        pk: ground(
            row,
            "name",
            names[languages[0]][pk].short,
            {code: names[code][pk].in_text for code in languages},
            translated=True,
        )
        for pk, row in rows.items()
    }
