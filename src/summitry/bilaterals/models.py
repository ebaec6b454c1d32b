"""Requests, planning runs, plan versions and meetings."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from summitry.accounts.models import User
from summitry.bilaterals.kinds import Level, RequestStatus
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition, Room
from summitry.delegations.models import Delegation, Member
from summitry.interpretation.models import Interpreter
from summitry.records.models import Record


class Request(Record):
    """A meeting that a delegation asks for: with one counterpart a bilateral, with more a multilateral."""

    Status = RequestStatus

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="meeting_requests")
    number = models.PositiveIntegerField()  # as people say it: "request 118"
    level = models.CharField(max_length=10, choices=Level)
    minutes = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=200)  # short, known to both sides
    brief = models.TextField(blank=True)  # the requester's own, never shared
    priority = models.PositiveSmallIntegerField(default=2)  # 1 highest (A), 2 (B), 3 (C)
    must_be_held = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.SENT)
    confidentiality = models.PositiveSmallIntegerField(
        choices=Occasion.Confidentiality, default=Occasion.Confidentiality.PARTIES
    )
    languages = ArrayField(models.CharField(max_length=8), size=2, default=list, blank=True)
    interpreters = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(default=8)
    features = ArrayField(models.SlugField(), default=list, blank=True)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")  # only there
    fixed_at = models.DateTimeField(null=True, blank=True)  # only then
    requested_at = models.DateTimeField(db_default=Now())
    generated = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=240), name="request_minutes"
            ),
            models.CheckConstraint(condition=models.Q(priority__in=[1, 2, 3]), name="request_priority"),
            models.CheckConstraint(
                condition=models.Q(languages__len=0, interpreters=0)
                | models.Q(languages__len=2, interpreters__gte=1),
                name="request_languages_interpreted",
            ),
        ]
        indexes = [models.Index(fields=["edition", "status"])]

    def __str__(self) -> str:
        return f"request {self.number}"


class RequestParty(models.Model):
    """A delegation in a request: the requester first, then the counterparts in their order."""

    class Side(models.TextChoices):
        """Who asked whom."""

        REQUESTER = "requester"
        COUNTERPART = "counterpart"

    request = models.ForeignKey(Request, models.CASCADE, related_name="parties")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="request_parties")
    side = models.CharField(max_length=12, choices=Side)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["request", "order"]
        constraints = [
            models.UniqueConstraint(fields=["request", "delegation"], name="request_party_once"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(side="requester"), name="request_one_requester"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} ({self.side})"


class RequestPerson(models.Model):
    """A member who must be there."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, models.PROTECT, related_name="meeting_requests")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "member"], name="request_person_once")]

    def __str__(self) -> str:
        return str(self.member)


class RequestWindow(models.Model):
    """A time within which the meeting must lie; none at all: any time."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="windows")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["request", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="window_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}–{self.ends_at}"


class PlanningRun(Record):
    """One run of the planner in the background: its state and how far it is."""

    class State(models.TextChoices):
        """How far the run is."""

        QUEUED = "queued", _("queued")
        RUNNING = "running", _("planning")
        FINISHED = "finished", _("finished")
        CANCELLED = "cancelled", _("stopped")
        FAILED = "failed", _("failed")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="planning_runs")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seconds = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField(default=0)
    problem = models.JSONField()
    progress = models.JSONField(
        default=dict
    )  # {seconds, held, requests, phase, score: {aim: {value, bound}}}
    cancel_asked = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # last sign of life of the worker
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(state__in=["queued", "running"]),
                name="planning_run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"planning run {self.pk} ({self.state})"


class PlanVersion(Record):
    """A plan as the planner gave it: a draft books nothing; the adopted one is what the conference goes by."""

    class State(models.TextChoices):
        """What the version is to the conference."""

        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        SUPERSEDED = "superseded", _("superseded")
        DISCARDED = "discarded", _("discarded")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    run = models.OneToOneField(PlanningRun, models.PROTECT, null=True, related_name="plan_version")
    status = models.CharField(max_length=10)  # the planner's: optimal, feasible, …
    score = models.JSONField(default=list)  # [[aim, value, bound], …] in the objective's order
    seconds = models.FloatField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(state="adopted"), name="plan_version_one_adopted"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number} of {self.edition}"


class PlacedMeeting(models.Model):
    """A request that a plan version holds."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="placed")
    request = models.ForeignKey(Request, models.PROTECT, related_name="placements")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    interpreters = models.ManyToManyField(Interpreter, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "request"], name="placed_meeting_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="placed_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} at {self.starts_at}"


class UnplannedRequest(models.Model):
    """A request that a plan version does not hold, and why."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="unplanned")
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    reason = models.TextField()
    blockers = models.JSONField(default=list)
    remedies = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "request"]
        constraints = [models.UniqueConstraint(fields=["plan", "request"], name="unplanned_request_once")]

    def __str__(self) -> str:
        return f"{self.request}: {self.reason}"


class Meeting(Record):
    """A request of the adopted plan as it stands: its occasion books the room, the people, the interpreters."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="meetings")
    request = models.OneToOneField(Request, models.PROTECT, related_name="meeting")
    occasion = models.OneToOneField(Occasion, models.PROTECT, related_name="meeting")
    interpreters = models.ManyToManyField(Interpreter, related_name="meetings")

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "occasion__starts_at"]

    def __str__(self) -> str:
        return str(self.occasion)
