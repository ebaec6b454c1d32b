"""Of what owners are reminded, in SQL: the same as :mod:`summitry.outcomes.rules.reminders` says row by row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from summitry.outcomes.kinds import Light
from summitry.outcomes.rules import Reason


class _Days(Func):
    """How many days the first day is after the second, as PostgreSQL reckons."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


def with_reminder(rows: QuerySet[Any], *, today: date, warning_days: int, every_days: int) -> QuerySet[Any]:
    """Return open commitments with ``reminder_reason`` (empty: none), ``reminder_since`` and ``reminder_turn``.

    Parameters
    ----------
    rows
        With where they stand (:func:`summitry.outcomes.queries.standing.with_standing`).
    """
    day = Value(today, output_field=DateField())
    come = Q(counted_on__lte=today)
    soon = Q(counted_on__lte=today + timedelta(days=warning_days))
    overdue = Q(light__in=[Light.RED, Light.INACTIVE])
    rows = rows.annotate(counted_on=Greatest("due_on", "expected_on")).annotate(
        reminder_since=Case(
            When(soon, then=F("counted_on")),
            When(overdue, then=F("lapses_on")),
            default=F("report_due_on"),
            output_field=DateField(),
        )
    )
    turn: Any = _Days(day, F("reminder_since")) / Value(every_days) if every_days else Value(0)
    rows = rows.annotate(
        reminder_turn=Case(When(soon & ~come, then=Value(0)), default=turn, output_field=IntegerField()),
        reported_after=_Days(F("reported_on"), F("counted_on")),
    )
    answered = come & Q(reported_after__gte=F("reminder_turn") * every_days)
    told = soon & ~come & Q(reported_after__gte=-warning_days)
    reasoned: QuerySet[Any] = rows.annotate(
        reminder_reason=Case(
            When(answered | told, then=Value("")),
            When(come & Q(reminder_turn__gt=0), then=Value(Reason.OVERDUE.value)),
            When(come, then=Value(Reason.DUE.value)),
            When(soon, then=Value(Reason.DUE_SOON.value)),
            When(overdue, then=Value(Reason.REPORT_OVERDUE.value)),
            When(light=Light.YELLOW, then=Value(Reason.REPORT_DUE.value)),
            default=Value(""),
            output_field=CharField(),
        )
    )
    return reasoned
