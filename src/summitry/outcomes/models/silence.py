"""Adoption by silence, with its exact clock (OSCE Rules of Procedure, annex 1 A)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from summitry.accounts.models import User
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes.kinds import ReplyKind, SilenceState
from summitry.outcomes.models.instruments import Instrument
from summitry.records.models import Record


class SilenceProcedure(Record):
    """A text put under silence until an exact time; provisional and without a number until then."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="silence_procedures")
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="silence_procedures"
    )  # whose delegations
    text = models.TextField()
    language = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=SilenceState, default=SilenceState.PROVISIONAL)
    ended_at = models.DateTimeField(null=True, blank=True)
    adopted_number = models.CharField(max_length=80, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["instrument", "opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"],
                condition=models.Q(state="provisional"),
                name="silence_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["id", "edition"], name="silence_in_edition"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("opened_at")), name="silence_lasts"
            ),
            models.CheckConstraint(
                condition=models.Q(state="provisional", ended_at__isnull=True, adopted_number="")
                | models.Q(state="broken", ended_at__lt=models.F("expires_at"), adopted_number="")
                | models.Q(state="adopted", ended_at__gte=models.F("expires_at"))
                & ~models.Q(adopted_number=""),
                name="silence_ends_on_its_clock",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="silence_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} under silence until {self.expires_at}"


class SilenceReply(Record):
    """What a delegation wrote; an objection or an amendment in time breaks the silence."""

    procedure = models.ForeignKey(SilenceProcedure, models.PROTECT, related_name="replies")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="silence_replies")
    kind = models.CharField(max_length=26, choices=ReplyKind)
    text = models.TextField()
    at = models.DateTimeField()  # the edition's clock
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "silence replies"
        ordering: ClassVar[list[str]] = ["procedure", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="silence_reply_in_writing"),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.kind}"
