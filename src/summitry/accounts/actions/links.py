"""Issuing, using and revoking links that allow one thing without logging in.

None of these is an action of its own: a link is issued, used and revoked inside the
action that it serves, which enters that in the ledger.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.links import SECRET_BYTES, ended, link_token, secret_hash
from summitry.accounts.models import AccessLink
from summitry.records import RefusedError
from summitry.records.models import Record

#: How often one link may be used within an hour.
MOST_IN_AN_HOUR: Final = 20
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOrder:
    """A link to be issued.

    Attributes
    ----------
    purpose
        The one verb that it allows: ``"report_progress"``.
    target
        The one record.
    recipient_id
        Public id of the person to whom it is sent.
    expires_at
        Until when it opens.
    most_uses
        How often it can be used; none: until it expires.
    """

    purpose: str
    target: Record
    recipient_id: UUID
    expires_at: datetime
    edition_id: int | None
    most_uses: int | None = None


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link, and the token for its address; the token is to be had only now, for only its hash is kept."""

    link: AccessLink
    token: str


def issue_link(
    *,
    purpose: str,
    target: Record,
    recipient_id: UUID,
    expires_at: datetime,
    edition_id: int | None,
    most_uses: int | None = None,
) -> IssuedLink:
    """Issue one link, as :class:`LinkOrder` says; called inside an action."""
    order = LinkOrder(
        purpose=purpose,
        target=target,
        recipient_id=recipient_id,
        expires_at=expires_at,
        edition_id=edition_id,
        most_uses=most_uses,
    )
    return issue_links([order])[0]


def issue_links(orders: Sequence[LinkOrder]) -> list[IssuedLink]:
    """Issue links in one statement, however many; called inside an action."""
    now = timezone.now()
    issued = []
    for order in orders:
        secret = secrets.token_bytes(SECRET_BYTES)
        link = AccessLink(
            purpose=order.purpose,
            target_type=order.target._meta.label_lower,  # noqa: SLF001 Django's documented name
            target_id=order.target.public_id,
            recipient_id=order.recipient_id,
            edition_id=order.edition_id,
            issued_at=now,
            expires_at=order.expires_at,
            most_uses=order.most_uses,
        )
        link.secret_hash = secret_hash(link, secret)
        issued.append(IssuedLink(link, link_token(link, secret)))
    AccessLink.objects.bulk_create(one.link for one in issued)
    return issued


def use_link(link: AccessLink) -> AccessLink:
    """Count one use of a link, inside the action that it allows, and so that no more than allowed succeed.

    Raises
    ------
    RefusedError
        Where it has expired, was revoked or is used up, or was used too often within an hour.
    """
    locked = AccessLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    now = timezone.now()
    if (why := ended(locked, now)) is not None:
        raise RefusedError(why)
    if locked.recent_since is None or now - locked.recent_since >= _HOUR:
        locked.recent_since, locked.recent_uses = now, 0
    if locked.recent_uses >= MOST_IN_AN_HOUR:
        raise RefusedError(_("This link was used very often within an hour: try again later."))
    locked.recent_uses += 1
    locked.uses += 1
    locked.last_used_at = now
    locked.save(update_fields=["recent_since", "recent_uses", "uses", "last_used_at"])
    return locked


def revoke_links(*, target: Record, purpose: str | None = None) -> int:
    """Revoke the links to a record (of one purpose, or all), inside an action; return how many opened until now."""
    found = AccessLink.objects.filter(target_id=target.public_id, revoked_at=None)
    if purpose is not None:
        found = found.filter(purpose=purpose)
    return found.update(revoked_at=timezone.now())
