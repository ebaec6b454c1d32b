"""The tables of letters."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from summitry.files.models import StoredFile
from summitry.records.models import Record


class Letter(Record):
    """An e-mail on its way, kept in the transaction of the action that it tells of.

    What it says and to whom is sealed under the key of its recipient
    (:mod:`summitry.ledger.sealing`): erasing the person erases the letter's text, and a
    letter that still waits is abandoned then.

    Attributes
    ----------
    key
        What it tells whom, so that the same is told once: ``"reminder:<commitment>:2019-11-30"``.
    edition_id
        As a number, because this floor lies below editions; their own migrations add the foreign key.
    recipient_id
        Public id of the person, user or office under whose key it is sealed.
    heading
        Sealed: ``address``, ``name``, ``subject``.
    contents
        Sealed: ``text``, ``html``, ``inline`` (enclosures made for this letter alone).
    due_at
        When a worker may take it next; while one has it, when another may take it over.
    """

    class State(models.TextChoices):
        """Where a letter is."""

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed, tried again later")
        ABANDONED = "abandoned", _("not sent")

    message_id = models.CharField(max_length=200, unique=True)
    key = models.CharField(max_length=300, unique=True)
    edition_id = models.BigIntegerField(null=True, db_index=True)
    recipient_id = models.UUIDField(db_index=True)
    language = models.CharField(max_length=8)
    heading = models.JSONField()
    contents = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    posted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-posted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="letter_sent_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["waiting", "sending", "failed"]),
                name="letter_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class Enclosure(models.Model):
    """A file of the house that goes with a letter."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["letter", "position"], name="enclosure_position_once")]

    def __str__(self) -> str:
        return self.name
