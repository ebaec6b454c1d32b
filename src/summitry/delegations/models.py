"""Persons, delegations and their members."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from summitry.accounts.models import User
from summitry.conferences.models import Edition
from summitry.records.models import Record
from summitry.world.models import Entity


class Person(Record):
    """Somebody, across editions."""

    family_name = models.CharField(max_length=120)
    given_names = models.CharField(max_length=120, blank=True)
    display_name = models.CharField(max_length=200)  # as the person wishes to be called, in Latin script
    original_name = models.CharField(max_length=200, blank=True)  # in the person's own script
    honorific = models.CharField(max_length=40, blank=True)
    search_text = models.CharField(max_length=500, editable=False, db_index=True)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    generated = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.display_name


class Delegation(Record):
    """One entity's delegation to one edition."""

    class Answer(models.TextChoices):
        """What became of the invitation."""

        INVITED = "invited", _("invited")
        COMING = "coming", _("coming")
        REGRETS = "regrets", _("regrets")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="delegations")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    is_host = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.INVITED)
    invited_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    # The delegation as a whole; a member may come later or leave earlier.
    arrives_at = models.DateTimeField(null=True, blank=True)
    departs_at = models.DateTimeField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    generated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "entity"], name="delegation_once"),
            models.UniqueConstraint(fields=["id", "edition"], name="delegation_in_edition"),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(is_host=True), name="delegation_one_host"
            ),
            models.CheckConstraint(
                condition=models.Q(arrives_at__isnull=True)
                | models.Q(departs_at__isnull=True)
                | models.Q(departs_at__gt=models.F("arrives_at")),
                name="delegation_departs_after_arrival",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} at {self.edition}"


class InvitationDraft(Record):
    """An entity to be invited to an edition because it came to the one before, until the desk decides.

    Of persons it holds nothing but who spoke for the entity last time, to be confirmed.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="invitation_drafts")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    contact = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "entity"], name="invitation_draft_once")]

    def __str__(self) -> str:
        return f"{self.entity} to {self.edition}"


class Member(Record):
    """A person as a member of a delegation."""

    class Capacity(models.TextChoices):
        """In which capacity (practice notes, delegations, rule 1)."""

        HEAD = "head", _("head of delegation")
        DEPUTY_HEAD = "deputy_head", _("deputy head of delegation")
        REPRESENTATIVE = "representative", _("representative")
        ALTERNATE = "alternate", _("alternate")
        ADVISER = "adviser", _("adviser")
        EXPERT = "expert", _("expert")
        OBSERVER = "observer", _("observer")
        INTERPRETER_OWN = "interpreter_own", _("delegation's interpreter")
        PROTECTION = "protection", _("protection officer")
        TECHNICAL = "technical", _("technical staff")
        ACCOMPANYING = "accompanying", _("accompanying person")

    class Accreditation(models.TextChoices):
        """How far the accreditation is (practice notes, delegations, rule 4)."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("accredited")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="members")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=16, choices=Capacity)
    order = models.PositiveSmallIntegerField()  # as the delegation notified it
    functional_title = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    rank_class = models.PositiveSmallIntegerField(default=90)  # smaller is higher (practice notes, 2.2)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    accreditation = models.CharField(max_length=10, choices=Accreditation, default=Accreditation.DRAFT)
    named_on = models.DateField(null=True, blank=True)
    accredited_on = models.DateField(null=True, blank=True)
    arrives_at = models.DateTimeField(null=True, blank=True)  # none: with the delegation
    departs_at = models.DateTimeField(null=True, blank=True)
    presence_reason = models.CharField(max_length=120, blank=True)  # why at other times than the delegation
    list_publicly = models.BooleanField(default=False)
    generated = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["delegation", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=models.Q(capacity="head") & ~models.Q(accreditation__in=["rejected", "withdrawn"]),
                name="member_one_head",
            ),
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=~models.Q(accreditation__in=["rejected", "withdrawn"]),
                name="member_once_per_edition",
            ),
            models.UniqueConstraint(fields=["delegation", "order"], name="member_order_once"),
            models.CheckConstraint(
                condition=models.Q(arrives_at__isnull=True)
                | models.Q(departs_at__isnull=True)
                | models.Q(departs_at__gt=models.F("arrives_at")),
                name="member_departs_after_arrival",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
