"""What a higher floor adds to a meeting's page and card: each registers a provider when it starts.

So a meeting shows what its parties have agreed before, although this floor knows nothing of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summitry.accounts.access import Actor
from summitry.bilaterals.models import Request
from summitry.conferences.models import Edition


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One thing: what it is, what is to be known of it, where it can be read."""

    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """What is added to a meeting.

    Attributes
    ----------
    title
        Its heading.
    lines
        As far as the reader may see them.
    url, more
        Where all of it can be read, and the words that lead there.
    actions
        What can be done from here: words and addresses.
    """

    title: str
    lines: Sequence[AnnexLine] = ()
    url: str = ""
    more: str = ""
    actions: Sequence[tuple[str, str]] = ()


Provider = Callable[[Edition, Request, Actor], Annex | None]
_providers: list[Provider] = []


def register_annex(provider: Provider) -> None:
    """Let a floor add to meetings; a provider answers for those whose request the reader may see."""
    if provider not in _providers:
        _providers.append(provider)


def annexes(edition: Edition, request: Request, who: Actor) -> list[Annex]:
    """Return what is added to a meeting for a reader."""
    found = (provider(edition, request, who) for provider in _providers)
    return [annex for annex in found if annex is not None and (annex.lines or annex.actions)]
