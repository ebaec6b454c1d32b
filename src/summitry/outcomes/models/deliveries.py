"""What became of the items of a handover: delivered, inspected, visited, disposed of; only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from summitry.accounts.models import User
from summitry.outcomes.kinds import DisposalMethod, FindingOnUse, HandoverFileKind, InspectionResult
from summitry.outcomes.models.handovers import Handover, HandoverItem
from summitry.outcomes.models.vocabulary import Attachment
from summitry.records.models import Record


class Delivery(Record):
    """A consignment that arrived. One entered wrongly is replaced by another that corrects it."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="deliveries")
    delivered_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=120, blank=True)  # number of the delivery note or waybill
    received_by = models.CharField(max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.TextField(blank=True)  # of the correction
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering: ClassVar[list[str]] = ["handover", "delivered_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "handover"], name="delivery_of_handover"),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""),
                name="delivery_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover}, delivered {self.delivered_on}"


class DeliveryLine(models.Model):
    """How much of an item a delivery brought."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    item = models.ForeignKey(HandoverItem, models.PROTECT, related_name="delivery_lines")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        ordering: ClassVar[list[str]] = ["delivery", "item"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "item"], name="delivery_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="delivery_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.item}"


class Inspection(Record):
    """What the transferee found of an item, for how much of it.

    One entered wrongly is replaced by another; so is one with remarks, once they are settled.
    """

    item = models.ForeignKey(HandoverItem, models.PROTECT, related_name="inspections")
    inspected_on = models.DateField()
    result = models.CharField(max_length=22, choices=InspectionResult)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    remarks = models.TextField(blank=True)
    inspector = models.CharField(max_length=200)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    settles = models.BooleanField(default=False)  # the remarks of the one it follows were mended meanwhile
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["item", "inspected_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="inspection_quantity"),
            models.CheckConstraint(
                condition=models.Q(result="accepted", corrects__isnull=True) | ~models.Q(remarks=""),
                name="inspection_has_remarks",
            ),
            models.CheckConstraint(
                condition=models.Q(settles=False) | models.Q(corrects__isnull=False, result="accepted"),
                name="inspection_settles_remarks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.result}"


class EndUseVisit(Record):
    """A look at what became of the items at the transferee's."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    visitors = models.CharField(max_length=300)
    finding = models.CharField(max_length=14, choices=FindingOnUse)
    narrative = models.TextField()
    items = models.ManyToManyField(HandoverItem, related_name="visits", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["handover", "visited_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "handover"], name="end_use_visit_of_handover"),
        ]

    def __str__(self) -> str:
        return f"{self.handover}, visited {self.visited_on}"


class PlannedVisit(Record):
    """A look that is to be taken by a day, and by whom; it ends with the visit, or is called off."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="planned_visits")
    due_on = models.DateField()
    visitor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody: whoever follows the edition up
    subject = models.CharField(max_length=300, blank=True)  # where, and what is to be looked at
    visit = models.OneToOneField(EndUseVisit, models.PROTECT, null=True, blank=True, related_name="planned")
    called_off = models.CharField(max_length=300, blank=True)  # why
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["handover", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "due_on"],
                condition=models.Q(visit__isnull=True, called_off=""),
                name="planned_visit_once_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(visit__isnull=True) | models.Q(called_off=""),
                name="planned_visit_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover}, to be visited by {self.due_on}"


class Disposal(Record):
    """How an item left service."""

    item = models.ForeignKey(HandoverItem, models.PROTECT, related_name="disposals")
    disposed_on = models.DateField()
    method = models.CharField(max_length=12, choices=DisposalMethod)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    reason = models.TextField()
    approval = models.CharField(max_length=200, blank=True)  # by whom, under which number
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["item", "disposed_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="disposal_quantity"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="disposal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.method}"


class HandoverFile(Attachment):
    """A file of a handover: its certificate, a delivery note, a photograph."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=14, choices=HandoverFileKind, default=HandoverFileKind.OTHER)

    class Meta:
        ordering: ClassVar[list[str]] = ["handover", "id"]
