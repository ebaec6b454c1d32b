"""A chain of plans and a text under silence, so that the pages of instruments have something to show.

All of it is generated and says so: the news item tells of one plan alone, which
:mod:`summitry.demonstration.outcomes` records. Nothing here is cleared, so nothing of it
is told in the news.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction

from summitry.accounts.access import SYSTEM
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.demonstration import facts
from summitry.outcomes import actions
from summitry.outcomes.actions import Content, Doing, Provision, Signing
from summitry.outcomes.kinds import Authority, InstrumentKind, LegalNature, LifecycleState
from summitry.outcomes.models import Area, Instrument
from summitry.world.models import Entity

_PARTNER: Final = "ma"
_STATEMENT_PARTNERS: Final = ("ma", "us", "au")
_NOON: Final = 12


def is_loaded(edition: Edition) -> bool:
    """Tell whether the generated instruments are there."""
    return Instrument.objects.filter(series=edition.series_id, generated=True).exists()


@transaction.atomic
def load_instruments(edition: Edition) -> None:
    """Record an arrangement, two plans under it, and a statement under silence; needs the outcomes' areas."""
    entities = {
        one.code: one for one in Entity.objects.filter(code__in=[facts.HOST, _PARTNER, *_STATEMENT_PARTNERS])
    }
    areas = {one.code: one for one in Area.objects.filter(series=edition.series_id)}
    parties = [
        Signing(
            entity=entities[facts.HOST],
            signatory="Henrik Vasa",
            office="Head of International Cooperation",
            authority=Authority.HEAD_OF_BODY,
            credentials_ok=True,
            contact_role="International Cooperation Unit",
        ),
        Signing(
            entity=entities[_PARTNER],
            signatory="Salma Idrissi",
            office="Director of Border Control",
            authority=Authority.DELEGATED,
            credentials_ok=True,
            contact_role="Directorate of Border Control",
        ),
    ]
    arrangement = _arrangement(edition, parties)
    before = _plan(edition, parties, arrangement, list(areas.values())[3:5], (2015, 2017))
    _plan(edition, parties, arrangement, list(areas.values())[3:6], (2018, 2019), predecessor=before)
    _statement(edition, [entities[facts.HOST], *(entities[code] for code in _STATEMENT_PARTNERS)])


def _arrangement(edition: Edition, parties: list[Signing]) -> Instrument:
    return actions.record_instrument(
        edition=edition,
        content=Content(
            title={
                "en": "Working arrangement on operational cooperation",
                "fr": "Arrangement de travail sur la coopération opérationnelle",
                "es": "Acuerdo de trabajo sobre cooperación operativa",
            },
            kind=InstrumentKind.WORKING_ARRANGEMENT,
            legal_nature=LegalNature.ADMINISTRATIVE,
            parties=parties,
            languages=["en", "fr"],
            authentic_languages=["en", "fr"],
            articles=[
                Provision("1", "The sides cooperate in the fields named in their plans.", "en", "Purpose"),
                Provision("2", "They exchange experience and good practice.", "en", "Exchange"),
                Provision("3", "They review this arrangement every two years.", "en", "Review"),
            ],
            signed_on=date(2014, 6, 2),
            effect_on=date(2014, 7, 1),
            termination_notice_days=90,
            review_months=24,
            next_review_on=date(2020, 6, 2),
            generated=True,
        ),
        state=LifecycleState.IN_EFFECT,
        on=date(2014, 7, 1),
        by=SYSTEM,
    )


def _plan(
    edition: Edition,
    parties: list[Signing],
    parent: Instrument,
    areas: list[Area],
    years: tuple[int, int],
    *,
    predecessor: Instrument | None = None,
) -> Instrument:
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    period = f"{years[0]}–{years[1] % 100}"
    plan = actions.record_instrument(
        edition=edition,
        content=Content(
            title={
                "en": f"Cooperation plan, {period}",
                "fr": f"Plan de coopération, {period}",
                "es": f"Plan de cooperación, {period}",
            },
            kind=InstrumentKind.COOPERATION_PLAN,
            legal_nature=LegalNature.NON_BINDING,
            parties=parties,
            languages=["en", "fr"],
            authentic_languages=["en"],
            areas=areas,
            activities=[
                Doing(
                    area,
                    f"Workshop: {area.title['en'].lower()}",
                    lead=parties[number % 2].entity,
                    starts_on=first + timedelta(days=120 * number),
                    due_on=first + timedelta(days=120 * number + 180),
                )
                for number, area in enumerate(areas)
            ],
            period_from=first,
            period_to=last,
            effect_on=first,
            expires_on=last,
            signed_on=first - timedelta(days=40),
            parent=parent,
            predecessor=predecessor,
            financial_line="Each side bears its own costs.",
            generated=True,
        ),
        state=LifecycleState.IN_EFFECT,
        on=first,
        by=SYSTEM,
    )
    if last < clock.today(edition):
        actions.note_lifecycle(
            instrument=plan, state=LifecycleState.EXPIRED, on=last, by=SYSTEM, edition=edition
        )
    return plan


def _statement(edition: Edition, entities: list[Entity]) -> None:
    """Put a joint statement under silence until noon of the day after tomorrow."""
    statement = actions.record_instrument(
        edition=edition,
        content=Content(
            title={
                "en": "Joint statement on training",
                "fr": "Déclaration commune sur la formation",
                "es": "Declaración conjunta sobre formación",
            },
            kind=InstrumentKind.JOINT_STATEMENT,
            legal_nature=LegalNature.POLITICAL,
            parties=[Signing(entity=one) for one in entities],
            languages=["en"],
            authentic_languages=["en"],
            generated=True,
        ),
        state=LifecycleState.NEGOTIATING,
        by=SYSTEM,
    )
    today = clock.wall(edition, clock.now(edition)).replace(hour=_NOON, minute=0, second=0, microsecond=0)
    actions.open_silence(
        instrument=statement,
        text="The sides will open their training courses to one another's officers.",
        language="en",
        expires_at=clock.from_wall(edition, today + timedelta(days=2)),
        by=SYSTEM,
        edition=edition,
    )
