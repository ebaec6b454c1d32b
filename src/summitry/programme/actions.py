"""Every write about the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summitry.accounts.access import Actor, require
from summitry.bookings.actions import occupy, resources_for
from summitry.bookings.models import Occasion, Resource
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Member, Person
from summitry.ledger.actions import action, record
from summitry.programme import rules
from summitry.programme.models import Session, Speaker
from summitry.records import RefusedError
from summitry.world.fields import text_in

Translated = dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a session to be added, with the office held on the day."""

    member: Member
    part: str
    office: str
    organisation: str = ""


@action
def add_session(
    *,
    edition: Edition,
    kind: str,
    title: Translated,
    starts_at: datetime,
    ends_at: datetime,
    room: Room | None,
    attendance: str,
    by: Actor,
    summary: Translated | None = None,
    topics: Translated | None = None,
    languages: Sequence[str] = (),
    speakers: Sequence[Part] = (),
    is_public: bool = True,
    generated: bool = False,
) -> Session:
    """Put a session into the programme and book its room, its speakers and whom it binds.

    Raises
    ------
    RefusedError
        Where it ends before it starts.
    summitry.bookings.actions.ClashError
        Where the room or somebody is taken.
    """
    if ends_at <= starts_at:
        raise RefusedError("The session ends before it starts. Give a later end.", field="ends_at")
    heading = text_in(title, "en")
    occasion = Occasion.objects.create(
        edition=edition,
        kind=Occasion.Kind.SOCIAL if kind in {"lunch", "social"} else Occasion.Kind.SESSION,
        status=Occasion.Status.FIRM,
        title=heading,
        room=room,
        starts_at=starts_at,
        ends_at=ends_at,
        confidentiality=Occasion.Confidentiality.PUBLIC if is_public else Occasion.Confidentiality.CONFERENCE,
    )
    session = Session(
        edition=edition,
        occasion=occasion,
        kind=kind,
        title=title,
        summary=summary or {},
        topics=topics or {},
        attendance=attendance,
        languages=list(languages),
        is_public=is_public,
        generated=generated,
    )
    require(by, "change", session)
    session.save()
    Speaker.objects.bulk_create(
        Speaker(
            session=session,
            member=part.member,
            part=part.part,
            office=part.office,
            organisation=part.organisation,
            order=order,
        )
        for order, part in enumerate(speakers)
    )
    occupy(
        edition_id=edition.pk, occasions=[occasion], resources={occasion.pk: _resources(session, speakers)}
    )
    record(
        by=by,
        verb="add_session",
        target=session,
        edition_id=edition.pk,
        after={"title": heading, "starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    return session


def draft_session(
    *,
    edition: Edition,
    kind: str,
    title: Translated,
    starts_at: datetime,
    ends_at: datetime,
    attendance: str,
    generated: bool = False,
) -> Session:
    """Put a draft of a session on the programme: it books nothing, and only the conference sees it.

    A plain step within the action that calls it.
    """
    occasion = Occasion.objects.create(
        edition=edition,
        kind=Occasion.Kind.SESSION,
        status=Occasion.Status.DRAFT,
        title=text_in(title, "en"),
        starts_at=starts_at,
        ends_at=ends_at,
        confidentiality=Occasion.Confidentiality.CONFERENCE,
    )
    return Session.objects.create(
        edition=edition,
        occasion=occasion,
        kind=kind,
        title=title,
        attendance=attendance,
        is_public=False,
        generated=generated,
    )


def _resources(session: Session, speakers: Sequence[Part]) -> list[int]:
    """Return the resources that a session occupies: its room, and the persons it binds."""
    members = [
        rules.Attending(person_id, capacity)
        for person_id, capacity in Member.objects.filter(
            edition_id=session.edition_id, accreditation=Member.Accreditation.APPROVED
        ).values_list("person_id", "capacity")
    ]
    persons = rules.bound(
        session.attendance, members=members, speakers=[part.member.person_id for part in speakers]
    )
    named = dict(Person.objects.filter(pk__in=persons).values_list("public_id", "display_name"))
    occupied = list(
        resources_for(edition_id=session.edition_id, kind=Resource.Kind.PERSON, records=named).values()
    )
    room = session.occasion.room
    if room is not None:
        occupied += resources_for(
            edition_id=session.edition_id, kind=Resource.Kind.ROOM, records={room.public_id: room.name}
        ).values()
    return occupied
