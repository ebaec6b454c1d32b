"""Small helpers for pages that change in place."""

from __future__ import annotations

from typing import Literal, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event
from django_htmx.middleware import HtmxDetails

Level = Literal["success", "warning", "error"]
Response = TypeVar("Response", bound=HttpResponse)


def is_partial(request: HttpRequest) -> bool:
    """Tell whether only a part of the page is asked for (not when the browser goes back)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def go(request: HttpRequest, url: str, *, told: str = "", level: Level = "success") -> HttpResponse:
    """Lead to another page, whether the browser or htmx asked; `told` is said there."""
    if told:
        getattr(messages, level)(request, told)
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def with_toast(response: Response, text: str, *, level: Level = "success") -> Response:
    """Say something over the page when `response` has been put in its place."""
    trigger_client_event(response, "toast", {"level": level, "text": text}, after="settle")
    return response


def with_event(response: Response, name: str, detail: dict[str, object] | None = None) -> Response:
    """Let the page hear that something changed, so that other parts of it ask anew."""
    trigger_client_event(response, name, detail or {}, after="settle")
    return response
