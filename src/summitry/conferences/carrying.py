"""What an edition hands to the next: parts that say what they need, what they hold and how they are carried.

A floor registers its parts when it starts; the page and the action that open the next
edition know none of them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.records import RefusedError


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of something a part holds, and the page with exactly those rows."""

    label: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Move:
    """From which edition to which a part is carried, and by whom."""

    before: Edition
    after: Edition
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that an edition can hand to the next.

    Attributes
    ----------
    name, title, text
        Its key, what it is called, and what happens to it in the next edition.
    order
        Its place on the page and, as far as needs allow, in carrying.
    describe
        What the edition holds of it that the reader may see.
    carry
        Copies it within the running action and returns how many of what it made, for the ledger.
    needs
        Names of parts without which it cannot be.
    decision
        What the next edition's secretariat has to decide about it, and the name of the page for it.
    waiting
        How many of those decisions an edition still waits for.
    """

    name: str
    title: str | Promise
    text: str | Promise
    order: int
    describe: Callable[[Edition, Actor], Sequence[Counted]]
    carry: Callable[[Move], Mapping[str, int]]
    needs: tuple[str, ...] = ()
    decision: tuple[str | Promise, str] | None = None
    waiting: Callable[[Edition], int] | None = None


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Let an edition hand a part to the next; an app does so when it starts."""
    _parts[part.name] = part


def parts() -> list[Part]:
    """Return all parts in their order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.name))


@dataclass(frozen=True, slots=True)
class Decision:
    """What an edition's secretariat has to decide about something that it took over.

    Attributes
    ----------
    number
        Of decisions that wait; none where there is something to look at and nothing to count.
    """

    label: str
    url: str
    number: int | None


def decisions(edition: Edition) -> list[Decision]:
    """Return what is to be decided about what an edition took over, one for each part."""
    return [
        Decision(
            str(part.decision[0]),
            reverse(part.decision[1], args=[edition.slug]),
            part.waiting(edition) if part.waiting else None,
        )
        for part in parts()
        if part.decision
    ]


def resolved(chosen: Iterable[str], offered: Sequence[Part] | None = None) -> list[Part]:
    """Return the chosen parts and all that they need, each after what it needs.

    Raises
    ------
    RefusedError
        Where a name is no part's.
    """
    known = {part.name: part for part in (parts() if offered is None else offered)}
    found: dict[str, Part] = {}

    def take(name: str) -> None:
        if name in found:
            return
        if name not in known:
            raise RefusedError(
                _("There is no part “%(name)s”. Choose among those shown.") % {"name": name}, field="parts"
            )
        for need in known[name].needs:
            take(need)
        found[name] = known[name]

    for name in sorted(set(chosen), key=lambda name: (known[name].order if name in known else 0, name)):
        take(name)
    return list(found.values())
