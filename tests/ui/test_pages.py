from __future__ import annotations

import re

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from summitry.ui import shell, views
from summitry.ui.htmx import go, is_partial, with_toast
from summitry.ui.specimen.sheets import SHEETS


def asked(address: str = "/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(address, headers=headers)
    HtmxMiddleware(lambda _request: HttpResponse())(request)
    return request


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_providers", [])


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_an_error_page_needs_no_context(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert 'href="/"' in page


@pytest.mark.parametrize(
    "name", ["ui/base.html", "ui/public_base.html", "ui/portal_base.html", "ui/auth_base.html"]
)
def test_a_page_calls_no_other_host_and_holds_no_inline_script(name: str) -> None:
    page = render_to_string(name)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert not re.findall(r"<script(?![^>]*src=)", page)
    assert "<style" not in page
    assert not re.findall(r"\son[a-z]+=", page)


def test_the_frame_is_filled_by_the_floors_below(registry: None) -> None:
    shell.register_shell(lambda _request: {"nav": [shell.NavItem("Board", "/b/", current=True)]})
    assert "nav" in shell.shell(asked())


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")]
)
def test_the_readers_paper_is_one_that_exists(cookie: str, theme: str, registry: None) -> None:
    request = asked()
    request.COOKIES["summitry_theme"] = cookie
    assert shell.shell(request)["theme"] == theme


def test_a_browser_going_back_gets_the_whole_page() -> None:
    assert is_partial(asked("/", **{"HX-Request": "true"}))
    assert not is_partial(asked("/", **{"HX-Request": "true", "HX-History-Restore-Request": "true"}))
    assert not is_partial(asked())


def test_leading_elsewhere_works_with_and_without_htmx() -> None:
    assert go(asked(), "/there/")["Location"] == "/there/"
    assert go(asked("/", **{"HX-Request": "true"}), "/there/")["HX-Redirect"] == "/there/"


def test_a_toast_travels_with_the_answer() -> None:
    response = with_toast(HttpResponse(), "Norway has been told.", level="warning")
    assert "Norway has been told." in response["HX-Trigger-After-Settle"]


@pytest.fixture
def as_user(monkeypatch: pytest.MonkeyPatch, registry: None) -> None:
    shell.register_shell(lambda _request: {"user": None, "messages": []})


@pytest.mark.parametrize("sheet", sorted(SHEETS))
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_sheet_of_the_specimen_is_drawn(
    sheet: str, direction: str, settings: object, as_user: None
) -> None:
    settings.SUMMITRY_SPECIMEN = True  # type: ignore[attr-defined]  # pytest-django's own settings
    request = asked(f"/specimen/?dir={direction}")
    request.user = None  # type: ignore[assignment]  # nobody is logged in
    response = views.specimen(request, sheet)
    assert isinstance(response, HttpResponse)
    page = response.content.decode()
    assert ('dir="rtl"' in page[:200]) is (direction == "rtl")


def test_the_specimen_is_served_only_where_asked_for() -> None:
    with pytest.raises(Http404):
        views.specimen(asked())
