"""When an owner is reminded, and of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from summitry.outcomes.kinds import Light


class Reason(StrEnum):
    """What an owner is reminded of."""

    DUE_SOON = "due-soon"
    DUE = "due"  # on the day, or the first time after it
    OVERDUE = "overdue"
    REPORT_DUE = "report-due"
    REPORT_OVERDUE = "report-overdue"
    ASKED = "asked"  # somebody at the host's desk wants to know now


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is due.

    Attributes
    ----------
    since
        The day that it counts from: when the commitment is due, or its report.
    turn
        The first is 0; each further period without an answer is one more.
    """

    reason: Reason
    since: date
    turn: int = 0

    def key(self, commitment: object, recipient: object) -> str:
        """Return what is told whom once: the same whenever it is worked out."""
        return f"reminder:{commitment}:{self.reason}:{self.since.isoformat()}:{self.turn}:{recipient}"


def reminder_due(
    *,
    due_on: date | None,
    expected_on: date | None,
    reported_on: date | None,
    report_due_on: date,
    lapses_on: date,
    light: str,
    today: date,
    warning_days: int,
    every_days: int,
) -> Reminder | None:
    """Return the one reminder that an open commitment calls for on a day; none where it calls for none.

    What is due presses more than a report: in the time before, at and after the day it is
    due, its owner hears of that alone (and is asked to report); otherwise of the report
    once it is due (the light turns yellow) and once it is overdue (red). Who has reported
    lately is left in peace for a while.

    Parameters
    ----------
    due_on, expected_on
        When it is due; when the owner expects it, if that is later it counts.
    report_due_on, lapses_on
        On which the light turns yellow, and red.
    warning_days
        How long before the day an owner hears of it first.
    every_days
        After how many days without an answer an owner is reminded again; 0: never.
    """
    day = max((one for one in (due_on, expected_on) if one is not None), default=None)
    if day is not None and today >= day:
        turn = _turn(day, today, every_days)
        if reported_on is not None and reported_on >= day + timedelta(days=turn * every_days):
            return None
        return Reminder(Reason.OVERDUE if turn else Reason.DUE, day, turn)
    if day is not None and today >= day - timedelta(days=warning_days):
        told = reported_on is not None and reported_on >= day - timedelta(days=warning_days)
        return None if told else Reminder(Reason.DUE_SOON, day)
    if light in {Light.RED, Light.INACTIVE}:
        return Reminder(Reason.REPORT_OVERDUE, lapses_on, _turn(lapses_on, today, every_days))
    if light == Light.YELLOW:
        return Reminder(Reason.REPORT_DUE, report_due_on, _turn(report_due_on, today, every_days))
    return None


def _turn(since: date, today: date, every_days: int) -> int:
    return (today - since).days // every_days if every_days else 0
