"""Series, editions and where they take place."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from summitry.records.models import Record
from summitry.world.fields import TranslatedField
from summitry.world.models import Entity


class Host(Record):
    """An organisation that hosts conferences in this installation; series belong to it."""

    entity = models.OneToOneField(Entity, models.PROTECT, related_name="+")
    slug = models.SlugField(unique=True)
    legal_regime = models.CharField(max_length=80, blank=True)  # e.g. "Regulation (EU) 2018/1725"

    def __str__(self) -> str:
        return self.slug


class Series(Record):
    """A conference that meets again: its editions are numbered."""

    host = models.ForeignKey(Host, models.PROTECT, related_name="series")
    slug = models.SlugField(unique=True)
    name = TranslatedField()
    short_name = models.CharField(max_length=40)
    motto = TranslatedField(blank=True)
    cadence_years = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.short_name


class Edition(Record):
    """One meeting of a series."""

    class Status(models.TextChoices):
        """How far the edition is."""

        PREPARED = "prepared"
        OPEN = "open"
        CLOSED = "closed"
        ANNOUNCED = "announced"

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(unique=True)
    name = TranslatedField()
    hosted_by = models.ForeignKey(Host, models.PROTECT, related_name="editions")
    status = models.CharField(max_length=12, choices=Status, default=Status.PREPARED)
    city = TranslatedField(blank=True)
    country = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    timezone = models.CharField(max_length=64, default="UTC")
    languages = ArrayField(models.CharField(max_length=8), default=list)
    presentation = TranslatedField(blank=True)
    region_scheme = models.CharField(max_length=20, default="m49")
    order_rule = models.CharField(max_length=20, default="en_alpha")
    # What the edition's clock is ahead of the machine's: the demonstration of 2019 lives by it.
    clock_offset = models.DurationField(null=True, blank=True)
    generated = models.BooleanField(default=False)
    # What an earlier edition is known for where its own records are not kept here.
    known_countries = models.PositiveSmallIntegerField(null=True, blank=True)
    known_participants = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="edition_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Settings(models.Model):
    """What the host chooses for an edition; the defaults are those of the practice notes."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="settings")
    grid_minutes = models.PositiveSmallIntegerField(default=5)
    break_minutes = models.PositiveSmallIntegerField(default=5)
    turnaround_minutes = models.PositiveSmallIntegerField(default=10)  # APEC uses 15 where a room is re-set
    lead_minutes = models.PositiveSmallIntegerField(default=15)  # [P] whom a plan calls must be told and come
    meeting_minutes = models.PositiveSmallIntegerField(default=20)
    offered_minutes = ArrayField(models.PositiveSmallIntegerField(), default=list)
    principal_meetings_per_sitting = models.PositiveSmallIntegerField(default=4)
    principal_consecutive_meetings = models.PositiveSmallIntegerField(default=3)
    planning_seconds = models.PositiveSmallIntegerField(default=20)
    weight_principal = models.PositiveIntegerField(default=8)
    weight_deputy = models.PositiveIntegerField(default=4)
    weight_expert = models.PositiveIntegerField(default=2)
    weight_host_factor = models.PositiveSmallIntegerField(default=2)

    class Meta:
        verbose_name_plural = "settings"
        constraints = [
            models.CheckConstraint(condition=models.Q(grid_minutes__gte=1), name="settings_grid_positive"),
            models.CheckConstraint(
                condition=models.Q(meeting_minutes__gte=models.F("grid_minutes")),
                name="settings_meeting_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"settings of {self.edition}"


class NamingRule(Record):
    """How the host names one entity in an edition: printed automatically wherever the name appears."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="naming_rules")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    short = TranslatedField(blank=True)
    formal = TranslatedField(blank=True)
    footnote = TranslatedField(blank=True)
    flag_allowed = models.BooleanField(default=True)
    nameplate = models.CharField(max_length=120, blank=True)
    grouping = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "entity"], name="naming_rule_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.entity}"


class Theme(Record):
    """What the edition is about, in its own order."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes")
    order = models.PositiveSmallIntegerField()
    title = TranslatedField()
    proposed = models.BooleanField(default=False)  # carried from the edition before, not decided yet

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="theme_order_once")]

    def __str__(self) -> str:
        return str(self.title)


class Zone(Record):
    """A part of the venue; walking takes time between zones, none inside one."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="zones")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="zone_slug_once"),
            models.UniqueConstraint(fields=["id", "edition"], name="zone_in_edition"),
        ]

    def __str__(self) -> str:
        return self.name


class Walk(models.Model):
    """Minutes between two zones, either way; kept once, the zone with the smaller id first."""

    from_zone = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    to_zone = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_zone", "to_zone"], name="walk_once"),
            models.CheckConstraint(
                condition=models.Q(from_zone__lt=models.F("to_zone")), name="walk_smaller_zone_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_zone}–{self.to_zone}: {self.minutes} min"


class Room(Record):
    """A room of the venue."""

    class Purpose(models.TextChoices):
        """What the room is for."""

        HALL = "hall"
        BILATERAL = "bilateral"
        SERVICE = "service"

    class SetUp(models.TextChoices):
        """How it is furnished (practice notes, bilaterals)."""

        FACING_TABLE = "facing_table"
        SOFAS = "sofas"
        ROUND_TABLE = "round_table"
        BOOTH = "booth"
        THEATRE = "theatre"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rooms")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="rooms")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.BILATERAL)
    set_up = models.CharField(max_length=14, choices=SetUp, default=SetUp.FACING_TABLE)
    seats = models.PositiveSmallIntegerField()
    features = ArrayField(models.SlugField(), default=list, blank=True)  # e.g. "booth", "screen", "step-free"
    turnaround_minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # none: the edition's
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "zone__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="room_slug_once"),
            models.UniqueConstraint(fields=["id", "edition"], name="room_in_edition"),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="room_has_seats"),
        ]

    def __str__(self) -> str:
        return self.name


class Closure(Record):
    """A time when a room cannot be used."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    label = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="closure_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}: {self.label}"


class Day(models.Model):
    """A day of the edition; days outside the conference proper are for arrivals, visits and the like."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="days")
    date = models.DateField()
    is_conference = models.BooleanField(default=True)
    label = TranslatedField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "date"]
        constraints = [models.UniqueConstraint(fields=["edition", "date"], name="day_once")]

    def __str__(self) -> str:
        return self.date.isoformat()


class Sitting(Record):
    """A time when meetings may be held; sittings of an edition do not overlap."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sittings")
    slug = models.SlugField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="sitting_slug_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="sitting_not_empty"
            ),
            ExclusionConstraint(
                name="sitting_no_overlap",
                expressions=[
                    (
                        Func(F("edition"), F("edition"), Value("[]"), function="int8range"),
                        RangeOperators.EQUAL,
                    ),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.slug
