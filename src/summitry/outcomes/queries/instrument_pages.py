"""What the screens of instruments read beside the instruments themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.ledger.models import Entry
from summitry.outcomes.kinds import SilenceState
from summitry.outcomes.models import (
    Area,
    Commitment,
    Instrument,
    InstrumentParty,
    SilenceProcedure,
    SilenceReply,
)
from summitry.outcomes.queries.surroundings import Happened
from summitry.outcomes.queries.vocabulary import areas_of


@dataclass(frozen=True, slots=True)
class InstrumentOffers:
    """What occurs among the instruments of a series that a reader may see.

    Attributes
    ----------
    entities
        Ids of all parties.
    years
        In which one expires.
    """

    entities: frozenset[int]
    years: Sequence[int]
    areas: Sequence[Area]


def instrument_offers(*, edition: Edition, who: Actor) -> InstrumentOffers:
    """Return what the list of instruments has to choose from; three statements."""
    seen = visible(who, Instrument).filter(series=edition.series_id, edition__number__lte=edition.number)
    parties = InstrumentParty.objects.filter(instrument__in=seen.order_by().values("pk")).order_by()
    years = seen.filter(expires_on__isnull=False).order_by().values_list("expires_on__year", flat=True)
    return InstrumentOffers(
        entities=frozenset(parties.values_list("entity", flat=True).distinct()),
        years=sorted(set(years.distinct())),
        areas=areas_of(edition, who=who, retired=True),
    )


def instrument_history(*, instrument: Instrument, edition: Edition) -> list[Happened]:
    """Return what the ledger holds of an instrument, the newest first; one statement.

    Only for who works with it: the press is told no history.
    """
    rows = Entry.objects.filter(
        target_type=instrument._meta.label_lower,  # noqa: SLF001 Django's documented name
        target_id=instrument.public_id,
    ).order_by("-chain", "-sequence")
    ahead = edition.clock_offset or timedelta()
    return [
        Happened(
            clock.wall(edition, row.at + ahead), row.verb, row.actor_name, row.before or {}, row.after or {}
        )
        for row in rows
    ]


def commitments_from(*, instrument: Instrument, who: Actor) -> list[Commitment]:
    """Return the commitments that come from an instrument's articles; one statement."""
    rows = visible(who, Commitment).filter(article__instrument=instrument)
    return list(rows.select_related("article", "owner", "edition").order_by("article__order", "number"))


def met_where(instrument: Instrument) -> list[int]:
    """Return the entities that met where an instrument was agreed in a bilateral; one statement at most."""
    meeting = instrument.meeting
    if meeting is None:
        return []
    return [party.delegation.entity_id for party in meeting.request.parties.select_related("delegation")]


def silence_parties(procedure: SilenceProcedure) -> list[Delegation]:
    """Return the delegations that are asked under silence: the parties' at the procedure's edition; one statement."""
    entities = InstrumentParty.objects.filter(instrument=procedure.instrument_id).values("entity")
    rows = Delegation.objects.filter(edition=procedure.edition_id, entity__in=entities)
    return list(
        rows.exclude(answer=Delegation.Answer.REGRETS).select_related("edition").order_by("entity__code")
    )


def silence_running(*, who: Actor, edition: Edition) -> list[SilenceProcedure]:
    """Return the texts of a series that lie under silence, or whose silence ended unbroken; two statements."""
    replies = visible(who, SilenceReply).order_by("at", "pk")
    return list(
        visible(who, SilenceProcedure)
        .filter(
            instrument__series=edition.series_id,
            edition__number__lte=edition.number,
            state=SilenceState.PROVISIONAL,
        )
        .select_related("instrument", "edition")
        .prefetch_related(Prefetch("replies", replies))
        .order_by("expires_at", "pk")
    )
