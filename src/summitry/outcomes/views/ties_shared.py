"""For whom a map of partnerships is drawn, to what they narrowed it, and a tie as it is listed and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.outcomes.queries.ties import KINDS, Shown, Tie, shown_to, shown_to_all
from summitry.world.rules import DisplayName

WORLD: Final = "world"
NETWORK: Final = "network"
#: Continents that have a picture of their own, by M49 region.
CONTINENTS: Final = {"002": "africa", "019": "americas", "142": "asia", "150": "europe", "009": "oceania"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader narrowed the map to; `of` is the code of the one entity whose lines are shown."""

    area: str = ""
    only: str = ""
    view: str = WORLD
    of: str = ""

    def words(self, **more: str) -> str:
        """Return it as the end of an address; what is given stands for what is kept."""
        kept = {
            "area": self.area,
            "edition": self.only,
            "view": "" if self.view == WORLD else self.view,
            "of": self.of,
        }
        found = {key: value for key, value in {**kept, **more}.items() if value}
        return f"?{urlencode(found)}" if found else ""


def asked_in(request: HttpRequest) -> Asked:
    """Return what the address asks for."""
    view = request.GET.get("view", "")
    known = {WORLD, NETWORK, *CONTINENTS.values()}
    return Asked(
        request.GET.get("area", ""),
        request.GET.get("edition", ""),
        view if view in known else WORLD,
        request.GET.get("of", ""),
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the map is drawn: what they are shown, and where their pages are."""

    edition: Edition
    who: Actor | None

    def shown(self, asked: Asked) -> Shown:
        """Return the records that they may see."""
        if self.who is None:
            return shown_to_all(edition=self.edition, area=asked.area, only=asked.only)
        return shown_to(self.who, edition=self.edition, area=asked.area, only=asked.only)

    def url(self, name: str) -> str:
        """Return the address of the map or of its records."""
        if self.who is None:
            return reverse(f"public-{name}", args=[self.edition.slug])
        return reverse(f"outcomes:{name}", args=[self.edition.slug])

    def of(self, asked: Asked, code: str) -> str:
        """Return the address of the map with one entity's lines alone."""
        return self.url("map") + asked.words(of=code)


@dataclass(frozen=True, slots=True)
class Counted:
    """One number of a tie and the page with exactly its records."""

    label: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as it is listed and drawn.

    Attributes
    ----------
    one, other
        In the order of their names; of a chosen entity's ties `other` is the partner.
    css
        ``met``, ``agreed`` or ``delivered``: the furthest that it has come.
    """

    one: DisplayName
    other: DisplayName
    one_url: str
    other_url: str
    counts: Sequence[Counted]
    url: str
    told: str
    css: str


def line(
    reader: Reader, asked: Asked, pair: tuple[int, int], tie: Tie, names: Mapping[int, DisplayName]
) -> Line:
    """Return a tie as it is listed and drawn."""
    one, other = sorted((names[pair[0]], names[pair[1]]), key=lambda name: name.sort_key)
    if other.code == asked.of:
        one, other = other, one
    plain = replace(asked, of="", view=WORLD)
    records = reader.url("map-records")
    told = f"{one.marked} – {other.marked}: {_told(tie)}"
    labels = {"met": _("met"), "agreed": _("agreed"), "delivered": _("delivered")}
    numbers = {"met": tie.met, "agreed": tie.agreed, "delivered": tie.done}
    return Line(
        one,
        other,
        reader.of(asked, one.code),
        reader.of(asked, other.code),
        [
            Counted(
                labels[kind],
                numbers[kind],
                records + plain.words(one=one.code, other=other.code, kind=kind) if numbers[kind] else "",
            )
            for kind in KINDS
            if kind != "met" or reader.who is not None
        ],
        records + plain.words(one=one.code, other=other.code),
        told,
        "delivered" if tie.done else "agreed" if tie.agreed else "met",
    )


def by_weight(found: Mapping[tuple[int, int], Tie], names: Mapping[int, DisplayName]) -> list[Any]:
    """Return the ties, those with most first."""
    return sorted(
        found.items(),
        key=lambda item: (-item[1].weight, names[item[0][0]].sort_key, names[item[0][1]].sort_key),
    )


def _told(tie: Tie) -> str:
    parts = [
        ngettext("met once", "met %(n)d times", tie.met) % {"n": tie.met} if tie.met else "",
        ngettext("%(n)d agreement", "%(n)d agreements", tie.agreed) % {"n": tie.agreed} if tie.agreed else "",
        ngettext("%(n)d delivered", "%(n)d delivered", tie.done) % {"n": tie.done} if tie.done else "",
    ]
    return ", ".join(part for part in parts if part)
