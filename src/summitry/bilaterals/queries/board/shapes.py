"""What the board is made of, as plain immutable data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from summitry.bilaterals.models import PlanVersion
from summitry.bilaterals.queries.tray import TrayItem
from summitry.bilaterals.queries.versions import is_overtaken, score_of
from summitry.bilaterals.rules import Gravity, Trouble
from summitry.conferences.models import Room
from summitry.world.rules import DisplayName

MINUTES_PER_ROW: Final = 5
_SHORT_UNDER: Final = timedelta(minutes=25)  # a shorter card has no room for a line of its own for the time
_LEAST_CARD: Final = 25.5  # pixels: two lines and their frame
_LEAST_ROW: Final = 6.5
_LINE_ROWS: Final = 2  # a line of a card takes about two rows
_TWO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One meeting; times are the venue's. An occupied one tells nothing but its time."""

    public_id: str
    number: int
    parties: tuple[DisplayName, ...]
    level: str
    level_label: str
    start: datetime
    end: datetime
    row: int
    rows: int
    tongue: str
    interpreters: tuple[str, ...]
    is_occupied: bool
    is_confidential: bool
    is_pinned: bool
    is_changed: bool
    is_past: bool
    troubles: tuple[Trouble, ...]

    @property
    def letter(self) -> str:
        """The level's letter."""
        return self.level[:1].upper()

    @property
    def lines(self) -> list[tuple[DisplayName, int]]:
        """The parties as far as there are lines for them; beside the last, how many more there are."""
        fitting = max(_TWO, self.rows // _LINE_ROWS - 1)
        shown = self.parties[:fitting]
        more = len(self.parties) - len(shown)
        return [(name, more if place == len(shown) else 0) for place, name in enumerate(shown, 1)]

    @property
    def css(self) -> str:
        """The card's classes, as the design system has them."""
        if self.is_occupied:
            return "card occupied"
        grave = any(trouble.gravity is Gravity.IMPOSSIBLE for trouble in self.troubles)
        names = {
            "principal": self.level == "principal",
            "expert": self.level == "expert",
            "short": self.end - self.start < _SHORT_UNDER,
            "done": self.is_past,
            "bad": grave,
            "warn": bool(self.troubles) and not grave,
        }
        return " ".join(["card", *(name for name, holds in names.items() if holds)])

    @property
    def spoken(self) -> str:
        """The whole card in words, for whoever does not see it."""
        times = f"{self.start:%H:%M}–{self.end:%H:%M}"
        if self.is_occupied:
            return _("Room occupied, %(times)s, confidential") % {"times": times}
        marks = [
            _("interpreted") if self.tongue else "",
            _("confidential") if self.is_confidential else "",
            _("pinned") if self.is_pinned else "",
            _("changed") if self.is_changed else "",
            *(trouble.text for trouble in self.troubles),
        ]
        who = " – ".join(name.short for name in self.parties)
        return ", ".join(part for part in [who, self.level_label, times, *marks] if part)


@dataclass(frozen=True, slots=True)
class Block:
    """A time when one room is not to be had; a piece of one without a label tells nothing of its own."""

    label: str
    row: int
    rows: int


def around(block: Block, cards: Iterable[Card]) -> list[Block]:
    """Return what is seen of a block beside the cards that lie in it; the largest piece bears its label."""
    pieces = [(block.row, block.row + block.rows)]
    for card in cards:
        start, end = card.row, card.row + card.rows
        pieces = [
            part
            for first, last in pieces
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    pieces = sorted(dict.fromkeys(pieces))
    largest = max(pieces, key=lambda piece: piece[1] - piece[0], default=None)
    return [
        Block(block.label if (first, last) == largest else "", first, last - first) for first, last in pieces
    ]


@dataclass(frozen=True, slots=True)
class Column:
    """A room and its day."""

    room: Room
    is_host: bool
    cards: Sequence[Card]
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class ZoneColumns:
    """A zone and its rooms; `walk` is how far it is from the first zone, in minutes."""

    name: str
    walk: int
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Band:
    """What lies over all rooms: a plenary that binds all heads of delegation, a meal."""

    title: str
    times: str
    note: str
    room: str
    row: int
    rows: int


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day that one can switch to, with the meetings held on it."""

    date: date
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A day of a plan version."""

    day: date
    days: Sequence[DayChoice]
    version: PlanVersion | None
    versions: Sequence[PlanVersion]
    compared: PlanVersion | None
    changes: int
    first: datetime
    rows: int
    hours: Sequence[tuple[str, int]]
    bands: Sequence[Band]
    zones: Sequence[ZoneColumns]
    now_row: float | None
    now_text: str
    unplanned: Sequence[TrayItem]
    meetings: int
    troubled: int
    troubled_begun: int

    @property
    def is_overtaken(self) -> bool:
        """Whether it is a draft that another plan was adopted over."""
        return self.version is not None and is_overtaken(self.version, self.compared)

    @property
    def rooms(self) -> int:
        """How many rooms stand side by side."""
        return sum(len(zone.columns) for zone in self.zones)

    @property
    def least(self) -> float:
        """How many pixels five minutes take at least, so that the shortest card has its two lines."""
        shortest = min(
            (card.rows for zone in self.zones for column in zone.columns for card in column.cards), default=4
        )
        return max(_LEAST_ROW, round(_LEAST_CARD / shortest, 1))

    @property
    def weight(self) -> tuple[int, int | None] | None:
        """The weight held by the version, and what it can be at most."""
        return score_of(self.version, "weight") if self.version else None


@dataclass(frozen=True, slots=True)
class Scale:
    """How a day's times become rows."""

    first: datetime
    last: datetime

    @property
    def rows(self) -> int:
        """How many rows the day has."""
        return int((self.last - self.first) / timedelta(minutes=MINUTES_PER_ROW))

    def place(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Return the first row, from 1, and how many rows an interval takes."""
        step = timedelta(minutes=MINUTES_PER_ROW)
        first = max(0, (max(start, self.first) - self.first) // step)
        last = -((self.first - min(end, self.last)) // step)
        return first + 1, max(1, last - first)

    def shows(self, start: datetime, end: datetime) -> bool:
        """Tell whether any of an interval is shown."""
        return start < self.last and end > self.first
