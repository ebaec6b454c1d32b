"""Logging in as a person does: in a real browser, with a password, then with a passkey."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect, sync_playwright

from summitry.accounts.models import Role, User
from support.editions import make_edition

PASSWORD = "walrus-lantern-42"


@pytest.fixture
def address(fresh_database: str) -> Iterator[str]:
    """Serve the house on this machine, with somebody of the secretariat in it."""
    cache.clear()  # rate limits
    user = make_edition().user(Role.SECRETARIAT)
    User.objects.filter(pk=user.pk).update(email="zofia@example.org", name="Zofia Brandt")
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.save()
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """Open a browser that has a key built in, and fail on whatever its console complains of."""
    with sync_playwright() as play:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = play.chromium.launch(executable_path=program, args=arguments)
        tab = browser.new_page(locale="en-GB")
        complaints: list[str] = []
        tab.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        devices = tab.context.new_cdp_session(tab)
        devices.send("WebAuthn.enable")
        devices.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield tab
        browser.close()
        assert complaints == []


def test_somebody_logs_in_by_password_adds_a_passkey_and_logs_in_with_it(address: str, page: Page) -> None:
    page.goto(f"{address}/account/profile/")
    page.get_by_label("Email").fill("zofia@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    page.goto(f"{address}/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("This computer")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto(f"{address}/account/2fa/webauthn/")
    expect(page.get_by_text("This computer")).to_be_visible()

    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign Out").click()
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(
        lambda url: urlsplit(url).path not in {"/account/login/", "/account/2fa/webauthn/login/"}
    )
    page.goto(f"{address}/account/profile/")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
