"""Commitments: what was promised, in its own words, and who has confirmed it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from summitry.accounts.models import User
from summitry.bilaterals.models import Meeting
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, Member
from summitry.outcomes.kinds import (
    Answer,
    CommitmentKind,
    Completion,
    MilestoneStatus,
    PartyRole,
    Progress,
    Timeliness,
    Workflow,
)
from summitry.outcomes.models.vocabulary import Area, Confidentiality, Outcome
from summitry.programme.models import Session
from summitry.records.models import Record
from summitry.world.models import Entity


class Commitment(Outcome):
    """What an entity promised.

    Three axes are kept apart: ``workflow`` (how far the record is), ``progress`` (what the
    owner reports) and ``completion`` (what somebody else finds). The last two, with
    ``reported_on`` and ``expected_on``, follow from the reports and assessments: the
    database sets them, nobody else can.
    """

    LETTER = "C"

    workflow = models.CharField(max_length=16, choices=Workflow, default=Workflow.DRAFT)
    workflow_note = models.TextField(blank=True)  # why it was rejected, sent back, corrected or reopened
    kind = models.CharField(max_length=20, choices=CommitmentKind)
    # Where it was agreed: one of these, or none.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="commitments")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="commitments")
    article = models.ForeignKey(
        "outcomes.Article", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    owner = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    contact_role = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    areas = models.ManyToManyField(Area, related_name="commitments", blank=True)
    # ISO 3166-1 alpha-2 or UN M49 codes.
    places = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    baseline = models.CharField(max_length=300, blank=True)
    indicator = models.CharField(max_length=300, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    funding_source = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    dependency = models.TextField(blank=True)  # what it hangs on
    report_months = models.PositiveSmallIntegerField(default=12)  # how often a report is asked for
    publish = models.BooleanField(default=True)  # whether the parties wish it published
    # How often it has been laid before the parties; what they answered to an earlier round no longer counts.
    round = models.PositiveSmallIntegerField(default=0)
    agreed_on = models.DateField(null=True, blank=True)  # when the last party confirmed
    # How it is known to be agreed where that was not in the portal: "Agreed minutes of 12 March 2018".
    agreed_elsewhere = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    progress = models.CharField(max_length=16, choices=Progress, default=Progress.NOT_STARTED, editable=False)
    completion = models.CharField(max_length=12, choices=Completion, blank=True, default="", editable=False)
    reported_on = models.DateField(null=True, editable=False)
    expected_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="commitment_number_once"),
            models.UniqueConstraint(fields=["id", "edition"], name="commitment_in_edition"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="commitment_number_positive"),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=True, session__isnull=True)
                | models.Q(meeting__isnull=True, article__isnull=True)
                | models.Q(session__isnull=True, article__isnull=True),
                name="commitment_one_source",
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | models.Q(target__gt=0) & ~models.Q(unit=""),
                name="commitment_target_has_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, currency="")
                | models.Q(value__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="commitment_value_has_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(due_on__isnull=True)
                | models.Q(due_on__gte=models.F("starts_on")),
                name="commitment_due_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(report_months__gte=1, report_months__lte=60),
                name="commitment_report_months",
            ),
            models.CheckConstraint(
                condition=~models.Q(workflow="submitted") | models.Q(round__gte=1),
                name="commitment_submitted_in_a_round",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_on__isnull=True)
                & ~models.Q(workflow__in=["approved", "published", "closed"])
                | models.Q(agreed_on__isnull=False, workflow__in=["approved", "published", "closed"]),
                name="commitment_counts_once_agreed",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_on__isnull=True)
                | models.Q(
                    confidentiality=Confidentiality.PUBLIC,
                    agreed_on__isnull=False,
                    publish=True,
                    cleared_by__isnull=False,
                ),
                name="commitment_cleared_is_agreed_and_public",
            ),
            models.CheckConstraint(
                condition=~models.Q(workflow="published") | models.Q(cleared_on__isnull=False),
                name="commitment_published_is_cleared",
            ),
            models.CheckConstraint(
                condition=models.Q(workflow="closed", closed_on__isnull=False)
                | ~models.Q(workflow="closed") & models.Q(closed_on__isnull=True),
                name="commitment_closed_on",
            ),
        ]


class CommitmentParty(models.Model):
    """An entity beside the owner: a counterpart, a beneficiary, a supporter."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="parties")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=PartyRole)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "commitment parties"
        ordering: ClassVar[list[str]] = ["commitment", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "commitment"], name="commitment_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entity} ({self.role})"


class Wording(Record):
    """The text as agreed, verbatim; never changed: a correction is the next wording, with its reason."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=8)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["commitment", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="wording_number_once"),
            models.UniqueConstraint(fields=["id", "commitment"], name="wording_of_commitment"),
            models.CheckConstraint(condition=~models.Q(text=""), name="wording_has_text"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="wording_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, wording {self.number}"


class Confirmation(Record):
    """A delegation's answer to a wording in a round; its last one of the round counts."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="confirmations")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="confirmations")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="confirmations")
    round = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=10, choices=Answer)
    wish = models.TextField(blank=True)  # what would have to change
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()  # the edition's clock

    class Meta:
        ordering: ClassVar[list[str]] = ["commitment", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="confirmed", wish="")
                | models.Q(answer="refused") & ~models.Q(wish=""),
                name="confirmation_refusal_has_wish",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.answer}"


class Milestone(Record):
    """A step on the way, with its day."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    due_on = models.DateField()
    status = models.CharField(max_length=14, choices=MilestoneStatus, default=MilestoneStatus.SCHEDULED)
    met_on = models.DateField(null=True, blank=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["commitment", "due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="milestone_number_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["met", "partially_met"], met_on__isnull=False)
                | models.Q(status__in=["scheduled", "not_met"], met_on__isnull=True),
                name="milestone_met_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CarryOver(Record):
    """A commitment laid on the table of a later edition, and where it stood then."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="carried_over")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="carried_over", verbose_name=_("to"))
    on = models.DateField()
    timeliness = models.CharField(max_length=10, choices=Timeliness)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "commitment"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "commitment"], name="carry_over_once"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} to {self.edition}"
