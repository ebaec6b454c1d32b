"""The board: rooms side by side, a day downwards, each meeting a card."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.bilaterals.kinds import HOST_ROOM
from summitry.bilaterals.queries.board.shapes import (
    MINUTES_PER_ROW,
    Band,
    Block,
    Board,
    Card,
    Column,
    DayChoice,
    Scale,
    ZoneColumns,
    around,
)
from summitry.bilaterals.queries.held import Held, held_in, placements, sight
from summitry.bilaterals.queries.standing import standing_troubles
from summitry.bilaterals.queries.tray import tray
from summitry.bilaterals.queries.versions import compared_with, switchable
from summitry.bilaterals.rules import ChangeKind, Sight, Trouble, compare
from summitry.bookings.actions import BOOKING_STATES
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Closure, Edition, Room, Sitting, Walk
from summitry.delegations.queries.names import delegation_names
from summitry.programme.models import Overrun, Session
from summitry.world.rules import DisplayName

_BINDING: Final = frozenset({Session.Attendance.HEADS, Session.Attendance.EVERYBODY})


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
        troubled=sum(bool(card.troubles) and card.start >= now for card in cards.values()),
        troubled_begun=sum(bool(card.troubles) and card.start < now for card in cards.values()),
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
        .select_related("room", "session__overrun")
        .order_by("starts_at", "pk")
    )


def _scale(
    edition: Edition,
    day: date,
    sittings: Iterable[Sitting],
    occasions: Iterable[Occasion],
    held: Iterable[Held],
) -> Scale:
    """Return the hours that a day's sittings, sessions and meetings need; evenings are left out."""
    spans = [(sitting.starts_at, sitting.ends_at) for sitting in sittings]
    spans += [(one.start, one.end) for one in held]
    spans += [(one.starts_at, one.ends_at) for one in occasions if one.kind == Occasion.Kind.SESSION]
    local = [(clock.wall(edition, start), clock.wall(edition, end)) for start, end in spans]
    today = [(start, end) for start, end in local if start.date() == day]
    midnight = datetime.combine(day, time())
    if not today:
        return Scale(midnight + timedelta(hours=9), midnight + timedelta(hours=18))
    first = min(start for start, _end in today).replace(minute=0, second=0, microsecond=0)
    last = max(end for _start, end in today)
    half_hours = -((midnight - last) // timedelta(minutes=30))
    return Scale(first, midnight + half_hours * timedelta(minutes=30))


def _hours(scale: Scale) -> list[tuple[str, int]]:
    whole = int((scale.last - scale.first) / timedelta(hours=1))
    per_hour = 60 // MINUTES_PER_ROW
    return [
        (f"{scale.first + timedelta(hours=hour):%H:%M}", hour * per_hour + 1)
        for hour in range(whole + 1)
        if hour * per_hour < scale.rows
    ]


def _bands(edition: Edition, occasions: Iterable[Occasion], scale: Scale) -> list[Band]:
    """Return the bands: what keeps everybody, or every head of delegation, from meeting."""
    bands = []
    for one in occasions:
        session: Session | None = getattr(one, "session", None)
        if session is None or (session.attendance not in _BINDING and session.kind != Session.Kind.LUNCH):
            continue
        start, planned = clock.wall(edition, one.starts_at), clock.wall(edition, one.ends_at)
        overrun: Overrun | None = getattr(session, "overrun", None)
        end = max(planned, clock.wall(edition, overrun.ends_at)) if overrun else planned
        if scale.shows(start, end):
            times = f"{start:%H:%M}–{end:%H:%M}"
            room = one.room.name if one.room else ""
            binds = str(session.get_attendance_display()) if session.attendance in _BINDING else ""
            late = _("overruns") if overrun else ""
            note = ", ".join(part for part in (times, late, room, binds) if part)
            bands.append(Band(one.title, times, note, room, *scale.place(start, end)))
    return bands


def _card(  # noqa: PLR0917 a card is made of all of these
    edition: Edition,
    one: Held,
    who: Actor,
    names: Mapping[int, DisplayName],
    scale: Scale,
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
    scale: Scale,
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
            free = [piece for block in blocks.get(room.pk, ()) for piece in around(block, by_room[room.pk])]
            column = Column(room, HOST_ROOM in room.features, by_room[room.pk], free)
            zones.setdefault(room.zone_id, (room.zone.name, []))[1].append(column)
    walks = _walks_from(next(iter(zones), 0), edition)
    return [ZoneColumns(name, walks.get(zone, 0), columns) for zone, (name, columns) in zones.items()]


def _walks_from(zone: int, edition: Edition) -> dict[int, int]:
    found = {}
    for walk in Walk.objects.filter(from_zone__edition=edition):
        if zone in {walk.from_zone_id, walk.to_zone_id}:
            found[walk.to_zone_id if walk.from_zone_id == zone else walk.from_zone_id] = walk.minutes
    return found


def _blocks(edition: Edition, occasions: Iterable[Occasion], scale: Scale) -> dict[int, list[Block]]:
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
