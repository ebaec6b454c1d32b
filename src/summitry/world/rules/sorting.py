"""How names are put in alphabetical order: without article, without accents, word by word.

The database sorts by code point, so the key is computed here, stored and indexed; it is
also what a search for the beginning of a word compares with.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Definite articles by language, as they stand before a name in running text.
ARTICLES = {
    "en": ("the",),
    "fr": ("le", "la", "les", "l'"),
    "es": ("el", "la", "los", "las"),
}
_APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\u0060\u00b4"
_ELISION = re.compile(f"[{_APOSTROPHES}]")
_TRAILING_ARTICLE = {
    language: re.compile(
        r"\s*\((?:" + "|".join(_ELISION.sub(f"[{_APOSTROPHES}]", word) for word in words) + r")\)\s*$"
    )
    for language, words in ARTICLES.items()
}
_SEPARATORS = re.compile(r"[\s/\-\u2010-\u2015]+")
_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "\u0131": "i", "ə": "e", "\u0451": "\u0435",
    }
)  # fmt: skip
#: Scripts in which a mark changes the sound of a letter but not its place in the alphabet.
_MARKED_SCRIPTS = ("LATIN ", "GREEK ", "ARABIC ", "HEBREW ")


@lru_cache(maxsize=4096)
def _without_marks(character: str) -> str:
    if character.isascii():
        return character
    name = unicodedata.name(character, "")
    if name.startswith("COMBINING "):
        return ""
    if not name.startswith(_MARKED_SCRIPTS):
        return character
    return "".join(
        part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part) != "Mn"
    )


def fold(text: str) -> str:
    """Return `text` without case and accents, for comparing and searching.

    Letters that stay letters of their own (Cyrillic й, Devanagari vowels, kana with
    voicing marks) are kept as they are.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(map(_without_marks, composed.translate(_WITHOUT_DECOMPOSITION)))


def split_article(text: str, language: str) -> tuple[str, str]:
    """Take the definite article off the front of a name as it stands in running text.

    Returns
    -------
    tuple of str
        Article and name: ``("the", "Bahamas")``, ``("l'", "Albanie")``, ``("", "Cuba")``.
        Only an article in lower case is one: ``"El Salvador"`` stays whole.
    """
    for article in ARTICLES.get(language, ()):
        if article.endswith("'"):
            if text.startswith(tuple(article[:-1] + mark for mark in _APOSTROPHES)):
                return article, text[len(article) :]
        elif text.startswith(f"{article} "):
            return article, text[len(article) + 1 :].lstrip()
    return "", text


def sort_name(text: str, language: str) -> str:
    """Return the part of a listed name that decides its place.

    Strips a footnote's asterisk and a trailing article in brackets ("Bahamas (the)"); a
    bracket that belongs to the name ("Bolivia (Plurinational State of)") stays.
    """
    name = text.strip().rstrip("*").rstrip()
    pattern = _TRAILING_ARTICLE.get(language)
    if pattern is not None:
        name = pattern.sub("", name)
    return name.rstrip("*").strip()


def sort_key(text: str, language: str) -> str:
    """Return a key whose order by code point is the alphabetical order of `language`.

    Word by word ("San Marino" before "Sana"), a hyphen divides words, an apostrophe only
    where it stands for an elided vowel (not in English: "People's" is one word).

    Parameters
    ----------
    text
        A listed name, with or without its article in brackets.
    language
        ISO 639 code of the language the name is in.
    """
    apostrophe = "" if language == "en" else " "
    folded = fold(_ELISION.sub(apostrophe, sort_name(text, language)))
    words = _SEPARATORS.split(_ELISION.sub(apostrophe, folded))
    kept = ("".join(letter for letter in word if _belongs_to_word(letter)) for word in words)
    return " ".join(word for word in kept if word)


def _belongs_to_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
