"""Where commitments stand, in SQL: the same as :mod:`summitry.outcomes.rules.standing` says row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from summitry.outcomes.kinds import Completion, Light, MilestoneStatus, Progress, Timeliness, Workflow
from summitry.outcomes.models import Commitment, Milestone


class _MonthsLater(Func):
    """A day so many months later; the month's last where it has no such day, as PostgreSQL reckons."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


_SINCE = Coalesce("reported_on", "agreed_on")


def with_standing(rows: QuerySet[Commitment], *, today: date) -> QuerySet[Any]:
    """Return commitments with ``report_due_on``, ``light``, ``milestone_overdue`` and ``timeliness`` on a day."""
    day = Value(today, output_field=DateField())
    overdue = Milestone.objects.filter(commitment=OuterRef("pk")).filter(
        Q(status=MilestoneStatus.NOT_MET) | Q(status=MilestoneStatus.SCHEDULED, due_on__lt=today)
    )
    annotated = rows.annotate(
        report_due_on=_MonthsLater(_SINCE, F("report_months")),
        lapses_on=_MonthsLater(_SINCE, F("report_months") * 2),
    )
    annotated = annotated.annotate(light=_light(day), milestone_overdue=Exists(overdue))
    return annotated.annotate(timeliness=_timeliness(today))


def _light(day: Value) -> Case:
    ended = Q(progress__in=[Progress.COMPLETED, Progress.CANCELLED]) | Q(workflow=Workflow.CLOSED)
    return Case(
        When(Q(agreed_on__isnull=True) | ended, then=Value(Light.NONE.value)),
        When(report_due_on__gt=day, then=Value(Light.GREEN.value)),
        When(lapses_on__gt=day, then=Value(Light.YELLOW.value)),
        When(reported_on__isnull=False, then=Value(Light.RED.value)),
        default=Value(Light.INACTIVE.value),
        output_field=CharField(),
    )


def _timeliness(today: date) -> Case:
    is_overdue = Q(due_on__lt=today)
    delivered = Q(progress=Progress.COMPLETED, completion__in=["", Completion.COMPLETE])
    silent = Q(light=Light.INACTIVE) & (is_overdue | Q(due_on__isnull=True)) | Q(light=Light.RED) & is_overdue
    slips = Q(expected_on__gt=F("due_on"))
    late = is_overdue | slips | Q(milestone_overdue=True) | Q(progress=Progress.SUSPENDED)
    return Case(
        When(delivered, then=Value(Timeliness.DELIVERED.value)),
        When(Q(progress=Progress.CANCELLED) | silent, then=Value(Timeliness.LAPSED.value)),
        When(late, then=Value(Timeliness.LATE.value)),
        default=Value(Timeliness.ON_TRACK.value),
        output_field=CharField(),
    )
