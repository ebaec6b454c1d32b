from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from summitry.accounts.access import SYSTEM
from summitry.config.database.prepare import superuser
from summitry.files.actions import keep_file
from summitry.ledger.actions import action, erase_person, record
from summitry.outbox.actions import Draft, claim_letter, note_not_sent, note_sent, post_letters, send_again
from summitry.outbox.carriers import FolderCarrier, SmtpCarrier
from summitry.outbox.composing import Enclosed, Recipient, Wording
from summitry.outbox.models import Letter
from summitry.outbox.rules import CLAIM_LASTS, MOST_ATTEMPTS
from summitry.outbox.sending import send_letters
from summitry.outbox.server import MailServer
from summitry.records import RefusedError
from support.mailbox import Mailbox

S = Letter.State


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@action
def post(count: int = 1, *, person: UUID | None = None, **words: Any) -> list[Letter]:
    letters = post_letters(
        [
            Draft(
                to=Recipient(id=person or uuid4(), address=f"p{number}@example.org", name="Ole Berg"),
                wordings={"en": Wording(subject="A commitment is due", text="Thirty days are left.")},
                key=f"{number}",
                **words,
            )
            for number in range(count)
        ]
    )
    record(by=SYSTEM, verb="post", target=None, edition_id=None)
    return letters


def by_smtp(mailbox: Mailbox) -> SmtpCarrier:
    return SmtpCarrier(MailServer.from_url(mailbox.url))


def states() -> Counter[str]:
    return Counter(Letter.objects.values_list("state", flat=True))


def make_due() -> None:
    """Let the time pass after which letters that failed, or whose worker died, are taken again."""
    Letter.objects.exclude(state__in=[S.SENT, S.ABANDONED]).update(due_at=timezone.now())


def test_letters_are_sent_to_the_server_once(db: None, mailbox: Mailbox) -> None:
    letters = post(3)
    assert send_letters(carrier=by_smtp(mailbox)).sent == 3
    assert send_letters(carrier=by_smtp(mailbox)).sent == 0
    assert mailbox.ids == [letter.message_id for letter in letters]
    assert states() == {S.SENT: 3}
    assert str(mailbox.received[0]["To"]) == "Ole Berg <p0@example.org>"


def test_without_a_server_letters_become_files_named_by_their_message_id(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    letter = post()[0]
    send_letters()
    Letter.objects.update(state=S.WAITING, sent_at=None)  # as if a worker had died before it noted this
    send_letters()
    assert [path.name for path in (tmp_path / "mail").iterdir()] == [f"{letter.public_id}@localhost.eml"]


def test_a_letter_is_not_sent_before_its_time(db: None, mailbox: Mailbox) -> None:
    post(not_before=timezone.now() + CLAIM_LASTS)
    assert send_letters(carrier=by_smtp(mailbox)).sent == 0


_WORKER = """
import django
django.setup()
from summitry.outbox.sending import send_letters
send_letters()
"""


def _worker(database: str, mailbox: Mailbox) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SUMMITRY_DATABASE": database, "SUMMITRY_MAIL_URL": mailbox.url}
    return subprocess.Popen([sys.executable, "-c", _WORKER], env=environment)


def test_a_worker_killed_between_two_letters_loses_none_and_repeats_at_most_one(
    fresh_database: str, mailbox: Mailbox
) -> None:
    letters = post(6)
    worker_is_there, killed = Event(), Event()
    workers: list[subprocess.Popen[bytes]] = []

    def kill_at_the_third(_letter: EmailMessage) -> None:
        if len(mailbox.received) == 3:
            worker_is_there.wait()
            os.kill(workers[0].pid, signal.SIGKILL)
            workers[0].wait()
            killed.set()

    mailbox.on_letter = kill_at_the_third
    workers.append(_worker(fresh_database, mailbox))
    worker_is_there.set()
    assert killed.wait(60)
    assert workers[0].returncode == -signal.SIGKILL
    assert states() == {S.SENT: 2, S.SENDING: 1, S.WAITING: 3}

    assert send_letters(carrier=by_smtp(mailbox)).sent == 3  # the third is still the dead worker's
    make_due()
    assert send_letters(carrier=by_smtp(mailbox)).sent == 1
    assert states() == {S.SENT: 6}
    expected = Counter(letter.message_id for letter in letters)
    expected[letters[2].message_id] += 1  # a copy, known by its identifier
    assert Counter(mailbox.ids) == expected


def test_two_workers_at_once_send_each_letter_once(fresh_database: str, mailbox: Mailbox) -> None:
    letters = post(20)
    mailbox.on_letter = lambda _letter: time.sleep(0.01)  # so that both are at it for a while
    workers = [_worker(fresh_database, mailbox) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert sorted(mailbox.ids) == sorted(letter.message_id for letter in letters)
    assert states() == {S.SENT: 20}


def test_of_many_who_claim_at_once_each_gets_another_letter(fresh_database: str) -> None:
    post(4)
    together, claimed = Barrier(6), []

    def claim() -> None:
        together.wait()
        letter = claim_letter(now=timezone.now())
        claimed.append(letter.pk if letter else None)
        connections.close_all()

    threads = [Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(claimed) == Counter([*Letter.objects.values_list("pk", flat=True), None, None])


def test_what_fails_is_tried_again_later_and_in_the_end_abandoned_with_the_error(
    db: None, mailbox: Mailbox
) -> None:
    mailbox.refused["p0@example.org"] = "450 the mailbox p0@example.org is full"
    post(2)
    send_letters(carrier=by_smtp(mailbox))
    failed = Letter.objects.get(key="0")
    assert states() == {S.FAILED: 1, S.SENT: 1}
    assert failed.error == "The mail server answered 450: the mailbox … is full"
    assert failed.due_at > timezone.now()

    for _ in range(MOST_ATTEMPTS - 1):
        make_due()
        send_letters(carrier=by_smtp(mailbox))
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (S.ABANDONED, MOST_ATTEMPTS)
    assert "is full" in failed.error


def test_a_mailbox_that_does_not_exist_is_not_tried_again(db: None, mailbox: Mailbox) -> None:
    mailbox.refused["p0@example.org"] = "550 no such mailbox"
    post()
    send_letters(carrier=by_smtp(mailbox))
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (S.ABANDONED, 1)


def test_a_server_that_is_not_there_is_asked_once_and_named(db: None) -> None:
    with Mailbox() as gone:
        carrier = by_smtp(gone)
    post(3)
    assert send_letters(carrier=carrier).not_sent == 1
    assert states() == {S.FAILED: 1, S.WAITING: 2}
    assert "cannot be reached" in Letter.objects.get(state=S.FAILED).error


def test_a_folder_that_cannot_be_written_is_named(db: None, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    post()
    send_letters(carrier=FolderCarrier(tmp_path / "mail"))
    assert "exists" in Letter.objects.get(state=S.FAILED).error


def test_a_letter_on_which_workers_die_is_abandoned_at_last(db: None) -> None:
    post()
    for _ in range(MOST_ATTEMPTS):
        assert claim_letter(now=timezone.now()) is not None
        make_due()
    assert claim_letter(now=timezone.now()) is None
    letter = Letter.objects.get()
    assert letter.state == S.ABANDONED
    assert "The worker ended" in letter.error


def test_a_slow_worker_does_not_undo_what_another_did_since(db: None) -> None:
    post()
    slow = claim_letter(now=timezone.now())
    make_due()
    other = claim_letter(now=timezone.now())
    assert slow is not None
    assert other is not None
    note_not_sent(slow, error="too late")
    assert states() == {S.SENDING: 1}
    note_sent(other)
    note_not_sent(slow, error="too late")
    assert states() == {S.SENT: 1}


def test_a_letter_to_somebody_erased_is_not_sent(db: None, mailbox: Mailbox) -> None:
    person = uuid4()
    post(person=person)
    erase_person(person_id=person, by=SYSTEM)
    send_letters(carrier=by_smtp(mailbox))
    letter = Letter.objects.get()
    assert letter.state == S.ABANDONED
    assert "erased" in letter.error
    assert not mailbox.received


def test_a_letter_with_a_damaged_file_is_not_sent(fresh_database: str, mailbox: Mailbox) -> None:
    post(enclosed=[Enclosed(file=keep_file(content=b"as agreed", name="a.txt"), name="a.txt")])
    with superuser(fresh_database) as almighty:
        almighty.execute("SET session_replication_role = replica")  # triggers are asleep
        almighty.execute("DELETE FROM files_contents")
    send_letters(carrier=by_smtp(mailbox))
    assert "damaged" in Letter.objects.get(state=S.ABANDONED).error
    assert not mailbox.received


def test_what_was_abandoned_can_be_sent_again_and_what_is_on_its_way_cannot(
    db: None, mailbox: Mailbox
) -> None:
    mailbox.refused["p0@example.org"] = "550 no such mailbox"
    letter = post()[0]
    with pytest.raises(RefusedError, match="nothing to send again"):
        send_again(letter)
    send_letters(carrier=by_smtp(mailbox))
    mailbox.refused.clear()
    assert send_again(letter)["attempts"] == 1
    send_letters(carrier=by_smtp(mailbox))
    assert mailbox.ids == [letter.message_id]
    with pytest.raises(RefusedError, match="is sent"):
        send_again(letter)


_ONE_ROUND = """
import django
django.setup()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()) as working:
    working.run_worker(queues=["outbox"], wait=False)
"""


def test_posting_wakes_a_worker_that_sends(fresh_database: str, mailbox: Mailbox) -> None:
    letter = post()[0]
    environment = {**os.environ, "SUMMITRY_DATABASE": fresh_database, "SUMMITRY_MAIL_URL": mailbox.url}
    subprocess.run([sys.executable, "-c", _ONE_ROUND], env=environment, check=True, timeout=60)
    assert mailbox.ids == [letter.message_id]
    assert set(
        ProcrastinateJob.objects.filter(task_name="send_letters").values_list("status", flat=True)
    ) == {"succeeded"}
