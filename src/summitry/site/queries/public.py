"""What everybody may know of an edition: only what is published, whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition, Theme
from summitry.delegations import rules as delegation_rules
from summitry.delegations.models import Delegation, Member
from summitry.delegations.queries import naming_policy
from summitry.programme.models import Session, Speaker
from summitry.site import rules
from summitry.site.queries.readiness import STANDING
from summitry.world.kinds import STATE_KINDS
from summitry.world.languages import LANGUAGES, text_in
from summitry.world.queries import names_for, regions_by_entity
from summitry.world.rules import DisplayName

_NEXT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSession:
    """A public session, on the venue's clock."""

    title: str
    kind: str
    starts: datetime
    ends: datetime
    room: str
    languages: Sequence[str]
    is_on: bool

    @property
    def day(self) -> date:
        """The day it is on."""
        return self.starts.date()


@dataclass(frozen=True, slots=True)
class PublicSpeaker:
    """Somebody who gives a keynote in a public session, with the office held on the day."""

    name: str
    office: str
    organisation: str
    delegation: DisplayName


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another edition of the series, as far as it is known publicly."""

    name: str
    year: int
    city: str
    countries: int | None
    participants: int | None
    is_earlier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """All that an edition's public page shows."""

    name: str
    motto: str
    city: str
    host: DisplayName | None
    focus: str
    countries: int
    continents: int
    participants: int
    next_sessions: Sequence[PublicSession]
    sessions: Sequence[PublicSession]
    speakers: Sequence[PublicSpeaker]
    neighbours: Sequence[Neighbour]


def open_editions() -> list[Edition]:
    """Return the editions whose pages are public, in one statement."""
    rows = Edition.objects.filter(status=Edition.Status.OPEN)
    return list(rows.select_related("series", "hosted_by").order_by("-year", "slug"))


def public_page(*, edition: Edition, language: str = "en") -> PublicPage:
    """Return what is public of an edition, in one of its languages; eleven statements.

    Persons appear only as speakers of public sessions; delegations only as numbers and
    as the speakers' own.
    """
    countries, continents, participants = _attendance(edition)
    spoken = list(
        Speaker.objects.filter(
            session__edition=edition,
            session__is_public=True,
            session__occasion__status__in=STANDING,
            session__occasion__confidentiality=Occasion.Confidentiality.PUBLIC,
            part=Speaker.Part.KEYNOTE,
        )
        .exclude(member__accreditation__in=delegation_rules.OUT)
        .select_related("member__person", "member__delegation")
        .order_by("session__occasion__starts_at", "order")
    )
    host_id = edition.hosted_by.entity_id
    names = names_for(
        {host_id, *(speaker.member.delegation.entity_id for speaker in spoken)},
        language=language,
        on=clock.today(edition),
        policy=naming_policy(edition),
    )
    sessions = _sessions(edition, language)
    now = clock.wall(edition, clock.now(edition))
    themes = Theme.objects.filter(edition=edition, proposed=False).order_by("order")
    return PublicPage(
        name=text_in(edition.name, language),
        motto=text_in(edition.series.motto, language),
        city=text_in(edition.city, language),
        host=names.get(host_id),
        focus=rules.in_one_sentence(
            text_in(edition.presentation, language),
            [text_in(theme.title, language) for theme in themes],
            language,
        ),
        countries=countries,
        continents=continents,
        participants=participants,
        next_sessions=[session for session in sessions if session.ends > now][:_NEXT],
        sessions=sessions,
        speakers=_speakers(spoken, names),
        neighbours=_neighbours(edition, language),
    )


def _attendance(edition: Edition) -> tuple[int, int, int]:
    """Return how many States come, from how many continents, and how many people of all delegations are accredited."""
    accredited = Counter(
        Member.objects.filter(
            edition=edition,
            accreditation=Member.Accreditation.APPROVED,
            delegation__answer=Delegation.Answer.COMING,
        ).values_list("delegation_id", flat=True)
    )
    states = set(
        Delegation.objects.filter(pk__in=accredited, entity__kind__in=STATE_KINDS).values_list(
            "entity_id", flat=True
        )
    )
    places = regions_by_entity("m49", on=clock.today(edition), entity_ids=states)
    return len(states), len({place.code for place in places.values()}), accredited.total()


def _sessions(edition: Edition, language: str) -> list[PublicSession]:
    now = clock.now(edition)
    rows = (
        Session.objects.filter(
            edition=edition,
            is_public=True,
            occasion__status__in=STANDING,
            occasion__confidentiality=Occasion.Confidentiality.PUBLIC,
        )
        .select_related("occasion__room")
        .order_by("occasion__starts_at", "pk")
    )
    return [
        PublicSession(
            title=text_in(row.title, language),
            kind=str(row.get_kind_display()),
            starts=clock.wall(edition, row.occasion.starts_at),
            ends=clock.wall(edition, row.occasion.ends_at),
            room=row.occasion.room.name if row.occasion.room else "",
            languages=[LANGUAGES[code].endonym if code in LANGUAGES else code for code in row.languages],
            is_on=row.occasion.starts_at <= now < row.occasion.ends_at,
        )
        for row in rows
    ]


def _speakers(spoken: Sequence[Speaker], names: dict[int, DisplayName]) -> list[PublicSpeaker]:
    """Return each speaker once, where first."""
    once = {speaker.member_id: speaker for speaker in reversed(spoken)}
    return [
        PublicSpeaker(
            name=speaker.member.person.display_name,
            office=speaker.office,
            organisation=speaker.organisation,
            delegation=names[speaker.member.delegation.entity_id],
        )
        for speaker in spoken
        if once[speaker.member_id] is speaker
    ]


def _neighbours(edition: Edition, language: str) -> list[Neighbour]:
    rows = Edition.objects.filter(
        series=edition.series_id,
        number__in=[edition.number - 1, edition.number + 1],
        status__in=[Edition.Status.CLOSED, Edition.Status.ANNOUNCED, Edition.Status.OPEN],
    ).order_by("number")
    return [
        Neighbour(
            name=text_in(row.name, language),
            year=row.year,
            city=text_in(row.city, language),
            countries=row.known_countries,
            participants=row.known_participants,
            is_earlier=row.number < edition.number,
        )
        for row in rows
    ]
