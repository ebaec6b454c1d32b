"""Sending what waits: claim, send, note.

Between sending and noting a worker can die: then the letter goes again when its claim
is over, under the same Message-ID, by which a reader's mail program knows the copy. So
none is lost, and while a worker lives none goes twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.files.queries import DamagedFileError
from summitry.outbox.actions import claim_letter, note_not_sent, note_sent
from summitry.outbox.carriers import (
    Carrier,
    CarrierError,
    RefusedForGoodError,
    UnreachableError,
    usual_carrier,
)
from summitry.outbox.models import Letter
from summitry.outbox.queries import ErasedError, message_of

_AT_MOST: Final = 1000


@dataclass(slots=True)
class Tally:
    """How many letters went, and how many did not."""

    sent: int = 0
    not_sent: int = 0


def send_letters(*, carrier: Carrier | None = None, at_most: int = _AT_MOST) -> Tally:
    """Send the letters that are due, one after the other; any number of workers may do so at once.

    Parameters
    ----------
    carrier
        What carries them; that of the settings where not given.
    at_most
        How many before the worker turns to other work; the rest follow within a minute.
    """
    tally = Tally()
    with carrier or usual_carrier() as carrying:
        while tally.sent + tally.not_sent < at_most:
            letter = claim_letter(now=timezone.now())
            if letter is None:
                break
            try:
                went = _send(letter, carrying)
            except UnreachableError:
                tally.not_sent += 1
                break  # nor would the others go
            tally.sent += went
            tally.not_sent += not went
    return tally


def _send(letter: Letter, carrier: Carrier) -> bool:
    try:
        message, address = message_of(letter)
    except ErasedError:
        note_not_sent(letter, error=_("The person was erased before it was sent."), for_good=True)
        return False
    except DamagedFileError:
        note_not_sent(letter, error=_("A file that goes with it is damaged: restore it."), for_good=True)
        return False
    try:
        carrier.carry(message, to=address)
    except CarrierError as error:
        note_not_sent(
            letter, error=str(error), address=address, for_good=isinstance(error, RefusedForGoodError)
        )
        if isinstance(error, UnreachableError):
            raise
        return False
    note_sent(letter)
    return True
