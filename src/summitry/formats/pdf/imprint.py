"""What every printed page has in common: whose it is, as at when, in what language, and how parties are named."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from summitry.formats.pdf.flags import has_flag
from summitry.formats.pdf.words import words_for

Level = Literal["principal", "deputy", "expert"]

_ENGLISH_FULL: Final = "EEEE d MMMM y"  # as the house writes it; the customs of most put a comma in


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a page says of itself.

    Attributes
    ----------
    edition : str
        The full name of the conference, in the page's language.
    as_at : datetime
        When the facts on the page held, on the edition's clock, with its zone; also the file's time of creation.
    clock : str
        The name of that clock as a reader elsewhere needs it, e.g. ``Warsaw time``; none is printed if empty.
    language : str
        ISO 639 code of the language of headings, dates and direction.
    notice : str
        What every page must say, e.g. that its people and times are generated.
    handling : str
        Who may hold the page, e.g. ``For the delegation of Morocco only``; stands at its head.
    """

    edition: str
    as_at: datetime
    clock: str = ""
    language: str = "en"
    notice: str = ""
    handling: str = ""

    def __post_init__(self) -> None:
        if self.as_at.tzinfo is None:
            raise ValueError("Imprint.as_at needs a time zone: pass the edition's clock.")


@dataclass(frozen=True, slots=True)
class Party:
    """A delegation as it is named on paper.

    Attributes
    ----------
    name : str
        By the edition's naming policy.
    flag : str, optional
        Code of its flag (ISO 3166-1 alpha-2 in small letters, also ``eu``, ``un``, ``gb-sct``); none where the
        policy allows none. A code without a drawing prints no flag.
    """

    name: str
    flag: str | None = None


def imprint_data(imprint: Imprint) -> dict[str, Any]:
    """Give what the house's frame around every page needs."""
    words = words_for(imprint.language)
    as_at = words.as_at.format(
        date=_long_date(imprint.as_at, imprint.language), time=clock_time(imprint.as_at)
    )
    return {
        "edition": imprint.edition,
        "as_at": words.comma.join(part for part in (as_at, imprint.clock) if part),
        "language": imprint.language.partition("-")[0],
        "notice": imprint.notice,
        "handling": imprint.handling,
        "words": asdict(words),
    }


def party_data(party: Party) -> dict[str, str | None]:
    """Give a party with only such a flag as there is."""
    return {"name": party.name, "flag": party.flag if party.flag and has_flag(party.flag) else None}


def clock_time(moment: datetime | time) -> str:
    """Write a time of day as every timetable of the house does."""
    return moment.strftime("%H:%M")


def full_date(day: date, language: str) -> str:
    """Write a date as a heading with its weekday, e.g. ``Wednesday 30 October 2019``."""
    locale = locale_for(language)
    text = format_date(day, _ENGLISH_FULL if locale.language == "en" else "full", locale=locale)
    return text[:1].upper() + text[1:]


@cache
def locale_for(language: str) -> Locale:
    """Find the customs of a language; British ones for English and for a language nobody knows."""
    try:
        return Locale.parse("en_GB" if language == "en" else language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def _long_date(day: date, language: str) -> str:
    return format_date(day, "long", locale=locale_for(language))
