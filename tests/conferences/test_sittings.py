from __future__ import annotations

from collections.abc import Callable
from datetime import time
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from bilaterals_support import make_summit
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.models import Day, Sitting
from summitry.conferences.sittings import Hours, add_sitting, change_sitting, remove_sitting, standing_in
from summitry.ledger.models import Entry
from summitry.records import RefusedError
from support.editions import DAY, Small, make_edition


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


def hours(start: str, end: str) -> Hours:
    return Hours(day=DAY, start=time.fromisoformat(start), end=time.fromisoformat(end))


def browser(small: Small, role: Role = Role.SECRETARIAT) -> Client:
    made = Client()
    made.force_login(small.user(role))
    return made


def typed(start: str, end: str, **more: object) -> dict[str, object]:
    return {"day": DAY.isoformat(), "start": start, "end": end, **more}


def times(small: Small) -> list[str]:
    return [
        f"{clock.local(small.edition, one.starts_at):%H:%M}–{clock.local(small.edition, one.ends_at):%H:%M}"
        for one in Sitting.objects.filter(edition=small.edition).order_by("starts_at")
    ]


def test_the_secretariat_adds_changes_and_removes_a_sitting(small: Small) -> None:
    address = f"/{small.edition.slug}/settings/sittings/"
    desk = browser(small)
    assert "09:00–12:00" in desk.get(address).content.decode()

    assert desk.post(address, typed("19:00", "20:30")).status_code == 302
    assert times(small) == ["09:00–12:00", "14:00–18:00", "19:00–20:30"]
    added = Sitting.objects.latest("pk")

    where = f"{address}{added.public_id}/"
    assert desk.post(where, typed("19:30", "21:00", version=1, step="change")).status_code == 302
    assert times(small)[-1] == "19:30–21:00"
    assert desk.post(where, {"step": "remove"}).status_code == 302
    assert times(small) == ["09:00–12:00", "14:00–18:00"]
    verbs = list(Entry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["add_sitting", "change_sitting", "remove_sitting"]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("11:00", "13:00", "There is a sitting at 09:00–12:00 already."),
        ("13:00", "12:30", "The sitting ends before it starts."),
        ("half nine", "12:30", "This is not a time. Write it as 09:30."),
    ],
)
def test_a_sitting_that_cannot_be_is_refused_beside_the_field(
    small: Small, start: str, end: str, told: str
) -> None:
    answer = browser(small).post(f"/{small.edition.slug}/settings/sittings/", typed(start, end))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert len(times(small)) == 2


def test_sittings_may_touch_and_a_day_must_be_the_editions(small: Small) -> None:
    by = small.actor(Role.SECRETARIAT)
    add_sitting(edition=small.edition, hours=hours("12:00", "14:00"), by=by)
    assert times(small) == ["09:00–12:00", "12:00–14:00", "14:00–18:00"]
    wrong = Hours(day=DAY.replace(day=28), start=time(9), end=time(10))
    with pytest.raises(RefusedError) as refused:
        add_sitting(edition=small.edition, hours=wrong, by=by)
    assert refused.value.field == "day"


def test_a_new_sitting_at_the_first_time_of_one_that_was_moved_gets_a_name_of_its_own(small: Small) -> None:
    by = small.actor(Role.SECRETARIAT)
    first = add_sitting(edition=small.edition, hours=hours("19:00", "20:00"), by=by)
    change_sitting(sitting=first, hours=hours("20:00", "21:00"), by=by, version=1)
    second = add_sitting(edition=small.edition, hours=hours("19:00", "20:00"), by=by)
    assert first.slug != second.slug


def test_a_sitting_that_somebody_else_changed_meanwhile_is_not_overwritten(small: Small) -> None:
    by = small.actor(Role.SECRETARIAT)
    morning = Sitting.objects.get(slug="morning")
    change_sitting(sitting=morning, hours=hours("09:00", "11:00"), by=by, version=1)
    with pytest.raises(RefusedError, match="meanwhile"):
        change_sitting(sitting=morning, hours=hours("08:00", "11:00"), by=by, version=1)
    remove_sitting(sitting=morning, by=by)
    with pytest.raises(RefusedError, match="gone"):
        remove_sitting(sitting=morning, by=by)


def test_no_time_is_taken_from_under_a_meeting_that_stands(db: None) -> None:
    summit = make_summit()
    by = summit.actor(Role.SECRETARIAT)
    morning = Sitting.objects.get(edition=summit.edition, slug="first-morning")
    morning.edition = summit.edition
    Day.objects.create(edition=summit.edition, date=DAY)
    summit.request(fixed_at=morning.starts_at.replace(hour=10))
    assert len(standing_in(morning)) == 1

    def change(start: str, end: str) -> Callable[[], None]:
        return lambda: change_sitting(sitting=morning, hours=hours(start, end), by=by, version=1)

    refusals: list[tuple[Callable[[], None], str | None]] = [
        (partial(remove_sitting, sitting=morning, by=by), None),
        (change("10:05", "12:00"), "start"),
        (change("09:00", "10:20"), "end"),
        (change("09:02", "12:00"), "start"),  # off the grid of five minutes
    ]
    for wrong, field in refusals:
        with pytest.raises(RefusedError) as refused:
            wrong()
        assert refused.value.field == field
        assert "10:00" in refused.value.message
    change("08:30", "10:30")()
    desk = Client()
    desk.force_login(summit.users["secretariat-host"])
    page = desk.get(f"/{summit.edition.slug}/settings/sittings/").content.decode()
    assert "08:30–10:30" in page
    assert "1 meeting stands in it" in page


def test_only_the_secretariat_sets_sittings(small: Small) -> None:
    desk = small.actor(Role.BILATERAL_DESK)
    morning = Sitting.objects.get(slug="morning")
    with pytest.raises(PermissionDenied):
        add_sitting(edition=small.edition, hours=hours("19:00", "20:00"), by=desk)
    with pytest.raises(PermissionDenied):
        remove_sitting(sitting=morning, by=desk)
