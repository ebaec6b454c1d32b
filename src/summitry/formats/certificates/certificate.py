"""What stands on a certificate of handover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from summitry.formats.certificates.labels import ENGLISH

_ENGLISH_DAY: Final = "d MMMM y"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateItem:
    """A line of the list; text as it was recorded, numbers as numbers.

    Attributes
    ----------
    identity
        Serial number, or batch.
    notes
        What else is recorded of it, as a label's key and a value: ``("warranty", date(…))``.
    condition
        Key of its label: ``new``, ``good``, ``used``, ``defective``.
    """

    line: int
    description: str
    identity: str
    quantity: Decimal
    unit: str
    condition: str
    value: Decimal | None = None
    currency: str = ""
    notes: Sequence[tuple[str, str | date]] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in one currency (ISO 4217)."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody who signs; empty where nobody is named yet."""

    name: str = ""
    office: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateText:
    """What a certificate says in one language.

    Attributes
    ----------
    language
        ISO 639 code.
    labels
        As :func:`summitry.formats.certificates.labels.labels_from` checks them.
    title
        What is handed over, in words.
    handing, receiving, holder, custodian
        The parties' names in this language.
    commitments
        What it fulfils, each in a line.
    """

    language: str
    labels: Mapping[str, str]
    title: str
    edition: str
    handing: str
    receiving: str
    receiving_body: str = ""
    holder: str = ""
    custodian: str = ""
    commitments: Sequence[str] = ()

    def __post_init__(self) -> None:
        missing = ENGLISH.keys() - self.labels.keys()
        if missing:
            raise ValueError(f"Labels in {self.language!r} lack {', '.join(sorted(missing))}.")

    def day(self, day: date | None) -> str:
        """Write a day as the language does."""
        if day is None:
            return ""
        locale = self._locale
        return format_date(day, _ENGLISH_DAY if locale.language == "en" else "long", locale=locale)

    def number(self, number: Decimal, *, places: int = 0) -> str:
        """Write a number as the language does, with at least so many places."""
        pattern = "#,##0." + "0" * places + "#" * (3 - places) if places else "#,##0.###"
        return format_decimal(number, format=pattern, locale=self._locale)

    @property
    def _locale(self) -> Locale:
        try:
            return Locale.parse("en_GB" if self.language == "en" else self.language)
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")

    def language_name(self, code: str) -> str:
        """Return what a language is called in this one, or in itself where that is not known."""
        try:
            name = Locale.parse(code).get_display_name(self._locale)
        except (UnknownLocaleError, ValueError):
            name = None
        return name or code


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate of handover.

    Attributes
    ----------
    texts
        One for each language; the first comes first.
    terms
        Key of a label: ``donation``, ``loan``, ``custody``, ``for_use``.
    title_passes
        Key of a label: ``on_signature``, ``on_delivery``, ``on_date``, ``never``.
    conditions
        Key of a label and the text as it was agreed, in whatever language that was.
    resale_allowed, inspection_right
        What was agreed; said in each language's own words.
    handing, receiving
        Two who sign for each side.
    is_draft
        Whether the list is not agreed yet: it says so at its head.
    """

    number: str
    texts: Sequence[CertificateText]
    place: str
    on: date | None
    terms: str
    title_passes: str
    items: Sequence[CertificateItem]
    title_passes_on: date | None = None
    returns_on: date | None = None
    totals: Sequence[Total] = ()
    conditions: Sequence[tuple[str, str]] = ()
    resale_allowed: bool = False
    inspection_right: bool = True
    handing: Sequence[Signing] = (Signing(), Signing())
    receiving: Sequence[Signing] = (Signing(), Signing())
    copies: int = 2
    is_draft: bool = False

    def __post_init__(self) -> None:
        if not self.texts:
            raise ValueError("A certificate is in one language at least.")

    def titles(self, texts: Sequence[CertificateText]) -> list[tuple[CertificateText, str]]:
        """Say what is handed over, once where several languages have the same words for it."""
        sharing: dict[str, list[CertificateText]] = {}
        for text in texts:
            sharing.setdefault(text.title, []).append(text)
        said = []
        for title, alike in sharing.items():
            draft = " / ".join(dict.fromkeys(text.labels["draft"] for text in alike))
            said.append((alike[0], f"{draft}: {title}" if self.is_draft else title))
        return said

    def declaration(self, text: CertificateText) -> list[str]:
        """Say in one language what goes over, and when title passes."""
        labels = text.labels
        said = [labels[self.terms]]
        passes = labels[self.title_passes]
        if self.title_passes == "on_date":
            passes = passes.replace("{date}", text.day(self.title_passes_on))
        said.append(passes)
        if self.returns_on is not None:
            said.append(labels["returns_on"].replace("{date}", text.day(self.returns_on)))
        return said

    def agreed(self, text: CertificateText) -> list[tuple[str, str]]:
        """Say in one language what was agreed beside the transfer: a heading and a text each."""
        labels = text.labels
        return [
            *((labels[key], words) for key, words in self.conditions),
            (labels["resale"], labels["allowed" if self.resale_allowed else "not_allowed"]),
            (labels["inspection"], labels["may_inspect" if self.inspection_right else "may_not_inspect"]),
        ]

    def made_in(self, text: CertificateText) -> str:
        """Say in one language in how many copies and languages it is made."""
        names = ", ".join(text.language_name(one.language) for one in self.texts)
        return text.labels["made_in"].replace("{copies}", str(self.copies)).replace("{languages}", names)

    def noted(self, item: CertificateItem, text: CertificateText) -> list[str]:
        """Say in one language what else is recorded of an item."""
        return [
            f"{text.labels[key]}: {text.day(value) if isinstance(value, date) else value}"
            for key, value in item.notes
        ]
