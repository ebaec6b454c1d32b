"""Who is to be written to because something of an instrument ends, and who has been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Grant, Role
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outbox.composing import Recipient
from summitry.outbox.models import Letter
from summitry.outcomes.models import Instrument, InstrumentParty
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.outcomes.queries.instrument_pages import silence_running
from summitry.outcomes.queries.instruments import instruments_to_warn

#: How long before silence ends those who have said nothing hear of it.
SILENCE_WARNING: Final = timedelta(days=1)


class SilenceWarned(StrEnum):
    """Of what is warned where a text lies under silence."""

    ENDS = "silence_ends"
    ENDED = "silence_ended"


@dataclass(frozen=True, slots=True)
class Watched:
    """A warning, and to whom it goes.

    Attributes
    ----------
    of
        A :class:`~summitry.outcomes.rules.instruments.Warned` or a :class:`SilenceWarned`.
    on
        The day it is about.
    at
        The exact time, of a silence.
    waiting
        Who has no letter of it yet.
    """

    instrument: Instrument
    of: str
    on: date
    at: datetime | None
    waiting: Sequence[Recipient] = field(default_factory=tuple)

    @property
    def about(self) -> Instrument:
        """The record."""
        return self.instrument

    def key(self, recipient: Recipient) -> str:
        """Return what a letter to a recipient is known by."""
        moment = self.at.isoformat() if self.at else self.on.isoformat()
        return f"instrument:{self.instrument.public_id}:{self.of}:{moment}:{recipient.id}"


def watched(*, edition: Edition) -> list[Watched]:
    """Return the warnings that are due in a series on an edition's clock; a constant number of statements.

    Of expiry and review hear the parties' focal points and the follow-up officers; of a
    silence that ends soon the focal points who have said nothing; of one that has ended the
    follow-up officers, who conclude it.
    """
    now = clock.now(edition)
    warnings = instruments_to_warn(who=SYSTEM, edition=edition)
    quiet = [
        one
        for one in silence_running(who=SYSTEM, edition=edition)
        if one.edition_id == edition.pk and one.expires_at - SILENCE_WARNING <= now
    ]
    rows = [one.instrument for one in warnings] + [one.instrument for one in quiet]
    parties = _parties(rows, edition)
    focal, officers = _people(edition, {one.pk for ours in parties.values() for one in ours})
    found: list[tuple[Watched, list[Recipient]]] = []
    for warning in warnings:
        told = [*_of(focal, parties[warning.instrument.pk]), *_officers(officers, warning.instrument)]
        found.append((Watched(warning.instrument, warning.of, warning.on, None), told))
    for one in quiet:
        over = one.expires_at <= now
        said = {reply.delegation_id for reply in one.replies.all()}
        silent = [each for each in parties[one.instrument_id] if each.pk not in said]
        of = SilenceWarned.ENDED if over else SilenceWarned.ENDS
        told = _officers(officers, one.instrument) if over else _of(focal, silent)
        day = clock.local(edition, one.expires_at).date()
        found.append((Watched(one.instrument, of, day, one.expires_at), told))
    return _without_posted(found)


def _without_posted(found: Sequence[tuple[Watched, list[Recipient]]]) -> list[Watched]:
    keys = {one.key(recipient) for one, told in found for recipient in told}
    posted = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    return [
        Watched(
            one.instrument,
            one.of,
            one.on,
            one.at,
            [each for each in {each.id: each for each in told}.values() if one.key(each) not in posted],
        )
        for one, told in found
    ]


def _parties(rows: Iterable[Instrument], edition: Edition) -> Mapping[int, list[Delegation]]:
    """Return the parties' delegations at an edition, by instrument; two statements."""
    pairs = list(
        InstrumentParty.objects.filter(instrument__in=[row.pk for row in rows]).values_list(
            "instrument", "entity"
        )
    )
    here = {
        one.entity_id: one
        for one in Delegation.objects.filter(edition=edition, entity__in={entity for _row, entity in pairs})
    }
    found: dict[int, list[Delegation]] = defaultdict(list)
    for row, entity in pairs:
        if entity in here:
            found[row].append(here[entity])
    return found


def _people(edition: Edition, delegations: set[int]) -> tuple[dict[int, list[Recipient]], list[Recipient]]:
    """Return the focal points of delegations, and the follow-up officers; two statements."""
    focal: dict[int, list[Recipient]] = defaultdict(list)
    grants = Grant.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    for grant in grants.filter(role=Role.FOCAL_POINT, delegation_id__in=delegations):
        if grant.delegation_id is not None:
            focal[grant.delegation_id].append(_recipient(grant))
    officers = grants.filter(role=Role.FOLLOW_UP, edition_id=edition.pk)
    return focal, [_recipient(grant) for grant in officers]


def _recipient(grant: Grant) -> Recipient:
    user = grant.user
    return Recipient(id=user.public_id, address=user.email, name=user.name, language=user.language)


def _of(focal: Mapping[int, list[Recipient]], delegations: Iterable[Delegation]) -> list[Recipient]:
    return [each for one in delegations for each in focal.get(one.pk, [])]


def _officers(officers: list[Recipient], row: Instrument) -> list[Recipient]:
    """Return the officers who may know of an instrument: what is secret the chief of protocol keeps."""
    return [] if row.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL else officers
