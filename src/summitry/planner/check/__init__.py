"""The validator: every rule of the planner's formats, written a second time and as plainly as possible.

It shares no logic with the solver, so that the two can be held against each other.
"""

from __future__ import annotations

from summitry.planner.check.aims import score
from summitry.planner.check.meetings import check_meetings
from summitry.planner.check.plan import check, check_remedies
from summitry.planner.check.violation import Rule, Violation

__all__ = ["Rule", "Violation", "check", "check_meetings", "check_remedies", "score"]
