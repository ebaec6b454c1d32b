"""Small grammar of the three languages: lists, dates, numbers, articles; what it is not sure of, it goes round.

Sentences are built so that nothing has to agree with a gender that no record tells. Where
an article is needed before a title, it is known from the title's head noun, and where that
is not known the title stands in quotation marks behind a noun of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from summitry.newsroom.rules import Closeness, Rounded
from summitry.world.rules import DisplayName

NBSP: Final = "\N{NO-BREAK SPACE}"
THIN: Final = "\N{NARROW NO-BREAK SPACE}"
_LOCALES: Final = {"en": "en_GB", "fr": "fr", "es": "es"}
_AND: Final = {"en": "and", "fr": "et", "es": "y"}
_SEMICOLON: Final = {"en": ";", "fr": f"{THIN};", "es": ";"}
_QUOTES: Final = {"en": ("“", "”"), "fr": (f"«{NBSP}", f"{NBSP}»"), "es": ("«", "»")}
_WORDS: Final = {
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "fr": ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "es": ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
}
_CLOSENESS: Final = {
    ("en", Closeness.NEARLY): "nearly {}",
    ("en", Closeness.MORE_THAN): "more than {}",
    ("fr", Closeness.NEARLY): "près de {}",
    ("fr", Closeness.MORE_THAN): "plus de {}",
    ("es", Closeness.NEARLY): "casi {}",
    ("es", Closeness.MORE_THAN): "más de {}",
}
#: Head nouns of titles, with their gender.
_NOUNS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {
        **dict.fromkeys(
            ("conférence", "réunion", "assemblée", "session", "rencontre", "coopération", "table", "remise"),
            "la",
        ),
        **dict.fromkeys(
            (
                "sommet",
                "forum",
                "congrès",
                "dialogue",
                "colloque",
                "séminaire",
                "programme",
                "plan",
                "projet",
            ),
            "le",
        ),
    },
    "es": {
        **dict.fromkeys(
            ("conferencia", "reunión", "asamblea", "sesión", "cumbre", "cooperación", "mesa", "entrega"), "la"
        ),
        **dict.fromkeys(
            ("foro", "congreso", "diálogo", "coloquio", "seminario", "programa", "plan", "proyecto"), "el"
        ),
    },
    "en": dict.fromkeys(
        (
            "conference",
            "meeting",
            "assembly",
            "session",
            "summit",
            "forum",
            "congress",
            "dialogue",
            "seminar",
        ),
        "the",
    )
    | dict.fromkeys(("programme", "plan", "project", "cooperation", "handover"), "the"),
}
_ORDINAL: Final = re.compile(r"^\d+(?:\.?[a-zªº]+|\.)$", re.IGNORECASE)
_VOWELS: Final = "aàâäeéèêëiîïoôöuùûüyhAÀÂÄEÉÈÊËIÎÏOÔÖUÙÛÜYH"


def joined(items: Sequence[str], language: str) -> str:
    """Return a list as a sentence has it; apart by semicolons where an item is a list of its own.

    >>> joined(["terrorism", "smuggling", "fraud"], "en")
    'terrorism, smuggling and fraud'
    """
    *first, last = items
    if not first:
        return last
    mark = f"{_SEMICOLON[language]} "
    if any("," in item or ";" in item for item in items):
        return f"{mark.join(first)}{mark}{_and(last, language)} {last}"
    words = (f" {_AND[language]} ", " e ") if language == "es" else (f" {_AND[language]} ",)
    if not any(word in item for word in words for item in items):
        return together(items, language)
    if language == "en":
        return f"{', '.join(first)}{',' if len(first) > 1 else ''} and {last}"
    return mark.join(items)


def enumerated(items: Sequence[str], language: str) -> str:
    """Return items behind a colon or in brackets: without "and" before the last where one of them has its own.

    >>> enumerated(["terrorisme", "fraude documentaire et à l’identité"], "fr")
    'terrorisme, fraude documentaire et à l’identité'
    """
    if not any(mark in item for item in items for mark in (",", ";", f" {_AND[language]} ")):
        return together(items, language)
    mark = _SEMICOLON[language] if any("," in item or ";" in item for item in items) else ","
    return f"{mark} ".join(items)


def together(names: Sequence[str], language: str) -> str:
    """Return names as a subject has them: "Frontex and Bosnia and Herzegovina"."""
    *first, last = names
    return f"{', '.join(first)} {_and(last, language)} {last}" if first else last


def _and(following: str, language: str) -> str:
    """Return "and"; the Spanish one becomes "e" before the sound of i."""
    if language == "es" and re.match(r"h?[ií](?![aeo])", following, re.IGNORECASE):
        return "e"
    return _AND[language]


def number(count: int, language: str) -> str:
    """Return a number: in words from two to ten, in figures otherwise."""
    words = _WORDS[language]
    if 2 <= count <= len(words) + 1:  # noqa: PLR2004 where the words begin
        return words[count - 2]
    return str(format_decimal(count, locale=_LOCALES[language]))


def said(rounded: Rounded, language: str) -> str:
    """Return a rounded number: "nearly 100"."""
    if rounded.closeness is Closeness.EXACT:
        return number(rounded.number, language)
    figures = format_decimal(rounded.number, locale=_LOCALES[language])
    return _CLOSENESS[language, rounded.closeness].format(figures)


def long_date(day: date, language: str) -> str:
    """Return a date: "31 October 2019", "1er octobre 2019", "31 de octubre de 2019"."""
    text = str(format_date(day, "long", locale=_LOCALES[language]))
    return text.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 and text[:2] == "1 " else text


def on_date(day: date, language: str) -> str:
    """Return a date as an adverb: "on 31 October 2019"."""
    return f"{ {'en': 'on', 'fr': 'le', 'es': 'el'}[language] } {long_date(day, language)}"


def from_to(first: date, last: date, language: str) -> str:
    """Return from when to when: "from 29 to 31 October 2019", each part said once."""
    if first == last:
        return on_date(first, language)
    start = long_date(first, language)
    if first.year == last.year:
        pattern = {"en": "d MMMM", "fr": "d MMMM", "es": "d 'de' MMMM"}[language]
        start = str(
            format_date(first, "d" if first.month == last.month else pattern, locale=_LOCALES[language])
        )
        if language == "fr" and first.day == 1:
            start = re.sub(r"^1(?= |$)", "1er", start)
    words = {"en": ("from", "to"), "fr": ("du", "au"), "es": ("del", "al")}[language]
    return f"{words[0]} {start} {words[1]} {long_date(last, language)}"


def years(first: date | None, last: date | None, language: str) -> str:
    """Return a period by its years: "2020–22" in English, "2020-2022" in French and Spanish."""
    if first is None and last is None:
        return ""
    if first is None or last is None or first.year == last.year:
        return str((first or last).year)  # type: ignore[union-attr]  # one of them is there
    if language != "en":
        return f"{first.year}-{last.year}"
    same_century = first.year // 100 == last.year // 100
    return f"{first.year}–{last.year % 100:02}" if same_century else f"{first.year}–{last.year}"


def quoted(text: str, language: str) -> str:
    """Put a text into the language's quotation marks."""
    before, after = _QUOTES[language]
    return f"{before}{text}{after}"


def capitalised(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lowered(text: str, names: Sequence[str] = ()) -> str:
    """Return a title as it stands within a sentence: a small first letter, unless it is an abbreviation or a name."""
    first = text.partition(" ")[0]
    if not text[1:2].islower() and text[1:2] not in {"’", "'"}:
        return text
    if any(name.partition(" ")[0] == first for name in names):
        return text
    return text[:1].lower() + text[1:]


def stripped(text: str) -> str:
    """Return a text without its full stop."""
    return text.strip().removesuffix(".").rstrip()


def in_text(name: DisplayName) -> str:
    """Return an entity's name as in running text, with a typographic apostrophe."""
    return name.in_text.replace("'", "’")


def after(preposition: str, phrase: str, language: str) -> str:
    """Put "de", "à", "a" or another preposition before a phrase, contracted with its article where that is usual.

    >>> after("à", "les États-Unis", "fr"), after("de", "Frontex", "fr"), after("a", "el Reino Unido", "es")
    ('aux États-Unis', 'de Frontex', 'al Reino Unido')
    """
    if language == "fr" and preposition in {"à", "de"}:
        for article, contraction in (
            ("le ", {"à": "au ", "de": "du "}),
            ("les ", {"à": "aux ", "de": "des "}),
        ):
            if phrase.startswith(article):
                return f"{contraction[preposition]}{phrase.removeprefix(article)}"
        if preposition == "de" and phrase[:1] in _VOWELS and not phrase.startswith(("h", "H", "y", "Y")):
            return f"d’{phrase}"
    if language == "es" and preposition in {"a", "de"} and phrase.startswith("el "):
        return f"{ {'a': 'al', 'de': 'del'}[preposition] } {phrase.removeprefix('el ')}"
    return f"{preposition} {phrase}"


def definite(title: str, language: str, *, thing: str) -> str:
    """Return a title with its article, or behind a noun of ours where the title's gender is not known.

    Parameters
    ----------
    thing
        That noun with its article: "l’événement".
    """
    words = title.split()
    head = next((word for word in words if not _ORDINAL.match(word)), "").lower()
    if language == "en":
        known = any(word.lower().strip(",") in _NOUNS["en"] for word in words)
        article = "the" if known and words[0].lower() not in {"the", "a", "an"} else ""
        return f"the {title}" if article else title if known else f"{thing} {quoted(title, language)}"
    found = _NOUNS[language].get(head)
    if found is None:
        return f"{thing} {quoted(title, language)}"
    elided = language == "fr" and words[0][:1].lower() in "aeéèêiou"
    return f"l’{title}" if elided else f"{found} {title}"
