"""Links in letters that allow one thing without logging in: their tokens, and the guard of their pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, Linked, declare
from summitry.accounts.models import AccessLink

Parameters = ParamSpec("Parameters")
SECRET_BYTES: Final = 32
_ID_BYTES: Final = 16


def secret_hash(link: AccessLink, secret: bytes) -> bytes:
    """Return what is kept of a link's secret: SHA-256 over it and over what the link is for.

    The secret is 256 bits of chance, so a slow hash would add nothing.
    """
    parts = (
        b"summitry access link",
        link.public_id.bytes,
        link.purpose.encode(),
        link.target_type.encode(),
        link.target_id.bytes,
        link.recipient_id.bytes,
        secret,
    )
    return hashlib.sha256(b"".join(len(part).to_bytes(2, "big") + part for part in parts)).digest()


def link_token(link: AccessLink, secret: bytes) -> str:
    """Return the token for a link's address: which link, and its secret; 64 letters that addresses can hold."""
    return base64.urlsafe_b64encode(link.public_id.bytes + secret).decode()


def resolve_link(token: str, *, purpose: str) -> AccessLink | None:
    """Return the link whose token this is, expired or not; none where it is no link's, or another purpose's."""
    try:
        data = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(data) != _ID_BYTES + SECRET_BYTES:
        return None
    link = AccessLink.objects.filter(public_id=UUID(bytes=data[:_ID_BYTES]), purpose=purpose).first()
    if link is None:
        return None
    known = hmac.compare_digest(bytes(link.secret_hash), secret_hash(link, data[_ID_BYTES:]))
    return link if known else None


def ended(link: AccessLink, now: datetime) -> str | None:
    """Say why a link opens no more and what mends it; none while it opens."""
    if link.revoked_at is not None:
        return _("This link was withdrawn. Ask the secretariat for another, or log in.")
    if now >= link.expires_at:
        return _("This link has expired. Ask the secretariat for another, or log in.")
    if link.most_uses is not None and link.uses >= link.most_uses:
        return _("This link was used already. Ask the secretariat for another, or log in.")
    return None


def actor_by_link(link: AccessLink) -> Actor:
    """Return whoever comes by a link: nobody with an account, who may do that one thing alone."""
    allowed = Linked(link.purpose, link.target_type, link.target_id, link.recipient_id)
    return Actor(name=_("Link sent by e-mail"), link=allowed)


def link_view(
    purpose: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, AccessLink, Parameters], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Guard a page reached by a link: its address's ``token`` arrives as the link itself.

    Whoever asks acts by the link alone, also where they are logged in; so the address is
    all the authority there is, and no cookie is looked at: a form on the page needs no
    token against forgery (which could not work, for the page sends no referrer). A wrong
    token finds no page (404); one that has ended is told so (410). Asking for the page
    changes nothing: programs that look into mail follow links.
    """

    def guard(
        view: Callable[Concatenate[HttpRequest, AccessLink, Parameters], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, token: str, **words: Any) -> HttpResponseBase:
            link = resolve_link(token, purpose=purpose)
            if link is None:
                raise Http404
            request._actor = actor_by_link(link)  # type: ignore[attr-defined]  # noqa: SLF001 the request carries it
            why = ended(link, timezone.now())
            answer = (
                view(request, link, *args, **words)
                if why is None
                else render(request, "accounts/link_ended.html", {"why": why}, status=410)
            )
            answer["Referrer-Policy"] = "no-referrer"
            answer["X-Robots-Tag"] = "noindex, nofollow"
            answer["Cache-Control"] = "private, no-store"
            return answer

        guarded.csrf_exempt = True  # type: ignore[attr-defined]  # Django's mark; the reason stands above
        return declare(guarded, f"link: {purpose}")

    return guard
