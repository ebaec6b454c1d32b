"""Runs with the real child process, workers that die, and adoptions that race."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from bilaterals_support import Summit, at, make_summit
from summitry.bilaterals.actions import adopt_plan, note_started, start_planning, stop_planning
from summitry.bilaterals.models import Meeting, PlanningRun, PlanVersion
from summitry.bilaterals.runner import run_planning
from summitry.bilaterals.tasks import fail_silent_runs, plan_edition
from summitry.bookings.models import Booking
from summitry.ledger.models import Entry
from summitry.records import RefusedError


def test_the_task_plans_in_a_child_and_keeps_the_draft(summit: Summit) -> None:
    summit.request()
    summit.request("no", "sn", windows=[(at(6), at(7))])
    run = start_planning(edition=summit.edition, by=summit.desk)
    plan_edition(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == ("finished", "")
    version = PlanVersion.objects.get(run=run)
    assert (version.status, version.placed.count(), version.unplanned.count()) == ("optimal", 1, 1)
    assert "weight" in run.progress["score"]
    assert Entry.objects.filter(verb="keep_plan").count() == 1


def test_progress_is_told_while_it_runs(summit: Summit) -> None:
    summit.request()
    told: list[Any] = []
    run_planning(start_planning(edition=summit.edition, by=summit.desk), on_progress=told.append)
    assert told
    assert {"seconds", "phase", "held", "requests", "score"} <= told[-1].keys()


def test_what_must_be_held_and_cannot_fails_the_run_with_its_reason(summit: Summit) -> None:
    summit.request(must_be_held=True, windows=[(at(6), at(7))])
    run = start_planning(edition=summit.edition, by=summit.desk)
    assert run_planning(run) is None
    assert run.state == "failed"
    assert run.error.startswith("No plan holds everything that must be held. 1: ")


def test_a_run_stopped_before_it_began_is_left_alone(summit: Summit) -> None:
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    stop_planning(run=run, by=summit.desk)
    assert run_planning(run) is None
    assert not PlanVersion.objects.exists()


def test_a_silent_run_is_failed_and_a_living_one_is_not(summit: Summit) -> None:
    summit.request()
    run = start_planning(edition=summit.edition, by=summit.desk)
    assert note_started(run)
    assert fail_silent_runs() == 0
    PlanningRun.objects.filter(pk=run.pk).update(seen_at=timezone.now() - timedelta(seconds=31))
    assert fail_silent_runs() == 1
    run.refresh_from_db()
    assert run.state == "failed"
    assert "ended unexpectedly" in run.error


@pytest.mark.usefixtures("fresh_database")
def test_a_run_asked_to_stop_keeps_the_best_plan_it_has() -> None:
    summit = make_summit()
    for number in range(40):
        pair = (("pl", "ma"), ("no", "sn"), ("ma", "sn"), ("pl", "no"))[number % 4]
        summit.request(*pair, minutes=45, level=("principal", "deputy", "expert")[number % 3])
    run = start_planning(edition=summit.edition, by=summit.desk, seconds=60)
    stopper = threading.Thread(target=_stop_when_running, args=(run.pk, summit))
    stopper.start()
    version = run_planning(run)
    stopper.join()
    run.refresh_from_db()
    if run.state == "finished":
        assert version is not None
        assert version.status == "optimal"  # not its limit
        pytest.skip("everything was proved before the run could be stopped")
    assert run.state == "cancelled"
    assert version is not None
    assert version.placed.count() > 0
    connections.close_all()


def _stop_when_running(run_id: int, summit: Summit) -> None:
    try:
        for _ in range(400):
            run = PlanningRun.objects.get(pk=run_id)
            if run.state == "running" and run.progress.get("found"):
                stop_planning(run=run, by=summit.desk)
                return
            if run.state not in {"queued", "running"}:
                return
            time.sleep(0.05)
    except RefusedError:
        return  # it ended by itself in between
    finally:
        connections.close_all()


@pytest.mark.usefixtures("fresh_database")
def test_of_two_adoptions_at_once_one_wins_and_the_other_is_told() -> None:
    summit = make_summit()
    summit.request()
    summit.request("no", "sn")
    drafts = [summit.draft(), summit.draft()]
    desk = summit.desk
    barrier, outcomes = threading.Barrier(2), []

    def adopt(version: PlanVersion) -> None:
        barrier.wait()
        try:
            adopt_plan(version=version, by=desk)
            outcomes.append("adopted")
        except RefusedError as refused:
            outcomes.append(refused.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=adopt, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won, told = sorted(outcomes, key=len)
    assert won == "adopted"
    assert "was adopted since" in told
    assert PlanVersion.objects.filter(state="adopted").count() == 1
    assert Meeting.objects.count() == 2
    assert Booking.objects.count() == 2 * 3
    assert Entry.objects.filter(verb="adopt_plan").count() == 1
    connections.close_all()
