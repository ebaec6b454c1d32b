from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from summitry.accounts.access import public
from summitry.accounts.middleware import DenyUnlessGrantedMiddleware
from summitry.accounts.models import User

PASSWORD = "walrus-lantern-42"


@pytest.fixture(autouse=True)
def no_one_has_tried_before() -> None:
    cache.clear()  # rate limits


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("aicha.benali@example.org", PASSWORD, name="Aïcha Benali")


@pytest.fixture
def inside(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


@pytest.fixture
def confirmed(user: User, inside: Client) -> Client:
    """Return a browser in which the password was given once more, as changes of second factors ask."""
    inside.post("/account/reauthenticate/", {"password": PASSWORD})
    return inside


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_log_in_page_says_who_opens_accounts_and_offers_no_sign_up(db: None) -> None:
    page = text(Client().get("/account/login/"))
    assert "Accounts are opened by the secretariat" in page
    assert "sign up" not in page.lower()
    for name in ("account_signup", "account_email", "socialaccount_signup"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_wrong_password_is_told_without_telling_whether_the_account_exists(user: User) -> None:
    pages = [
        text(Client().post("/account/login/", {"login": login, "password": "wrong"})).replace(login, "…")
        for login in (user.email, "nobody@example.org")
    ]
    told = {re.sub(r"[A-Za-z0-9]{64}", "token", page) for page in pages}
    assert len(told) == 1
    assert "not correct" in told.pop()


def test_after_log_in_one_is_led_where_one_wanted_to_go(user: User) -> None:
    client = Client()
    asked = client.get("/account/profile/")
    assert asked.headers["Location"] == "/account/login/?next=/account/profile/"
    answer = client.post(
        asked.headers["Location"], {"login": user.email, "password": PASSWORD, "next": "/account/profile/"}
    )
    assert answer.headers["Location"] == "/account/profile/"


def test_guessing_passwords_is_slowed_down(user: User) -> None:
    client = Client()
    for _ in range(12):
        answer = client.post("/account/login/", {"login": user.email, "password": "guess"})
    assert "too many" in text(answer).lower() or answer.status_code == 429
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_logging_out_asks_for_a_post(inside: Client) -> None:
    assert inside.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in inside.session
    inside.post("/account/logout/")
    assert "_auth_user_id" not in inside.session


def test_a_forgotten_password_is_set_anew_by_the_link_of_the_letter(user: User) -> None:
    client = Client()
    assert client.post("/account/password/reset/", {"email": user.email}).status_code == 302
    letter = mail.outbox[0]
    link = re.search(r"/account/password/reset/key/\S+", str(letter.body))
    assert link is not None
    form = client.get(link[0], follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "a-new-lantern-43", "password2": "a-new-lantern-43"})
    answer = client.post("/account/login/", {"login": user.email, "password": "a-new-lantern-43"})
    assert answer.status_code == 302


def test_a_stranger_who_forgets_a_password_gets_no_letter(db: None) -> None:
    answer = Client().post("/account/password/reset/", {"email": "nobody@example.org"})
    assert answer.status_code == 302
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name",
    [
        "account_profile",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_reauthenticate",
    ],
)
def test_the_pages_of_an_account_open_in_the_houses_clothes(confirmed: Client, name: str) -> None:
    answer = confirmed.get(reverse(name))
    assert answer.status_code == 200
    assert 'class="brand"' in text(answer)
    assert not re.search(r"<script(?![^>]*(src|nonce|application/json))", text(answer))
    assert "<style" not in text(answer)


def test_changing_second_factors_asks_for_the_password_once_more(inside: Client) -> None:
    answer = inside.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith("/account/reauthenticate/")


def test_a_second_factor_is_set_up_and_then_asked_for(user: User, confirmed: Client) -> None:
    page = confirmed.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert confirmed.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert "set up" in text(confirmed.get("/account/profile/"))

    again = Client()
    answer = again.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in again.session
    cache.clear()  # a code counts once; its use just now is forgotten
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in again.session


def test_ones_name_and_language_are_changed_on_ones_own_page(user: User, inside: Client) -> None:
    answer = inside.post("/account/profile/", {"name": "A. Benali", "language": "fr"}, follow=True)
    assert answer.headers["Content-Language"] == "fr"
    user.refresh_from_db()
    assert (user.name, user.language) == ("A. Benali", "fr")
    wrong = inside.post("/account/profile/", {"name": "", "language": "fr"})
    assert wrong.status_code == 422


def test_a_view_that_declares_nothing_is_refused(rf: RequestFactory) -> None:
    def forgotten(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    guard = DenyUnlessGrantedMiddleware(forgotten)
    with pytest.raises(PermissionDenied):
        guard.process_view(rf.get("/"), forgotten, [], {})
    guard.process_view(rf.get("/"), public(forgotten), [], {})  # type: ignore[arg-type]  # a view all the same
