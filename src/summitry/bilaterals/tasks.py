"""Background work: planning, and looking after runs whose worker died."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from asgiref.sync import sync_to_async
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.contrib.django import app

from summitry.bilaterals.actions.planning import PLAN_QUEUE, PLAN_TASK, fail_planning
from summitry.bilaterals.models import PlanningRun
from summitry.bilaterals.runner import run_planning
from summitry.records import RefusedError

#: A worker writes to its run three times a second; silent for this long, it is dead.
SILENT_FOR: Final = timedelta(seconds=30)


@app.task(name=PLAN_TASK, queue=PLAN_QUEUE)
def plan_edition(run_id: int) -> None:
    """Plan a run that was started at the desk."""
    run = PlanningRun.objects.filter(pk=run_id).first()
    if run is not None and run.state == PlanningRun.State.QUEUED:
        run_planning(run)


def fail_silent_runs() -> int:
    """End the runs whose worker has died, with a reason; return how many."""
    silent = PlanningRun.objects.filter(
        state=PlanningRun.State.RUNNING, seen_at__lt=timezone.now() - SILENT_FOR
    )
    ended = 0
    for run in silent:
        try:
            fail_planning(run=run, error=_("The worker that made this plan ended unexpectedly: plan again."))
        except RefusedError:
            continue  # it came back just now
        ended += 1
    return ended


@app.periodic(cron="* * * * *")
@app.task(
    name="look_after_planning", queue="periodic", queueing_lock="look_after_planning", pass_context=True
)
async def look_after_planning(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 procrastinate gives the time
    """Every minute: end silent runs, and hand the jobs of dead workers to living ones."""
    await sync_to_async(fail_silent_runs)()
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
