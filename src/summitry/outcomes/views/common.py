"""What the screens of outcomes share: the reader's language, names, addresses, refusals."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from summitry.accounts.access import actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries import naming_policy
from summitry.outcomes.models import Commitment
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.languages import base_code
from summitry.world.queries import names_for
from summitry.world.rules import DisplayName


def language() -> str:
    """Return the reader's language."""
    return base_code(get_language() or "en")


def entity_names(edition: Edition, entities: Iterable[int]) -> dict[int, DisplayName]:
    """Return what entities are called by an edition's policy in the reader's language, by id; three statements."""
    return names_for(
        set(entities), language=language(), on=clock.today(edition), policy=naming_policy(edition)
    )


def page(edition: Edition, name: str, /, *args: object, **filters: str) -> str:
    """Return the address of one of the screens, with what its list shall show."""
    address = reverse(f"outcomes:{name}", args=[edition.slug, *args])
    return f"{address}?{urlencode(filters)}" if filters else address


def refused(request: HttpRequest, url: str, error: RefusedError) -> HttpResponse:
    """Lead back with what was refused, in words."""
    return go(request, url, told=error.message, level="error")


def obtained(request: HttpRequest, edition: Edition, public_id: UUID) -> Commitment:
    """Return a commitment of the edition's series up to it, if the reader may see it.

    Raises
    ------
    Http404
        Where there is none such.
    """
    found = (
        visible(actor(request), Commitment)
        .filter(public_id=public_id, edition__series=edition.series_id, edition__number__lte=edition.number)
        .select_related(
            "edition",
            "meeting__request",
            "meeting__occasion",
            "session__occasion",
            "contact__person",
            "cleared_by",
        )
        .prefetch_related("parties")
        .first()
    )
    if found is None:
        raise Http404
    return found
