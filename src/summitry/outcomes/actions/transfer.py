"""A handover as it is given to be recorded, and whether it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.delegations.models import Member
from summitry.outcomes import access
from summitry.outcomes.actions.shared import check_languages, check_title
from summitry.outcomes.kinds import Condition, TitlePasses, TransferType
from summitry.outcomes.models import Commitment
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.programme.models import Session
from summitry.records import RefusedError
from summitry.world.models import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the list, as :class:`~summitry.outcomes.models.HandoverItem` has it.

    Attributes
    ----------
    line
        Of an item that there is already; none: a further line.
    commitment
        What it counts towards; none: an extra that does not.
    """

    category: str
    unit: str
    line: int | None = None
    commitment: Commitment | None = None
    make: str = ""
    model: str = ""
    part_number: str = ""
    serial_number: str = ""
    batch: str = ""
    asset_tag: str = ""
    quantity: Decimal = Decimal(1)
    year: int | None = None
    condition: str = Condition.NEW
    unit_value: Decimal | None = None
    currency: str = ""
    accessories: str = ""
    warranty_to: date | None = None
    software_licence: str = ""
    data_wiped: bool | None = None
    export_licence: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the columns of the item by name; text without space around it."""
        found = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in {"line", "commitment"}
        }
        tidy = {
            name: " ".join(value.split()) if isinstance(value, str) else value
            for name, value in found.items()
        }
        return {**tidy, "commitment_id": self.commitment.pk if self.commitment else None}


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs for a side; when, once they have."""

    side: str
    name: str
    office: str
    member: Member | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A handover, as :class:`~summitry.outcomes.models.Handover` has it.

    Attributes
    ----------
    commitments
        What it serves; which items count towards which, each item says.
    ceremony, ceremony_on
        The symbolic act, apart from delivery and acceptance: it may come before them.
    """

    title: Mapping[str, str]
    transferor: Entity
    transferee: Entity
    transfer_type: str = TransferType.DONATION
    title_holder: Entity | None = None
    custodian: Entity | None = None
    transferee_body: str = ""
    commitments: Sequence[Commitment] = ()
    ceremony: Session | None = None
    ceremony_on: date | None = None
    place: str = ""
    title_passes: str = TitlePasses.ON_DELIVERY
    title_passes_on: date | None = None
    end_use: str = ""
    resale_allowed: bool = False
    maintenance: str = ""
    insurance: str = ""
    inspection_right: bool = True
    visibility: str = ""
    customs_reference: str = ""
    certificate_languages: Sequence[str] = ("en",)
    copies: int = 2
    returns_on: date | None = None
    confidentiality: int = Confidentiality.PARTIES
    generated: bool = False

    def columns(self) -> dict[str, Any]:
        """Return the columns of the handover by name."""
        entities = ("transferor", "transferee", "title_holder", "custodian", "ceremony")
        plain = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in {*entities, "title", "commitments", "certificate_languages"}
        }
        related = {f"{name}_id": one.pk if (one := getattr(self, name)) else None for name in entities}
        return {
            **plain,
            **related,
            "title": dict(self.title),
            "certificate_languages": list(self.certificate_languages),
        }


def check_transfer(edition: Edition, transfer: Transfer, by: Actor) -> None:
    """Refuse a handover that cannot be so; it names the field."""
    level = transfer.confidentiality
    if level not in Confidentiality:
        raise RefusedError(_("Choose who may know of it."), field="confidentiality")
    if not access.may_record(by, edition, confidentiality=level) and not access.reaches(
        by, edition, confidentiality=level
    ):
        raise PermissionDenied(_("You may not record handovers at this edition."))
    check_title(transfer.title)
    if transfer.transferor.pk == transfer.transferee.pk:
        raise RefusedError(_("It goes from one to another: choose two parties."), field="transferee")
    if transfer.transfer_type not in TransferType:
        raise RefusedError(_("Choose on what terms the items go over."), field="transfer_type")
    _check_title_passing(transfer)
    if not transfer.certificate_languages:
        raise RefusedError(_("Choose the languages of the certificate."), field="certificate_languages")
    check_languages(transfer.certificate_languages, "certificate_languages")
    if transfer.ceremony is not None and transfer.ceremony.edition_id != edition.pk:
        raise RefusedError(_("Choose a session of this edition for the ceremony."), field="ceremony")
    for commitment in transfer.commitments:
        if commitment.edition.series_id != edition.series_id:
            raise RefusedError(_("Choose commitments of this series."), field="commitments")
        if commitment.confidentiality >= Confidentiality.CHIEF_OF_PROTOCOL > level:
            raise RefusedError(
                _("It serves what only the parties and the chief of protocol know of: so must it be kept."),
                field="confidentiality",
            )


def _check_title_passing(transfer: Transfer) -> None:
    if transfer.title_passes not in TitlePasses:
        raise RefusedError(_("Choose when title passes."), field="title_passes")
    gives = transfer.transfer_type == TransferType.DONATION
    if gives == (transfer.title_passes == TitlePasses.NEVER):
        raise RefusedError(
            _("Title passes with a donation, and with nothing else: choose accordingly."),
            field="title_passes",
        )
    if (transfer.title_passes == TitlePasses.ON_DATE) != (transfer.title_passes_on is not None):
        raise RefusedError(
            _("Give the day on which title passes where it is a later one, otherwise none."),
            field="title_passes_on",
        )
