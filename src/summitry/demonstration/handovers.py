"""The handover of registration devices to Bosnia and Herzegovina, from the promise to the visit that is due.

The news item tells that technical support was delivered with an official handover, within
the cooperation with the Western Balkans. How many devices there were, what they are and what
became of each, who signed and who looked, is generated. It goes the way that such a handover
goes: delivered in two consignments, one device accepted with remarks that were settled by the
second, one rejected and replaced, title passed with the last delivery, celebrated and signed
two weeks later, looked at once, and to be looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from summitry.accounts.access import SYSTEM
from summitry.accounts.models import User
from summitry.bookings.models import Occasion
from summitry.conferences.models import Edition
from summitry.outcomes import actions
from summitry.outcomes.actions import (
    Content,
    Found,
    Item,
    Party,
    Provision,
    Signatory,
    Signing,
    Taken,
    Terms,
    Told,
    Transfer,
)
from summitry.outcomes.kinds import (
    CommitmentKind,
    FindingOnUse,
    InspectionResult,
    InstrumentKind,
    LegalNature,
    LifecycleState,
    PartyRole,
    Progress,
    Side,
    TitlePasses,
)
from summitry.outcomes.models import Area, Commitment, Handover, HandoverItem, Instrument
from summitry.world.models import Entity

_PUBLIC: Final = Occasion.Confidentiality.PUBLIC
_PROMISED: Final = 8
_FIRST_DELIVERY: Final = (date(2019, 9, 16), date(2019, 9, 18), range(1, 6))
_SECOND_DELIVERY: Final = (date(2019, 10, 14), date(2019, 10, 16), range(6, 10))
_REMARKED, _REJECTED = 4, 5
_VISITED_ON: Final = date(2019, 10, 24)
_CEREMONY_ON: Final = date(2019, 10, 30)
_VISIT_DUE_ON: Final = date(2019, 11, 22)
_INSPECTOR: Final = "Damir Selak, technical officer"
_SIGNATORIES: Final = (
    (Side.HANDING, "Henrik Vasa", "Head of International Cooperation"),
    (Side.HANDING, "Ilse Maartens", "Equipment Officer"),
    (Side.RECEIVING, "Lejla Orahovac", "Deputy Head, Border Registration Service"),
    (Side.RECEIVING, "Damir Selak", "Technical Officer, Border Registration Service"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Between whom, at which editions, in which area, and who goes to see the devices again."""

    edition: Edition
    earlier: Edition
    earlier_day: date
    host: Entity
    bosnia: Entity
    area: Area
    visitor: User


def record_programme(parties: Parties) -> Instrument:
    """Record the cooperation within which it was promised."""
    return actions.record_instrument(
        edition=parties.earlier,
        content=Content(
            title={
                "en": "Cooperation with the Western Balkans",
                "fr": "Coopération avec les Balkans occidentaux",
                "es": "Cooperación con los Balcanes Occidentales",
            },
            kind=InstrumentKind.REGIONAL_PROGRAMME,
            legal_nature=LegalNature.NON_BINDING,
            parties=[Signing(entity=parties.host), Signing(entity=parties.bosnia)],
            articles=[Provision("1", "Frontex provides technical support to Bosnia and Herzegovina.", "en")],
            confidentiality=_PUBLIC,
        ),
        state=LifecycleState.IN_EFFECT,
        on=parties.earlier_day,
        by=SYSTEM,
    )


def record_promise(parties: Parties, programme: Instrument) -> Commitment:
    """Record what was promised there."""
    terms = Terms(
        title={"en": "Technical support", "fr": "Appui technique", "es": "Apoyo técnico"},
        text="Frontex will provide technical support to Bosnia and Herzegovina.",
        language="en",
        kind=CommitmentKind.EQUIPMENT,
        owner=parties.host,
        parties=[Party(parties.bosnia, PartyRole.BENEFICIARY)],
        article=programme.articles.get(),
        areas=[parties.area],
        places=["BA"],
        indicator="Registration devices accepted by the Border Registration Service",
        target=Decimal(_PROMISED),
        unit="devices",
        due_on=date(2019, 12, 31),
        confidentiality=_PUBLIC,
    )
    [promise] = actions.load_commitments(
        edition=parties.earlier,
        taken=[
            Taken(
                terms,
                agreed_on=parties.earlier_day,
                agreed_elsewhere="Within the cooperation with the Western Balkans",
            )
        ],
        by=SYSTEM,
    )
    return promise


def record_handover(parties: Parties, promise: Commitment) -> Handover:
    """Record the handover and what became of each device; the promise is complete when eight are accepted."""
    handover = actions.record_handover(
        edition=parties.edition,
        transfer=_transfer(parties, promise),
        items=[_device(number, promise) for number in range(1, _PROMISED + 1)],
        signatories=[Signatory(side, name, office) for side, name, office in _SIGNATORIES],
        by=SYSTEM,
    )
    actions.agree_handover(handover=handover, by=SYSTEM)
    _first_consignment(handover)
    _tell(parties, promise, Progress.IN_PROGRESS_50, date(2019, 9, 20),
          "Five of eight devices were delivered, four accepted. One did not start and is replaced.")  # fmt: skip
    actions.add_items(handover=handover, items=[_device(_PROMISED + 1, promise)], by=SYSTEM)
    _second_consignment(handover)
    _look(parties, handover)
    actions.sign_handover(
        handover=handover,
        signatories=[
            Signatory(side, name, office, None, _CEREMONY_ON) for side, name, office in _SIGNATORIES
        ],
        by=SYSTEM,
    )
    _tell(parties, promise, Progress.COMPLETED, _CEREMONY_ON,
          "All eight devices were delivered and accepted, and officially handed over.")  # fmt: skip
    handover.refresh_from_db()
    return handover


def _transfer(parties: Parties, promise: Commitment) -> Transfer:
    return Transfer(
        title={
            "en": "Handover of registration devices",
            "fr": "Remise d’appareils d’enregistrement",
            "es": "Entrega de dispositivos de registro",
        },
        transferor=parties.host,
        transferee=parties.bosnia,
        transferee_body="Border Registration Service",
        commitments=[promise],
        ceremony_on=_CEREMONY_ON,
        place="Warsaw",
        title_passes=TitlePasses.ON_DELIVERY,
        end_use="Registration of persons at border crossing points and in reception centres.",
        maintenance="Two years by the maker, from the delivery; afterwards by the service that receives.",
        insurance="By the service that receives, from the delivery.",
        visibility="Each device carries the mark of who gave it.",
        customs_reference="T1 19PL361010E0041770, free of VAT",
        certificate_languages=["en", "fr"],
        confidentiality=_PUBLIC,
    )


def _device(number: int, promise: Commitment) -> Item:
    return Item(
        category="Registration device",
        unit="devices",
        commitment=promise,
        make="Kestrel",
        model="R2",
        part_number="KR2-EU",
        serial_number=f"KR2-{20190400 + number}",
        asset_tag=f"FX-19-{270 + number}",
        year=2019,
        unit_value=Decimal("1480.00"),
        currency="EUR",
        accessories="docking station, power supply, carrying case",
        warranty_to=date(2021, 10, 14),
        software_licence="Kestrel Enrol 4, one device, unlimited in time",
        export_licence="PL-2019-DU-00417",
    )


def _lines(handover: Handover, numbers: range) -> Sequence[HandoverItem]:
    return list(handover.items.filter(line__in=list(numbers)).order_by("line"))


def _deliver(handover: Handover, on: date, numbers: range, note: str) -> Sequence[HandoverItem]:
    lines = _lines(handover, numbers)
    actions.note_delivery(
        handover=handover,
        lines=[(line, Decimal(1)) for line in lines],
        on=on,
        place="Sarajevo",
        note=note,
        received_by="Amra Tufek, stores",
        by=SYSTEM,
    )
    return lines


def _inspect(
    handover: Handover, on: date, lines: Sequence[HandoverItem], otherwise: Mapping[int, Found]
) -> None:
    actions.inspect_items(
        handover=handover,
        found=[otherwise.get(line.line) or Found(line, InspectionResult.ACCEPTED) for line in lines],
        inspector=_INSPECTOR,
        on=on,
        by=SYSTEM,
    )


def _first_consignment(handover: Handover) -> None:
    """Deliver five devices: one is accepted with remarks, one rejected."""
    delivered_on, inspected_on, numbers = _FIRST_DELIVERY
    lines = _deliver(handover, delivered_on, numbers, "WB-2019-0912")
    by_number = {line.line: line for line in lines}
    remarked, rejected = by_number[_REMARKED], by_number[_REJECTED]
    one = Decimal(1)
    otherwise = {
        _REMARKED: Found(
            remarked,
            InspectionResult.ACCEPTED_WITH_REMARKS,
            one,
            "Works; its power supply has a plug that fits no socket here. An adapter is to follow.",
        ),
        _REJECTED: Found(
            rejected, InspectionResult.REJECTED, one, "The fingerprint scanner does not start. Sent back."
        ),
    }
    _inspect(handover, inspected_on, lines, otherwise)


def _second_consignment(handover: Handover) -> None:
    """Deliver the others and the replacement; all are accepted, and the remarks are settled."""
    delivered_on, inspected_on, numbers = _SECOND_DELIVERY
    lines = _deliver(handover, delivered_on, numbers, "WB-2019-1027")
    _inspect(handover, inspected_on, lines, {})
    [remarked] = _lines(handover, range(_REMARKED, _REMARKED + 1))
    actions.settle_remarks(
        inspection=remarked.inspections.get(),
        note="The adapter came with the second consignment, and fits.",
        inspector=_INSPECTOR,
        on=inspected_on,
        by=SYSTEM,
    )


def _look(parties: Parties, handover: Handover) -> None:
    """Note the visit that was made, and plan the next."""
    actions.note_visit(
        handover=handover,
        visitors="Ilse Maartens, Marko Jelavić",
        finding=FindingOnUse.AS_AGREED,
        narrative=(
            "Four devices are in daily use at two crossing points. They are kept locked away at night, "
            "carry their tags, and their register is up to date."
        ),
        items=_lines(handover, range(1, _REMARKED + 1)),
        place="Bijača and Izačić",
        on=_VISITED_ON,
        by=SYSTEM,
    )
    actions.plan_visit(
        handover=handover,
        due_on=_VISIT_DUE_ON,
        visitor=parties.visitor,
        subject="Sarajevo: the four devices of the second consignment, and their register",
        by=SYSTEM,
    )


def _tell(parties: Parties, promise: Commitment, progress: Progress, on: date, narrative: str) -> None:
    told = Told(progress=progress, narrative=narrative, on=on)
    actions.file_report(commitment=promise, told=told, edition=parties.edition, by=SYSTEM)
    promise.refresh_from_db()
