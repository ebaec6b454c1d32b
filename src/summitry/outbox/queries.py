"""Reading letters."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from summitry.files.queries import content_of
from summitry.ledger.queries import opened_values
from summitry.outbox.composing import Made, Recipient, Wording, compose
from summitry.outbox.models import Letter


class ErasedError(Exception):
    """The person to whom a letter goes was erased: neither address nor text can be read any more."""


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter as a list shows it.

    Attributes
    ----------
    address, name, subject
        Empty where the person was erased.
    """

    letter: Letter
    address: str
    name: str
    subject: str


def shown_letters(letters: Iterable[Letter]) -> list[ShownLetter]:
    """Open whom letters go to and what about, in one statement for all of them."""
    kept = list(letters)
    headings = opened_values([letter.heading for letter in kept])
    return [
        ShownLetter(letter, heading["address"], heading["name"], heading["subject"])
        if isinstance(heading, dict)
        else ShownLetter(letter, "", "", "")
        for letter, heading in zip(kept, headings, strict=True)
    ]


def letters_in(rows: QuerySet[Letter], edition_id: int, states: Iterable[str] = ()) -> QuerySet[Letter]:
    """Return an edition's letters, newest first, out of those (`rows`) that somebody may see; all states for none."""
    found = rows.filter(edition_id=edition_id).defer("contents").order_by("-posted_at", "-pk")
    wanted = list(states)
    return found.filter(state__in=wanted) if wanted else found


def count_by_state(rows: QuerySet[Letter], edition_id: int) -> dict[str, int]:
    """Return how many letters of an edition are in each state, out of those (`rows`) that somebody may see."""
    counted = rows.filter(edition_id=edition_id).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(Letter.State.values, 0) | dict(counted)


def message_of(letter: Letter) -> tuple[EmailMessage, str]:
    """Return a letter as the message to be sent, and the address to send it to.

    Raises
    ------
    ErasedError
        Where its person was erased.
    DamagedFileError
        Where a file that goes with it no longer holds what was kept.
    """
    heading, contents = opened_values([letter.heading, letter.contents])
    if not isinstance(heading, dict) or not isinstance(contents, dict):
        raise ErasedError
    files = [
        Made(name=one.name, media_type=one.file.media_type, content=content_of(one.file))
        for one in letter.enclosures.select_related("file")
    ]
    message = compose(
        message_id=letter.message_id,
        posted_at=letter.posted_at,
        sender=str(settings.DEFAULT_FROM_EMAIL),
        to=Recipient(
            id=letter.recipient_id,
            address=heading["address"],
            name=heading["name"],
            language=letter.language,
        ),
        wording=Wording(subject=heading["subject"], text=contents["text"], html=contents["html"]),
        made=[*map(_made, contents["made"]), *files],
    )
    return message, heading["address"]


def _made(kept: Mapping[str, Any]) -> Made:
    return Made(
        name=kept["name"],
        media_type=kept["media_type"],
        content=base64.b64decode(kept["content"]),
        parameters=kept["parameters"],
    )
