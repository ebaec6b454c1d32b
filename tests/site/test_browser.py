"""What everybody may read, and the newsroom, on a phone: nothing is wider than the window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, ViewportSize, sync_playwright

from newsroom_support import load_demonstration
from summitry.accounts.models import User

PHONE: ViewportSize = {"width": 390, "height": 844}
HOME = "/ibpc-2019"
PUBLIC = (
    "/?public=1",
    "/?public=1&language=fr",
    "/series/ibpc/",
    f"{HOME}/map/",
    f"{HOME}/map/?view=europe",
    f"{HOME}/map/?view=network",
    f"{HOME}/map/?of=frontex",
    f"{HOME}/map/records/?one=frontex&other=ba",
    f"{HOME}/news/",
    f"{HOME}/news/warsaw/",
    f"{HOME}/news/warsaw/?language=es",
    "/account/login/",
    "/account/password/reset/",
)
NEWSROOM = (
    f"{HOME}/newsroom/",
    f"{HOME}/newsroom/profile/",
    f"{HOME}/newsroom/releases/warsaw/",
    f"{HOME}/newsroom/lists/countries/",
    f"{HOME}/newsroom/lists/meetings/",
)
KEEPING = (
    f"{HOME}/outcomes/map/",
    f"{HOME}/outcomes/map/?view=network",
    f"{HOME}/outcomes/review/",
    f"{HOME}/next-edition/",
    f"{HOME}/themes/",
    f"{HOME}/programme/",
)


@pytest.fixture
def address(fresh_database: str) -> Iterator[str]:
    """Serve the demonstration edition."""
    cache.clear()
    load_demonstration()
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://localhost:{server.port}"
    server.terminate()


def session_of(name: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@demo.example"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def too_wide(page: Page, address: str, paths: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return the pages that are wider than the window, as the browser lays them out, hidden parts included."""
    devices = page.context.new_cdp_session(page)
    found = []
    for path in paths:
        answer = page.goto(address + path, wait_until="domcontentloaded")
        assert answer is not None
        assert answer.status == 200, path
        width = devices.send("Page.getLayoutMetrics")["cssContentSize"]["width"]
        if width > PHONE["width"]:
            found.append((path, width))
    return found


def test_no_page_is_wider_than_a_phone(address: str) -> None:
    sessions = {name: session_of(name) for name in ("press", "secretariat")}
    with sync_playwright() as play:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        found = too_wide(browser.new_page(viewport=PHONE), address, PUBLIC)
        for name, paths in (("press", NEWSROOM), ("secretariat", KEEPING)):
            context = browser.new_context(viewport=PHONE)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": sessions[name], "url": address}]
            )
            found += too_wide(context.new_page(), address, paths)
        browser.close()
    assert found == []
