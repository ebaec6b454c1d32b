"""What becomes of a request once it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.bilaterals import rules
from summitry.bilaterals.kinds import RequestStatus
from summitry.bilaterals.models import Meeting, Request, RequestPerson, RequestWindow, UnplannedRequest
from summitry.bilaterals.queries.problem.ids import member_id, request_id
from summitry.bookings.actions import BOOKING_STATES, vacate
from summitry.bookings.models import Occasion
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.records import RefusedError


def locked(request: Request) -> Request:
    """Return a request as it is now, so that nobody else changes it until the action ends."""
    return (
        Request.objects.select_for_update(no_key=True, of=("self",))
        .select_related("edition__settings")
        .prefetch_related("parties")
        .get(pk=request.pk)
    )


def _concerned(request: Request) -> list[int]:
    return [party.delegation_id for party in request.parties.all()]


def _check_step(request: Request, wanted: RequestStatus) -> None:
    if not rules.may_become(request.status, wanted):
        raise RefusedError(
            _("Request %(number)d is %(status)s already; it can no longer be %(wanted)s.")
            % {
                "number": request.number,
                "status": request.get_status_display(),
                "wanted": wanted.label,
            }
        )


@action
def record_answer(*, request: Request, answer: str, by: Actor) -> Request:
    """Record, at the desk, what the counterparts answered: ``"accepted"`` or ``"declined"``.

    Raises
    ------
    PermissionDenied
        Where `by` does not work at the bilateral desk.
    RefusedError
        Where the request was answered or withdrawn already.
    """
    require(by, "record_answer", request)
    if answer not in {RequestStatus.ACCEPTED, RequestStatus.DECLINED}:
        raise RefusedError(_("An answer is “accepted” or “declined”."), field="answer")
    request = locked(request)
    wanted = RequestStatus(answer)
    _check_step(request, wanted)
    before = request.status
    request.status = wanted
    request.version += 1
    request.save(update_fields=["status", "version"])
    record(
        by=by,
        verb="record_answer",
        target=request,
        edition_id=request.edition_id,
        before={"status": before},
        after={"number": request.number, "status": request.status},
        delegations=_concerned(request),
    )
    return request


@action
def withdraw_request(*, request: Request, by: Actor) -> Request:
    """Withdraw a request; a meeting that came of it is cancelled, its room and people are free at once.

    Raises
    ------
    PermissionDenied
        Where `by` neither works at the desk nor speaks for the requester.
    RefusedError
        Where it was declined or withdrawn already, or the meeting has been held.
    """
    require(by, "withdraw_request", request)
    request = locked(request)
    _check_step(request, RequestStatus.WITHDRAWN)
    meeting = Meeting.objects.select_related("occasion").filter(request=request).first()
    cancelled = meeting is not None and meeting.occasion.status in BOOKING_STATES
    if meeting is not None and cancelled:
        if meeting.occasion.starts_at <= clock.now(request.edition):
            raise RefusedError(
                _("The meeting of request %(number)d has begun; it can no longer be withdrawn.")
                % {"number": request.number}
            )
        cancel([meeting.occasion])
    before = request.status
    request.status = RequestStatus.WITHDRAWN
    request.version += 1
    request.save(update_fields=["status", "version"])
    record(
        by=by,
        verb="withdraw_request",
        target=request,
        edition_id=request.edition_id,
        before={"status": before},
        after={"number": request.number, "status": request.status, "meeting_cancelled": cancelled},
        delegations=_concerned(request),
    )
    return request


def cancel(occasions: list[Occasion]) -> None:
    """Cancel occasions and let go of everything they occupy: a step of several actions."""
    vacate(occasions=occasions)
    for occasion in occasions:
        occasion.status = Occasion.Status.CANCELLED
        occasion.sequence += 1
        occasion.version += 1
    Occasion.objects.bulk_update(occasions, ["status", "sequence", "version"])


@action
def apply_remedy(*, unplanned: UnplannedRequest, remedy: int, by: Actor) -> Request:
    """Ask again with what one of the planner's remedies changes in the request; the next plan can then hold it.

    Parameters
    ----------
    unplanned
        A request that a plan does not hold.
    remedy
        Which of its remedies, counted from 0.

    Raises
    ------
    PermissionDenied
        Where `by` does not work at the bilateral desk.
    RefusedError
        Where there is no such remedy, it changes more than the request, or the request was changed since.
    """
    require(by, "apply_remedy", unplanned.request)
    request = locked(unplanned.request)
    run = unplanned.plan.run
    if request.status != RequestStatus.ACCEPTED:
        raise RefusedError(_("Request %(number)d is no longer to be planned.") % {"number": request.number})
    if run is None or not 0 <= remedy < len(unplanned.remedies):
        raise RefusedError(_("There is no such remedy. Load the board again."))
    chosen = unplanned.remedies[remedy]
    changes = rules.asked_again(run.problem, request_id(request), chosen["change"])
    if changes is None:
        raise RefusedError(
            _("This remedy changes more than the request; it has to be agreed with others first.")
        )
    before = _terms(request)
    _apply(request, changes)
    request.version += 1
    request.save()
    record(
        by=by,
        verb="apply_remedy",
        target=request,
        edition_id=request.edition_id,
        before=before,
        after={"number": request.number, "remedy": chosen["text"], **_terms(request)},
        delegations=_concerned(request),
    )
    return request


def _terms(request: Request) -> dict[str, Any]:
    return {
        "minutes": request.minutes,
        "languages": request.languages,
        "interpreters": request.interpreters,
        "seats": request.seats,
        "features": request.features,
        "fixed_at": request.fixed_at,
        "room": request.room_id,
    }


def _apply(request: Request, changes: dict[str, Any]) -> None:
    edition = request.edition
    if "minutes" in changes:
        request.minutes = changes["minutes"]
    if "languages" in changes or "interpreters" in changes:
        request.languages = changes.get("languages", request.languages) or []
        request.interpreters = (changes.get("interpreters") or 1) if request.languages else 0
    if "seats" in changes:
        request.seats = changes["seats"]
    if "features" in changes:
        request.features = changes["features"] or []
    if "rooms" in changes:
        request.room = None
    if "fixed" in changes:
        fixed = changes["fixed"]
        request.fixed_at = clock.from_wall(edition, datetime.fromisoformat(fixed["start"])) if fixed else None
    if "windows" in changes:
        _replace_windows(edition, request, changes["windows"] or [])
    if "people" in changes:
        _keep_people(request, set(changes["people"]))


def _replace_windows(edition: Edition, request: Request, windows: list[list[str]]) -> None:
    request.windows.all().delete()
    RequestWindow.objects.bulk_create(
        RequestWindow(
            request=request,
            starts_at=clock.from_wall(edition, datetime.fromisoformat(start)),
            ends_at=clock.from_wall(edition, datetime.fromisoformat(end)),
        )
        for start, end in windows
    )


def _keep_people(request: Request, ids: set[str]) -> None:
    rows = RequestPerson.objects.filter(request=request).select_related("member__delegation__entity")
    rows.filter(pk__in=[row.pk for row in rows if member_id(row.member) not in ids]).delete()
