"""Watching over instruments: letters in time before something of them ends, and noting that their time has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import SYSTEM, Actor
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.outbox.actions import Draft
from summitry.outbox.composing import Recipient, absolute_url
from summitry.outcomes.actions.instruments import note_lifecycle
from summitry.outcomes.actions.notices import is_secret, post_notices
from summitry.outcomes.instrument_letters import Told, warning_wordings
from summitry.outcomes.kinds import LifecycleState
from summitry.outcomes.letters import for_letters
from summitry.outcomes.models import Instrument
from summitry.outcomes.queries.instrument_watch import Watched, watched
from summitry.records import RefusedError

_RUNNING: Final = (
    LifecycleState.IN_EFFECT,
    LifecycleState.AMENDED,
    LifecycleState.UNDER_REVIEW,
    LifecycleState.RENEWED,
)


@action
def send_instrument_warnings(*, edition: Edition, by: Actor) -> int:
    """Post the warnings of instruments that are due and not posted yet; return how many letters.

    Each goes once to each: done twice, the second time finds nothing to post. Letters and
    what the ledger says of them are kept together.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where nothing is due that was not posted already.
    """
    return post_notices(
        edition=edition,
        by=by,
        verb="send_instrument_warnings",
        told_as="instruments",
        due=lambda: watched(edition=edition),
        draft=lambda one, recipient: _draft(edition, one, recipient),
    )


def _draft(edition: Edition, one: Watched, recipient: Recipient) -> Draft:
    row = one.instrument
    secret = is_secret(row)
    told = Told(
        of=one.of,
        ref=row.ref,
        name=recipient.name or recipient.address,
        title={} if secret else dict(row.title),
        edition=for_letters(edition.name),
        on=one.on,
        at=clock.wall(edition, one.at) if one.at else None,
        zone=edition.timezone,
        url=absolute_url(reverse("outcomes:instrument", args=[edition.slug, row.public_id])),
    )
    return Draft(to=recipient, wordings=warning_wordings(told), key=one.key(recipient), edition_id=edition.pk)


def expired_unnoted(*, edition: Edition) -> Sequence[Instrument]:
    """Return the instruments of a series whose last day has passed and that nobody noted as expired; one statement.

    What renews itself goes on. Its last day itself is still in force.
    """
    rows = Instrument.objects.filter(
        series=edition.series_id,
        edition__number__lte=edition.number,
        state__in=_RUNNING,
        auto_renews=False,
        expires_on__lt=clock.today(edition),
    )
    return list(rows.annotate(last_noted=Max("events__on")).order_by(F("expires_on").asc(), "pk"))


def expire_instruments(*, edition: Edition) -> int:
    """Note of every instrument whose last day has passed that it has expired; return of how many.

    Each is an action of its own; done twice, the second time finds nothing. It is noted for
    its last day, or for the last step that was noted after that.
    """
    noted = 0
    for one in expired_unnoted(edition=edition):
        assert one.expires_on is not None
        last = one.last_noted  # type: ignore[attr-defined]  # annotated above
        try:
            note_lifecycle(
                instrument=one,
                state=LifecycleState.EXPIRED,
                on=max(one.expires_on, last) if last else one.expires_on,
                reason=_("Its last day was %(day)s.") % {"day": one.expires_on.isoformat()},
                by=SYSTEM,
                edition=edition,
            )
        except RefusedError:  # somebody noted something of it meanwhile
            continue
        noted += 1
    return noted
