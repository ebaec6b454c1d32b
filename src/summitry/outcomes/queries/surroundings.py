"""What stands around one commitment: where it was agreed, what serves it, where it was carried to, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.models import Entry
from summitry.outcomes.models import Article, CarryOver, Commitment, Handover
from summitry.outcomes.queries.handovers import Accepted, accepted_for


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the ledger about a commitment.

    Attributes
    ----------
    at
        On the clock of the reader's edition.
    """

    at: datetime
    verb: str
    by: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page tells beside the commitment itself.

    Attributes
    ----------
    meeting_parties
        Entities that met where it was agreed in a bilateral.
    accepted
        How much was accepted in handovers towards it.
    """

    meeting_parties: Sequence[int]
    article: Article | None
    handovers: Sequence[Handover]
    accepted: Accepted
    carried: Sequence[CarryOver]
    history: Sequence[Happened]


def surroundings(*, commitment: Commitment, edition: Edition, who: Actor, full: bool) -> Surroundings:
    """Return what stands around a commitment that was obtained for `who`; at most nine statements.

    Parameters
    ----------
    full
        Whether the reader works with it: the press is told neither its history nor where it was agreed.
    """
    if not full:
        return Surroundings((), None, (), Accepted(), (), ())
    meeting = commitment.meeting
    return Surroundings(
        meeting_parties=[
            party.delegation.entity_id for party in meeting.request.parties.select_related("delegation")
        ]
        if meeting
        else (),
        article=visible(who, Article).filter(pk=commitment.article_id).select_related("instrument").first()
        if commitment.article_id
        else None,
        handovers=list(
            visible(who, Handover).filter(commitments=commitment).order_by("edition__number", "number")
        ),
        accepted=accepted_for([commitment.pk])[commitment.pk],
        carried=list(
            visible(who, CarryOver)
            .filter(commitment=commitment, edition__number__lte=edition.number)
            .select_related("edition")
            .order_by("edition__number")
        ),
        history=_history(commitment, edition),
    )


def _history(commitment: Commitment, edition: Edition) -> list[Happened]:
    rows = Entry.objects.filter(
        target_type=commitment._meta.label_lower,  # noqa: SLF001 Django's documented name
        target_id=commitment.public_id,
    ).order_by("-chain", "-sequence")
    ahead = edition.clock_offset or timedelta()
    return [
        Happened(
            clock.wall(edition, row.at + ahead),
            row.verb,
            row.actor_name,
            row.before or {},
            row.after or {},
        )
        for row in rows
    ]
