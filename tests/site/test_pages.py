from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from site_support import Conference
from summitry.accounts.access import actor_of
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.delegations.models import Delegation
from summitry.ledger.models import Entry
from summitry.site.queries import overview
from support.editions import make_edition

PORTAL = ("portal/", "portal/requests/", "portal/members/")


def _numbers(conference: Conference, chapter: str) -> list[tuple[int, str, str]]:
    who = actor_of(conference.small.user(Role.PROTOCOL))
    shown = overview(edition=conference.edition, who=who)
    steps = next(one.steps for one in shown.chapters if one.title == chapter)
    return [(step.value, step.label, step.gap) for step in steps]


@pytest.mark.parametrize("page", ["", *PORTAL])
def test_pages_of_an_edition_ask_to_log_in(conference: Conference, page: str) -> None:
    answer = Client().get(f"/{conference.edition.slug}/{page}")
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


@pytest.mark.parametrize("page", ["", *PORTAL])
def test_another_editions_pages_do_not_exist(conference: Conference, page: str) -> None:
    make_edition("other-1")
    for client in (conference.client(Role.SECRETARIAT), conference.client(Role.FOCAL_POINT, "ma")):
        assert client.get(f"/other-1/{page}").status_code == 404


def test_after_log_in_each_is_led_to_the_own_start(conference: Conference) -> None:
    slug = conference.edition.slug
    assert conference.client(Role.SECRETARIAT).get("/").headers["Location"] == f"/{slug}/"
    focal_point = conference.client(Role.FOCAL_POINT, "ma")
    assert focal_point.get("/").headers["Location"] == f"/{slug}/portal/"
    assert focal_point.get(f"/{slug}/").headers["Location"] == f"/{slug}/portal/"
    assert focal_point.get("/?public=1").status_code == 200


@pytest.mark.parametrize(
    "role", [Role.SECRETARIAT, Role.PROTOCOL, Role.INTERPRETATION, Role.ACCREDITATION, Role.PRESS]
)
def test_the_overview_opens_for_every_role_of_the_host(conference: Conference, role: Role) -> None:
    client = conference.client(role)
    page = client.get(f"/{conference.edition.slug}/").content.decode()
    assert "Day 1 of 1" in page
    assert "Borders" in page
    for address in set(re.findall(r'href="(/small-1/[^"#]*)"', page)):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_overviews_numbers_add_up(conference: Conference) -> None:
    assert _numbers(conference, "Delegations") == [
        (5, "invited", ""),
        (4, "answered", "1 silent"),
        (3, "coming", "1 regret"),
    ]
    assert _numbers(conference, "Members") == [(3, "named", ""), (2, "accredited", "1 not yet")]
    assert _numbers(conference, "Bilaterals") == [
        (4, "asked for", ""),
        (2, "accepted", "1 to answer, 1 declined"),
        (1, "planned", "1 left"),
        (0, "held", ""),
    ]
    assert _numbers(conference, "Sessions") == [
        (3, "in programme", ""),
        (3, "with rooms", ""),
        (0, "with interpreters", "3 short"),
    ]


def test_who_is_here_adds_up_to_who_is_coming(conference: Conference) -> None:
    conference.invite("interpol")
    shown = overview(edition=conference.edition, who=actor_of(conference.small.user(Role.SECRETARIAT)))
    sums = {count.label: count.value for count in shown.counts if count.is_sum}
    assert sums == {"States": 3, "Delegations": 4}
    assert sum(count.value for count in shown.counts if not count.is_sum) == 4


def test_a_meeting_whose_time_is_over_counts_as_held(conference: Conference) -> None:
    conference.ask("ma", "no", topic="Early talks", status="accepted", hour=7)
    assert (1, "held", "") in _numbers(conference, "Bilaterals")


def test_what_waits_is_named_and_what_presses_comes_first(conference: Conference) -> None:
    shown = overview(edition=conference.edition, who=actor_of(conference.small.user(Role.BILATERAL_DESK)))
    said = [f"{need.subject} {need.after}" for need in shown.needs]
    assert said[0] == "1 accepted request is not planned"
    assert "1 request waits for an answer" in said
    assert "1 person waits for accreditation" in said
    assert "1 invitation is not answered" in said


def test_the_press_sees_no_delegations_and_no_bilaterals(conference: Conference) -> None:
    shown = overview(edition=conference.edition, who=actor_of(conference.small.user(Role.PRESS)))
    assert [chapter.title for chapter in shown.chapters] == ["Sessions"]
    assert not shown.counts
    assert not shown.line.caption


def _statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_take_the_same_statements_however_much_there_is(conference: Conference) -> None:
    slug = conference.edition.slug
    host, own = conference.client(Role.SECRETARIAT), conference.client(Role.FOCAL_POINT, "ma")
    pages = [(host, f"/{slug}/"), *((own, f"/{slug}/{page}") for page in PORTAL), (Client(), "/")]
    few = [_statements(*page) for page in pages]
    for code in ("it", "es", "gr", "ee", "fi", "ca", "au", "jp"):
        conference.invite(code)
        conference.name(code, f"Head of {code}")
        conference.name("ma", f"Expert for {code}", capacity="expert")
        conference.ask("ma", code, topic=f"With {code}", status="accepted", hour=12)
        conference.ask(code, "ma", topic=f"From {code}")
        conference.session(f"Keynote {code}", 14, speaker=conference.members[f"Head of {code}"])
    assert [_statements(*page) for page in pages] == few


def test_the_portal_shows_the_next_thing_and_the_day(conference: Conference) -> None:
    page = conference.client(Role.DELEGATE, "ma").get(f"/{conference.edition.slug}/portal/").content.decode()
    assert "Morocco" in page
    assert "Next, in 50 minutes" in page
    assert "Borders" in page
    assert "12:00" in page  # ten o'clock UTC in Warsaw
    assert "Poland" in page
    assert "Joint training" in page
    assert "Staff dinner" not in page


def test_the_portal_speaks_the_readers_language(conference: Conference) -> None:
    reader = conference.small.user(Role.DELEGATE, conference.delegations["ma"].pk)
    reader.language = "fr"
    reader.save()
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(reader)
    page = client.get("/small-1/portal/").content.decode()
    assert "Maroc" in page
    assert "FR Borders" in page
    assert "&lt;" not in page


def test_a_delegation_never_sees_what_is_anothers(conference: Conference) -> None:
    client = conference.client(Role.FOCAL_POINT, "ma")
    for page in PORTAL:
        text = client.get(f"/{conference.edition.slug}/{page}").content.decode()
        for secret in ("Arctic patrols", "Baltic coast", "Zawadzka", "Solberg"):
            assert secret not in text
        other = conference.delegations["pl"].public_id
        assert client.get(f"/{conference.edition.slug}/{page}?delegation={other}").status_code == 404


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.DELEGATE])
def test_every_link_of_the_portal_opens(conference: Conference, role: Role) -> None:
    client = conference.client(role, "ma")
    for page in PORTAL:
        text = client.get(f"/{conference.edition.slug}/{page}").content.decode()
        assert ("Ask for a meeting" in text) == (role == Role.FOCAL_POINT and page == "portal/requests/")
        for address in set(re.findall(r'href="(/small-1/[^"#]*)"', text)):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_whoever_belongs_to_no_delegation_finds_no_portal(conference: Conference) -> None:
    client = conference.client(Role.SECRETARIAT)
    assert client.get(f"/{conference.edition.slug}/portal/").status_code == 403


def test_requests_stand_with_how_far_they_are(conference: Conference) -> None:
    page = (
        conference.client(Role.FOCAL_POINT, "no")
        .get(f"/{conference.edition.slug}/portal/requests/")
        .content.decode()
    )
    assert "waits for their answer" in page
    assert "accepted, not planned yet" in page
    assert "declined" in page


def test_a_requests_internal_brief_is_on_no_page(conference: Conference) -> None:
    request = conference.ask("pl", "ma", topic="Visas")
    request.brief = "our red lines"
    request.save()
    client = conference.client(Role.FOCAL_POINT, "ma")
    assert all("our red lines" not in client.get(f"/small-1/{page}").content.decode() for page in PORTAL)


def test_a_focal_point_says_when_the_delegation_arrives_and_leaves(conference: Conference) -> None:
    address = f"/{conference.edition.slug}/portal/members/"
    client = conference.client(Role.FOCAL_POINT, "ma")
    answer = client.post(address, {"arrives_at": "2031-05-14T09:30", "departs_at": "2031-05-14T15:00"})
    assert answer.status_code == 302
    changed = Delegation.objects.get(pk=conference.delegations["ma"].pk)
    assert changed.arrives_at is not None
    assert f"{clock.wall(conference.edition, changed.arrives_at):%H:%M}" == "09:30"
    assert Entry.objects.filter(verb="change_presence", target_id=changed.public_id).exists()
    wrong = client.post(address, {"arrives_at": "2031-05-14T16:00", "departs_at": "2031-05-14T15:00"})
    assert wrong.status_code == 422
    assert "later departure" in wrong.content.decode()


def test_a_delegate_cannot_change_when_the_delegation_is_there(conference: Conference) -> None:
    address = f"/{conference.edition.slug}/portal/members/"
    client = conference.client(Role.DELEGATE, "ma")
    client.post(address, {"arrives_at": "2031-05-14T09:30"})
    assert Delegation.objects.get(pk=conference.delegations["ma"].pk).arrives_at is None
    assert '<form class="form' not in client.get(address).content.decode()


def test_the_public_page_shows_what_is_public_and_nothing_else(conference: Conference) -> None:
    page = Client().get("/").content.decode()
    for said in (
        "The First",
        "14 May 2031",
        "Amrani",
        "Commissioner",
        "Opening",
        "Borders",
        "2 countries on two continents, 2 participants.",
    ):
        assert said in page
    for kept in ("Staff dinner", "Zawadzka", "Solberg", "Ferry lines", "Joint training"):
        assert kept not in page


def test_the_public_page_speaks_the_editions_languages(conference: Conference) -> None:
    page = Client().get("/?language=fr").content.decode()
    assert "La Première" in page
    assert "FR Opening" in page
    assert 'lang="fr"' in page
    assert "Maroc" in page
    assert "The First" in Client().get("/?language=xx").content.decode()


def test_an_edition_that_is_not_open_is_not_public(conference: Conference) -> None:
    conference.edition.status = "prepared"
    conference.edition.save()
    page = Client().get("/").content.decode()
    assert "The First" not in page
    assert Client().get(f"/?edition={conference.edition.slug}").status_code == 404
