"""The words a series gives its outcomes, and how its editions follow them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from summitry.accounts.models import User
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition, Series
from summitry.files.models import StoredFile
from summitry.records.models import Record
from summitry.world.fields import TranslatedField

#: Who may know of an outcome: the same levels as of what happens at the conference.
Confidentiality = Occasion.Confidentiality


class Area(Record):
    """A field of cooperation, in the words of a series: the same through all its editions."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="areas")
    code = models.SlugField()
    title = TranslatedField()
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)  # kept for what carries it, no longer offered

    class Meta:
        ordering: ClassVar[list[str]] = ["series", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["series", "code"], name="area_code_once")]

    def __str__(self) -> str:
        return self.code


class FollowUpSettings(models.Model):
    """What an edition's follow-up goes by; an edition without a row goes by these defaults."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="follow_up_settings")
    report_months = models.PositiveSmallIntegerField(default=12)  # a report a year (UN SDG platform)
    expiry_warning_days = models.PositiveSmallIntegerField(default=90)
    review_warning_days = models.PositiveSmallIntegerField(default=30)
    due_warning_days = models.PositiveSmallIntegerField(default=30)
    visit_warning_days = models.PositiveSmallIntegerField(default=30)  # end-use visits
    # How often an owner who does not answer is reminded again; 0: reminders are sent by hand only.
    remind_every_days = models.PositiveSmallIntegerField(default=30)
    # By which the International Aid Transparency Initiative knows who reports: "XM-DAC-42004".
    iati_organisation = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name_plural = "follow-up settings"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(report_months__gte=1, report_months__lte=60),
                name="follow_up_report_months",
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up of {self.edition}"


class Outcome(Record):
    """What instruments, commitments and handovers have in common: their edition, and who may know.

    ``edition`` is where it was agreed or recorded. It outlives that edition: later ones of
    its series see it and work on it.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="%(class)ss")
    number = models.PositiveIntegerField()
    title = TranslatedField()
    confidentiality = models.PositiveSmallIntegerField(
        choices=Confidentiality, default=Confidentiality.PARTIES
    )
    # Cleared for the press and for publication; only what everybody may know can be.
    cleared_on = models.DateField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    search_text = models.TextField(editable=False, default="")  # folded: no accents, no case
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    generated = models.BooleanField(default=False)

    LETTER: ClassVar[str] = ""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """What people call it by: C-012."""
        return f"{self.LETTER}-{self.number:03}"


class Attachment(Record):
    """A file attached to a record, under the name it came with."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
