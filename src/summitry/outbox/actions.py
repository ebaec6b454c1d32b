"""Every write about letters: posting them, and what becomes of them.

None of these is an action of its own: a letter is posted inside the action that it
tells of, and on its way nobody decides anything.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from summitry.files.rules import clean_name
from summitry.ledger.actions import sealed_values
from summitry.ledger.sealing import sealed
from summitry.outbox.composing import Enclosed, Made, Recipient, Wording
from summitry.outbox.models import Enclosure, Letter
from summitry.outbox.rules import CLAIM_LASTS, MOST_ATTEMPTS, ascii_address, back_off, one_line, scrubbed
from summitry.records import RefusedError, uuid7
from summitry.world.languages import language_chain

#: The background task that sends; the worker finds it by this name.
SEND_TASK: Final = "send_letters"
SEND_QUEUE: Final = "outbox"
OPEN: Final = (Letter.State.WAITING, Letter.State.SENDING, Letter.State.FAILED)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter to be posted; :func:`post_letter` says what its fields mean."""

    to: Recipient
    wordings: Mapping[str, Wording]
    key: str
    edition_id: int | None = None
    enclosed: Sequence[Enclosed] = ()
    made: Sequence[Made] = field(default_factory=tuple)
    not_before: datetime | None = None


def post_letter(
    *,
    to: Recipient,
    wordings: Mapping[str, Wording],
    key: str,
    edition_id: int | None = None,
    enclosed: Sequence[Enclosed] = (),
    made: Sequence[Made] = (),
    not_before: datetime | None = None,
) -> Letter:
    """Post one letter, inside the action that it tells of: both are kept, or neither.

    Parameters
    ----------
    wordings
        What it says, by language; of these the recipient's language is taken, else
        English, else whichever there is.
    key
        What it tells whom, at most 300 letters: ``"reminder:<commitment>:2019-11-30"``. A
        letter whose key was posted before is that letter; nothing is posted then.
    enclosed
        Files of the house.
    made
        Enclosures made for this letter alone.
    not_before
        When to send it; at once where not given.

    Raises
    ------
    RefusedError
        Where the address (field ``email``) is none to which letters can go.
    """
    draft = Draft(
        to=to,
        wordings=wordings,
        key=key,
        edition_id=edition_id,
        enclosed=enclosed,
        made=made,
        not_before=not_before,
    )
    return post_letters([draft])[0]


def post_letters(drafts: Sequence[Draft]) -> list[Letter]:
    """Post letters as :func:`post_letter` does, with the same number of statements however many they are."""
    first: dict[str, Draft] = {}
    for draft in drafts:
        first.setdefault(draft.key, draft)
    now = timezone.now()
    prepared = {key: _prepared(draft, now) for key, draft in first.items()}
    values = [value for one in prepared.values() for value in (one.heading, one.contents)]
    with transaction.atomic():
        closed = iter(sealed_values(values))
        for one in prepared.values():
            one.heading, one.contents = next(closed), next(closed)
        Letter.objects.bulk_create(prepared.values(), ignore_conflicts=True)
        kept = {letter.key: letter for letter in Letter.objects.filter(key__in=list(first))}
        Enclosure.objects.bulk_create(
            Enclosure(letter=kept[key], file=one.file, name=clean_name(one.name), position=position)
            for key, draft in first.items()
            if kept[key].public_id == prepared[key].public_id  # posted now, not before
            for position, one in enumerate(draft.enclosed)
        )
        transaction.on_commit(_call_worker, robust=True)
    return [kept[draft.key] for draft in drafts]


def _prepared(draft: Draft, now: datetime) -> Letter:
    to = draft.to
    try:
        address = ascii_address(one_line(to.address))
        validate_email(address)
    except (ValidationError, ValueError):
        raise RefusedError(
            _("No letter can go to “%(address)s”: give an address such as name@example.org.")
            % {"address": to.address},
            field="email",
        ) from None
    language = next(
        (code for code in language_chain(to.language) if code in draft.wordings), min(draft.wordings)
    )
    wording = draft.wordings[language]
    public_id = uuid7()
    host = urlsplit(str(settings.PUBLIC_URL)).hostname or "localhost"
    made = [
        {
            "name": clean_name(one.name),
            "media_type": one.media_type,
            "parameters": dict(one.parameters),
            "content": base64.b64encode(one.content).decode(),
        }
        for one in draft.made
    ]
    heading = {"address": address, "name": one_line(to.name), "subject": one_line(wording.subject)}
    contents = {"text": wording.text, "html": wording.html, "made": made}
    return Letter(
        public_id=public_id,
        message_id=f"<{public_id}@{host}>",
        key=draft.key,
        edition_id=draft.edition_id,
        recipient_id=to.id,
        language=language,
        heading=sealed(to.id, heading),
        contents=sealed(to.id, contents),
        posted_at=now,
        due_at=draft.not_before or now,
    )


def _call_worker() -> None:
    """Wake a worker; should that fail, the task of every minute finds the letter all the same."""
    with suppress(AlreadyEnqueued):  # a worker is about to look
        app.configure_task(SEND_TASK, queue=SEND_QUEUE, queueing_lock=SEND_TASK).defer()


def claim_letter(*, now: datetime) -> Letter | None:
    """Take the letter that has waited longest; no other worker takes it while the claim lasts.

    A letter that was taken ``CLAIM_LASTS`` ago and is not settled since is taken again:
    its worker died, before or after the letter went.

    Returns
    -------
    Letter or None
        None where nothing is due.
    """
    with transaction.atomic():
        due = Letter.objects.filter(state__in=OPEN, due_at__lte=now).order_by("due_at", "pk")
        letter = due.select_for_update(skip_locked=True, no_key=True).first()
        while letter is not None and letter.attempts >= MOST_ATTEMPTS:
            _settle(letter, Letter.State.ABANDONED, _("The worker ended each time while sending it."))
            letter = due.select_for_update(skip_locked=True, no_key=True).first()
        if letter is None:
            return None
        letter.state = Letter.State.SENDING
        letter.attempts += 1
        letter.due_at = now + CLAIM_LASTS
        letter.save(update_fields=["state", "attempts", "due_at"])
    return letter


def note_sent(letter: Letter) -> None:
    """Note that a claimed letter went; true even where another worker has taken it over meanwhile."""
    Letter.objects.filter(pk=letter.pk).exclude(state=Letter.State.SENT).update(
        state=Letter.State.SENT, sent_at=timezone.now(), error=""
    )


def note_not_sent(letter: Letter, *, error: str, address: str = "", for_good: bool = False) -> None:
    """Note that a claimed letter did not go; it is tried again later, unless `for_good` or too often tried.

    Parameters
    ----------
    error
        What to tell the secretariat; `address` is struck out of it.
    """
    told = scrubbed(error, address) if address else error
    if for_good or letter.attempts >= MOST_ATTEMPTS:
        _settle(letter, Letter.State.ABANDONED, told)
    else:
        _settle(letter, Letter.State.FAILED, told)


def _settle(letter: Letter, state: Letter.State, error: str) -> None:
    """Write what became of a claim, unless another has taken the letter over since."""
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, state__in=OPEN)
    if mine.update(state=state, error=error, due_at=timezone.now() + back_off(letter.attempts)):
        _log.warning("Letter %s was not sent (try %s): %s", letter.public_id, letter.attempts, error)


def send_again(letter: Letter) -> dict[str, Any]:
    """Have a letter that failed or was abandoned sent again at once; called inside an action.

    Returns
    -------
    dict
        What it was before, for the ledger.

    Raises
    ------
    RefusedError
        Where it is on its way, or went already.
    """
    locked = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if locked.state not in {Letter.State.FAILED, Letter.State.ABANDONED}:
        raise RefusedError(
            _("This letter is %(state)s: there is nothing to send again.")
            % {"state": locked.get_state_display()}
        )
    before = {"state": locked.state, "attempts": locked.attempts, "error": locked.error}
    locked.state, locked.attempts, locked.error = Letter.State.WAITING, 0, ""
    locked.due_at = timezone.now()
    locked.version += 1
    locked.save(update_fields=["state", "attempts", "error", "due_at", "version"])
    transaction.on_commit(_call_worker, robust=True)
    return before
