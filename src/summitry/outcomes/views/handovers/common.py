"""What the screens of handovers share."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed
from summitry.accounts.models import Role
from summitry.conferences.models import Edition
from summitry.outcomes import queries
from summitry.outcomes.models import Handover
from summitry.outcomes.views.steps import KEEPING

#: Who keeps handovers, and who speaks for a side.
SIDES: Final = (*KEEPING, Role.FOCAL_POINT)


def obtained(request: HttpRequest, edition: Edition, public_id: UUID) -> Handover:
    """Return a handover of the edition's series up to it, if the reader may see it.

    Raises
    ------
    Http404
        Where there is none such.
    """
    rows = queries.handovers(who=actor(request), edition=edition).filter(public_id=public_id)
    found = rows.select_related("ceremony__occasion", "cleared_by").first()
    if found is None:
        raise Http404
    return found


def obtained_for(request: HttpRequest, edition: Edition, public_id: UUID, verb: str) -> Handover:
    """Return a handover to somebody who may do something with it.

    Raises
    ------
    Http404
        Where there is none that the reader may see.
    PermissionDenied
        Where they may only look at it.
    """
    found = obtained(request, edition, public_id)
    if not allowed(actor(request), verb, found):
        raise PermissionDenied(_("This is for others of this handover to do."))
    return found
