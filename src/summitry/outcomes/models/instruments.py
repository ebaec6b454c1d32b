"""Instruments: what was signed or adopted, with its life from the idea to its end."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from summitry.accounts.models import User
from summitry.bilaterals.models import Meeting
from summitry.conferences.models import Series
from summitry.delegations.models import Member
from summitry.outcomes.kinds import (
    Authority,
    InstrumentFileKind,
    InstrumentKind,
    LegalNature,
    LifecycleState,
)
from summitry.outcomes.models.vocabulary import Area, Attachment, Confidentiality, Outcome
from summitry.programme.models import Session
from summitry.records.models import Record
from summitry.world.models import Entity


class Instrument(Outcome):
    """A text between parties. Kind and legal nature are two things; the title decides neither.

    It belongs to the series and is numbered there; ``edition`` is the one that recorded
    it. ``state`` follows from the lifecycle's events: the database sets it, nobody else can.
    """

    LETTER = "I"

    series = models.ForeignKey(Series, models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=20, choices=InstrumentKind)
    legal_nature = models.CharField(max_length=14, choices=LegalNature, default=LegalNature.UNKNOWN)
    reference = models.CharField(max_length=80, blank=True)  # the number it bears itself
    state = models.CharField(
        max_length=20, choices=LifecycleState, default=LifecycleState.IDEA, editable=False
    )
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    authentic_languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    areas = models.ManyToManyField(Area, related_name="instruments", blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    # Where it was signed or agreed: one of these, or none.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="instruments")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="instruments")
    signed_on = models.DateField(null=True, blank=True)
    effect_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    auto_renews = models.BooleanField(default=False)
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True)
    termination_notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    depositary = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    review_months = models.PositiveSmallIntegerField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    financial_line = models.CharField(max_length=300, blank=True)
    data_protection = models.TextField(blank=True)  # its clause on personal data

    class Meta:
        ordering: ClassVar[list[str]] = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="instrument_number_once"),
            models.UniqueConstraint(fields=["id", "series"], name="instrument_in_series"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="instrument_number_positive"),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=True) | models.Q(session__isnull=True),
                name="instrument_one_source",
            ),
            models.CheckConstraint(
                condition=models.Q(authentic_languages__contained_by=models.F("languages")),
                name="instrument_authentic_is_language",
            ),
            models.CheckConstraint(
                condition=models.Q(period_from__isnull=True)
                | models.Q(period_to__isnull=True)
                | models.Q(period_to__gte=models.F("period_from")),
                name="instrument_period",
            ),
            models.CheckConstraint(
                condition=models.Q(effect_on__isnull=True)
                | models.Q(expires_on__isnull=True)
                | models.Q(expires_on__gte=models.F("effect_on")),
                name="instrument_expires_after_effect",
            ),
            models.CheckConstraint(
                condition=models.Q(auto_renews=False, renewal_months__isnull=True)
                | models.Q(auto_renews=True, renewal_months__gte=1),
                name="instrument_renewal_has_length",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_on__isnull=True)
                | models.Q(confidentiality=Confidentiality.PUBLIC, cleared_by__isnull=False),
                name="instrument_cleared_is_public",
            ),
        ]


class InstrumentParty(Record):
    """A party, who signed for it and by what authority, and whom to turn to."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="parties")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=14, choices=Authority, blank=True)
    credentials_ok = models.BooleanField(null=True, blank=True)  # none: not yet looked at
    contact_name = models.CharField(max_length=200, blank=True)
    contact_role = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        verbose_name_plural = "instrument parties"
        ordering: ClassVar[list[str]] = ["instrument", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "instrument"], name="instrument_party_once"),
        ]

    def __str__(self) -> str:
        return str(self.entity)


class Activity(Record):
    """Something a plan sets out to do in one of its areas."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="activities")
    area = models.ForeignKey(Area, models.PROTECT, related_name="activities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    lead = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "activities"
        ordering: ClassVar[list[str]] = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="activity_number_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Article(Record):
    """A numbered provision of an instrument, from which commitments can come."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="articles")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)  # as it is cited: "4 (2)"
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=8)

    class Meta:
        ordering: ClassVar[list[str]] = ["instrument", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number", "language"], name="article_number_once_per_language"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="article_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, article {self.number}"


class LifecycleEvent(Record):
    """A step in an instrument's life; only ever added, the last one says how far it is."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="events")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=LifecycleState)
    on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="lifecycle_event_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["terminated", "superseded", "abandoned"])
                | ~models.Q(reason=""),
                name="lifecycle_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.state}"


class InstrumentFile(Attachment):
    """A file of an instrument: its text, a signed copy, an annex."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=InstrumentFileKind, default=InstrumentFileKind.TEXT)

    class Meta:
        ordering: ClassVar[list[str]] = ["instrument", "id"]
