from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from site_support import Conference, make_conference
from summitry.accounts.models import Role
from summitry.bookings.actions import ClashError
from summitry.bookings.models import Booking, Occasion
from summitry.ledger.models import Entry
from summitry.programme.actions import draft_session, place_session
from summitry.programme.models import Session, Speaker
from summitry.records import RefusedError
from support.editions import at


@pytest.fixture
def conference(db: None) -> Conference:
    return make_conference()


def drafted(conference: Conference) -> Session:
    return draft_session(
        edition=conference.edition,
        kind=Session.Kind.REVIEW,
        title={"en": "Review of commitments"},
        starts_at=at(15),
        ends_at=at(16),
        attendance=Session.Attendance.NOBODY,
    )


def words(conference: Conference, **changes: object) -> dict[str, object]:
    return {
        "starts_at": at(15),
        "ends_at": at(16),
        "room": conference.small.rooms[1],
        "chair": None,
        "firm": True,
        "by": conference.small.actor(Role.SECRETARIAT),
        **changes,
    }


def test_a_draft_made_firm_books_its_room_and_has_its_chair(conference: Conference) -> None:
    session = drafted(conference)
    chair = conference.members["Amrani"]
    place_session(session=session, **words(conference, chair=chair))  # type: ignore[arg-type]  # words of the action
    occasion = Occasion.objects.get(pk=session.occasion_id)
    assert (occasion.status, occasion.room) == ("firm", conference.small.rooms[1])
    assert [booking.resource.name for booking in Booking.objects.filter(occasion=occasion)] == [
        conference.small.rooms[1].name
    ]
    assert session.speakers.get(part=Speaker.Part.CHAIR).member == chair
    entry = Entry.objects.latest("pk")
    assert entry.after is not None
    assert (entry.verb, entry.after["status"]) == ("place_session", "firm")
    place_session(session=session, **words(conference, firm=False, starts_at=at(14)))  # type: ignore[arg-type]  # words of the action
    occasion.refresh_from_db()
    assert (occasion.status, occasion.starts_at) == ("firm", at(14))
    assert not session.speakers.exists()


def test_a_draft_kept_as_a_draft_books_nothing(conference: Conference) -> None:
    session = drafted(conference)
    place_session(session=session, **words(conference, firm=False, room=None))  # type: ignore[arg-type]  # words of the action
    assert Occasion.objects.get(pk=session.occasion_id).status == "draft"
    assert not Booking.objects.filter(occasion=session.occasion).exists()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("ends_at", {"ends_at": at(15)}),
        ("starts_at", {"starts_at": at(15) - timedelta(days=400)}),
        ("room", {"room": None}),
    ],
)
def test_what_is_wrong_with_a_session_is_named_by_its_field(
    conference: Conference, field: str, changes: dict[str, object]
) -> None:
    edition = conference.edition
    edition.starts_on = edition.ends_on = at(15).date()
    edition.save()
    session = drafted(conference)
    session.edition = edition
    with pytest.raises(RefusedError) as refused:
        place_session(session=session, **words(conference, **changes))  # type: ignore[arg-type]  # words of the action
    assert refused.value.field == field


def test_a_room_that_is_taken_is_refused_and_others_may_not(conference: Conference) -> None:
    first, second = drafted(conference), drafted(conference)
    place_session(session=first, **words(conference))  # type: ignore[arg-type]  # words of the action
    with pytest.raises(ClashError):
        place_session(session=second, **words(conference))  # type: ignore[arg-type]  # words of the action
    with pytest.raises(PermissionDenied):
        place_session(session=second, **words(conference, by=conference.small.actor(Role.PRESS)))  # type: ignore[arg-type]  # words of the action


def test_the_page_makes_it_firm_and_tells_what_is_wrong(conference: Conference) -> None:
    session = drafted(conference)
    address = f"/{conference.edition.slug}/programme/{session.public_id}/"
    secretariat = conference.client(Role.SECRETARIAT)
    assert "Make it firm" in secretariat.get(address).content.decode()
    typed = {"starts_at": "2031-05-14T17:00", "ends_at": "2031-05-14T18:00", "room": "", "step": "firm"}
    wrong = secretariat.post(address, typed)
    assert wrong.status_code == 422
    assert "a firm session books one" in wrong.content.decode()
    kept = secretariat.post(address, {**typed, "room": conference.small.rooms[1].pk})
    assert kept.status_code == 302
    session.occasion.refresh_from_db()
    assert (session.occasion.status, session.occasion.starts_at) == ("firm", at(15))
    assert (
        "<form" not in conference.client(Role.DELEGATE, "pl").get(address).content.decode().split("<main")[1]
    )
