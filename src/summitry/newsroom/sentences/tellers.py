"""What there is to say of an edition, in the order of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summitry.newsroom.facts.pieces import (
    Agreed,
    Facts,
    Ground,
    Phase,
    Piece,
    Voice,
)
from summitry.newsroom.kinds import Section
from summitry.newsroom.sentences.registry import Telling, teller
from summitry.outcomes.kinds import InstrumentKind, LifecycleState

#: The lists of organisations, in the order they are told of.
ORGANISATIONS: Final = ("international-organisations", "non-governmental", "eu-institutions", "eu-agencies")
#: Instruments that are told as having been signed.
_SIGNED: Final = frozenset(
    {
        LifecycleState.SIGNED,
        LifecycleState.IN_EFFECT,
        LifecycleState.UNDER_REVIEW,
        LifecycleState.AMENDED,
        LifecycleState.RENEWED,
    }
)
#: Instruments that are no news by themselves: minutes of a meeting are told as the meeting.
_NO_NEWS: Final = frozenset(
    {
        InstrumentKind.AGREED_MINUTES,
        InstrumentKind.CHAIR_SUMMARY,
        InstrumentKind.REGIONAL_PROGRAMME,
        InstrumentKind.NEXT_EDITION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Piece):
    """Pieces told in one sentence."""

    pieces: Sequence[Piece]
    phase: Phase = Phase.AFTER


def _all(pieces: Iterable[Piece]) -> tuple[Ground, ...]:
    return tuple(ground for piece in pieces for ground in piece.grounds)


def _edition(facts: Facts, *fields: str) -> tuple[Ground, ...]:
    return tuple(facts.edition.by_field[name] for name in fields)


def _named(facts: Facts, *entities: int) -> tuple[Ground, ...]:
    return tuple(facts.entities[entity] for entity in entities)


def _comes(facts: Facts) -> bool:
    return facts.audience is not None and bool(facts.lists["countries"])


@teller(10)
def headline(facts: Facts) -> Iterator[Telling]:
    """Tell who meets where."""
    if not facts.edition.city:
        return
    if facts.audience is not None and _comes(facts):
        grounds = (
            *_edition(facts, "city", "phase"),
            facts.audience.grounds[0],
            facts.count("countries"),
        )
        yield Telling("headline", Section.HEADLINE, facts.edition, grounds)
    else:
        yield Telling(
            "plain_headline", Section.HEADLINE, facts.edition, _edition(facts, "city", "name", "phase")
        )


@teller(20)
def lead(facts: Facts) -> Iterator[Telling]:
    """Tell what meets, where, when, and who hosts it."""
    if facts.edition.starts_on is None:
        return
    fields = ("name", "city", "starts_on", "ends_on", "hosted_by", "phase")
    grounds = (*_edition(facts, *fields), *_named(facts, facts.edition.host))
    yield Telling("lead", Section.LEAD, facts.edition, grounds)


@teller(30)
def attendance(facts: Facts) -> Iterator[Telling]:
    """Tell who comes, in numbers that can be opened."""
    if not _comes(facts) or facts.audience is None:
        return
    present = [key for key in ORGANISATIONS if facts.lists[key]]
    grounds = (
        facts.audience.grounds[0],
        *(facts.count(key) for key in ("countries", "continents", "participants", *present)),
        *_edition(facts, "phase"),
    )
    yield Telling("attendance", Section.ATTENDANCE, facts.edition, grounds)


@teller(40)
def themes(facts: Facts) -> Iterator[Telling]:
    """Tell what the edition is about."""
    if facts.edition.presentation or facts.themes:
        grounds = (*_edition(facts, "presentation"), *_all(facts.themes))
        yield Telling("themes", Section.THEMES, facts.edition, grounds)


@teller(50)
def quotations(facts: Facts) -> Iterator[Telling]:
    """Tell what was said and is cleared."""
    for said in facts.quotations:
        grounds = (*said.grounds, *_named(facts, said.by.entity))
        yield Telling("quotation", Section.QUOTATION, said, grounds, said.key)


@teller(60)
def keynotes(facts: Facts) -> Iterator[Telling]:
    """Tell who gave a keynote, and who is to give one."""
    for rule, phase in (("keynotes_given", Phase.AFTER), ("keynotes_to_come", Phase.BEFORE)):
        voices: list[Voice] = [voice for voice in facts.keynotes if voice.phase is phase]
        if voices:
            grounds = (*_all(voices), *_named(facts, *(voice.entity for voice in voices)))
            yield Telling(rule, Section.KEYNOTES, Several(pieces=voices, phase=phase), grounds)


@teller(70)
def topics(facts: Facts) -> Iterator[Telling]:
    """Tell what the panels are about."""
    if facts.topics:
        over = all(topic.phase is Phase.AFTER for topic in facts.topics)
        phase = Phase.AFTER if over else Phase.DURING
        yield Telling("topics", Section.TOPICS, Several(pieces=facts.topics, phase=phase), _all(facts.topics))


@teller(80)
def margins(facts: Facts) -> Iterator[Telling]:
    """Tell how many meetings were held, and what the conference is a platform for."""
    if not facts.lists["meetings"]:
        return
    keys = ("meetings", "bilateral-meetings", "multilateral-meetings", "renewals", "explorations")
    grounds = (*(facts.count(key) for key in keys), *_edition(facts, "phase"))
    yield Telling("margins", Section.MEETINGS, facts.edition, grounds)


@teller(90)
def meetings(facts: Facts) -> Iterator[Telling]:
    """Tell of each meeting that everybody may know of, with what it brought behind it; then of the rest."""
    told: set[str] = set()
    handed = [{one.transferor, one.transferee} for one in facts.handovers]
    for pk, met in facts.meetings:
        brought = [one for one in facts.agreed if one.meeting == pk and one.kind not in _NO_NEWS]
        parties = [party.entity for party in met.parties]
        if met.areas and [one.kind for one in brought] == [InstrumentKind.INTENT_TO_EXPLORE]:
            grounds = (*met.grounds, *brought[0].grounds, *_named(facts, *parties))
            yield Telling("meeting_explored", Section.MEETINGS, met, grounds, met.key)
            told.add(brought[0].key)
            continue
        if met.areas or not (brought or set(parties) in handed):
            grounds = (*met.grounds, *_named(facts, *parties))
            yield Telling("meeting", Section.MEETINGS, met, grounds, met.key)
        for one in brought:
            services = {party.entity: party.service for party in met.parties}
            yield _agreed(facts, one, services=services, meeting=met.grounds)
            told.add(one.key)
    for one in facts.agreed:
        if one.key not in told and one.kind not in _NO_NEWS:
            yield _agreed(facts, one)
    for promise in facts.promised:
        grounds = (*promise.grounds, *_named(facts, promise.owner))
        yield Telling("promise", Section.MEETINGS, promise, grounds, promise.key)
    for handover in facts.handovers:
        grounds = (*handover.grounds, *_named(facts, handover.transferor, handover.transferee))
        rule = "handover" if handover.commitment else "handover_alone"
        yield Telling(rule, Section.MEETINGS, handover, grounds, handover.key)


def _agreed(
    facts: Facts,
    one: Agreed,
    *,
    services: dict[int, Mapping[str, str]] | None = None,
    meeting: tuple[Ground, ...] = (),
) -> Telling:
    if one.kind == InstrumentKind.COOPERATION_PLAN:
        rule = "plan_renewed" if one.renews else "plan"
    elif one.kind == InstrumentKind.INTENT_TO_EXPLORE:
        rule = "exploration"
    else:
        rule = "signed" if one.state in _SIGNED else "text_agreed"
    known = services or {}
    parties = sorted(one.parties, key=lambda party: party.entity != facts.edition.host)
    spoken = [replace(party, service=known.get(party.entity, {})) for party in parties]
    grounds = (*one.grounds, *meeting, *_named(facts, *(party.entity for party in parties)))
    return Telling(rule, Section.MEETINGS, replace(one, parties=spoken), grounds, one.key)


@teller(100)
def following(facts: Facts) -> Iterator[Telling]:
    """Tell when the next edition is, and who hosts it."""
    if facts.following is not None:
        grounds = (
            *facts.following.grounds,
            *_edition(facts, "cadence_years"),
            *_named(facts, facts.following.host),
        )
        yield Telling("next", Section.NEXT, facts.following, grounds)


@teller(110)
def about(facts: Facts) -> Iterator[Telling]:
    """Say who the host is, in the press office's words."""
    if facts.about is not None:
        yield Telling("about", Section.ABOUT, facts.about, facts.about.grounds)
