"""Loading the demonstration edition: all of it or nothing, by the actions that a host would use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Grant, User
from summitry.bilaterals.models import Request, RequestParty, RequestPerson, RequestWindow
from summitry.conferences.clock import from_wall
from summitry.conferences.models import (
    Day,
    Edition,
    Host,
    Room,
    Series,
    Settings,
    Sitting,
    Theme,
    Walk,
    Zone,
)
from summitry.delegations.actions import (
    Answered,
    Invitee,
    NewMember,
    accredit,
    invite,
    make_person,
    name_members,
    note_answers,
)
from summitry.delegations.models import Delegation, Member, Person
from summitry.demonstration import facts, invited, people, venue
from summitry.demonstration.logins import LOGINS, PASSWORD
from summitry.demonstration.programme import SESSIONS, DemoSession
from summitry.demonstration.requests import DemoRequest, requests
from summitry.interpretation.actions import assign_team
from summitry.interpretation.models import Interpreter, InterpreterLanguage
from summitry.ledger.actions import action, record
from summitry.programme.actions import Part, add_session
from summitry.programme.models import Quotation, Session
from summitry.world.models import Entity
from summitry.world.queries import names_for

_NAMED_FROM = date(2019, 8, 19)


def is_loaded() -> bool:
    """Tell whether the demonstration edition is there."""
    return Edition.objects.filter(slug=facts.SLUG).exists()


@transaction.atomic
def load_demonstration() -> Edition:
    """Load the edition with everything but its plan; nothing stays where it is interrupted."""
    edition = _open_edition()
    delegations = _invite(edition)
    made = _name_members(edition, delegations)
    team = _engage_interpreters(edition=edition)
    _add_sessions(edition, made, team)
    _file_requests(edition=edition, delegations=delegations, members=made)
    _open_accounts(edition=edition, delegations=delegations)
    return edition


@action
def _open_edition() -> Edition:
    entities = {entity.code: entity for entity in Entity.objects.filter(code__in=[facts.HOST, "pl"])}
    host = Host.objects.create(
        entity=entities[facts.HOST], slug=facts.HOST, legal_regime="Regulation (EU) 2018/1725"
    )
    series = Series.objects.create(
        host=host,
        slug=facts.SERIES_SLUG,
        name=facts.SERIES_NAME,
        short_name="IBPC",
        motto=facts.MOTTO,
        cadence_years=2,
    )
    common = {
        "series": series,
        "hosted_by": host,
        "languages": ["en", "fr", "es"],
        "timezone": venue.TIMEZONE,
    }
    Edition.objects.create(
        number=23, slug="ibpc-2017", name={"en": "23rd International Border Police Conference"}, year=2017,
        starts_on=date(2017, 11, 7), status=Edition.Status.CLOSED, known_countries=60, source="Public notices, 2017",
        **common,
    )  # fmt: skip
    Edition.objects.create(
        number=25, slug="ibpc-2021", name={"en": "25th International Border Police Conference"}, year=2021,
        status=Edition.Status.ANNOUNCED, source=facts.SOURCE, **common,
    )  # fmt: skip
    edition = Edition.objects.create(
        number=24,
        slug=facts.SLUG,
        name=facts.NAME,
        status=Edition.Status.OPEN,
        city=facts.CITY,
        country=entities["pl"],
        year=2019,
        starts_on=date(2019, 10, 29),
        ends_on=date(2019, 10, 31),
        presentation=facts.PRESENTATION,
        generated=True,
        source=facts.SOURCE,
        **common,
    )
    Settings.objects.create(edition=edition, offered_minutes=[10, 15, 20, 30, 45])
    Theme.objects.bulk_create(
        Theme(edition=edition, order=order, title=title) for order, title in enumerate(facts.THEMES, start=1)
    )
    Day.objects.bulk_create(
        Day(edition=edition, date=on, is_conference=proper, label=label) for on, proper, label in venue.DAYS
    )
    _build_venue(edition)
    record(
        by=SYSTEM, verb="open_edition", target=edition, edition_id=edition.pk, after={"slug": edition.slug}
    )
    return edition


@action
def set_clock(*, edition: Edition, wall: datetime) -> None:
    """Let the edition's clock show a time of the venue, from which it runs on."""
    edition.clock_offset = from_wall(edition, wall) - timezone.now()
    edition.save(update_fields=["clock_offset"])
    record(
        by=SYSTEM, verb="set_clock", target=edition, edition_id=edition.pk, after={"clock": wall.isoformat()}
    )


def _build_venue(edition: Edition) -> None:
    zones = {
        slug: Zone.objects.create(edition=edition, slug=slug, name=name, order=order)
        for order, (slug, name) in enumerate(venue.ZONES)
    }
    for one, other, minutes in venue.WALKS:
        first, second = sorted((zones[one], zones[other]), key=lambda zone: zone.pk)
        Walk.objects.create(from_zone=first, to_zone=second, minutes=minutes)
    Room.objects.bulk_create(
        Room(
            edition=edition,
            slug=room.slug,
            name=room.name,
            zone=zones[room.zone],
            purpose=room.purpose,
            set_up=room.set_up,
            seats=room.seats,
            features=list(room.features),
            order=order,
        )
        for order, room in enumerate(venue.ROOMS)
    )
    Sitting.objects.bulk_create(
        Sitting(
            edition=edition,
            slug=f"oct-{day}-{start.replace(':', '')}",
            starts_at=from_wall(edition, venue.at(day, start)),
            ends_at=from_wall(edition, venue.at(day, end)),
        )
        for day, start, end in venue.SITTINGS
    )


def _invite(edition: Edition) -> dict[str, Delegation]:
    chance = Random(112)  # noqa: S311 a demonstration, not a secret
    coming = invited.coming()
    codes = [*coming, *invited.REGRETS.split(), *invited.SILENT.split()]
    entities = {entity.code: entity for entity in Entity.objects.filter(code__in=codes)}
    invitees = [
        Invitee(entities[code], is_host=code == facts.HOST, languages=(invited.language_of(code),))
        for code in codes
    ]
    made = invite(edition=edition, invitees=invitees, on=date(2019, 6, 17), by=SYSTEM, generated=True)
    delegations = {delegation.entity.code: delegation for delegation in made}
    answers = []
    for code in coming:
        arrives, departs = _presence(edition, chance, code)
        on = date(2019, 7, 1) + timedelta(days=chance.randrange(70))
        answers.append(Answered(delegations[code], Delegation.Answer.COMING, on, arrives, departs))
    answers += [
        Answered(
            delegations[code],
            Delegation.Answer.REGRETS,
            date(2019, 8, 1) + timedelta(days=chance.randrange(40)),
        )
        for code in invited.REGRETS.split()
    ]
    note_answers(edition=edition, answers=answers, by=SYSTEM)
    return delegations


def _presence(edition: Edition, chance: Random, code: str) -> tuple[datetime | None, datetime | None]:
    """Return when a delegation arrives and leaves; most are there all the time."""
    known = {facts.HOST, "pl", "us", "ma", "au", "by", "ba"}
    draw = chance.random()
    if code in known or draw > 0.16:  # noqa: PLR2004 as many come late or leave early
        return None, None
    if draw > 0.07:  # noqa: PLR2004 likewise
        return from_wall(edition, venue.at(29, chance.choice(["12:30", "14:30", "17:00"]))), None
    return None, from_wall(edition, venue.at(31, chance.choice(["11:30", "13:00", "14:30"])))


def _name_members(
    edition: Edition, delegations: dict[str, Delegation]
) -> list[tuple[people.DemoMember, Member]]:
    names = names_for(
        [delegation.entity_id for delegation in delegations.values()], language="en", on=date(2019, 10, 30)
    )
    organisations = {code: names[delegation.entity_id].short for code, delegation in delegations.items()}
    chance = Random(331)  # noqa: S311 a demonstration, not a secret
    listed = people.members(organisations)
    new = [
        NewMember(
            delegation=delegations[one.entity],
            capacity=one.capacity,
            order=one.order,
            family_name=one.name.family,
            given_names=one.name.given,
            display_name=one.name.display,
            original_name=one.name.original,
            functional_title=one.title,
            organisation=one.organisation,
            rank_class=one.rank_class,
            languages=one.languages,
            list_publicly=one.order == 1,
            generated=one.name.generated,
            named_on=_NAMED_FROM + timedelta(days=min(chance.randrange(70), chance.randrange(70) + 8)),
        )
        for one in listed
    ]
    members = name_members(edition=edition, members=new, by=SYSTEM)
    waiting = set(chance.sample([i for i, one in enumerate(listed) if one.order > 2], invited.IN_THE_QUEUE))  # noqa: PLR2004
    accredit(
        edition=edition,
        members=[
            (
                member,
                min(
                    (member.named_on or _NAMED_FROM) + timedelta(days=chance.randrange(3, 12)),
                    date(2019, 10, 28),
                ),
            )
            for index, member in enumerate(members)
            if index not in waiting
        ],
        by=SYSTEM,
    )
    return list(zip(listed, members, strict=True))


@action
def _engage_interpreters(*, edition: Edition) -> dict[str, list[Interpreter]]:
    team = people.interpreters()
    persons = Person.objects.bulk_create(
        make_person(
            NewMember(
                delegation=Delegation(), capacity="", order=0, family_name=one.name.family, given_names=one.name.given,
                display_name=one.name.display, original_name=one.name.original, functional_title="", organisation="",
                rank_class=95, generated=True,
            )
        )
        for one in team
    )  # fmt: skip
    made = Interpreter.objects.bulk_create(
        Interpreter(edition=edition, person=person, employer="host", generated=True) for person in persons
    )
    InterpreterLanguage.objects.bulk_create(
        InterpreterLanguage(interpreter=interpreter, language=language, level=level)
        for one, interpreter in zip(team, made, strict=True)
        for language, level in [(one.native, "A"), *((active, "B") for active in one.active)]
    )
    record(
        by=SYSTEM,
        verb="engage_interpreters",
        target=edition,
        edition_id=edition.pk,
        after={"interpreters": [str(interpreter.public_id) for interpreter in made]},
    )
    of: dict[str, list[Interpreter]] = {}
    for one, interpreter in zip(team, made, strict=True):
        of.setdefault(one.native, []).append(interpreter)
    return of


def _add_sessions(
    edition: Edition,
    members: Sequence[tuple[people.DemoMember, Member]],
    team: dict[str, list[Interpreter]],
) -> None:
    heads = {one.entity: (one, member) for one, member in members if one.order == 1}
    rooms = {room.slug: room for room in Room.objects.filter(edition=edition)}
    opening: Session | None = None
    for number, planned in enumerate(SESSIONS):
        session = add_session(
            edition=edition,
            kind=planned.kind,
            title=planned.title,
            starts_at=from_wall(edition, planned.starts_at),
            ends_at=from_wall(edition, planned.ends_at),
            room=rooms[planned.room] if planned.room else None,
            attendance=planned.attendance,
            speakers=[
                Part(heads[code][1], part, heads[code][0].title, heads[code][0].organisation)
                for code, part in planned.speakers
            ],
            languages=planned.languages,
            is_public=planned.is_public,
            generated=not planned.from_source,
            by=SYSTEM,
        )
        if planned.kind == "opening":
            opening = session
        _give_team(session, planned, team, number)
    if opening is not None:
        _note_quotation(opening=opening)


def _give_team(session: Session, planned: DemoSession, team: dict[str, list[Interpreter]], turn: int) -> None:
    """Put one interpreter of each language into the booths; the others work in bilaterals."""
    if planned.room not in {"columns", "maps"}:
        return
    booth = [team[language][turn % len(team[language])] for language in planned.languages if language in team]
    assign_team(occasion=session.occasion, interpreters=booth, by=SYSTEM)


@action
def _note_quotation(*, opening: Session) -> None:
    speaker = opening.speakers.get(order=0)
    quotation = Quotation.objects.create(
        session=opening,
        speaker=speaker,
        text=facts.QUOTATION,
        is_paraphrase=True,
        cleared_on=date(2019, 10, 29),
        source=facts.SOURCE,
    )
    record(
        by=SYSTEM,
        verb="note_quotation",
        target=quotation,
        edition_id=opening.edition_id,
        after={"cleared": True},
    )


@action
def _file_requests(
    *,
    edition: Edition,
    delegations: dict[str, Delegation],
    members: Sequence[tuple[people.DemoMember, Member]],
) -> None:
    listed = requests([one for one, _member in members])
    made = Request.objects.bulk_create(
        _request(edition, number, wanted) for number, wanted in enumerate(listed, start=1)
    )
    RequestParty.objects.bulk_create(
        RequestParty(
            request=request,
            delegation=delegations[code],
            side=RequestParty.Side.COUNTERPART if order else RequestParty.Side.REQUESTER,
            order=order,
        )
        for request, wanted in zip(made, listed, strict=True)
        for order, code in enumerate(wanted.entities)
    )
    RequestPerson.objects.bulk_create(
        RequestPerson(request=request, member=members[index][1])
        for request, wanted in zip(made, listed, strict=True)
        for index in wanted.members
    )
    RequestWindow.objects.bulk_create(
        RequestWindow(
            request=request,
            starts_at=from_wall(edition, venue.at(venue.SITTINGS[index][0], venue.SITTINGS[index][1])),
            ends_at=from_wall(edition, venue.at(venue.SITTINGS[index][0], venue.SITTINGS[index][2])),
        )
        for request, wanted in zip(made, listed, strict=True)
        for index in wanted.sittings
    )
    record(
        by=SYSTEM,
        verb="file_requests",
        target=edition,
        edition_id=edition.pk,
        after={"requests": len(made)},
    )


def _request(edition: Edition, number: int, wanted: DemoRequest) -> Request:
    return Request(
        edition=edition,
        number=number,
        level=wanted.level,
        minutes=wanted.minutes,
        topic=wanted.topic,
        priority=wanted.priority,
        must_be_held=wanted.must,
        status=wanted.status,
        confidentiality=wanted.confidentiality,
        languages=list(wanted.languages),
        interpreters=1 if wanted.languages else 0,
        seats=wanted.seats,
        requested_at=from_wall(edition, venue.at(28, "12:00")) - timedelta(hours=6 * (400 - number)),
        generated=not wanted.from_source,
    )


@action
def _open_accounts(*, edition: Edition, delegations: dict[str, Delegation]) -> None:
    hashed = User()
    hashed.set_password(PASSWORD)  # one hash for all: the password is printed for everybody anyway
    for login in LOGINS:
        user = User.objects.create(
            email=login.email, name=login.name, language=login.language, password=hashed.password
        )
        Grant.objects.create(
            user=user,
            role=login.role,
            edition_id=edition.pk,
            delegation_id=delegations[login.delegation].pk if login.delegation else None,
        )
    record(
        by=SYSTEM,
        verb="open_accounts",
        target=edition,
        edition_id=edition.pk,
        after={"accounts": [login.email for login in LOGINS]},
    )
