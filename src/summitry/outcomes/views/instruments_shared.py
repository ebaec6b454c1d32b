"""What the screens of one instrument share."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed, visible
from summitry.conferences.models import Edition
from summitry.outcomes.models import Instrument


def obtained_instrument(request: HttpRequest, edition: Edition, public_id: UUID) -> Instrument:
    """Return an instrument of the edition's series up to it, if the reader may see it.

    Raises
    ------
    Http404
        Where there is none such.
    """
    found = (
        visible(actor(request), Instrument)
        .filter(public_id=public_id, series=edition.series_id, edition__number__lte=edition.number)
        .select_related(
            "edition__series",
            "edition__hosted_by",
            "meeting__request",
            "meeting__occasion",
            "session__occasion",
            "depositary",
            "cleared_by",
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def kept_instrument(request: HttpRequest, edition: Edition, public_id: UUID, verb: str) -> Instrument:
    """Return an instrument that the reader may see and do something with.

    Raises
    ------
    Http404
        Where there is none such.
    PermissionDenied
        Where the reader does not follow it up.
    """
    found = obtained_instrument(request, edition, public_id)
    if not allowed(actor(request), verb, found):
        raise PermissionDenied(_("You do not follow this instrument up."))
    return found
