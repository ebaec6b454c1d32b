"""The demonstration edition with its meetings placed by hand, and a small conference with news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from summitry.accounts.access import Actor, actor_of
from summitry.accounts.models import User
from summitry.bilaterals.models import Meeting, Request
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.demonstration import actions, news, outcomes, venue
from summitry.demonstration.actions import set_clock

_FIRST = datetime(2019, 10, 29, 10, 0, tzinfo=UTC)


def load_demonstration(*, told: bool = True) -> Edition:
    """Load the demonstration edition on its second day, with what was agreed and its press office.

    Its meetings are put one after another without a planner, in no room: those of the
    news item first, then as many others as were held by then.
    """
    edition = actions.load_demonstration()
    set_clock(edition=edition, wall=venue.BEGINS_AT)
    edition.refresh_from_db()
    requests = Request.objects.filter(edition=edition, status="accepted").order_by("number")
    occasions = Occasion.objects.bulk_create(
        Occasion(
            edition=edition,
            kind=Occasion.Kind.MEETING,
            status=Occasion.Status.FIRM,
            title=request.topic,
            starts_at=_FIRST + timedelta(minutes=5 * turn),
            ends_at=_FIRST + timedelta(minutes=5 * turn + request.minutes),
            confidentiality=request.confidentiality,
        )
        for turn, request in enumerate(requests)
    )
    Meeting.objects.bulk_create(
        Meeting(edition=edition, request=request, occasion=occasion)
        for request, occasion in zip(requests, occasions, strict=True)
    )
    outcomes.load_outcomes(edition)
    if told:
        news.load_news(edition)
    return edition


def demo_actor(name: str) -> Actor:
    """Return one of the demonstration's people by the first part of the address."""
    return actor_of(User.objects.get(email=f"{name}@demo.example"))
