"""From a draft to the plan that the conference goes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.bilaterals.actions.requests import cancel
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Meeting, PlacedMeeting, PlanVersion
from summitry.bilaterals.queries.versions import is_overtaken
from summitry.bilaterals.rules import Change, ChangeKind, Placement, compare
from summitry.bookings.actions import BOOKING_STATES, ClashError, occupy, resources_for
from summitry.bookings.models import Occasion, Resource
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.programme.overruns import book_overruns, waiting_overruns
from summitry.records import RefusedError


@action
def adopt_plan(*, version: PlanVersion, by: Actor) -> PlanVersion:
    """Make a draft the plan that the conference goes by: its meetings book rooms, people and interpreters.

    Everything in one transaction, in a number of statements that does not depend on the
    number of meetings: meetings are made, moved and cancelled, all bookings changed at once.
    Sessions whose overrun was announced are booked that long where the plan leaves them the time.

    Raises
    ------
    PermissionDenied
        Where `by` does not work at a desk that plans.
    RefusedError
        Where the draft no longer fits: another was adopted since, a request was
        withdrawn, a meeting that it changes has begun.
    summitry.bookings.actions.ClashError
        Where somebody or something has been taken since.
    """
    require(by, "adopt_plan", version)
    edition = Edition.objects.select_for_update(no_key=True).get(
        pk=version.edition_id
    )  # one adoption at a time
    version = (
        PlanVersion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("run")
        .get(pk=version.pk)
    )
    adopted = PlanVersion.objects.filter(edition=edition, state=PlanVersion.State.ADOPTED).first()
    _check_draft(version, adopted)
    placed = _placed(version)
    meetings = {
        meeting.request_id: meeting
        for meeting in Meeting.objects.filter(edition=edition)
        .select_related("occasion", "request")
        .prefetch_related("interpreters", "request__parties")
    }
    _check_requests(placed)
    changes = compare(_standing(meetings.values()), {row.request_id: _placement(row) for row in placed})
    numbers = {row.request_id: row.request.number for row in placed}
    numbers |= {meeting.request_id: meeting.request.number for meeting in meetings.values()}
    _check_begun(edition, changes, numbers)
    waiting = waiting_overruns(edition)
    _change_meetings(edition, placed, meetings, changes)
    _book(edition, placed)
    overruns = book_overruns(waiting)
    if adopted is not None:
        adopted.state = PlanVersion.State.SUPERSEDED
        adopted.version += 1
        adopted.save(update_fields=["state", "version"])
    version.state = PlanVersion.State.ADOPTED
    version.adopted_at = timezone.now()
    version.version += 1
    version.save(update_fields=["state", "adopted_at", "version"])
    record(
        by=by,
        verb="adopt_plan",
        target=version,
        edition_id=edition.pk,
        before={"adopted": adopted.number if adopted else None},
        after={
            "adopted": version.number,
            "changes": {str(numbers[change.request]): change.kind.value for change in changes},
            **({"overruns": overruns} if overruns else {}),
        },
        delegations=_concerned(changes, placed, meetings),
    )
    return version


def _check_draft(version: PlanVersion, adopted: PlanVersion | None) -> None:
    if version.state != PlanVersion.State.DRAFT:
        raise RefusedError(
            _("Plan %(number)d is no longer a draft: it is %(state)s.")
            % {"number": version.number, "state": version.get_state_display()}
        )
    if adopted and is_overtaken(version, adopted):
        raise RefusedError(
            _("Plan %(adopted)d was adopted since plan %(number)d was begun: plan again.")
            % {"adopted": adopted.number, "number": version.number}
        )


def _placed(version: PlanVersion) -> list[PlacedMeeting]:
    return list(
        PlacedMeeting.objects.filter(plan=version)
        .select_related("request", "room")
        .prefetch_related("interpreters__person", "request__people__member__person", "request__parties")
        .order_by("starts_at", "pk")
    )


def _check_requests(placed: Sequence[PlacedMeeting]) -> None:
    gone = sorted(row.request.number for row in placed if row.request.status != RequestStatus.ACCEPTED)
    if gone:
        raise RefusedError(
            _("Withdrawn since this plan was made: request %(numbers)s. Plan again.")
            % {"numbers": ", ".join(str(number) for number in gone)}
        )
    changed = sorted(
        row.request.number
        for row in placed
        if (row.ends_at - row.starts_at).total_seconds() != row.request.minutes * 60
        or len(row.interpreters.all()) != row.request.interpreters
    )
    if changed:
        raise RefusedError(
            _("Changed since this plan was made: request %(numbers)s. Plan again.")
            % {"numbers": ", ".join(str(number) for number in changed)}
        )


def _check_begun(edition: Edition, changes: Iterable[Change], numbers: Mapping[int, int]) -> None:
    """Refuse to change the past: what has begun stays, and nothing new begins before now."""
    now = clock.now(edition)
    for change in changes:
        times = [held.start for held in (change.before, change.after) if held is not None]
        if min(times) < now:
            raise RefusedError(
                _("Request %(number)d is changed at %(time)s, which is past by now: plan again.")
                % {
                    "number": numbers[change.request],
                    "time": f"{clock.local(edition, min(times)):%a %d %b %H:%M}",
                }
            )


def _standing(meetings: Iterable[Meeting]) -> dict[int, Placement]:
    return {
        meeting.request_id: Placement(
            meeting.occasion.starts_at,
            meeting.occasion.ends_at,
            meeting.occasion.room_id or 0,
            frozenset(interpreter.pk for interpreter in meeting.interpreters.all()),
        )
        for meeting in meetings
        if meeting.occasion.status in BOOKING_STATES
    }


def _placement(row: PlacedMeeting) -> Placement:
    interpreters = frozenset(interpreter.pk for interpreter in row.interpreters.all())
    return Placement(row.starts_at, row.ends_at, row.room_id, interpreters)


def _change_meetings(
    edition: Edition,
    placed: Sequence[PlacedMeeting],
    meetings: Mapping[int, Meeting],
    changes: Iterable[Change],
) -> None:
    """Make, move and cancel the meetings' occasions, and give the meetings their interpreters."""
    by_request = {row.request_id: row for row in placed}
    dropped = [meetings[change.request].occasion for change in changes if change.kind is ChangeKind.DROPPED]
    cancel(dropped)
    differing = [by_request[change.request] for change in changes if change.kind is not ChangeKind.DROPPED]
    _move([(meetings[row.request_id].occasion, row) for row in differing if row.request_id in meetings])
    _make(edition, [row for row in differing if row.request_id not in meetings])
    _assign(differing)


def _move(pairs: Sequence[tuple[Occasion, PlacedMeeting]]) -> None:
    for occasion, row in pairs:
        occasion.status = Occasion.Status.FIRM
        occasion.room = row.room
        occasion.starts_at, occasion.ends_at = row.starts_at, row.ends_at
        occasion.confidentiality = row.request.confidentiality
        occasion.sequence += 1
        occasion.version += 1
    Occasion.objects.bulk_update(
        [occasion for occasion, _row in pairs],
        ["status", "room", "starts_at", "ends_at", "confidentiality", "sequence", "version"],
    )


def _make(edition: Edition, rows: Sequence[PlacedMeeting]) -> None:
    occasions = Occasion.objects.bulk_create(
        Occasion(
            edition=edition,
            kind=Occasion.Kind.MEETING,
            status=Occasion.Status.FIRM,
            title=neutral_title(row),
            room=row.room,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            confidentiality=row.request.confidentiality,
        )
        for row in rows
    )
    Meeting.objects.bulk_create(
        Meeting(edition=edition, request=row.request, occasion=occasion)
        for row, occasion in zip(rows, occasions, strict=True)
    )


def neutral_title(row: PlacedMeeting) -> str:
    """Return what a meeting is called where anybody may read it: never who meets (practice notes, output per meeting)."""
    kind = "Bilateral" if len(row.request.parties.all()) == 2 else "Multilateral"  # noqa: PLR2004 two is bilateral
    return f"{kind} {row.request.number}"


def _assign(rows: Sequence[PlacedMeeting]) -> None:
    """Give meetings the interpreters of their placements, in the place of those they had."""
    through = Meeting.interpreters.through
    ids = dict(
        Meeting.objects.filter(request__in=[row.request_id for row in rows]).values_list("request_id", "pk")
    )
    through.objects.filter(meeting_id__in=ids.values()).delete()
    through.objects.bulk_create(
        through(meeting_id=ids[row.request_id], interpreter_id=interpreter.pk)
        for row in rows
        for interpreter in row.interpreters.all()
    )


def _book(edition: Edition, placed: Sequence[PlacedMeeting]) -> None:
    """Book rooms, people and interpreters of all meetings at once: swaps among them are no clash."""
    rooms = resources_for(
        edition_id=edition.pk,
        kind=Resource.Kind.ROOM,
        records={row.room.public_id: row.room.name for row in placed},
    )
    people = resources_for(
        edition_id=edition.pk,
        kind=Resource.Kind.PERSON,
        records={
            one.member.person.public_id: one.member.person.display_name
            for row in placed
            for one in row.request.people.all()
        },
    )
    interpreters = resources_for(
        edition_id=edition.pk,
        kind=Resource.Kind.INTERPRETER,
        records={one.public_id: one.person.display_name for row in placed for one in row.interpreters.all()},
    )
    meetings = Meeting.objects.filter(edition=edition, request__in=[row.request_id for row in placed])
    occasions = {meeting.request_id: meeting.occasion for meeting in meetings.select_related("occasion")}
    needed = {
        occasions[row.request_id].pk: [
            rooms[row.room.public_id],
            *(people[one.member.person.public_id] for one in row.request.people.all()),
            *(interpreters[one.public_id] for one in row.interpreters.all()),
        ]
        for row in placed
    }
    try:
        occupy(edition_id=edition.pk, occasions=list(occasions.values()), resources=needed)
    except ClashError as clash:
        message = _("The plan no longer fits. %(why)s Plan again.") % {"why": clash.message}
        raise ClashError(message, clash.clashes) from clash


def _concerned(
    changes: Iterable[Change], placed: Iterable[PlacedMeeting], meetings: Mapping[int, Meeting]
) -> list[int]:
    changed = {change.request for change in changes}
    requests = {row.request_id: row.request for row in placed}
    requests |= {key: meeting.request for key, meeting in meetings.items()}
    return sorted({party.delegation_id for key in changed for party in requests[key].parties.all()})


@action
def discard_plan(*, version: PlanVersion, by: Actor) -> PlanVersion:
    """Put a draft aside; it stays readable.

    Raises
    ------
    RefusedError
        Where it is no draft.
    """
    require(by, "discard_plan", version)
    version = PlanVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    _check_draft(version, None)
    version.state = PlanVersion.State.DISCARDED
    version.version += 1
    version.save(update_fields=["state", "version"])
    record(
        by=by,
        verb="discard_plan",
        target=version,
        edition_id=version.edition_id,
        before={"state": PlanVersion.State.DRAFT},
        after={"number": version.number, "state": version.state},
    )
    return version
