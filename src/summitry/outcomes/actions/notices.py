"""Letters that go once to each who is to hear of a record: warnings, reminders of visits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.ledger.actions import record
from summitry.outbox.actions import Draft, post_letters
from summitry.outbox.composing import Recipient
from summitry.outcomes.access import may_settle
from summitry.outcomes.models import Commitment, Handover, Instrument
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.records import RefusedError

#: Of how many records one entry of the ledger tells at most.
AT_ONCE: Final = 200


class Notice(Protocol):
    """What is due to be written of a record, and to whom it was not yet."""

    @property
    def waiting(self) -> Sequence[Recipient]:
        """Who has no letter of it yet."""

    @property
    def about(self) -> Handover | Instrument:
        """The record."""


NoticeType = TypeVar("NoticeType", bound=Notice)


def is_secret(outcome: Commitment | Handover | Instrument) -> bool:
    """Tell whether neither a letter nor the ledger may say what the record is about."""
    return bool(outcome.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL)


def check_sender(by: Actor, edition: Edition) -> None:
    """Refuse whoever does not follow the edition's outcomes up."""
    if not (by.is_administrator or may_settle(by, edition)):
        raise PermissionDenied(_("Only the secretariat and the follow-up officer send these letters."))


def post_notices(
    *,
    edition: Edition,
    by: Actor,
    verb: str,
    told_as: str,
    due: Callable[[], Iterable[NoticeType]],
    draft: Callable[[NoticeType, Recipient], Draft],
) -> int:
    """Post within an action what is due and not posted yet, with its entry in the ledger; return how many letters.

    Each goes once to each: done twice, the second time finds nothing to post. Letters and
    what the ledger says of them are kept together.

    Parameters
    ----------
    told_as
        Under which name the ledger lists the records, secret ones apart.
    due
        Asked once nobody else posts for the edition.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where nothing is due that was not posted already.
    """
    check_sender(by, edition)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)  # one at a time
    waiting = [one for one in due() if one.waiting][:AT_ONCE]
    if not waiting:
        raise RefusedError(_("Every letter that is due has been sent already."))
    drafts = [draft(one, recipient) for one in waiting for recipient in one.waiting]
    post_letters(drafts)
    told = dict.fromkeys(one.about.ref for one in waiting if not is_secret(one.about))
    record(
        by=by,
        verb=verb,
        target=edition,
        edition_id=edition.pk,
        after={"letters": len(drafts), told_as: list(told)},
    )
    return len(drafts)
