"""Background work: sending letters, when one is posted and every minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from summitry.outbox.actions import SEND_QUEUE, SEND_TASK
from summitry.outbox.sending import send_letters


@app.task(name=SEND_TASK, queue=SEND_QUEUE, queueing_lock=SEND_TASK)
def send_posted_letters() -> None:
    """Send what was just posted."""
    send_letters()


@app.periodic(cron="* * * * *")
@app.task(name="send_due_letters", queue=SEND_QUEUE, queueing_lock="send_due_letters")
def send_due_letters(timestamp: int) -> None:  # noqa: ARG001 procrastinate gives the time
    """Every minute: send what was to wait, what failed and is tried again, and what a dead worker left."""
    send_letters()
