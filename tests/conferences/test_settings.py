from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.conferences.actions import change_settings
from summitry.conferences.models import Room, Settings, Sitting, Walk
from summitry.conferences.queries import calendar_of, venue_of
from summitry.conferences.rules import PlanningSettings, settings_errors
from summitry.ledger.actions import action, record
from summitry.ledger.models import Entry
from summitry.records import RefusedError
from support.editions import Small, at, make_edition


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


GOOD = PlanningSettings(
    grid_minutes=5,
    break_minutes=5,
    turnaround_minutes=10,
    lead_minutes=15,
    meeting_minutes=20,
    offered_minutes=(20, 30),
    principal_meetings_per_sitting=4,
    principal_consecutive_meetings=3,
    planning_seconds=20,
    weight_principal=8,
    weight_deputy=4,
    weight_expert=2,
    weight_host_factor=2,
)


def typed(**changes: object) -> dict[str, Any]:
    values = {field.name: getattr(GOOD, field.name) for field in fields(GOOD)}
    return {**values, "offered_minutes": "20, 30", "version": 1, **changes}


def client(small: Small, role: Role) -> Client:
    made = Client()
    made.force_login(small.user(role))
    return made


def test_the_secretariat_changes_what_planning_goes_by(small: Small) -> None:
    address = f"/{small.edition.slug}/settings/"
    browser = client(small, Role.SECRETARIAT)
    page = browser.get(address).content.decode()
    assert "20, 30" in page
    assert "5 min to Garden wing" in page
    assert "09:00–12:00" in page  # seven o'clock UTC in Warsaw

    answer = browser.post(address, typed(meeting_minutes=30, offered_minutes="30 45; 15"))

    assert answer.status_code == 302
    settings = Settings.objects.get(edition=small.edition)
    assert (settings.meeting_minutes, settings.offered_minutes) == (30, [15, 30, 45])
    entry = Entry.objects.get()
    assert entry.before == {"meeting_minutes": 20, "offered_minutes": [20, 30]}
    assert entry.after == {"meeting_minutes": 30, "offered_minutes": [15, 30, 45]}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"meeting_minutes": 22}, "Choose a multiple of the grid of 5 minutes."),
        ({"offered_minutes": "20, 33"}, "33: choose multiples of the grid of 5 minutes."),
        ({"offered_minutes": "20, half an hour"}, "“half” is no number of minutes."),
        ({"offered_minutes": "15"}, "Choose one of the lengths that are offered."),
        ({"principal_consecutive_meetings": 5}, "Choose no more than a sitting may hold."),
        ({"weight_deputy": 9}, "A meeting of deputies weighs no more"),
        ({"planning_seconds": 0}, "greater than or equal to 1"),
        ({"grid_minutes": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_changed(
    small: Small, wrong: dict[str, object], told: str
) -> None:
    answer = client(small, Role.SECRETARIAT).post(f"/{small.edition.slug}/settings/", typed(**wrong))
    assert answer.status_code == 422
    assert told in answer.content.decode().replace("&#x27;", "'")
    assert not Entry.objects.exists()


def test_settings_that_somebody_else_changed_meanwhile_are_not_overwritten(small: Small) -> None:
    browser = client(small, Role.SECRETARIAT)
    browser.post(f"/{small.edition.slug}/settings/", typed(planning_seconds=30))
    answer = browser.post(f"/{small.edition.slug}/settings/", typed(planning_seconds=40))
    assert answer.status_code == 422
    assert "meanwhile" in answer.content.decode()
    assert Settings.objects.get(edition=small.edition).planning_seconds == 30


def test_the_action_itself_refuses_what_does_not_agree_and_whoever_may_not(small: Small) -> None:
    with pytest.raises(RefusedError) as refused:
        change_settings(edition=small.edition, chosen=replace(GOOD, meeting_minutes=22), by=SYSTEM, version=1)
    assert refused.value.field == "meeting_minutes"
    with pytest.raises(PermissionDenied):
        change_settings(edition=small.edition, chosen=GOOD, by=small.actor(Role.BILATERAL_DESK), version=1)


_MINUTES = st.integers(1, 240)


@given(
    grid=st.integers(1, 60),
    meeting=_MINUTES,
    offered=st.lists(_MINUTES, max_size=4),
    limits=st.tuples(st.integers(1, 9), st.integers(1, 9)),
)
def test_settings_without_an_error_lie_on_the_grid_and_within_their_limits(
    grid: int, meeting: int, offered: list[int], limits: tuple[int, int]
) -> None:
    chosen = replace(
        GOOD,
        grid_minutes=grid,
        meeting_minutes=meeting,
        offered_minutes=offered,
        principal_meetings_per_sitting=limits[0],
        principal_consecutive_meetings=limits[1],
    )
    well = (
        all(minutes % grid == 0 for minutes in [meeting, *offered])
        and (not offered or meeting in offered)
        and limits[1] <= limits[0]
    )
    assert (settings_errors(chosen) == {}) == well


def test_the_venue_and_the_calendar_are_read_in_few_statements_whatever_their_size(
    small: Small, django_assert_num_queries: Any
) -> None:
    zone = small.rooms[0].zone
    for number in range(30):
        Room.objects.create(edition=small.edition, slug=f"r{number}", name=f"R {number}", zone=zone, seats=8)
    with django_assert_num_queries(3):
        venue = venue_of(small.edition)
    with django_assert_num_queries(2):
        (day,) = calendar_of(small.edition)
    assert [(part.zone.slug, len(part.rooms), part.walks) for part in venue] == [
        ("near", 31, [("Garden wing", 5)]),
        ("far", 1, [("Beside the plenary", 5)]),
    ]
    assert [(start.hour, end.hour) for start, end in day.sittings] == [(9, 12), (14, 18)]


def test_what_happened_is_told_newest_first_and_the_chain_is_verified_on_demand(small: Small) -> None:
    browser = client(small, Role.SECRETARIAT)
    for seconds in (30, 40):
        browser.post(
            f"/{small.edition.slug}/settings/", typed(planning_seconds=seconds, version=seconds // 10 - 2)
        )
    page = browser.get(f"/{small.edition.slug}/ledger/?verify=1").content.decode()
    assert page.index("40") < page.index("Change settings", page.index("40"))
    assert "planning seconds: " in page
    assert "The whole chain holds" in page


def test_what_happened_is_paged_and_takes_the_same_statements_however_much_there_is(small: Small) -> None:
    from django.test.utils import CaptureQueriesContext

    @action
    def note(number: int) -> None:
        record(
            by=SYSTEM,
            verb="note",
            target=small.edition,
            edition_id=small.edition.pk,
            after={"number": number},
        )

    browser = client(small, Role.SECRETARIAT)
    address = f"/{small.edition.slug}/ledger/"
    counts = []
    for many in (1, 60):
        for number in range(many):
            note(number)
        with CaptureQueriesContext(connection) as captured:
            page = browser.get(address).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert "1–50 of 61" in page
    assert "51–61 of 61" in browser.get(f"{address}?page=2").content.decode()


def test_a_focal_point_reads_of_the_own_delegation_alone_and_cannot_verify(small: Small) -> None:
    from summitry.delegations.models import Delegation
    from summitry.world.models import Entity

    ids = {
        code: Delegation.objects.create(edition=small.edition, entity=Entity.objects.get(code=code)).pk
        for code in ("ma", "no")
    }

    @action
    def note(verb: str, *delegations: int) -> None:
        record(by=SYSTEM, verb=verb, target=None, edition_id=small.edition.pk, delegations=delegations)

    note("ours", ids["ma"])
    note("theirs", ids["no"])
    note("both", ids["ma"], ids["no"])
    browser = Client()
    browser.force_login(small.user(Role.FOCAL_POINT, ids["ma"]))
    page = browser.get(f"/{small.edition.slug}/ledger/?verify=1").content.decode()
    assert "Ours" in page
    assert "Theirs" not in page
    assert "Both" not in page
    assert "chain" not in page


def test_the_database_keeps_children_in_their_edition_and_sittings_apart(small: Small) -> None:
    other = make_edition("small-2")

    def foreign_zone() -> None:
        Room.objects.filter(pk=small.rooms[0].pk).update(zone=other.rooms[0].zone)

    def foreign_walk() -> None:
        Walk.objects.create(from_zone=small.rooms[0].zone, to_zone=other.rooms[0].zone, minutes=3)

    def overlapping_sitting() -> None:
        Sitting.objects.create(
            edition=small.edition, slug="brunch", starts_at=at(9), ends_at=at(9) + timedelta(hours=2)
        )

    def foreign_room() -> None:
        occasion = small.occasion(at(8))
        occasion.room = other.rooms[0]
        occasion.save()

    for wrong in (foreign_zone, foreign_walk, overlapping_sitting, foreign_room):
        with pytest.raises(IntegrityError):
            _checked(wrong)


def _checked(wrong: Any) -> None:
    with transaction.atomic():
        wrong()
        connection.check_constraints()
