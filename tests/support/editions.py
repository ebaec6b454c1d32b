"""A small conference for the tests of the lower floors: an edition, two zones, two rooms, two sittings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from summitry.accounts.access import Actor, actor_of
from summitry.accounts.models import Grant, Role, User
from summitry.bookings.models import Occasion
from summitry.conferences.models import Day, Edition, Host, Room, Series, Settings, Sitting, Walk, Zone
from summitry.world.models import Entity

DAY = date(2031, 5, 14)
_numbers = count(1)


def at(hour: int, minute: int = 0) -> datetime:
    """Return a time of the conference's day (UTC)."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Small:
    """The edition and its rooms."""

    edition: Edition
    rooms: tuple[Room, Room]

    def occasion(
        self, start: datetime, minutes: int = 30, *, title: str = "Talks", status: str = "firm"
    ) -> Occasion:
        """Return a stored occasion, firm unless told otherwise."""
        return Occasion.objects.create(
            edition=self.edition,
            kind=Occasion.Kind.MEETING,
            status=status,
            title=title,
            starts_at=start,
            ends_at=start + timedelta(minutes=minutes),
        )

    def user(self, role: Role, delegation_id: int | None = None) -> User:
        """Return a new user with a role in the edition."""
        user = User.objects.create_user(
            email=f"{role}{next(_numbers)}@example.org", name=str(Role(role).label)
        )
        Grant.objects.create(user=user, role=role, edition_id=self.edition.pk, delegation_id=delegation_id)
        return user

    def actor(self, role: Role, delegation_id: int | None = None) -> Actor:
        """Return somebody new with a role in the edition."""
        return actor_of(self.user(role, delegation_id))


def make_edition(slug: str = "small-1", *, timezone: str = "Europe/Warsaw") -> Small:
    """Make the edition."""
    host, _ = Host.objects.get_or_create(
        slug="frontex", defaults={"entity": Entity.objects.get(code="frontex")}
    )
    series = Series.objects.create(
        host=host, slug=f"{slug}-series", name={"en": "The Series"}, short_name="Series"
    )
    edition = Edition.objects.create(
        series=series,
        number=1,
        slug=slug,
        name={"en": "The First"},
        hosted_by=host,
        year=DAY.year,
        starts_on=DAY,
        ends_on=DAY,
        timezone=timezone,
        languages=["en"],
    )
    Settings.objects.create(edition=edition, offered_minutes=[20, 30])
    Day.objects.create(edition=edition, date=DAY)
    Sitting.objects.create(edition=edition, slug="morning", starts_at=at(7), ends_at=at(10))
    Sitting.objects.create(edition=edition, slug="afternoon", starts_at=at(12), ends_at=at(16))
    near = Zone.objects.create(edition=edition, slug="near", name="Beside the plenary", order=1)
    far = Zone.objects.create(edition=edition, slug="far", name="Garden wing", order=2)
    Walk.objects.create(from_zone=near, to_zone=far, minutes=5)
    rooms = [
        Room.objects.create(edition=edition, slug=name.lower(), name=name, zone=zone, seats=12, order=order)
        for order, (name, zone) in enumerate([("Bug", near), ("Narew", far)], 1)
    ]
    return Small(edition, (rooms[0], rooms[1]))
