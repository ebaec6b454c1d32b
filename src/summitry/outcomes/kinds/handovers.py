"""The words of handovers (practice notes, outcomes, 5.3)."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TransferType(TextChoices):
    """On what terms the items go over."""

    DONATION = "donation", _("donation")
    LOAN = "loan", _("loan")
    CUSTODY = "custody", _("custody")
    FOR_USE = "for_use", _("for use")


class TitlePasses(TextChoices):
    """When the transferee becomes the owner."""

    ON_SIGNATURE = "on_signature", _("on signature")
    ON_DELIVERY = "on_delivery", _("on delivery")
    ON_DATE = "on_date", _("on a later date")
    NEVER = "never", _("title stays with its holder")


class HandoverState(TextChoices):
    """How far a handover is; from the agreed list to its closing it is effective."""

    DRAFT = "draft", _("draft")
    AGREED = "agreed", _("list agreed")
    SIGNED = "signed", _("certificate signed")
    CLOSED = "closed", _("closed")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


#: States in which an item is on its way or with the transferee.
EFFECTIVE_STATES: Final = frozenset({HandoverState.AGREED, HandoverState.SIGNED, HandoverState.CLOSED})


class Condition(TextChoices):
    """In what condition an item is."""

    NEW = "new", _("new")
    GOOD = "good", _("good")
    USED = "used", _("used")
    DEFECTIVE = "defective", _("defective")


class InspectionResult(TextChoices):
    """What the transferee's inspection finds."""

    ACCEPTED = "accepted", _("accepted")
    ACCEPTED_WITH_REMARKS = "accepted_with_remarks", _("accepted with remarks")
    REJECTED = "rejected", _("rejected")


class Side(TextChoices):
    """For whom somebody signs."""

    HANDING = "handing", _("handing over")
    RECEIVING = "receiving", _("receiving")


class FindingOnUse(TextChoices):
    """What an end-use visit finds."""

    AS_AGREED = "as_agreed", _("used as agreed")
    PARTLY = "partly", _("partly used as agreed")
    NOT_AS_AGREED = "not_as_agreed", _("not used as agreed")
    NOT_FOUND = "not_found", _("not found")


class DisposalMethod(TextChoices):
    """How an item left service."""

    DESTROYED = "destroyed", _("destroyed")
    RECYCLED = "recycled", _("recycled")
    SOLD = "sold", _("sold")
    TRANSFERRED = "transferred", _("transferred to another body")
    RETURNED = "returned", _("returned to the transferor")
    LOST = "lost", _("lost or stolen")


class HandoverFileKind(TextChoices):
    """What a file of a handover is."""

    CERTIFICATE = "certificate", _("certificate")
    DELIVERY_NOTE = "delivery_note", _("delivery note")
    PACKING_LIST = "packing_list", _("packing list")
    CUSTOMS = "customs", _("customs document")
    PHOTOGRAPH = "photograph", _("photograph")
    OTHER = "other", _("other")
