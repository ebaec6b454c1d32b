"""One meeting's card: who, when, where, with whom in between, what happened to it, who would have to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from summitry.accounts.access import Actor
from summitry.accounts.models import Grant, Role
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.models import PlanVersion, Request, RequestPerson
from summitry.bilaterals.queries.held import Held, held_in, sight
from summitry.bilaterals.queries.standing import standing_troubles
from summitry.bilaterals.queries.versions import moment
from summitry.bilaterals.rules import Sight, Trouble
from summitry.conferences import clock
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Member
from summitry.delegations.queries.names import delegation_names
from summitry.ledger.models import Entry
from summitry.world.rules import DisplayName


@dataclass(frozen=True, slots=True)
class SideOfCard:
    """A delegation at the table: who leads it there, who else comes."""

    name: DisplayName
    people: tuple[Member, ...]

    @property
    def lead(self) -> Member | None:
        """The highest in rank."""
        return self.people[0] if self.people else None

    @property
    def others(self) -> str:
        """The names of the others in a line."""
        return ", ".join(str(member.person) for member in self.people[1:])


@dataclass(frozen=True, slots=True)
class InterpreterOfCard:
    """An interpreter, and how long the rest is after the meeting (none: nothing follows that day)."""

    name: str
    public_id: str
    rest_minutes: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to the request."""

    when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOfCard:
    """Where and when a version holds it; times are the venue's."""

    start: datetime
    end: datetime
    room: Room
    free_from: datetime | None
    next_at: datetime | None
    interpreters: tuple[InterpreterOfCard, ...]
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOfMeeting:
    """The whole card."""

    request: Request
    sides: tuple[SideOfCard, ...]
    held: MeetingOfCard | None
    troubles: tuple[Trouble, ...]
    history: tuple[Event, ...]
    told: tuple[tuple[str, int], ...]
    focal_points: int

    @property
    def participants(self) -> str:
        """How many of each side must be there: ``1 + 2``."""
        return " + ".join(str(len(side.people)) for side in self.sides)


def meeting_card(
    *, edition: Edition, request: Request, version: PlanVersion | None, who: Actor, language: str = "en"
) -> CardOfMeeting:
    """Return a request's card as a version holds it; a constant number of statements.

    Parameters
    ----------
    request
        Obtained by its policy: who reaches here may see it.
    """
    held = held_in(version)
    own = next((one for one in held if one.request.pk == request.pk), None)
    names = delegation_names(edition, language=language)
    people = list(
        RequestPerson.objects.filter(request=request)
        .select_related("member__person")
        .order_by("member__rank_class", "member__order")
    )
    sides = tuple(
        SideOfCard(
            names[party.delegation_id],
            tuple(row.member for row in people if row.member.delegation_id == party.delegation_id),
        )
        for party in request.parties.all()
    )
    return CardOfMeeting(
        request=request,
        sides=sides,
        held=_held(edition, own, held) if own else None,
        troubles=_troubles(edition, request, held, who),
        history=_history(edition, request, who),
        told=tuple((side.name.short, len(side.people)) for side in sides),
        focal_points=_focal_points(request),
    )


def _troubles(edition: Edition, request: Request, held: Sequence[Held], who: Actor) -> tuple[Trouble, ...]:
    """Return what no longer fits, for the desks alone: when the other side arrives is not a delegation's to know."""
    if not who.has_role(edition.pk, *DESKS):
        return ()
    return tuple(standing_troubles(edition, held, who=who).get(request.pk, ()))


def _focal_points(request: Request) -> int:
    delegations = [party.delegation_id for party in request.parties.all()]
    found = Grant.objects.filter(role=Role.FOCAL_POINT, delegation_id__in=delegations)
    return found.aggregate(people=Count("user", distinct=True))["people"] or 0


def _held(edition: Edition, own: Held, held: Sequence[Held]) -> MeetingOfCard:
    room = Room.objects.select_related("zone").get(pk=own.room_id)
    turnaround = timedelta(
        minutes=edition.settings.turnaround_minutes
        if room.turnaround_minutes is None
        else room.turnaround_minutes
    )
    day = clock.local(edition, own.start).date()
    same_day = [one for one in held if clock.local(edition, one.start).date() == day]
    in_room = [one for one in same_day if one.room_id == own.room_id]
    before = max((one.end for one in in_room if one.end <= own.start), default=None)
    after = min((one.start for one in in_room if one.start >= own.end), default=None)
    return MeetingOfCard(
        start=clock.wall(edition, own.start),
        end=clock.wall(edition, own.end),
        room=room,
        free_from=clock.wall(edition, before + turnaround) if before else None,
        next_at=clock.wall(edition, after) if after else None,
        interpreters=tuple(
            InterpreterOfCard(str(one.person), str(one.public_id), _rest(one.pk, own, same_day))
            for one in own.interpreters
        ),
        is_past=own.end <= clock.now(edition),
    )


def _rest(interpreter: int, own: Held, same_day: Sequence[Held]) -> int | None:
    following = [
        one.start
        for one in same_day
        if one.start >= own.end and any(each.pk == interpreter for each in one.interpreters)
    ]
    return int((min(following) - own.end) / timedelta(minutes=1)) if following else None


def _history(edition: Edition, request: Request, who: Actor) -> tuple[Event, ...]:
    """Return what the ledger holds of a request, the newest first; adoptions where they changed it."""
    number = str(request.number)
    rows = (
        Entry.objects.filter(chain__edition_id=edition.pk)
        .filter(
            Q(target_type="bilaterals.request", target_id=request.public_id)
            | Q(verb="adopt_plan", after__changes__has_key=number)
        )
        .order_by("-sequence")
    )
    events = [Event(_when(edition, row.at), _told(row, number)) for row in rows]
    if not any(row.verb == "send_request" for row in rows):
        first = clock.local(edition, request.requested_at)
        events.append(Event(f"{first.day} {first:%b}", _("Asked for")))
    return tuple(events) if sight(who, request) is Sight.FULL else ()


def _when(edition: Edition, at: datetime) -> str:
    when = moment(edition, at)
    today: date = clock.today(edition)
    return f"{when:%H:%M}" if when.date() == today else f"{when.day} {when:%b}"


def _told(entry: Entry, number: str) -> str:
    """Say what an entry means for the request of a number."""
    after = entry.after or {}
    by = {"by": entry.actor_name}
    if entry.verb == "adopt_plan":
        what = _PLANNED.get(after.get("changes", {}).get(number, ""), gettext_noop("Changed"))
        plan = {"what": _(what), "plan": after.get("adopted", "")}
        return _("%(what)s: plan %(plan)s, adopted by %(by)s") % {**by, **plan}
    if entry.verb == "apply_remedy":
        return _("Asked again by %(by)s: %(remedy)s") % {**by, "remedy": after.get("remedy", "")}
    told = _DONE.get((entry.verb, after.get("status"))) or _DONE.get((entry.verb, None))
    return _(told) % by if told else entry.verb.replace("_", " ").capitalize()


_PLANNED: Final = {
    "added": gettext_noop("Planned"),
    "moved": gettext_noop("Moved to another time"),
    "reroomed": gettext_noop("Moved to another room"),
    "reinterpreted": gettext_noop("Given other interpreters"),
    "dropped": gettext_noop("Taken off the plan"),
}
_DONE: Final = {
    ("send_request", None): gettext_noop("Asked for, by %(by)s"),
    ("record_answer", "accepted"): gettext_noop("Accepted; recorded by %(by)s"),
    ("record_answer", "declined"): gettext_noop("Declined; recorded by %(by)s"),
    ("withdraw_request", None): gettext_noop("Withdrawn by %(by)s"),
}
