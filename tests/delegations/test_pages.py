from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from summitry.accounts.access import actor_of, allowed
from summitry.accounts.models import Grant, Role
from summitry.delegations.actions import (
    Answered,
    Invitee,
    NewMember,
    accredit,
    invite,
    name_members,
    note_answers,
)
from summitry.delegations.models import Delegation, Member
from summitry.ledger.models import Entry
from summitry.records import RefusedError
from summitry.world.models import Entity
from support.editions import DAY, Small, at, make_edition

pytestmark = pytest.mark.django_db


def delegations(small: Small, *codes: str) -> list[Delegation]:
    by = small.actor(Role.SECRETARIAT)
    entities = {entity.code: entity for entity in Entity.objects.filter(code__in=codes)}
    made = invite(edition=small.edition, invitees=[Invitee(entities[code]) for code in codes], on=DAY, by=by)
    answers = [Answered(delegation, Delegation.Answer.COMING, DAY) for delegation in made]
    note_answers(edition=small.edition, answers=answers, by=by)
    members = name_members(
        edition=small.edition,
        members=[
            NewMember(
                delegation=delegation, capacity="head", order=1, family_name=f"Alpenrose {delegation.entity.code}",
                given_names="Vita", functional_title="Commander", organisation="Service", rank_class=70,
            )
            for delegation in made
        ],
        by=by,
    )  # fmt: skip
    accredit(edition=small.edition, members=[(member, DAY) for member in members], by=by)
    return made


def logged_in(small: Small, role: Role, delegation: Delegation | None = None) -> Client:
    client = Client()
    client.force_login(small.user(role, delegation.pk if delegation else None))
    return client


def test_the_list_names_every_delegation_by_policy_and_date() -> None:
    small = make_edition()
    delegations(small, "ma", "mk", "bo")
    page = logged_in(small, Role.SECRETARIAT).get(reverse("delegations:list", args=[small.edition.slug]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "North Macedonia" in text
    assert "Bolivia (Plurinational State of)" in text


@pytest.mark.parametrize("view", ["delegations:list", "delegations:people"])
def test_a_list_takes_the_same_number_of_statements_for_1_and_for_30_rows(
    view: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one, many = make_edition("one-1"), make_edition("many-1")
    delegations(one, "ma")
    states = Entity.objects.filter(kind="state").order_by("code").values_list("code", flat=True)[:30]
    delegations(many, *states)
    client = logged_in(one, Role.SECRETARIAT)
    url = reverse(view, args=[one.edition.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as taken:
        client.get(url)
    number = len(taken)
    other = logged_in(many, Role.SECRETARIAT)
    url = reverse(view, args=[many.edition.slug])
    other.get(url)
    with django_assert_num_queries(number):
        assert other.get(url).status_code == 200


def test_a_focal_point_opens_its_own_delegation_and_no_other() -> None:
    small = make_edition()
    morocco, senegal = delegations(small, "ma", "sn")
    client = logged_in(small, Role.FOCAL_POINT, morocco)
    slug = small.edition.slug
    own = client.get(reverse("delegations:delegation", args=[slug, morocco.public_id]))
    assert "Alpenrose ma" in own.content.decode()
    for view in ("delegations:delegation", "delegations:presence"):
        assert client.get(reverse(view, args=[slug, senegal.public_id])).status_code == 404
    assert client.get(reverse("delegations:list", args=[slug])).status_code == 403
    assert client.get(reverse("delegations:people", args=[slug])).status_code == 403


def test_a_focal_point_of_one_who_is_a_delegate_of_another_changes_only_the_first() -> None:
    small = make_edition()
    morocco, senegal = delegations(small, "ma", "sn")
    user = small.user(Role.FOCAL_POINT, morocco.pk)
    Grant.objects.create(user=user, role=Role.DELEGATE, edition_id=small.edition.pk, delegation_id=senegal.pk)
    who = actor_of(user)
    assert allowed(who, "change_presence", morocco)
    assert not allowed(who, "change_presence", senegal)


def test_another_editions_secretariat_finds_nothing() -> None:
    small, other = make_edition("one-1"), make_edition("other-1")
    delegations(small, "ma")
    client = logged_in(other, Role.SECRETARIAT)
    assert client.get(reverse("delegations:list", args=[small.edition.slug])).status_code == 404


def test_an_arrival_is_noted_once_in_the_ledger() -> None:
    small = make_edition()
    (morocco,) = delegations(small, "ma")
    client = logged_in(small, Role.BILATERAL_DESK)
    before = Entry.objects.count()
    url = reverse("delegations:presence", args=[small.edition.slug, morocco.public_id])
    answer = client.post(url, {"arrives_at": "2031-05-14T10:30", "departs_at": ""})
    assert answer.status_code == 302
    morocco.refresh_from_db()
    assert morocco.arrives_at == at(8, 30)
    assert Entry.objects.count() == before + 1
    assert Entry.objects.latest("pk").delegation_ids == [morocco.pk]


def test_a_departure_before_the_arrival_is_named_beside_the_field_and_nothing_is_lost() -> None:
    small = make_edition()
    (morocco,) = delegations(small, "ma")
    client = logged_in(small, Role.SECRETARIAT)
    url = reverse("delegations:presence", args=[small.edition.slug, morocco.public_id])
    page = client.post(url, {"arrives_at": "2031-05-14T10:30", "departs_at": "2031-05-14T09:00"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "The departure is not after the arrival." in text
    assert "2031-05-14T10:30" in text
    morocco.refresh_from_db()
    assert morocco.arrives_at is None


def test_two_heads_are_refused_by_the_action() -> None:
    small = make_edition()
    (morocco,) = delegations(small, "ma")
    new = NewMember(
        delegation=morocco, capacity="head", order=2, family_name="Second", given_names="A", functional_title="",
        organisation="", rank_class=70,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="two heads"):
        name_members(edition=small.edition, members=[new], by=small.actor(Role.SECRETARIAT))
    assert Member.objects.filter(delegation=morocco).count() == 1


def test_the_list_is_exported_as_it_is_shown() -> None:
    small = make_edition()
    delegations(small, "ma", "sn")
    client = logged_in(small, Role.SECRETARIAT)
    url = reverse("delegations:list", args=[small.edition.slug])
    csv = client.get(url, {"format": "csv", "q": "moroc"}).content.decode("utf-8-sig")
    assert csv.count("\r\n") == 2
    assert "Morocco" in csv
    assert "Senegal" not in csv


def test_time_is_the_editions() -> None:
    small = make_edition()
    small.edition.clock_offset = timedelta(days=1)
    from django.utils import timezone

    from summitry.conferences import clock

    assert clock.now(small.edition) - timezone.now() > timedelta(hours=23)
