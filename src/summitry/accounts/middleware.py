"""No view is reached that does not say whom it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation

# Views that are not ours and guard themselves: log-in and second factors, and static files.
_GUARDED_BY_THEMSELVES = (
    "allauth.",
    "django.contrib.staticfiles.",
    "django.views.i18n",
    "django.views.static",
)


class DenyUnlessGrantedMiddleware:
    """Refuse a view that declares no requirement (see :mod:`summitry.accounts.access`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: list[Any],
        _words: dict[str, Any],
    ) -> None:
        """Look for the declaration before the view is called."""
        if hasattr(view, "requirement") or view.__module__.startswith(_GUARDED_BY_THEMSELVES):
            return
        message = f"The page {request.path} declares no access requirement."
        raise PermissionDenied(message)


class UsersLanguageMiddleware:
    """Speak to whoever is logged in in the language of their account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on in that language."""
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
