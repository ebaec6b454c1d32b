"""Planning runs: started, followed, stopped, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from summitry.accounts.access import SYSTEM, Actor, require
from summitry.bilaterals.models import PlacedMeeting, PlanningRun, PlanVersion, UnplannedRequest
from summitry.bilaterals.queries.problem import Ids, Start, ids_of, planning_problem
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.planner import Plan, write_problem
from summitry.planner.plan import Status, Unscheduled
from summitry.planner.problem import Problem
from summitry.records import RefusedError

#: The background task that plans; the worker finds it by this name.
PLAN_TASK: Final = "plan_edition"
PLAN_QUEUE: Final = "planning"
ACTIVE: Final = (PlanningRun.State.QUEUED, PlanningRun.State.RUNNING)


@action
def start_planning(
    *, edition: Edition, by: Actor, start: Start = Start.REPAIR, seconds: int | None = None, seed: int = 0
) -> PlanningRun:
    """Freeze the planning problem as it is now and have a worker plan it.

    Parameters
    ----------
    start
        Whether the adopted plan is repaired, and which way, or everything that has not begun is planned afresh.
    seconds
        How long at most; the edition's setting where not given.
    seed
        What the planner's chance begins with.

    Raises
    ------
    PermissionDenied
        Where `by` does not work at a desk that plans.
    RefusedError
        Where a run is under way, or there is nothing to plan.
    """
    require(by, "start_planning", PlanningRun(edition=edition))
    if PlanningRun.objects.filter(edition=edition, state__in=ACTIVE).exists():
        raise _under_way()
    problem = planning_problem(edition, start=start)
    _check_plannable(problem)
    try:
        with transaction.atomic():
            run = PlanningRun.objects.create(
                edition=edition,
                started_by=by.user,
                seconds=seconds or edition.settings.planning_seconds,
                seed=seed,
                problem=json.loads(write_problem(problem)),
                progress={"requests": len(problem.requests)},
                queued_at=timezone.now(),
            )
    except IntegrityError as error:
        raise _under_way() from error
    app.configure_task(PLAN_TASK, queue=PLAN_QUEUE).defer(run_id=run.pk)
    record(
        by=by,
        verb="start_planning",
        target=run,
        edition_id=edition.pk,
        after={"requests": len(problem.requests), "seconds": run.seconds, "start": start},
    )
    return run


def _under_way() -> RefusedError:
    return RefusedError(_("A plan is being made already: wait until it is done, or stop it."))


def _check_plannable(problem: Problem) -> None:
    if not problem.sittings:
        raise RefusedError(_("There are no sittings in which meetings may be held: add one to the edition."))
    if not problem.rooms:
        raise RefusedError(_("There is no room for meetings: add one to the venue."))
    if not problem.requests:
        raise RefusedError(_("No request is accepted yet: record an answer first."))
    lonely = next((request for request in problem.requests if not request.people), None)
    if lonely is not None:
        raise RefusedError(
            _("Request %(number)s names nobody who must be there: name somebody.") % {"number": lonely.id[1:]}
        )


@action
def stop_planning(*, run: PlanningRun, by: Actor) -> PlanningRun:
    """Ask a run to end; the best plan that it has found by then is kept.

    Raises
    ------
    RefusedError
        Where it has ended already.
    """
    require(by, "stop_planning", run)
    run = PlanningRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.state not in ACTIVE:
        raise RefusedError(_("This run has ended already."))
    run.cancel_asked = True
    if run.state == PlanningRun.State.QUEUED:
        run.state = PlanningRun.State.CANCELLED
        run.ended_at = timezone.now()
    run.save(update_fields=["cancel_asked", "state", "ended_at"])
    record(by=by, verb="stop_planning", target=run, edition_id=run.edition_id, after={"state": run.state})
    return run


def note_started(run: PlanningRun) -> bool:
    """Note that a worker has taken a run up; tell whether it is still wanted. No action: nobody decided anything."""
    now = timezone.now()
    waiting = PlanningRun.objects.filter(pk=run.pk, state__in=ACTIVE, cancel_asked=False)
    return bool(waiting.update(state=PlanningRun.State.RUNNING, started_at=now, seen_at=now))


def note_progress(run: PlanningRun, progress: Mapping[str, Any] | None) -> bool:
    """Note how far a run is, and that its worker lives; tell whether it is to end. No action, likewise."""
    running = PlanningRun.objects.filter(pk=run.pk, state=PlanningRun.State.RUNNING)
    changed = {"progress": dict(progress)} if progress is not None else {}
    if not running.update(seen_at=timezone.now(), **changed):
        return True
    return running.values_list("cancel_asked", flat=True).get()


@action
def keep_plan(*, run: PlanningRun, plan: Plan, by: Actor = SYSTEM) -> PlanVersion:
    """Keep what a run found as a draft: it books nothing.

    The number of statements does not depend on the number of meetings.

    Raises
    ------
    RefusedError
        Where the run has ended already, the plan is none, or it names what is no longer there.
    """
    run = (
        PlanningRun.objects.select_for_update(no_key=True, of=("self",))
        .select_related("edition")
        .get(pk=run.pk)
    )
    if run.state not in ACTIVE:
        raise RefusedError(_("This run has ended already."))
    if plan.status not in {Status.OPTIMAL, Status.FEASIBLE}:
        raise RefusedError(_("There is no plan to keep."))
    edition = run.edition
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    last = PlanVersion.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        edition=edition,
        number=last + 1,
        run=run,
        status=plan.status.value,
        score=[[aim.value, score.value, score.bound] for aim, score in plan.score.items()],
        seconds=plan.seconds,
        made_by=run.started_by,
        made_at=timezone.now(),
    )
    try:
        ids = ids_of(edition)
        _place(version, plan, ids)
        _leave_out(version, plan.unscheduled, ids)
    except KeyError as error:
        raise RefusedError(_("%(id)s is no longer there: plan again.") % {"id": error.args[0]}) from error
    run.state = PlanningRun.State.CANCELLED if run.cancel_asked else PlanningRun.State.FINISHED
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "ended_at"])
    record(
        by=by,
        verb="keep_plan",
        target=version,
        edition_id=edition.pk,
        after={
            "number": version.number,
            "status": version.status,
            "placed": len(plan.meetings),
            "unplanned": len(plan.unscheduled),
            "score": version.score,
        },
    )
    return version


def _place(version: PlanVersion, plan: Plan, ids: Ids) -> None:
    placed = PlacedMeeting.objects.bulk_create(
        PlacedMeeting(
            plan=version,
            request_id=ids.requests[meeting.request],
            starts_at=clock.from_wall(version.edition, meeting.start),
            ends_at=clock.from_wall(version.edition, meeting.end),
            room_id=ids.rooms[meeting.room],
        )
        for meeting in plan.meetings
    )
    through = PlacedMeeting.interpreters.through
    through.objects.bulk_create(
        through(placedmeeting_id=row.pk, interpreter_id=ids.interpreters[interpreter])
        for row, meeting in zip(placed, plan.meetings, strict=True)
        for interpreter in meeting.interpreters
    )


def _leave_out(version: PlanVersion, unscheduled: Sequence[Unscheduled], ids: Ids) -> None:
    UnplannedRequest.objects.bulk_create(
        UnplannedRequest(
            plan=version,
            request_id=ids.requests[one.request],
            reason=one.reason,
            blockers=[
                {"kind": blocker.kind.value, "id": blocker.id, "detail": blocker.detail}
                for blocker in one.blockers
            ],
            remedies=[
                {
                    "text": remedy.text,
                    "change": {
                        "problem": list(remedy.change.problem),
                        "meetings": [
                            {
                                "request": meeting.request,
                                "start": meeting.start.isoformat(timespec="minutes"),
                                "end": meeting.end.isoformat(timespec="minutes"),
                                "room": meeting.room,
                                "interpreters": list(meeting.interpreters),
                            }
                            for meeting in remedy.change.meetings
                        ],
                        "drop": list(remedy.change.drop),
                        "cost": {aim.value: cost for aim, cost in remedy.change.cost.items()},
                    },
                }
                for remedy in one.remedies
            ],
        )
        for one in unscheduled
    )


@action
def fail_planning(*, run: PlanningRun, error: str, by: Actor = SYSTEM) -> PlanningRun:
    """End a run that brought no plan, with the reason in words.

    Raises
    ------
    RefusedError
        Where it has ended already.
    """
    run = PlanningRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.state not in ACTIVE:
        raise RefusedError(_("This run has ended already."))
    run.state = PlanningRun.State.CANCELLED if run.cancel_asked else PlanningRun.State.FAILED
    run.error = error
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "error", "ended_at"])
    record(by=by, verb="fail_planning", target=run, edition_id=run.edition_id, after={"error": error})
    return run
