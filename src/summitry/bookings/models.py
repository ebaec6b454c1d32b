"""Occasions, and who and what they occupy."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models.constraints import Deferrable

from summitry.conferences.models import Edition, Room
from summitry.records.models import Record


class Occasion(Record):
    """Anything that happens at a time: what sessions and meetings have in common.

    Calendars, interpreters' teams, seating and displays read only this.
    """

    class Kind(models.TextChoices):
        """What happens."""

        SESSION = "session"
        MEETING = "meeting"
        SOCIAL = "social"
        SERVICE = "service"

    class Status(models.TextChoices):
        """A draft books nothing."""

        DRAFT = "draft"
        FIRM = "firm"
        HELD = "held"
        CANCELLED = "cancelled"

    class Confidentiality(models.IntegerChoices):
        """Who may know (practice notes, bilaterals)."""

        PUBLIC = 0
        CONFERENCE = 1
        PARTIES = 2
        CHIEF_OF_PROTOCOL = 3

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    title = models.CharField(max_length=300)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="occasions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    confidentiality = models.PositiveSmallIntegerField(
        choices=Confidentiality, default=Confidentiality.PARTIES
    )
    sequence = models.PositiveIntegerField(default=0)  # the SEQUENCE of its calendar entry

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "id"]
        indexes = [models.Index(fields=["edition", "kind", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="occasion_not_empty"
            ),
            models.UniqueConstraint(fields=["id", "edition"], name="occasion_in_edition"),
        ]

    def __str__(self) -> str:
        return self.title


class Resource(models.Model):
    """A person, a room or an interpreter of an edition: what can be in one place at a time."""

    class Kind(models.TextChoices):
        """What is occupied."""

        PERSON = "person"
        ROOM = "room"
        INTERPRETER = "interpreter"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=12, choices=Kind)
    record_id = models.UUIDField()  # the public id of the delegations.Person, conferences.Room or interpreter
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "record_id"], name="resource_once")]

    def __str__(self) -> str:
        return self.name


class Int8Range(models.Func):
    """``int8range(id, id, '[]')``: lets a gist index compare an id for equality without an extension."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"


class Booking(models.Model):
    """One resource occupied by one occasion, at its true times. Two of one resource never overlap."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="bookings")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings")
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "resource"], name="booking_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=models.Q(during__isempty=False, during__startswith__isnull=False)
                & models.Q(during__lower_inc=True, during__upper_inc=False, during__upper_inf=False),
                name="booking_half_open",
            ),
            ExclusionConstraint(
                name="booking_no_overlap",
                expressions=[
                    (Int8Range("resource", "resource"), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.during}"
