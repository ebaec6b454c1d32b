"""Interpreters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.conferences.models import Edition
from summitry.delegations.models import Person
from summitry.records.models import Record


class Interpreter(Record):
    """An interpreter at an edition, with working limits in minutes (practice notes, interpretation)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="interpreters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    employer = models.CharField(max_length=120, blank=True)
    max_minutes_per_sitting = models.PositiveSmallIntegerField(default=120)
    max_minutes_per_day = models.PositiveSmallIntegerField(
        default=180
    )  # Greek code of practice: consecutive alone
    max_continuous_minutes = models.PositiveSmallIntegerField(default=90)
    rest_minutes = models.PositiveSmallIntegerField(default=20)
    generated = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="interpreter_once")]

    def __str__(self) -> str:
        return str(self.person)


class InterpreterLanguage(models.Model):
    """A language an interpreter works with: A native, B active, C passive (AIIC's classes)."""

    class Level(models.TextChoices):
        """How well."""

        A = "A"
        B = "B"
        C = "C"

    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)
    level = models.CharField(max_length=1, choices=Level)

    class Meta:
        ordering: ClassVar[list[str]] = ["interpreter", "level", "language"]
        constraints = [
            models.UniqueConstraint(fields=["interpreter", "language"], name="interpreter_language_once")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Absence(Record):
    """A time when an interpreter does not work in bilaterals: booth duty, travel, illness."""

    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["interpreter", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.interpreter}: {self.reason}"
