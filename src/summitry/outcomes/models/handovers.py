"""Handovers: what goes over from whom to whom, item by item, and who signs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Upper

from summitry.delegations.models import Member
from summitry.outcomes.kinds import (
    EFFECTIVE_STATES,
    Condition,
    HandoverState,
    Side,
    TitlePasses,
    TransferType,
)
from summitry.outcomes.models.commitments import Commitment
from summitry.outcomes.models.vocabulary import Confidentiality, Outcome
from summitry.programme.models import Session
from summitry.records.models import Record
from summitry.world.models import Entity


class Handover(Outcome):
    """A transfer of items; the ceremony is apart from delivery and acceptance, and may come before them."""

    LETTER = "H"

    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.DRAFT)
    state_note = models.TextField(blank=True)  # why it was cancelled, or what was returned
    transfer_type = models.CharField(max_length=10, choices=TransferType, default=TransferType.DONATION)
    transferor = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    title_holder = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    custodian = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    transferee = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    transferee_body = models.CharField(max_length=200, blank=True)  # the service that receives
    commitments = models.ManyToManyField(
        Commitment, through="outcomes.Fulfilment", related_name="handovers", blank=True
    )
    ceremony = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="handovers")
    ceremony_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    title_passes = models.CharField(max_length=12, choices=TitlePasses, default=TitlePasses.ON_DELIVERY)
    title_passes_on = models.DateField(null=True, blank=True)
    end_use = models.TextField(blank=True)
    resale_allowed = models.BooleanField(default=False)
    maintenance = models.TextField(blank=True)
    insurance = models.TextField(blank=True)
    inspection_right = models.BooleanField(default=True)
    visibility = models.TextField(blank=True)
    customs_reference = models.CharField(max_length=120, blank=True)
    certificate_languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    copies = models.PositiveSmallIntegerField(default=2)
    returns_on = models.DateField(null=True, blank=True)  # of a loan, custody or use

    class Meta:
        ordering: ClassVar[list[str]] = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="handover_number_once"),
            models.UniqueConstraint(fields=["id", "edition"], name="handover_in_edition"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="handover_number_positive"),
            models.CheckConstraint(
                condition=~models.Q(transferor=models.F("transferee")), name="handover_between_two"
            ),
            models.CheckConstraint(
                condition=models.Q(title_passes="on_date", title_passes_on__isnull=False)
                | ~models.Q(title_passes="on_date") & models.Q(title_passes_on__isnull=True),
                name="handover_title_date",
            ),
            models.CheckConstraint(
                condition=models.Q(transfer_type="donation") & ~models.Q(title_passes="never")
                | ~models.Q(transfer_type="donation") & models.Q(title_passes="never"),
                name="handover_title_passes_by_donation",
            ),
            models.CheckConstraint(
                condition=~models.Q(transfer_type="donation") | ~models.Q(state="returned"),
                name="handover_donation_not_returned",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_on__isnull=True)
                | models.Q(confidentiality=Confidentiality.PUBLIC, cleared_by__isnull=False)
                & models.Q(state__in=sorted(EFFECTIVE_STATES)),
                name="handover_cleared_is_effective_and_public",
            ),
        ]


class Fulfilment(models.Model):
    """A commitment that a handover serves."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="fulfilments")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="fulfilments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "commitment"], name="fulfilment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.handover} for {self.commitment}"


class HandoverItem(Record):
    """A line of the list: one thing with a serial number, or a batch of one kind.

    With a ``commitment`` its accepted quantity counts towards what was promised there.
    ``is_effective`` follows from the handover: the database sets it, nobody else can.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    line = models.PositiveSmallIntegerField()
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="handover_items"
    )
    category = models.CharField(max_length=120)
    make = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=120, blank=True)
    part_number = models.CharField(max_length=80, blank=True)
    serial_number = models.CharField(max_length=80, blank=True)  # or IMEI
    batch = models.CharField(max_length=120, blank=True)
    asset_tag = models.CharField(max_length=80, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, default=1)
    unit = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    condition = models.CharField(max_length=10, choices=Condition, default=Condition.NEW)
    unit_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    accessories = models.TextField(blank=True)
    warranty_to = models.DateField(null=True, blank=True)
    software_licence = models.CharField(max_length=200, blank=True)
    data_wiped = models.BooleanField(null=True, blank=True)  # none: holds no data
    export_licence = models.CharField(max_length=120, blank=True)
    struck = models.BooleanField(default=False)  # taken off the list before it was agreed
    is_effective = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["handover", "line"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "line"], name="handover_item_line_once"),
            models.UniqueConstraint(fields=["id", "handover"], name="handover_item_of_handover"),
            models.UniqueConstraint(
                Upper("make"),
                Upper("model"),
                Upper("serial_number"),
                condition=models.Q(is_effective=True) & ~models.Q(serial_number=""),
                name="handover_item_serial_on_one_transfer",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="handover_item_quantity"),
            models.CheckConstraint(
                condition=models.Q(serial_number="")
                | models.Q(quantity=1, batch="") & ~models.Q(make="") & ~models.Q(model=""),
                name="handover_item_serial_is_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(unit_value__isnull=True, currency="")
                | models.Q(unit_value__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="handover_item_value_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.make, self.model, self.serial_number) if part) or self.category


class HandoverSignatory(Record):
    """Somebody who signs the certificate: two hand over, two receive."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="signatories")
    side = models.CharField(max_length=10, choices=Side)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=200)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "handover signatories"
        ordering: ClassVar[list[str]] = ["handover", "side", "order"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "side", "order"], name="handover_signatory_once"),
            models.CheckConstraint(
                condition=models.Q(order__in=[1, 2]), name="handover_signatory_two_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"
