"""What the news item says was agreed and delivered, recorded and cleared by the actions that a host would use.

Titles, parties, kinds, the plan's period and the areas are the news item's. By which notes
earlier things are known is generated, and so are the details of the handover
(:mod:`summitry.demonstration.handovers`). It is loaded once the plan is adopted: what was agreed came from its meetings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from summitry.accounts.access import SYSTEM, Actor, actor_of
from summitry.accounts.models import User
from summitry.bilaterals.models import Meeting
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.demonstration import facts, handovers
from summitry.demonstration.actions import set_clock
from summitry.outcomes import actions
from summitry.outcomes.actions import Content, Signing
from summitry.outcomes.kinds import InstrumentKind, LegalNature, LifecycleState
from summitry.outcomes.models import Area, Commitment, Handover, Instrument
from summitry.world.models import Entity

EARLIER_SLUG = "ibpc-2017"
CLEARED_BY = "follow-up@demo.example"
_PUBLIC = Occasion.Confidentiality.PUBLIC
_EARLIER_DAY = datetime(2017, 11, 7, 18, 0)  # noqa: DTZ001 the venue's wall clock

AREAS = {
    "common-challenges": ("Common challenges", "Défis communs", "Retos comunes"),
    "bilateral-cooperation": (
        "The strengthening of bilateral cooperation",
        "Renforcement de la coopération bilatérale",
        "Refuerzo de la cooperación bilateral",
    ),
    "mutual-interest": ("Mutual areas of interest", "Domaines d’intérêt mutuel", "Ámbitos de interés mutuo"),
    "risk-analysis": ("Risk analysis", "Analyse des risques", "Análisis de riesgos"),
    "technology": ("Technology and innovation", "Technologie et innovation", "Tecnología e innovación"),
    "coast-guard": (
        "Coast guard cooperation",
        "Coopération entre garde-côtes",
        "Cooperación entre guardacostas",
    ),
    "technical-support": ("Technical support", "Appui technique", "Apoyo técnico"),
}


def texts(english: str, french: str, spanish: str) -> dict[str, str]:
    """Return a text by language."""
    return {"en": english, "fr": french, "es": spanish}


@dataclass(frozen=True, slots=True)
class _Desk:
    """Whom and what the loading needs."""

    edition: Edition
    earlier: Edition
    entities: dict[str, Entity]
    areas: dict[str, Area]
    meetings: dict[str, Meeting]
    clearing: Actor

    def clear(self, outcome: Instrument | Commitment | Handover) -> None:
        actions.clear_outcome(outcome=outcome, by=self.clearing)


def is_loaded(edition: Edition) -> bool:
    """Tell whether the outcomes are there."""
    return Instrument.objects.filter(series=edition.series_id).exists()


@transaction.atomic
def load_outcomes(edition: Edition) -> None:
    """Record what was agreed and delivered; nothing stays where it is interrupted."""
    earlier = Edition.objects.get(slug=EARLIER_SLUG)
    set_clock(edition=earlier, wall=_EARLIER_DAY)
    codes = (facts.HOST, *(code for code, *_words in facts.MEETINGS))
    meetings = Meeting.objects.filter(edition=edition, request__generated=False).select_related(
        "request", "occasion"
    )
    desk = _Desk(
        edition=edition,
        earlier=earlier,
        entities={entity.code: entity for entity in Entity.objects.filter(code__in=codes)},
        areas={
            code: actions.keep_area(edition=edition, code=code, title=texts(*title), order=order, by=SYSTEM)
            for order, (code, title) in enumerate(AREAS.items(), 1)
        },
        meetings={
            party.delegation.entity.code: meeting
            for meeting in meetings
            for party in meeting.request.parties.exclude(delegation__is_host=True).select_related(
                "delegation__entity"
            )
        },
        clearing=actor_of(User.objects.get(email=CLEARED_BY)),
    )
    _record_talks(desk)
    _record_plans(desk)
    _record_handover(desk)


def _instrument(
    desk: _Desk,
    entity: str,
    *,
    title: dict[str, str],
    kind: str,
    state: str,
    areas: Sequence[str] = (),
) -> Instrument:
    """Record what came of the host's meeting with an entity, and clear it."""
    meeting = desk.meetings[entity]
    made = actions.record_instrument(
        edition=desk.edition,
        content=Content(
            title=title,
            kind=kind,
            legal_nature=LegalNature.NON_BINDING,
            parties=[Signing(entity=desk.entities[facts.HOST]), Signing(entity=desk.entities[entity])],
            areas=[desk.areas[code] for code in areas],
            meeting=meeting,
            confidentiality=_PUBLIC,
        ),
        state=state,
        on=meeting.occasion.starts_at.date(),
        by=SYSTEM,
    )
    desk.clear(made)
    return made


def _record_talks(desk: _Desk) -> None:
    """Record what the talks were about, and the agreement with Australia to explore cooperation."""
    _instrument(
        desk,
        "us",
        title=texts(
            "Agreed minutes: common challenges and bilateral cooperation",
            "Procès-verbal agréé : défis communs et coopération bilatérale",
            "Acta convenida: retos comunes y cooperación bilateral",
        ),
        kind=InstrumentKind.AGREED_MINUTES,
        state=LifecycleState.TEXT_AGREED,
        areas=("common-challenges", "bilateral-cooperation"),
    )
    _instrument(
        desk,
        "ma",
        title=texts(
            "Agreed minutes: areas of mutual interest",
            "Procès-verbal agréé : domaines d’intérêt mutuel",
            "Acta convenida: ámbitos de interés mutuo",
        ),
        kind=InstrumentKind.AGREED_MINUTES,
        state=LifecycleState.TEXT_AGREED,
        areas=("risk-analysis", "technology", "coast-guard"),
    )
    _instrument(
        desk,
        "au",
        title=texts(
            "Intent to explore cooperation further",
            "Intention d’explorer plus avant la coopération",
            "Intención de seguir explorando la cooperación",
        ),
        kind=InstrumentKind.INTENT_TO_EXPLORE,
        state=LifecycleState.AGREED_IN_PRINCIPLE,
        areas=("mutual-interest",),
    )


def _record_plans(desk: _Desk) -> None:
    """Record the cooperation plan with Belarus, and the one that it renews."""
    host, belarus = desk.entities[facts.HOST], desk.entities["by"]
    title = texts("Cooperation Plan of Frontex and Belarus", "Plan de coopération de Frontex et du Bélarus",
                  "Plan de cooperación de Frontex y Belarús")  # fmt: skip
    parties = [
        Signing(entity=host, signatory="Fabrice Leggeri", office="Executive Director"),
        Signing(entity=belarus, signatory="for the State Border Committee", office="head of delegation"),
    ]
    before = actions.record_instrument(
        edition=desk.earlier,
        content=Content(
            title=title,
            kind=InstrumentKind.COOPERATION_PLAN,
            legal_nature=LegalNature.NON_BINDING,
            parties=[Signing(entity=host), Signing(entity=belarus)],
            confidentiality=_PUBLIC,
        ),
        state=LifecycleState.IN_EFFECT,
        on=_EARLIER_DAY.date(),
        by=SYSTEM,
    )
    signed_on = desk.meetings["by"].occasion.starts_at.date()
    plan = actions.record_instrument(
        edition=desk.edition,
        content=Content(
            title={code: f"{text}, 2020–22" for code, text in title.items()},
            kind=InstrumentKind.COOPERATION_PLAN,
            legal_nature=LegalNature.NON_BINDING,
            parties=parties,
            period_from=date(2020, 1, 1),
            period_to=date(2022, 12, 31),
            expires_on=date(2022, 12, 31),
            predecessor=before,
            meeting=desk.meetings["by"],
            signed_on=signed_on,
            confidentiality=_PUBLIC,
        ),
        state=LifecycleState.SIGNED,
        on=signed_on,
        by=SYSTEM,
    )
    desk.clear(plan)


def _record_handover(desk: _Desk) -> None:
    """Record the programme for the Western Balkans, what was promised there, and how it was delivered."""
    parties = handovers.Parties(
        edition=desk.edition,
        earlier=desk.earlier,
        earlier_day=_EARLIER_DAY.date(),
        host=desk.entities[facts.HOST],
        bosnia=desk.entities["ba"],
        area=desk.areas["technical-support"],
        visitor=User.objects.get(email=CLEARED_BY),
    )
    programme = handovers.record_programme(parties)
    desk.clear(programme)
    promise = handovers.record_promise(parties, programme)
    handover = handovers.record_handover(parties, promise)
    desk.clear(promise)
    desk.clear(handover)
