"""A handover as its certificate tells it, in the languages agreed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries import naming_policy
from summitry.formats.certificates import Certificate, CertificateItem, CertificateText, Signing, Total
from summitry.outcomes.kinds import HandoverState, Side
from summitry.outcomes.models import Handover, HandoverSignatory
from summitry.outcomes.queries import HandoverStory, ItemLine
from summitry.outcomes.units import unit_for
from summitry.world.languages import text_in
from summitry.world.queries import names_for

_CONDITIONS: Final = (
    ("end_use", "end_use"),
    ("maintenance", "maintenance"),
    ("insurance", "insurance"),
    ("visibility", "visibility"),
    ("customs", "customs_reference"),
)
_NOTES: Final = (
    ("part_number", "part_number"),
    ("asset_tag", "asset_tag"),
    ("year", "year"),
    ("accessories", "accessories"),
    ("warranty", "warranty_to"),
    ("software_licence", "software_licence"),
    ("export_licence", "export_licence"),
)
_PER_SIDE: Final = 2


def certificate_of(
    story: HandoverStory, *, edition: Edition, labels: Mapping[str, Mapping[str, str]]
) -> Certificate:
    """Return the certificate of a handover; two statements for each language and one more.

    It tells what goes over: what was rejected is left out, in number and in value.

    Parameters
    ----------
    edition
        The reader's, by whose policy parties are named.
    labels
        Those of each language that it shall be in, in their order.
    """
    handover = story.handover
    return Certificate(
        number=handover.ref,
        texts=[_text(story, edition, language, said) for language, said in labels.items()],
        place=handover.place,
        on=_day(story),
        terms=handover.transfer_type,
        title_passes=handover.title_passes,
        title_passes_on=handover.title_passes_on,
        returns_on=handover.returns_on,
        items=[_item(line) for line in story.lines if line.going_over],
        totals=[Total(value, currency) for currency, value in sorted(story.totals.items())],
        conditions=[(key, words) for key, name in _CONDITIONS if (words := getattr(handover, name))],
        resale_allowed=handover.resale_allowed,
        inspection_right=handover.inspection_right,
        handing=_signing(story.signatories, Side.HANDING),
        receiving=_signing(story.signatories, Side.RECEIVING),
        copies=handover.copies,
        is_draft=handover.state == HandoverState.DRAFT,
    )


def _day(story: HandoverStory) -> date | None:
    """Return the day of the last signature; else that of the ceremony."""
    signed = [one.signed_on for one in story.signatories]
    days = [day for day in signed if day is not None]
    return max(days) if days and len(days) == len(signed) else story.handover.ceremony_on


def _text(
    story: HandoverStory, edition: Edition, language: str, labels: Mapping[str, str]
) -> CertificateText:
    handover = story.handover
    names = {
        pk: name.short
        for pk, name in names_for(
            _entities(handover), language=language, on=clock.today(edition), policy=naming_policy(edition)
        ).items()
    }
    return CertificateText(
        language=language,
        labels=labels,
        title=text_in(handover.title, language),
        edition=text_in(handover.edition.name, language),
        handing=names[handover.transferor_id],
        receiving=names[handover.transferee_id],
        receiving_body=handover.transferee_body,
        holder=names.get(handover.title_holder_id or 0, ""),
        custodian=names.get(handover.custodian_id or 0, ""),
        commitments=[f"{one.ref} {text_in(one.title, language)}" for one in story.commitments],
    )


def _entities(handover: Handover) -> set[int]:
    named = (handover.transferor_id, handover.transferee_id, handover.title_holder_id, handover.custodian_id)
    return {one for one in named if one is not None}


def _item(line: ItemLine) -> CertificateItem:
    item = line.item
    made = " ".join(part for part in (item.make, item.model) if part)
    notes: list[tuple[str, str | date]] = []
    for key, name in _NOTES:
        known = getattr(item, name)
        if known:
            notes.append((key, known if isinstance(known, date) else str(known)))
    return CertificateItem(
        line=item.line,
        description=", ".join(part for part in (item.category, made) if part),
        identity=item.serial_number or item.batch,
        quantity=line.going_over,
        unit=unit_for(line.going_over, item.unit),
        condition=item.condition,
        value=line.value,
        currency=item.currency,
        notes=notes,
    )


def _signing(known: Sequence[HandoverSignatory], side: Side) -> list[Signing]:
    named = [Signing(one.name, one.office, one.signed_on) for one in known if one.side == side]
    return [*named, *(Signing() for _place in range(_PER_SIDE - len(named)))]
