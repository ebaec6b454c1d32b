"""What happens in the plenary, as far as it is public: keynotes, topics, quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.delegations.rules import OUT
from summitry.newsroom.facts.pieces import Ground, Phase, Said, Told, Voice, ground
from summitry.newsroom.models import Term
from summitry.programme.models import Quotation, Session, Speaker

_STANDING = (Occasion.Status.FIRM, Occasion.Status.HELD)
Terms = Mapping[str, Term]


def terms_of(edition: Edition) -> dict[str, Term]:
    """Return how offices and services are written in other languages, by the recorded text; one statement."""
    return {term.text: term for term in Term.objects.filter(edition=edition)}


def worded(text: str, terms: Terms) -> tuple[dict[str, str], tuple[Ground, ...]]:
    """Return a recorded text by language, with the term that it rests on."""
    term = terms.get(text)
    if term is None:
        return ({"en": text} if text else {}), ()
    return {"en": text, **term.wording}, (ground(term, "wording", term.text, term.wording, translated=True),)


def _phase(occasion: Occasion, now: datetime) -> Phase:
    over = occasion.ends_at <= now or occasion.status == Occasion.Status.HELD
    return Phase.AFTER if over else Phase.BEFORE


def _session_grounds(session: Session, now: datetime) -> tuple[Ground, ...]:
    title = session.occasion.title
    return (
        ground(session, "title", title, session.title, translated=True),
        ground(session, "phase", title, _phase(session.occasion, now)),
    )


def voice(speaker: Speaker, terms: Terms, now: datetime) -> Voice:
    """Return a speaker with everything that naming one rests on."""
    office, of_office = worded(speaker.office, terms)
    service, of_service = worded(speaker.organisation, terms)
    person = speaker.member.person
    return Voice(
        name=person.display_name,
        office=office,
        service=service,
        entity=speaker.member.delegation.entity_id,
        phase=_phase(speaker.session.occasion, now),
        key=str(speaker.public_id),
        grounds=(
            ground(person, "display_name", person.display_name, person.display_name),
            ground(speaker, "office", person.display_name, speaker.office),
            ground(speaker, "organisation", person.display_name, speaker.organisation),
            *of_office,
            *of_service,
        ),
    )


def keynotes(edition: Edition, terms: Terms, now: datetime) -> list[Voice]:
    """Return who gives a keynote in a public session, each once, in order of time; one statement."""
    rows = (
        Speaker.objects.filter(
            session__edition=edition,
            session__is_public=True,
            session__generated=False,
            session__occasion__status__in=_STANDING,
            session__occasion__confidentiality=Occasion.Confidentiality.PUBLIC,
            part=Speaker.Part.KEYNOTE,
        )
        .exclude(member__accreditation__in=OUT)
        .select_related("session__occasion", "member__person", "member__delegation")
        .order_by("session__occasion__starts_at", "order")
    )
    found: dict[int, Voice] = {}
    for speaker in rows:
        one = voice(speaker, terms, now)
        given = Voice(
            name=one.name,
            office=one.office,
            service=one.service,
            entity=one.entity,
            phase=one.phase,
            key=one.key,
            grounds=(*one.grounds, *_session_grounds(speaker.session, now)),
        )
        found.setdefault(speaker.member_id, given)
    return list(found.values())


def topics(edition: Edition, now: datetime) -> list[Told]:
    """Return what the public panels are about, in order of time; one statement."""
    rows = (
        Session.objects.filter(
            edition=edition,
            kind=Session.Kind.PANEL,
            is_public=True,
            generated=False,
            occasion__status__in=_STANDING,
            occasion__confidentiality=Occasion.Confidentiality.PUBLIC,
        )
        .select_related("occasion")
        .order_by("occasion__starts_at", "pk")
    )
    return [
        Told(
            text=row.title,
            phase=_phase(row.occasion, now),
            key=str(row.public_id),
            grounds=_session_grounds(row, now),
        )
        for row in rows
    ]


def quotations(edition: Edition, terms: Terms, now: datetime, *, today: date) -> Sequence[Said]:
    """Return what was said in public sessions and is cleared by today, in order of time; one statement."""
    rows = (
        Quotation.objects.filter(
            session__edition=edition,
            session__is_public=True,
            session__occasion__status__in=_STANDING,
            session__occasion__confidentiality=Occasion.Confidentiality.PUBLIC,
            cleared_on__lte=today,
        )
        .exclude(speaker__member__accreditation__in=OUT)
        .select_related(
            "speaker__session__occasion", "speaker__member__person", "speaker__member__delegation"
        )
        .order_by("session__occasion__starts_at", "pk")
    )
    said = []
    for row in rows:
        by = voice(row.speaker, terms, now)
        if by.phase is not Phase.AFTER:
            continue
        said.append(
            Said(
                text=row.text,
                is_paraphrase=row.is_paraphrase,
                by=by,
                key=str(row.public_id),
                grounds=(
                    ground(row, "text", by.name, row.text, translated=True),
                    ground(row, "cleared_on", by.name, row.cleared_on),
                    ground(row, "is_paraphrase", by.name, row.is_paraphrase),
                    *by.grounds,
                ),
            )
        )
    return said
