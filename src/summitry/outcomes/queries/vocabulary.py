"""The words and settings of a series and its editions."""

from __future__ import annotations

import re

from summitry.accounts.access import Actor, visible
from summitry.conferences.models import Edition
from summitry.outcomes.models import Area, FollowUpSettings
from summitry.world.models import Entity, Region

_M49 = re.compile(r"^[0-9]{3}$")


def areas_of(edition: Edition, *, who: Actor, retired: bool = False) -> list[Area]:
    """Return the areas that an edition's series offers (or has ever offered), in order, in one statement."""
    rows = visible(who, Area).filter(series=edition.series_id)
    return list(rows if retired else rows.filter(retired=False))


def follow_up_settings(edition: Edition) -> FollowUpSettings:
    """Return what an edition's follow-up goes by: its own, or the defaults (not stored); one statement."""
    found = FollowUpSettings.objects.filter(edition=edition).first()
    return found or FollowUpSettings(edition=edition)


def known_places() -> frozenset[str]:
    """Return the codes by which places can be named: ISO 3166-1 alpha-2 and UN M49; two statements."""
    states = Entity.objects.filter(iso2__isnull=False).values_list("iso2", "m49")
    codes = {code for pair in states for code in pair if code}
    regions = Region.objects.filter(scheme__code__startswith="m49").values_list("code", flat=True)
    return frozenset(codes | {code for code in regions if _M49.match(code)} | {"001"})  # 001: the world
