"""Instruments as lists and pages show them, the chains they stand in, and what is to be warned of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.outcomes import rules
from summitry.outcomes.kinds import InstrumentKind, SilenceState
from summitry.outcomes.models import (
    Activity,
    Article,
    FollowUpSettings,
    Instrument,
    InstrumentFile,
    InstrumentParty,
    LifecycleEvent,
    SilenceProcedure,
    SilenceReply,
)
from summitry.outcomes.queries.vocabulary import follow_up_settings
from summitry.world.models import Entity


def instruments(*, who: Actor, edition: Edition) -> QuerySet[Instrument]:
    """Return the instruments of an edition's series, up to it, that `who` may see, with parties and areas; three statements."""
    return _fetched(
        visible(who, Instrument).filter(series=edition.series_id, edition__number__lte=edition.number)
    )


def _fetched(rows: QuerySet[Instrument]) -> QuerySet[Instrument]:
    parties = InstrumentParty.objects.select_related("entity").order_by("order", "pk")
    return rows.select_related("edition").prefetch_related(Prefetch("parties", parties), "areas")


def instruments_with(rows: QuerySet[Instrument], code: str) -> QuerySet[Instrument]:
    """Return of some instruments those to which an entity is a party."""
    parties = InstrumentParty.objects.filter(entity__in=Entity.objects.filter(code=code).values("pk"))
    return rows.filter(pk__in=parties.values("instrument"))


@dataclass(frozen=True, slots=True)
class Chains:
    """Where an instrument stands, as far as the reader may see it.

    Attributes
    ----------
    line
        What it renews, the oldest first, itself, and what renewed it.
    rests_on
        What it rests on, the nearest first.
    carries
        What rests on it directly.
    """

    line: Sequence[Instrument]
    rests_on: Sequence[Instrument]
    carries: Sequence[Instrument]


def chains_of(*, instrument: Instrument, who: Actor) -> Chains:
    """Return the chains of an instrument that was obtained for `who`; three statements however long they are.

    A link that the reader may not see ends the chain, as if there were nothing beyond it.
    """
    rows = {
        one.pk: one
        for one in _fetched(visible(who, Instrument).filter(series=instrument.series_id)).order_by("number")
    }
    here = rows.get(instrument.pk, instrument)
    line = [*_back(here, rows, "predecessor_id")[::-1], here, *_onwards(here, rows)]
    return Chains(
        line=line,
        rests_on=_back(here, rows, "parent_id"),
        carries=[one for one in rows.values() if one.parent_id == here.pk],
    )


def _back(one: Instrument, rows: dict[int, Instrument], link: str) -> list[Instrument]:
    found = []
    while (before := rows.get(getattr(one, link))) is not None:
        found.append(before)
        one = before
    return found


def _onwards(one: Instrument, rows: dict[int, Instrument]) -> list[Instrument]:
    """Return what renewed an instrument, generation by generation."""
    found, generation = [], {one.pk}
    while generation:
        following = [row for row in rows.values() if row.predecessor_id in generation]
        found += following
        generation = {row.pk for row in following}
    return found


@dataclass(frozen=True, slots=True)
class Strand:
    """A plan and its renewals on a timeline, the oldest first."""

    instruments: Sequence[Instrument]

    @property
    def first_day(self) -> date | None:
        """When the first of them begins."""
        return min((day for one in self.instruments if (day := begins(one))), default=None)

    @property
    def last_day(self) -> date | None:
        """When the last of them ends; none where one is open-ended or says nothing."""
        days = [ends(one) for one in self.instruments]
        return None if None in days else max((day for day in days if day), default=None)


def begins(instrument: Instrument) -> date | None:
    """Return when an instrument's time begins: its period, its effect, or its signature."""
    return instrument.period_from or instrument.effect_on or instrument.signed_on


def ends(instrument: Instrument) -> date | None:
    """Return when an instrument's time ends: its period or its expiry; none where it is open-ended."""
    return instrument.period_to or instrument.expires_on


def timeline(
    *, who: Actor, edition: Edition, kinds: Sequence[str] = (InstrumentKind.COOPERATION_PLAN,)
) -> list[Strand]:
    """Return the plans (or other kinds) of a series with their renewals as strands, by their beginning; three statements."""
    rows = list(instruments(who=who, edition=edition).filter(kind__in=kinds).order_by("number"))
    known = {one.pk: one for one in rows}
    heads = [one for one in rows if one.predecessor_id not in known]
    strands = [Strand([head, *_onwards(head, known)]) for head in heads]
    return sorted(
        strands, key=lambda strand: (strand.first_day is None, strand.first_day, strand.instruments[0].number)
    )


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something an instrument's parties are to be warned of, and its day."""

    instrument: Instrument
    of: rules.Warned
    on: date


def instruments_to_warn(*, who: Actor, edition: Edition) -> list[Reminder]:
    """Return what is to be warned of in a series on the edition's day, the nearest first; four statements."""
    today, settings = clock.today(edition), follow_up_settings(edition)
    rows = instruments(who=who, edition=edition).filter(
        Q(expires_on__isnull=False) | Q(next_review_on__isnull=False)
    )
    found = [reminder for one in rows for reminder in _warnings(one, today, settings)]
    return sorted(found, key=lambda one: (one.on, one.instrument.number, one.of))


def warnings_of(*, instrument: Instrument, edition: Edition) -> list[Reminder]:
    """Return what is to be warned of in one instrument on the edition's day, the nearest first; one statement."""
    return _warnings(instrument, clock.today(edition), follow_up_settings(edition))


def _warnings(one: Instrument, today: date, settings: FollowUpSettings) -> list[Reminder]:
    found = rules.instrument_warnings(
        state=one.state,
        expires_on=one.expires_on,
        auto_renews=one.auto_renews,
        notice_days=one.termination_notice_days,
        next_review_on=one.next_review_on,
        today=today,
        expiry_days=settings.expiry_warning_days,
        review_days=settings.review_warning_days,
    )
    return [Reminder(one, of, on) for of, on in found]


@dataclass(frozen=True, slots=True)
class InstrumentStory:
    """Everything a page tells of one instrument, as far as the reader may see it."""

    instrument: Instrument
    chains: Chains
    events: Sequence[LifecycleEvent]
    activities: Sequence[Activity]
    articles: Sequence[Article]
    files: Sequence[InstrumentFile]
    silence: Sequence[SilenceProcedure]


def instrument_story(*, instrument: Instrument, who: Actor) -> InstrumentStory:
    """Return what a page tells of an instrument that was obtained for `who`; a constant number of statements."""
    replies = visible(who, SilenceReply).select_related("delegation__entity").order_by("at", "pk")
    return InstrumentStory(
        instrument=_fetched(Instrument.objects.filter(pk=instrument.pk)).get(),
        chains=chains_of(instrument=instrument, who=who),
        events=list(visible(who, LifecycleEvent).filter(instrument=instrument).order_by("number")),
        activities=list(
            visible(who, Activity)
            .filter(instrument=instrument)
            .select_related("area", "lead")
            .order_by("number")
        ),
        articles=list(visible(who, Article).filter(instrument=instrument).order_by("order")),
        files=list(visible(who, InstrumentFile).filter(instrument=instrument).select_related("file")),
        silence=list(
            visible(who, SilenceProcedure)
            .filter(instrument=instrument)
            .prefetch_related(Prefetch("replies", replies))
        ),
    )


def silence_ended(*, who: Actor, edition: Edition, now: datetime | None = None) -> QuerySet[SilenceProcedure]:
    """Return the texts whose silence has ended unbroken and which nobody has noted as adopted yet."""
    moment = now or clock.now(edition)
    return (
        visible(who, SilenceProcedure)
        .filter(edition=edition, state=SilenceState.PROVISIONAL, expires_at__lte=moment)
        .select_related("instrument")
        .order_by("expires_at")
    )
