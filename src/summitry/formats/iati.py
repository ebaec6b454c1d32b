"""Aid activities as the International Aid Transparency Initiative exchanges them (IATI Standard 2.03).

The order of elements is that of the standard's ``iati-activities-schema.xsd``; codes are
those of its code lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Final

from lxml import etree

from summitry.formats.text import fit_for_print

VERSION: Final = "2.03"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)
_OWN_VOCABULARY: Final = "99"  # SectorVocabulary: the reporting organisation's own
_UN_REGIONS: Final = "2"  # RegionVocabulary: UN M49
_UNSPECIFIED_SECTOR: Final = "99810"  # OECD DAC: sectors not specified
_UNSPECIFIED_REGION: Final = "998"  # OECD DAC: developing countries, unspecified


class Status(StrEnum):
    """ActivityStatus."""

    PIPELINE = "1"
    IMPLEMENTATION = "2"
    FINALISATION = "3"
    CLOSED = "4"
    CANCELLED = "5"
    SUSPENDED = "6"


class DateType(StrEnum):
    """ActivityDateType."""

    PLANNED_START = "1"
    ACTUAL_START = "2"
    PLANNED_END = "3"
    ACTUAL_END = "4"


class OrganisationRole(StrEnum):
    """OrganisationRole."""

    FUNDING = "1"
    ACCOUNTABLE = "2"
    EXTENDING = "3"
    IMPLEMENTING = "4"


class OrganisationType(StrEnum):
    """OrganisationType, as far as conferences of States have use for it."""

    GOVERNMENT = "10"
    INTERNATIONAL_NGO = "21"
    MULTILATERAL = "40"
    PRIVATE = "70"
    OTHER = "90"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation by its name, and by its type where that is known."""

    name: Mapping[str, str]
    role: OrganisationRole
    type: OrganisationType | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be reached by when, in the activity's own unit.

    Attributes
    ----------
    baseline
        In words; the standard's own baseline wants a year and a number.
    """

    title: str
    target: Decimal
    start: date
    end: date
    baseline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity.

    Attributes
    ----------
    number
        Unique within the reporting organisation.
    title, description
        By language; at least one each.
    dates
        At least a start.
    countries, regions
        ISO 3166-1 alpha-2 and UN M49 codes.
    sectors
        The reporter's own codes, each with its name by language.
    committed
        Amount, currency (ISO 4217) and day of the outgoing commitment.
    """

    number: str
    language: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    organisations: Sequence[Organisation]
    status: Status
    dates: Mapping[DateType, date]
    countries: Sequence[str] = ()
    regions: Sequence[str] = ()
    sectors: Sequence[tuple[str, Mapping[str, str]]] = ()
    committed: tuple[Decimal, str, date] | None = None
    measure: Measure | None = None
    conditions: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports.

    Attributes
    ----------
    ref
        Its identifier in the initiative's register: ``XM-DAC-42004``.
    vocabulary_url
        Where its sectors are explained.
    """

    ref: str
    name: Mapping[str, str]
    type: OrganisationType
    vocabulary_url: str
    is_secondary: bool = field(default=True)


def write_activities(reporter: Reporter, activities: Sequence[Activity], *, generated_at: datetime) -> bytes:
    """Write activities as one document.

    Raises
    ------
    ValueError
        Where there is none: the standard knows no empty document.
    """
    if not activities:
        raise ValueError("An IATI document holds at least one activity.")
    root = etree.Element("iati-activities", {"version": VERSION, "generated-datetime": _moment(generated_at)})
    for activity in activities:
        _write(root, reporter, activity)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _narrated(
    parent: etree._Element, name: str, texts: Mapping[str, str], language: str, **attributes: str
) -> etree._Element:
    element = etree.SubElement(
        parent, name, {key.replace("_", "-"): value for key, value in attributes.items()}
    )
    for code, text in texts.items():
        narrative = etree.SubElement(element, "narrative")
        if code != language:
            narrative.set(_LANGUAGE, code)
        narrative.text = fit_for_print(text)
    return element


def _write(root: etree._Element, reporter: Reporter, activity: Activity) -> None:
    language = activity.language
    head = {_LANGUAGE: language}
    if activity.updated_at:
        head["last-updated-datetime"] = _moment(activity.updated_at)
    if activity.committed:
        head["default-currency"] = activity.committed[1]
    element = etree.SubElement(root, "iati-activity", head)
    etree.SubElement(element, "iati-identifier").text = f"{reporter.ref}-{activity.number}"
    _narrated(
        element,
        "reporting-org",
        reporter.name,
        language,
        ref=reporter.ref,
        type=reporter.type,
        secondary_reporter="1" if reporter.is_secondary else "0",
    )
    _narrated(element, "title", activity.title, language)
    _narrated(element, "description", activity.description, language, type="1")
    for organisation in activity.organisations:
        kind = {"type": str(organisation.type)} if organisation.type else {}
        _narrated(element, "participating-org", organisation.name, language, role=organisation.role, **kind)
    etree.SubElement(element, "activity-status", code=activity.status)
    for which, day in sorted(activity.dates.items()):
        etree.SubElement(element, "activity-date", {"type": str(which), "iso-date": day.isoformat()})
    _write_places(element, activity)
    _write_sectors(element, reporter, activity)
    if activity.committed:
        _write_commitment(element, activity.committed)
    if activity.conditions:
        conditions = etree.SubElement(element, "conditions", attached="1")
        _narrated(conditions, "condition", {language: activity.conditions}, language, type="2")
    if activity.measure:
        _write_measure(element, activity.measure, language)


def _shares(count: int) -> list[str]:
    """Divide a hundred per cent so that the parts add up to it exactly."""
    each = (_HUNDRED / count).quantize(_CENT, ROUND_DOWN)
    return [str(each)] * (count - 1) + [str(_HUNDRED - each * (count - 1))]


def _write_places(element: etree._Element, activity: Activity) -> None:
    codes = [*activity.countries, *activity.regions]
    if not codes:
        etree.SubElement(
            element, "recipient-region", code=_UNSPECIFIED_REGION, vocabulary="1", percentage="100"
        )
        return
    shares = dict(zip(codes, _shares(len(codes)), strict=True))
    for code in activity.countries:
        etree.SubElement(element, "recipient-country", code=code, percentage=shares[code])
    for code in activity.regions:
        etree.SubElement(
            element, "recipient-region", code=code, vocabulary=_UN_REGIONS, percentage=shares[code]
        )


def _write_sectors(element: etree._Element, reporter: Reporter, activity: Activity) -> None:
    # The OECD's vocabulary is asked for; the reporter's own stands beside it, each adding up to a hundred.
    etree.SubElement(element, "sector", vocabulary="1", code=_UNSPECIFIED_SECTOR, percentage="100")
    shares = _shares(len(activity.sectors)) if activity.sectors else []
    for (code, name), share in zip(activity.sectors, shares, strict=True):
        _narrated(
            element,
            "sector",
            name,
            activity.language,
            vocabulary=_OWN_VOCABULARY,
            vocabulary_uri=reporter.vocabulary_url,
            code=code,
            percentage=share,
        )


def _write_commitment(element: etree._Element, committed: tuple[Decimal, str, date]) -> None:
    amount, currency, day = committed
    transaction = etree.SubElement(element, "transaction")
    etree.SubElement(transaction, "transaction-type", code="2")  # outgoing commitment
    etree.SubElement(transaction, "transaction-date", {"iso-date": day.isoformat()})
    value = etree.SubElement(transaction, "value", {"currency": currency, "value-date": day.isoformat()})
    value.text = f"{amount:f}"


def _write_measure(element: etree._Element, measure: Measure, language: str) -> None:
    result = etree.SubElement(element, "result", {"type": "1", "aggregation-status": "0"})  # output
    _narrated(result, "title", {language: measure.title}, language)
    indicator = etree.SubElement(result, "indicator", measure="1", ascending="1")  # a number of units
    _narrated(indicator, "title", {language: measure.title}, language)
    if measure.baseline:
        _narrated(indicator, "description", {language: measure.baseline}, language, type="1")
    period = etree.SubElement(indicator, "period")
    etree.SubElement(period, "period-start", {"iso-date": measure.start.isoformat()})
    etree.SubElement(period, "period-end", {"iso-date": measure.end.isoformat()})
    etree.SubElement(period, "target", value=f"{measure.target.normalize():f}")
