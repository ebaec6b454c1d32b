"""What is said of a commitment's progress, by its owner and by others; only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from summitry.accounts.models import User
from summitry.outcomes.kinds import Channel, Completion, Progress
from summitry.outcomes.models.commitments import Commitment
from summitry.outcomes.models.vocabulary import Attachment
from summitry.records.models import Record
from summitry.world.models import Entity


class Report(Record):
    """What the owner reports, in order of time; the last one says where the commitment stands."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.PORTAL)
    progress = models.CharField(max_length=16, choices=Progress)
    narrative = models.TextField()
    links = ArrayField(models.URLField(max_length=500), default=list, blank=True)
    next_step = models.TextField(blank=True)
    new_expected_on = models.DateField(null=True, blank=True)
    slip_reason = models.TextField(blank=True)
    filed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["commitment", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="report_number_once"),
            models.CheckConstraint(
                condition=models.Q(period_from__isnull=True)
                | models.Q(period_to__isnull=True)
                | models.Q(period_to__gte=models.F("period_from")),
                name="report_period",
            ),
            models.CheckConstraint(
                condition=models.Q(new_expected_on__isnull=True, slip_reason="")
                | models.Q(new_expected_on__isnull=False) & ~models.Q(slip_reason=""),
                name="report_slip_has_reason",
            ),
            models.CheckConstraint(condition=~models.Q(narrative=""), name="report_has_narrative"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, report {self.number}"


class ReportFile(Attachment):
    """Evidence for a report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")

    class Meta:
        ordering: ClassVar[list[str]] = ["report", "id"]


class Assessment(Record):
    """What somebody who is not of the owner finds; the database refuses an assessor who is."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    assessor = models.ForeignKey(User, models.PROTECT, related_name="+")
    assessor_name = models.CharField(max_length=200)
    assessor_entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")  # for whom
    completion = models.CharField(max_length=12, choices=Completion)
    narrative = models.TextField()
    links = ArrayField(models.URLField(max_length=500), default=list, blank=True)
    filed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["commitment", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="assessment_number_once"),
            models.CheckConstraint(condition=~models.Q(narrative=""), name="assessment_has_narrative"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.completion}"
