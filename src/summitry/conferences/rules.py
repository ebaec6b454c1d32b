"""What the settings of an edition must agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONGEST_GRID = 60
LONGEST_MEETING = 240
LONGEST_PLANNING = 3600


@dataclass(frozen=True, slots=True)
class PlanningSettings:
    """What the planner and the request forms go by; times in minutes but for `planning_seconds`."""

    grid_minutes: int
    break_minutes: int
    turnaround_minutes: int
    lead_minutes: int
    meeting_minutes: int
    offered_minutes: Sequence[int]
    principal_meetings_per_sitting: int
    principal_consecutive_meetings: int
    planning_seconds: int
    weight_principal: int
    weight_deputy: int
    weight_expert: int
    weight_host_factor: int


def settings_errors(chosen: PlanningSettings) -> dict[str, str]:
    """Return what is wrong with settings, by field, each with its mend; nothing where all agree.

    The lengths of meetings lie on the grid, as the planner's format asks.
    """
    if not 1 <= chosen.grid_minutes <= LONGEST_GRID:
        return {"grid_minutes": _("Choose a grid of 1 to %(most)d minutes.") % {"most": LONGEST_GRID}}
    return _length_errors(chosen) | _limit_errors(chosen)


def _length_errors(chosen: PlanningSettings) -> dict[str, str]:
    errors: dict[str, str] = {}
    off = [minutes for minutes in chosen.offered_minutes if minutes % chosen.grid_minutes]
    grid = {"grid": chosen.grid_minutes}
    if chosen.meeting_minutes % chosen.grid_minutes:
        errors["meeting_minutes"] = _("Choose a multiple of the grid of %(grid)d minutes.") % grid
    elif chosen.offered_minutes and chosen.meeting_minutes not in chosen.offered_minutes:
        errors["meeting_minutes"] = _("Choose one of the lengths that are offered.")
    if off:
        told = {**grid, "off": ", ".join(map(str, off))}
        errors["offered_minutes"] = _("%(off)s: choose multiples of the grid of %(grid)d minutes.") % told
    elif any(not 1 <= minutes <= LONGEST_MEETING for minutes in chosen.offered_minutes):
        errors["offered_minutes"] = _("Choose lengths of at most %(most)d minutes.") % {
            "most": LONGEST_MEETING
        }
    return errors


def _limit_errors(chosen: PlanningSettings) -> dict[str, str]:
    errors: dict[str, str] = {}
    if chosen.principal_consecutive_meetings > chosen.principal_meetings_per_sitting:
        errors["principal_consecutive_meetings"] = _("Choose no more than a sitting may hold.")
    if not chosen.weight_principal >= chosen.weight_deputy >= chosen.weight_expert:
        errors["weight_deputy"] = _(
            "A meeting of deputies weighs no more than principals', no less than experts'."
        )
    if not 1 <= chosen.planning_seconds <= LONGEST_PLANNING:
        errors["planning_seconds"] = _("Choose 1 to %(most)d seconds.") % {"most": LONGEST_PLANNING}
    return errors
