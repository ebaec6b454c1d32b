"""The words of commitments (practice notes, outcomes, 5.2)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommitmentKind(TextChoices):
    """What is promised."""

    EQUIPMENT = "equipment", _("equipment")
    TRAINING = "training", _("training")
    EXPERT_DEPLOYMENT = "expert_deployment", _("deployment of experts")
    INFORMATION_EXCHANGE = "information_exchange", _("exchange of information")
    POLICY_LEGAL = "policy_legal", _("policy or law")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    FUNDING = "funding", _("funding")
    EVENT = "event", _("event")
    EXPLORE = "explore", _("exploring cooperation")


class PartyRole(TextChoices):
    """What an entity beside the owner has to do with a commitment."""

    COUNTERPART = "counterpart", _("counterpart")
    BENEFICIARY = "beneficiary", _("beneficiary")
    SUPPORTER = "supporter", _("supporter")


class Workflow(TextChoices):
    """How far the record of a commitment is, whatever became of the commitment itself (Our Ocean's states)."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("with the parties")
    CHANGE_REQUESTED = "change_requested", _("change asked for")
    APPROVED = "approved", _("agreed")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")
    REJECTED = "rejected", _("rejected")


class Answer(TextChoices):
    """What a delegation answers when it is shown a commitment."""

    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")


class Progress(TextChoices):
    """What the owner says of how far it is."""

    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS_25 = "in_progress_25", _("in progress, 25 %")
    IN_PROGRESS_50 = "in_progress_50", _("in progress, 50 %")
    IN_PROGRESS_75 = "in_progress_75", _("in progress, 75 %")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")
    SUSPENDED = "suspended", _("suspended")


class Completion(TextChoices):
    """What somebody who is not the owner finds (the Open Government Partnership's scale)."""

    NO_EVIDENCE = "no_evidence", _("no evidence available")
    NOT_STARTED = "not_started", _("not started")
    LIMITED = "limited", _("limited")
    SUBSTANTIAL = "substantial", _("substantial")
    COMPLETE = "complete", _("complete")


class MilestoneStatus(TextChoices):
    """What became of a milestone (OCDS milestoneStatus)."""

    SCHEDULED = "scheduled", _("scheduled")
    MET = "met", _("met")
    PARTIALLY_MET = "partially_met", _("partially met")
    NOT_MET = "not_met", _("not met")


class Channel(TextChoices):
    """By which way a report came."""

    PORTAL = "portal", _("the portal")
    LINK = "link", _("a link sent by e-mail")
    DESK = "desk", _("the host's follow-up desk")


class Light(TextChoices):
    """Whether a commitment is reported on (the UN SDG partnership platform's traffic light); computed, never stored."""

    GREEN = "green", _("up to date")
    YELLOW = "yellow", _("report due")
    RED = "red", _("report overdue")
    INACTIVE = "inactive", _("never reported on")
    NONE = "none", _("no report asked for")


class Timeliness(TextChoices):
    """Where a commitment stands in time, as it is told to the next edition; computed, never stored."""

    DELIVERED = "delivered", _("delivered")
    ON_TRACK = "on_track", _("on track")
    LATE = "late", _("late")
    LAPSED = "lapsed", _("lapsed")
