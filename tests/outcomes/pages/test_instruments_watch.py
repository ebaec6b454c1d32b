from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outcomes_support import DAY, FollowUp
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.ledger.models import Entry
from summitry.outbox.models import Letter
from summitry.outcomes import actions
from summitry.outcomes.actions import Content, Signing
from summitry.outcomes.actions.instrument_watch import expire_instruments, send_instrument_warnings
from summitry.outcomes.models import Instrument
from summitry.outcomes.tasks import watch_instruments
from summitry.records import RefusedError


@pytest.fixture
def watched(follow_up: FollowUp) -> FollowUp:
    follow_up.set_day(DAY)
    follow_up.edition.status = "open"
    follow_up.edition.save()
    assert follow_up.keeper.user is not None
    assert follow_up.focal("ma").user is not None
    return follow_up


def plan(follow_up: FollowUp, state: str = "in_effect", **words: Any) -> Instrument:
    known: dict[str, Any] = {
        "title": {"en": "Cooperation plan"},
        "kind": "cooperation_plan",
        "parties": [Signing(entity=follow_up.entity("pl")), Signing(entity=follow_up.entity("ma"))],
    }
    content = Content(**{**known, **words})
    return actions.record_instrument(
        edition=follow_up.edition, content=content, by=SYSTEM, state=state, on=DAY
    )


def test_what_ends_soon_is_told_once_to_each(watched: FollowUp) -> None:
    plan(watched, expires_on=DAY + timedelta(days=30))
    plan(watched, expires_on=DAY + timedelta(days=300))
    assert send_instrument_warnings(edition=watched.edition, by=SYSTEM) == Letter.objects.count() >= 2
    assert all("I-001" in letter.key or "instrument:" in letter.key for letter in Letter.objects.all())
    with pytest.raises(RefusedError, match="sent already"):
        send_instrument_warnings(edition=watched.edition, by=SYSTEM)
    assert Entry.objects.filter(verb="send_instrument_warnings").count() == 1


def test_what_is_secret_is_not_told_in_a_letter(watched: FollowUp) -> None:
    plan(watched, expires_on=DAY + timedelta(days=30), confidentiality=3)
    send_instrument_warnings(edition=watched.edition, by=SYSTEM)
    assert Letter.objects.exists()
    officers = {letter.recipient_id for letter in Letter.objects.all()}
    assert watched.summit.actor(Role.FOLLOW_UP).user.public_id not in officers  # type: ignore[union-attr]  # it has one


def test_whoever_is_silent_hears_a_day_before_the_end_and_the_officer_after_it(watched: FollowUp) -> None:
    made = plan(watched, "negotiating")
    end = datetime(2031, 5, 16, 12, tzinfo=UTC)
    actions.open_silence(instrument=made, text="The text.", language="en", expires_at=end, by=SYSTEM)
    with pytest.raises(RefusedError):
        send_instrument_warnings(edition=watched.edition, by=SYSTEM)
    watched.set_day(DAY + timedelta(days=1, hours=0))
    assert send_instrument_warnings(edition=watched.edition, by=SYSTEM) >= 1
    assert not Letter.objects.exclude(key__contains=":silence_ends:").exists()
    watched.set_day(DAY + timedelta(days=3))
    assert send_instrument_warnings(edition=watched.edition, by=SYSTEM) >= 1
    made.refresh_from_db()
    assert made.state == "negotiating"  # nothing is concluded by itself
    assert Letter.objects.filter(key__contains=":silence_ended:").exists()


def test_an_instrument_expires_after_its_last_day_once_and_not_where_it_renews_itself(
    watched: FollowUp,
) -> None:
    last = DAY + timedelta(days=10)
    made = plan(watched, expires_on=last)
    going_on = plan(watched, expires_on=last, auto_renews=True, renewal_months=12)
    watched.set_day(last)
    assert expire_instruments(edition=watched.edition) == 0
    watched.set_day(last + timedelta(days=1))
    assert expire_instruments(edition=watched.edition) == 1
    assert expire_instruments(edition=watched.edition) == 0
    made.refresh_from_db()
    going_on.refresh_from_db()
    assert (made.state, going_on.state) == ("expired", "in_effect")
    event = made.events.latest("number")
    assert (event.on, event.reason) == (last, f"Its last day was {last}.")


def test_the_task_done_twice_does_everything_once(watched: FollowUp) -> None:
    plan(watched, expires_on=DAY - timedelta(days=1))
    plan(watched, expires_on=DAY + timedelta(days=1))
    noted, posted = watch_instruments()
    assert noted == 1
    assert posted == Letter.objects.count() >= 1
    assert watch_instruments() == (0, 0)
