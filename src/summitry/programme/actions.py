"""Every write about the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.bookings.actions import occupy, resources_for
from summitry.bookings.models import Occasion, Resource
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Member, Person
from summitry.ledger.actions import action, record
from summitry.programme import rules
from summitry.programme.models import Overrun, Session, Speaker
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


@action
def place_session(
    *,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    room: Room | None,
    chair: Member | None,
    firm: bool,
    by: Actor,
) -> Session:
    """Give a session its time, its room and its chair; make a draft firm, or leave it one.

    A firm session books its room and whom it binds, beside the interpreters that it had; a
    draft books nothing. A session that is firm stays so.

    Raises
    ------
    RefusedError
        Where it ends before it starts, lies outside the edition's days, or a firm one has no room; it names the field.
    summitry.bookings.actions.ClashError
        Where the room or somebody is taken.
    PermissionDenied
        Where `by` does not keep the programme.
    """
    require(by, "change", session)
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=session.occasion_id)
    if occasion.status not in {Occasion.Status.DRAFT, Occasion.Status.FIRM}:
        raise RefusedError(_("What was held or called off is not moved."))
    firm = firm or occasion.status == Occasion.Status.FIRM
    _check_place(session.edition, starts_at, ends_at, room, firm=firm)
    before = _placed(occasion, _chair(session))
    occasion.starts_at, occasion.ends_at, occasion.room = starts_at, ends_at, room
    occasion.status = Occasion.Status.FIRM if firm else Occasion.Status.DRAFT
    occasion.version += 1
    occasion.sequence += 1
    occasion.save()
    session.occasion = occasion
    _seat_chair(session, chair)
    Overrun.objects.filter(session=session).delete()  # the time given now is the time it has
    if firm:
        kept = Resource.objects.filter(
            kind=Resource.Kind.INTERPRETER, bookings__occasion=occasion
        ).values_list("pk", flat=True)
        speakers = [
            Part(speaker.member, speaker.part, speaker.office)
            for speaker in session.speakers.select_related("member")
        ]
        resources = {occasion.pk: [*_resources(session, speakers), *kept]}
        occupy(edition_id=session.edition_id, occasions=[occasion], resources=resources)
    record(
        by=by,
        verb="place_session",
        target=session,
        edition_id=session.edition_id,
        before=before,
        after=_placed(occasion, chair),
    )
    return session


def _check_place(
    edition: Edition, starts_at: datetime, ends_at: datetime, room: Room | None, *, firm: bool
) -> None:
    if ends_at <= starts_at:
        raise RefusedError(_("The session ends before it starts. Give a later end."), field="ends_at")
    first, last = clock.local(edition, starts_at).date(), clock.local(edition, ends_at).date()
    if edition.starts_on and edition.ends_on and not edition.starts_on <= first <= last <= edition.ends_on:
        raise RefusedError(
            _("This is outside the days of the edition, %(first)s to %(last)s.")
            % {"first": date_format(edition.starts_on), "last": date_format(edition.ends_on)},
            field="starts_at",
        )
    if room is not None and room.edition_id != edition.pk:
        raise RefusedError(_("This room is another edition’s. Choose one of this one’s."), field="room")
    if firm and room is None:
        raise RefusedError(_("Choose a room: a firm session books one."), field="room")


def _placed(occasion: Occasion, chair: Member | None) -> dict[str, object]:
    """Return what the ledger keeps of where a session is."""
    return {
        "starts_at": occasion.starts_at.isoformat(),
        "ends_at": occasion.ends_at.isoformat(),
        "room": occasion.room.name if occasion.room else None,
        "chair": str(chair) if chair else None,
        "status": occasion.status,
    }


def _chair(session: Session) -> Member | None:
    found = session.speakers.filter(part=Speaker.Part.CHAIR).select_related("member__person").first()
    return found.member if found else None


def _seat_chair(session: Session, chair: Member | None) -> None:
    """Make somebody, or nobody, the one chair of a session."""
    if chair is not None and chair.edition_id != session.edition_id:
        raise RefusedError(_("This person is not accredited to this edition. Choose another."), field="chair")
    if chair == _chair(session):
        return
    session.speakers.filter(part=Speaker.Part.CHAIR).delete()
    if chair is None:
        return
    if session.speakers.filter(member=chair).exists():
        raise RefusedError(_("This person speaks in the session already. Choose another."), field="chair")
    Speaker.objects.create(
        session=session,
        member=chair,
        part=Speaker.Part.CHAIR,
        office=chair.functional_title,
        organisation=chair.organisation,
        order=0,
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
