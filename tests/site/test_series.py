from __future__ import annotations

import pytest
from django.test import Client

from summitry.accounts.models import Role
from summitry.conferences.models import Edition, Settings
from support.editions import Small, make_edition


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


def _later(small: Small, status: str) -> Edition:
    first = small.edition
    return Edition.objects.create(
        series=first.series,
        number=2,
        slug="small-2",
        name={"en": "The Second"},
        hosted_by=first.hosted_by,
        year=2033,
        status=status,
    )


def test_the_page_of_a_series_grows_by_what_is_announced(small: Small) -> None:
    address = f"/series/{small.edition.series.slug}/"
    assert Client().get(address).status_code == 404, "nothing of it is public"
    Edition.objects.filter(pk=small.edition.pk).update(status="open")
    assert [row.name for row in Client().get(address).context["rows"]] == ["The First"]
    _later(small, "announced")
    assert [row.name for row in Client().get(address).context["rows"]] == ["The Second", "The First"]
    assert Client().get("/series/moon/").status_code == 404


def test_an_edition_in_preparation_is_shown_to_those_who_work_in_it_alone(small: Small) -> None:
    Edition.objects.filter(pk=small.edition.pk).update(status="open")
    later = _later(small, "prepared")
    Settings.objects.create(edition=later)
    address = f"/series/{small.edition.series.slug}/"
    assert len(Client().get(address).context["rows"]) == 1
    browser = Client()
    browser.force_login(small.user(Role.SECRETARIAT))
    assert [bool(row.work_url) for row in browser.get(address).context["rows"]] == [True]
    from summitry.accounts.models import Grant, User

    Grant.objects.create(user=User.objects.get(), role=Role.SECRETARIAT, edition_id=later.pk)
    rows = browser.get(address).context["rows"]
    assert [(row.name, bool(row.work_url)) for row in rows] == [("The Second", True), ("The First", True)]
    assert "Other editions" in browser.get("/small-2/settings/").content.decode()
