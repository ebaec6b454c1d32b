"""The board: rooms side by side, a day downwards, each meeting a card."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.bilaterals.kinds import HOST_ROOM
from summitry.bilaterals.models import PlanVersion
from summitry.bilaterals.queries.held import Held, held_in, placements, sight
from summitry.bilaterals.queries.standing import standing_troubles
from summitry.bilaterals.queries.tray import TrayItem, tray
from summitry.bilaterals.queries.versions import compared_with, score_of, switchable
from summitry.bilaterals.rules import ChangeKind, Gravity, Sight, Trouble, compare
from summitry.bookings.actions import BOOKING_STATES
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Closure, Edition, Room, Sitting, Walk
from summitry.delegations.queries.names import delegation_names
from summitry.programme.models import Session
from summitry.world.rules import DisplayName

MINUTES_PER_ROW: Final = 5
_SHORT_UNDER: Final = timedelta(minutes=25)  # a shorter card has no room for a line of its own for the time
_LEAST_CARD: Final = 25.5  # pixels: two lines and their frame
_LEAST_ROW: Final = 6.5
_LINE_ROWS: Final = 2  # a line of a card takes about two rows
_TWO: Final = 2
_BINDING: Final = frozenset({Session.Attendance.HEADS, Session.Attendance.EVERYBODY})


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
    """A time when one room is not to be had."""

    label: str
    row: int
    rows: int


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
class _Scale:
    """How a day's times become rows."""

    first: datetime
    last: datetime

    @property
    def rows(self) -> int:
        return int((self.last - self.first) / timedelta(minutes=MINUTES_PER_ROW))

    def place(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Return the first row, from 1, and how many rows an interval takes."""
        step = timedelta(minutes=MINUTES_PER_ROW)
        first = max(0, (max(start, self.first) - self.first) // step)
        last = -((self.first - min(end, self.last)) // step)
        return first + 1, max(1, last - first)

    def shows(self, start: datetime, end: datetime) -> bool:
        return start < self.last and end > self.first


def board(
    *,
    edition: Edition,
    who: Actor,
    day: date | None = None,
    number: int | None = None,
    language: str = "en",
) -> Board:
    """Return the board as `who` may see it; a constant number of statements.

    Parameters
    ----------
    day
        Where not given: today, or the first day with sittings.
    number
        The plan version; where not given: the adopted one, or the newest draft.
    """
    version, versions = switchable(edition=edition, who=who, number=number)
    held = held_in(version)
    compared = compared_with(edition, version) if version else None
    changed = compare(placements(held_in(compared)), placements(held)) if compared else ()
    sittings = list(edition.sittings.order_by("starts_at"))
    chosen, days = _days(edition, sittings, held, day)
    names = delegation_names(edition, language=language)
    occasions = _occasions(edition, chosen)
    scale = _scale(edition, chosen, sittings, occasions, held)
    fresh = {change.request for change in changed if change.kind is not ChangeKind.DROPPED}
    troubles = standing_troubles(edition, held, who=who)
    now = clock.wall(edition, clock.now(edition))
    cards = {
        one.request.pk: _card(edition, one, who, names, scale, now, fresh, troubles)
        for one in held
        if clock.local(edition, one.start).date() == chosen
    }
    return Board(
        day=chosen,
        days=days,
        version=version,
        versions=versions,
        compared=compared,
        changes=len(changed),
        first=scale.first,
        rows=scale.rows,
        hours=_hours(scale),
        bands=_bands(edition, occasions, scale),
        zones=_zones(edition, [one for one in held if one.request.pk in cards], cards, occasions, scale),
        now_row=(now - scale.first) / timedelta(minutes=MINUTES_PER_ROW)
        if scale.first <= now <= scale.last
        else None,
        now_text=f"{now:%H:%M}",
        unplanned=tray(edition=edition, version=version, held=held, who=who, names=names),
        meetings=len(cards),
        troubled=sum(bool(card.troubles) for card in cards.values()),
    )


def _days(
    edition: Edition, sittings: Sequence[Sitting], held: Iterable[Held], wanted: date | None
) -> tuple[date, list[DayChoice]]:
    dates = sorted({clock.local(edition, sitting.starts_at).date() for sitting in sittings})
    counts = Counter(clock.local(edition, one.start).date() for one in held)
    dates = sorted({*dates, *counts})
    today = clock.today(edition)
    chosen = wanted or (today if today in dates else next(iter(dates), edition.starts_on or today))
    return chosen, [DayChoice(one, counts[one], one == chosen) for one in dates]


def _occasions(edition: Edition, day: date) -> list[Occasion]:
    """Return what else happens on a day: sessions, meals and the like."""
    start, end = clock.day_bounds(edition, day)
    return list(
        Occasion.objects.filter(
            edition=edition, status__in=sorted(BOOKING_STATES), starts_at__lt=end, ends_at__gt=start
        )
        .exclude(kind=Occasion.Kind.MEETING)
        .select_related("room", "session")
        .order_by("starts_at", "pk")
    )


def _scale(
    edition: Edition,
    day: date,
    sittings: Iterable[Sitting],
    occasions: Iterable[Occasion],
    held: Iterable[Held],
) -> _Scale:
    """Return the hours that a day's sittings, sessions and meetings need; evenings are left out."""
    spans = [(sitting.starts_at, sitting.ends_at) for sitting in sittings]
    spans += [(one.start, one.end) for one in held]
    spans += [(one.starts_at, one.ends_at) for one in occasions if one.kind == Occasion.Kind.SESSION]
    local = [(clock.wall(edition, start), clock.wall(edition, end)) for start, end in spans]
    today = [(start, end) for start, end in local if start.date() == day]
    midnight = datetime.combine(day, time())
    if not today:
        return _Scale(midnight + timedelta(hours=9), midnight + timedelta(hours=18))
    first = min(start for start, _end in today).replace(minute=0, second=0, microsecond=0)
    last = max(end for _start, end in today)
    half_hours = -((midnight - last) // timedelta(minutes=30))
    return _Scale(first, midnight + half_hours * timedelta(minutes=30))


def _hours(scale: _Scale) -> list[tuple[str, int]]:
    whole = int((scale.last - scale.first) / timedelta(hours=1))
    per_hour = 60 // MINUTES_PER_ROW
    return [
        (f"{scale.first + timedelta(hours=hour):%H:%M}", hour * per_hour + 1)
        for hour in range(whole + 1)
        if hour * per_hour < scale.rows
    ]


def _bands(edition: Edition, occasions: Iterable[Occasion], scale: _Scale) -> list[Band]:
    """Return the bands: what keeps everybody, or every head of delegation, from meeting."""
    bands = []
    for one in occasions:
        session: Session | None = getattr(one, "session", None)
        if session is None or (session.attendance not in _BINDING and session.kind != Session.Kind.LUNCH):
            continue
        start, end = clock.wall(edition, one.starts_at), clock.wall(edition, one.ends_at)
        if scale.shows(start, end):
            times = f"{start:%H:%M}–{end:%H:%M}"
            room = one.room.name if one.room else ""
            binds = str(session.get_attendance_display()) if session.attendance in _BINDING else ""
            note = ", ".join(part for part in (times, room, binds) if part)
            bands.append(Band(one.title, times, note, room, *scale.place(start, end)))
    return bands


def _card(  # noqa: PLR0917 a card is made of all of these
    edition: Edition,
    one: Held,
    who: Actor,
    names: Mapping[int, DisplayName],
    scale: _Scale,
    now: datetime,
    fresh: Collection[int],
    troubles: Mapping[int, Sequence[Trouble]],
) -> Card:
    request = one.request
    start, end = clock.wall(edition, one.start), clock.wall(edition, one.end)
    row, rows = scale.place(start, end)
    told = sight(who, request) is Sight.FULL
    foreign = [code for code in request.languages if code != "en"]
    return Card(
        public_id=str(request.public_id) if told else "",
        number=request.number if told else 0,
        parties=tuple(names[party.delegation_id] for party in request.parties.all()) if told else (),
        level=request.level if told else "",
        level_label=str(request.get_level_display()) if told else "",
        start=start,
        end=end,
        row=row,
        rows=rows,
        tongue=(foreign or request.languages)[0] if told and request.languages else "",
        interpreters=tuple(str(each.person) for each in one.interpreters) if told else (),
        is_occupied=not told,
        is_confidential=request.confidentiality >= Occasion.Confidentiality.CHIEF_OF_PROTOCOL,
        is_pinned=told and request.fixed_at is not None,
        is_changed=told and request.pk in fresh,
        is_past=end <= now,
        troubles=tuple(troubles.get(request.pk, ())) if told and end > now else (),
    )


def _zones(
    edition: Edition,
    held: Iterable[Held],
    cards: Mapping[int, Card],
    occasions: Iterable[Occasion],
    scale: _Scale,
) -> list[ZoneColumns]:
    by_room: dict[int, list[Card]] = defaultdict(list)
    for one in held:
        by_room[one.room_id].append(cards[one.request.pk])
    blocks = _blocks(edition, occasions, scale)
    rows = (
        Room.objects.filter(edition=edition)
        .select_related("zone")
        .order_by("zone__order", "zone_id", "order", "pk")
    )
    zones: dict[int, tuple[str, list[Column]]] = {}
    for room in rows:
        if room.purpose == Room.Purpose.BILATERAL or room.pk in by_room:
            column = Column(room, HOST_ROOM in room.features, by_room[room.pk], blocks.get(room.pk, ()))
            zones.setdefault(room.zone_id, (room.zone.name, []))[1].append(column)
    walks = _walks_from(next(iter(zones), 0), edition)
    return [ZoneColumns(name, walks.get(zone, 0), columns) for zone, (name, columns) in zones.items()]


def _walks_from(zone: int, edition: Edition) -> dict[int, int]:
    found = {}
    for walk in Walk.objects.filter(from_zone__edition=edition):
        if zone in {walk.from_zone_id, walk.to_zone_id}:
            found[walk.to_zone_id if walk.from_zone_id == zone else walk.from_zone_id] = walk.minutes
    return found


def _blocks(edition: Edition, occasions: Iterable[Occasion], scale: _Scale) -> dict[int, list[Block]]:
    """Return when single rooms are not to be had: closed, or used by a session."""
    spans = [
        (one.room_id, one.title, one.starts_at, one.ends_at)
        for one in occasions
        if one.room is not None and one.room.purpose == Room.Purpose.BILATERAL
    ]
    closures = Closure.objects.filter(
        room__edition=edition,
        starts_at__lt=clock.from_wall(edition, scale.last),
        ends_at__gt=clock.from_wall(edition, scale.first),
    )
    spans += [(one.room_id, one.label or _("Closed"), one.starts_at, one.ends_at) for one in closures]
    found: dict[int, list[Block]] = defaultdict(list)
    for room_id, label, starts_at, ends_at in spans:
        start, end = clock.wall(edition, starts_at), clock.wall(edition, ends_at)
        if room_id is not None and scale.shows(start, end):
            found[room_id].append(Block(label, *scale.place(start, end)))
    return found
