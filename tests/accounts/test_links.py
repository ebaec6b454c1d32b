from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from summitry.accounts.access import SYSTEM, Actor, Held, Linked, visible
from summitry.accounts.actions import IssuedLink, LinkOrder, issue_link, issue_links, revoke_links, use_link
from summitry.accounts.actions.links import MOST_IN_AN_HOUR
from summitry.accounts.links import actor_by_link, resolve_link
from summitry.accounts.models import AccessLink, Role
from summitry.ledger.models import Entry
from summitry.records import RefusedError
from support.editions import Small, make_edition


@pytest.fixture
def small(db: None) -> Small:
    return make_edition()


def issue(small: Small, *, days: int = 30, **words: Any) -> IssuedLink:
    return issue_link(
        purpose="report",
        target=small.edition,
        recipient_id=uuid4(),
        expires_at=timezone.now() + timedelta(days=days),
        edition_id=small.edition.pk,
        **words,
    )


def age(link: AccessLink, **by: float) -> None:
    """Let time pass over a link."""
    past = timedelta(**by)
    link.refresh_from_db()
    AccessLink.objects.filter(pk=link.pk).update(
        issued_at=link.issued_at - past,
        expires_at=link.expires_at - past,
        recent_since=link.recent_since and link.recent_since - past,
    )


def test_a_token_leads_to_its_link_for_its_purpose_alone(small: Small) -> None:
    issued = issue(small)
    assert resolve_link(issued.token, purpose="report") == issued.link
    assert resolve_link(issued.token, purpose="sign") is None


def test_the_secret_is_not_kept(small: Small) -> None:
    issued = issue(small)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_accesslink")
        row = cursor.fetchone()
    assert issued.token not in str(row)
    assert issued.token[22:] not in str(row)


@pytest.mark.parametrize("field", ["purpose", "target_id", "target_type", "recipient_id"])
def test_a_link_cannot_be_turned_to_something_else(small: Small, field: str) -> None:
    issued = issue(small)
    other = uuid4() if field.endswith("_id") else "other"
    AccessLink.objects.filter(pk=issued.link.pk).update(**{field: other})
    purpose = "other" if field == "purpose" else "report"
    assert resolve_link(issued.token, purpose=purpose) is None


@hypothesis_settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 63), letter=st.characters(codec="utf-8"))
def test_a_token_changed_anywhere_is_no_token(small: Small, place: int, letter: str) -> None:
    with transaction.atomic():
        issued = issue(small)
        changed = issued.token[:place] + letter + issued.token[place + 1 :]
        found = resolve_link(changed, purpose="report")
        assert (found == issued.link) == (changed == issued.token)
        transaction.set_rollback(True)


@given(st.text())
def test_whatever_is_asked_for_is_no_token(text: str) -> None:
    if len(text) < 64:
        assert resolve_link(text, purpose="report") is None


def test_whoever_comes_by_a_link_may_do_one_thing_with_one_record(small: Small) -> None:
    other = make_edition("small-2")
    who = actor_by_link(issue(small).link)
    assert who.came_by_link("report", small.edition)
    assert not who.came_by_link("sign", small.edition)
    assert not who.came_by_link("report", other.edition)
    assert not Actor().came_by_link("report", small.edition)
    assert who.user is None
    assert isinstance(who.link, Linked)
    assert not who.roles_in(small.edition.pk)


def test_a_link_is_used_as_often_as_it_allows(small: Small) -> None:
    link = issue(small, most_uses=2).link
    use_link(link)
    assert use_link(link).uses == 2
    with pytest.raises(RefusedError, match="used already"):
        use_link(link)


def test_a_link_opens_until_it_expires(small: Small) -> None:
    link = issue(small, days=3).link
    age(link, days=2)
    use_link(link)
    age(link, days=1)
    with pytest.raises(RefusedError, match="expired"):
        use_link(link)


def test_links_to_a_record_can_be_withdrawn(small: Small) -> None:
    link, other = issue(small).link, issue(make_edition("small-2")).link
    assert revoke_links(target=small.edition, purpose="sign") == 0
    assert revoke_links(target=small.edition, purpose="report") == 1
    assert revoke_links(target=small.edition) == 0
    with pytest.raises(RefusedError, match="withdrawn"):
        use_link(link)
    use_link(other)


def test_a_link_used_very_often_has_to_wait_for_the_next_hour(small: Small) -> None:
    link = issue(small).link
    for _ in range(MOST_IN_AN_HOUR):
        use_link(link)
    with pytest.raises(RefusedError, match="try again later"):
        use_link(link)
    age(link, hours=1)
    assert use_link(link).recent_uses == 1


def test_a_link_for_one_use_serves_one_of_many_who_use_it_at_once(fresh_database: str) -> None:
    link = issue(make_edition(), most_uses=1).link
    together, used = Barrier(4), []

    def use() -> None:
        together.wait()
        try:
            with transaction.atomic():
                use_link(link)
            used.append(True)
        except RefusedError:
            used.append(False)
        connections.close_all()

    threads = [Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(used) == [False, False, False, True]


def test_links_are_issued_in_one_statement_however_many(small: Small, django_assert_num_queries: Any) -> None:
    for count in (1, 30):
        orders = [
            LinkOrder(
                purpose="report",
                target=small.edition,
                recipient_id=uuid4(),
                expires_at=timezone.now() + timedelta(days=1),
                edition_id=small.edition.pk,
            )
            for _ in range(count)
        ]
        with django_assert_num_queries(1):
            issued = issue_links(orders)
        assert len({one.token for one in issued}) == count


def test_links_are_seen_by_the_secretariat_alone(small: Small) -> None:
    issue(small)
    issue(make_edition("small-2"))

    def seen(role: Role) -> int:
        return visible(Actor(grants=frozenset({Held(role, small.edition.pk)})), AccessLink).count()

    assert (seen(Role.SECRETARIAT), seen(Role.FOLLOW_UP)) == (1, 0)
    assert visible(SYSTEM, AccessLink).count() == 2


@pytest.fixture
def strict(settings: Any) -> Client:
    settings.ROOT_URLCONF = "support.link_urls"
    return Client(enforce_csrf_checks=True)


def test_a_page_reached_by_a_link_asks_nobody_to_log_in_and_leaves_no_trace(
    small: Small, strict: Client
) -> None:
    issued = issue(small)
    page = strict.get(f"/report/{issued.token}/")
    assert page.content.decode() == "a form for Link sent by e-mail, None"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "private, no-store"


def test_looking_at_the_page_uses_nothing_up_and_sending_the_form_does(small: Small, strict: Client) -> None:
    issued = issue(small, most_uses=1)
    for _ in range(3):
        assert strict.get(f"/report/{issued.token}/").status_code == 200
    assert strict.post(f"/report/{issued.token}/").content == b"reported"
    assert Entry.objects.count() == 1
    for ask in (strict.get, strict.post):
        page = ask(f"/report/{issued.token}/")
        assert page.status_code == 410
        assert "This link was used already" in page.content.decode()
    assert Entry.objects.count() == 1


def test_a_wrong_token_finds_no_page(small: Small, strict: Client) -> None:
    issued = issue(small)
    assert strict.get(f"/report/{issued.token[:-1]}!/").status_code == 404
    assert strict.get("/report/x/").status_code == 404


def test_somebody_logged_in_acts_by_the_link_alone(small: Small, strict: Client) -> None:
    strict.force_login(small.user(Role.SECRETARIAT))
    page = strict.get(f"/report/{issue(small).token}/")
    assert page.content.decode() == "a form for Link sent by e-mail, None"
