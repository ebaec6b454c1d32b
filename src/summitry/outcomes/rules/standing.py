"""Where a commitment stands: its reporting light and its timeliness.

:mod:`summitry.outcomes.queries.standing` says the same in SQL, for filters and counts over
thousands of rows; a test holds the two together.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from summitry.outcomes.kinds import Completion, Light, Progress, Timeliness
from summitry.outcomes.rules.calendar import add_months

#: What the owner reports no further on.
ENDED: Final = frozenset({Progress.COMPLETED, Progress.CANCELLED})


def report_due_on(*, reported_on: date | None, agreed_on: date, months: int) -> date:
    """Return by when the next report is due: `months` after the last one, or after the agreement."""
    return add_months(reported_on or agreed_on, months)


def reporting_light(
    *,
    agreed_on: date | None,
    reported_on: date | None,
    progress: str,
    is_closed: bool,
    months: int,
    today: date,
) -> Light:
    """Return whether a commitment is reported on (UN SDG partnership platform's traffic light).

    Parameters
    ----------
    months
        How often a report is asked for.

    Returns
    -------
    Light
        Green: a report within the cadence. Yellow: one is due. Red: two cadences have
        passed since the last. Inactive: two have passed and none ever came. None: no report
        is asked for, because it is not agreed or has ended.
    """
    if agreed_on is None or is_closed or progress in ENDED:
        return Light.NONE
    since = reported_on or agreed_on
    if today < add_months(since, months):
        return Light.GREEN
    if today < add_months(since, 2 * months):
        return Light.YELLOW
    return Light.RED if reported_on else Light.INACTIVE


def timeliness(
    *,
    progress: str,
    completion: str,
    due_on: date | None,
    expected_on: date | None,
    milestone_overdue: bool,
    light: str,
    today: date,
) -> Timeliness:
    """Return where a commitment stands in time, as it is told to the next edition.

    Parameters
    ----------
    completion
        What was assessed last; empty where nobody has.
    expected_on
        When the owner now expects it, where that was reported.
    milestone_overdue
        Whether a milestone was not met, or its day has passed without a word.

    Returns
    -------
    Timeliness
        Delivered: reported completed, and no assessment says less. Lapsed: cancelled, or
        its day has passed (or it has none) and for two cadences nobody has spoken of it.
        Late: its day has passed, a later one is expected, a milestone is overdue, or it is
        suspended.
    """
    if progress == Progress.COMPLETED and completion in {"", Completion.COMPLETE}:
        return Timeliness.DELIVERED
    if progress == Progress.CANCELLED:
        return Timeliness.LAPSED
    is_overdue = due_on is not None and due_on < today
    if (light == Light.INACTIVE and (is_overdue or due_on is None)) or (light == Light.RED and is_overdue):
        return Timeliness.LAPSED
    slips = due_on is not None and expected_on is not None and expected_on > due_on
    if is_overdue or slips or milestone_overdue or progress == Progress.SUSPENDED:
        return Timeliness.LATE
    return Timeliness.ON_TRACK
