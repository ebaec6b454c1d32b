"""What the frame of every page shows, gathered from the floors below through a registry.

A floor that knows editions registers a provider when it starts; a view's own context stands above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

Provider = Callable[[HttpRequest], Mapping[str, object]]

_providers: list[Provider] = []
THEMES: Final = frozenset({"light", "dark"})
THEME_COOKIE: Final = "summitry_theme"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a navigation.

    Attributes
    ----------
    label, url : str
        What it says and where it leads.
    current : bool
        Whether the page belongs to it.
    badge : int
        What waits there; 0 shows nothing.
    """

    label: str
    url: str
    current: bool = False
    badge: int = 0


def register_shell(provider: Provider) -> None:
    """Let a floor fill the frame: ``nav``, ``home_url``, ``find_url``, ``notice``, ``role_label`` (each optional)."""
    if provider not in _providers:
        _providers.append(provider)


def shell(request: HttpRequest) -> dict[str, object]:
    """Gather the frame's context (a context processor)."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    context: dict[str, object] = {"theme": theme if theme in THEMES else ""}
    for provider in _providers:
        context.update(provider(request))
    return context
