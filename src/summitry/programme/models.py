"""What happens in the plenary."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.delegations.models import Member
from summitry.records.models import Record
from summitry.world.fields import TranslatedField


class Session(Record):
    """A plenary, a panel or another part of the programme; its time and room are its occasion's."""

    class Kind(models.TextChoices):
        """What kind of session."""

        OPENING = "opening", _("opening")
        KEYNOTE = "keynote", _("keynote")
        PLENARY = "plenary", _("plenary")
        PANEL = "panel", _("panel")
        LUNCH = "lunch", _("lunch")
        SOCIAL = "social", _("social event")
        CEREMONY = "ceremony", _("ceremony")
        REVIEW = "review", _("review of commitments")
        CLOSING = "closing", _("closing")

    class Attendance(models.TextChoices):
        """Whom the session binds, so that nobody plans a meeting against it."""

        NOBODY = "nobody", _("nobody is bound")
        SPEAKERS = "speakers", _("speakers")
        HEADS = "heads", _("all heads of delegation")
        EVERYBODY = "everybody", _("everybody")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sessions")
    occasion = models.OneToOneField(Occasion, models.PROTECT, related_name="session")
    kind = models.CharField(max_length=10, choices=Kind)
    title = TranslatedField()
    summary = TranslatedField(blank=True)
    topics = TranslatedField(blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance, default=Attendance.SPEAKERS)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    is_public = models.BooleanField(default=True)
    generated = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.title)


class Speaker(Record):
    """Somebody who speaks in a session, with the office held on the day."""

    class Part(models.TextChoices):
        """What the speaker does."""

        CHAIR = "chair", _("chair")
        MODERATOR = "moderator", _("moderator")
        KEYNOTE = "keynote", _("keynote speaker")
        PANELLIST = "panellist", _("panellist")
        SPEAKER = "speaker", _("speaker")

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="appearances")
    part = models.CharField(max_length=10, choices=Part)
    office = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "order"]
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="speaker_once_per_session")]

    def __str__(self) -> str:
        return f"{self.member}, {self.office}"


class Overrun(Record):
    """A session that lasts until later than planned.

    It is booked as soon as its occasion ends at `ends_at`; until then it is only announced, because confirmed
    meetings stand in the way.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="overrun")
    planned_ends_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("planned_ends_at")), name="overrun_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} until {self.ends_at}"


class Quotation(Record):
    """What somebody said, and whether it may be told."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="quotations")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="quotations")
    text = TranslatedField()
    is_paraphrase = models.BooleanField(default=False)
    cleared_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text}"
