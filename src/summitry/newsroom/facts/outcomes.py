"""What was agreed and delivered: only what its parties confirmed and the host cleared for everybody.

What is generated for a demonstration is not told by name.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Prefetch, Q

from summitry.conferences.models import Edition
from summitry.newsroom.facts.pieces import Agreed, Ground, HandedOver, Party, Promised, Texts, ground
from summitry.outcomes.kinds import EFFECTIVE_STATES, InstrumentKind, LifecycleState, Progress, Workflow
from summitry.outcomes.models import Commitment, Handover, Instrument, InstrumentParty
from summitry.outcomes.models.vocabulary import Confidentiality, Outcome

#: States from which on both sides have agreed on the text.
_AGREED: Final = frozenset(
    {
        LifecycleState.TEXT_AGREED,
        LifecycleState.CLEARED,
        LifecycleState.SIGNED,
        LifecycleState.IN_EFFECT,
        LifecycleState.UNDER_REVIEW,
        LifecycleState.AMENDED,
        LifecycleState.RENEWED,
    }
)
_CONFIRMED: Final = (Workflow.APPROVED, Workflow.PUBLISHED, Workflow.CLOSED)
_TELLABLE: Final = {"cleared_on__isnull": False, "confidentiality": Confidentiality.PUBLIC}


def _clearance(outcome: Outcome) -> tuple[Ground, ...]:
    return (
        ground(outcome, "title", outcome.ref, outcome.title, translated=True),
        ground(outcome, "cleared_on", outcome.ref, outcome.cleared_on),
    )


def agreed(edition: Edition) -> list[tuple[Agreed, list[Texts]]]:
    """Return the instruments agreed at an edition, each with its areas; four statements.

    At the edition is what comes from one of its meetings or sessions, or was signed in its days.
    """
    explored = Q(kind=InstrumentKind.INTENT_TO_EXPLORE, state=LifecycleState.AGREED_IN_PRINCIPLE)
    here = Q(meeting__isnull=False) | Q(session__isnull=False)
    if edition.starts_on and edition.ends_on:
        here |= Q(signed_on__gte=edition.starts_on, signed_on__lte=edition.ends_on)
    rows = (
        Instrument.objects.filter(
            here,
            Q(state__in=_AGREED) | explored,
            edition=edition,
            generated=False,
            **_TELLABLE,
        )
        .select_related("predecessor")
        .prefetch_related(
            "areas", Prefetch("parties", InstrumentParty.objects.select_related("entity").order_by("order"))
        )
        .order_by("number")
    )
    return [(_agreed(row), [area.title for area in row.areas.all()]) for row in rows]


def _agreed(row: Instrument) -> Agreed:
    parties = [Party(entity=party.entity_id) for party in row.parties.all()]
    renewed = row.predecessor
    return Agreed(
        kind=row.kind,
        state=row.state,
        title=row.title,
        parties=parties,
        period=(row.period_from, row.period_to),
        renews=renewed is not None,
        meeting=row.meeting_id,
        key=str(row.public_id),
        grounds=(
            *_clearance(row),
            ground(row, "kind", row.ref, row.kind),
            ground(row, "state", row.ref, row.state),
            ground(row, "parties", row.ref, [party.entity.code for party in row.parties.all()]),
            ground(row, "period", row.ref, [row.period_from, row.period_to]),
            *([ground(row, "predecessor", row.ref, renewed.ref)] if renewed else []),
            *(ground(area, "title", area.code, area.title, translated=True) for area in row.areas.all()),
        ),
    )


def promised(edition: Edition) -> list[tuple[Promised, list[Texts]]]:
    """Return the commitments of an edition that its parties confirmed, each with its areas; two statements."""
    rows = (
        Commitment.objects.filter(
            edition=edition,
            generated=False,
            agreed_on__isnull=False,
            publish=True,
            workflow__in=_CONFIRMED,
            **_TELLABLE,
        )
        .select_related("owner")
        .prefetch_related("areas")
        .order_by("number")
    )
    return [(_promised(row), [area.title for area in row.areas.all()]) for row in rows]


def _promised(row: Commitment) -> Promised:
    return Promised(
        title=row.title,
        owner=row.owner_id,
        meeting=row.meeting_id,
        key=str(row.public_id),
        grounds=(
            *_clearance(row),
            ground(row, "agreed_on", row.ref, row.agreed_on),
            ground(row, "owner", row.ref, row.owner.code),
            *(ground(area, "title", area.code, area.title, translated=True) for area in row.areas.all()),
        ),
    )


def handovers(edition: Edition, *, today: date) -> list[HandedOver]:
    """Return the handovers of an edition celebrated by now, each with what it serves; two statements.

    What it serves may have been promised at an earlier edition, in an article of a programme.
    """
    served = Commitment.objects.filter(
        agreed_on__isnull=False, publish=True, generated=False, workflow__in=_CONFIRMED, **_TELLABLE
    ).select_related("article__instrument")
    rows = (
        Handover.objects.filter(
            edition=edition,
            generated=False,
            state__in=sorted(EFFECTIVE_STATES),
            ceremony_on__isnull=False,
            ceremony_on__lte=today,
            **_TELLABLE,
        )
        .select_related("transferor", "transferee")
        .prefetch_related(Prefetch("commitments", served.order_by("pk")))
        .order_by("ceremony_on", "number")
    )
    return [_handed_over(row) for row in rows]


def _handed_over(row: Handover) -> HandedOver:
    commitment = next(iter(row.commitments.all()), None)
    instrument = commitment.article.instrument if commitment and commitment.article else None
    tellable = (
        instrument is not None
        and instrument.cleared_on is not None
        and instrument.confidentiality == Confidentiality.PUBLIC
    )
    programme = instrument if tellable else None
    assert row.ceremony_on is not None
    grounds = [
        *_clearance(row),
        ground(row, "ceremony_on", row.ref, row.ceremony_on),
        ground(row, "state", row.ref, row.state),
        ground(row, "parties", row.ref, [row.transferor.code, row.transferee.code]),
    ]
    if commitment:
        grounds += [
            *_clearance(commitment),
            ground(commitment, "progress", commitment.ref, commitment.progress),
        ]
    if programme:
        grounds += _clearance(programme)
    return HandedOver(
        title=row.title,
        transferor=row.transferor_id,
        transferee=row.transferee_id,
        ceremony_on=row.ceremony_on,
        delivered=commitment is not None and commitment.progress == Progress.COMPLETED,
        commitment=commitment.title if commitment else {},
        programme=programme.title if programme else {},
        key=str(row.public_id),
        grounds=tuple(grounds),
    )
