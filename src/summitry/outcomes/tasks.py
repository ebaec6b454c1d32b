"""Background work: owners and visitors are reminded of what is due, and instruments are watched over."""

from __future__ import annotations

import logging

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from summitry.accounts.access import SYSTEM
from summitry.outcomes.actions.instrument_watch import expire_instruments, send_instrument_warnings
from summitry.outcomes.actions.reminders import send_reminders
from summitry.outcomes.actions.visits import send_visit_reminders
from summitry.outcomes.queries.reminders import editions_followed_up
from summitry.outcomes.queries.vocabulary import follow_up_settings
from summitry.records import RefusedError

_log = logging.getLogger(__name__)
REMIND_TASK = "remind_owners"
WATCH_TASK = "watch_instruments"
VISIT_TASK = "remind_visitors"


def remind_owners() -> int:
    """Post every reminder that is due and was not posted; return how many letters.

    Batch by batch, each in a transaction of its own: whoever goes on after this was killed
    finds what was posted, and posts the rest.
    """
    posted = 0
    for edition in editions_followed_up():
        if not follow_up_settings(edition).remind_every_days:
            continue
        while True:
            try:
                posted += send_reminders(edition=edition, by=SYSTEM)
            except RefusedError:  # nothing is left
                break
    if posted:
        _log.info("%s reminders posted", posted)
    return posted


@app.periodic(cron="41 * * * *")
@app.task(name=REMIND_TASK, queue="periodic", queueing_lock=REMIND_TASK)
async def remind_owners_every_hour(timestamp: int) -> None:  # noqa: ARG001 procrastinate gives the time
    """Every hour: what came due on an edition's day is told within it, whenever a worker was away."""
    await sync_to_async(remind_owners)()


def watch_instruments() -> tuple[int, int]:
    """Note what has expired and post every warning that is due; return how many instruments and letters.

    It concludes no silence: that a text is adopted, and under which number, the host says.
    Done twice, the second time finds nothing.
    """
    noted = posted = 0
    for edition in editions_followed_up():
        noted += expire_instruments(edition=edition)
        while True:
            try:
                posted += send_instrument_warnings(edition=edition, by=SYSTEM)
            except RefusedError:  # nothing is left
                break
    if noted or posted:
        _log.info("%s instruments expired, %s warnings posted", noted, posted)
    return noted, posted


@app.periodic(cron="*/5 * * * *")
@app.task(name=WATCH_TASK, queue="periodic", queueing_lock=WATCH_TASK)
async def watch_instruments_often(timestamp: int) -> None:  # noqa: ARG001 procrastinate gives the time
    """Every five minutes: silence ends at an exact time, and whoever concludes it hears of it soon."""
    await sync_to_async(watch_instruments)()


def remind_visitors() -> int:
    """Post the letter of every end-use visit that is due and was not posted; return how many.

    Done twice, the second time finds nothing.
    """
    posted = 0
    for edition in editions_followed_up():
        while True:
            try:
                posted += send_visit_reminders(edition=edition, by=SYSTEM)
            except RefusedError:  # nothing is left
                break
    if posted:
        _log.info("%s reminders of end-use visits posted", posted)
    return posted


@app.periodic(cron="23 * * * *")
@app.task(name=VISIT_TASK, queue="periodic", queueing_lock=VISIT_TASK)
async def remind_visitors_every_hour(timestamp: int) -> None:  # noqa: ARG001 procrastinate gives the time
    """Every hour, whenever a worker was away."""
    await sync_to_async(remind_visitors)()
