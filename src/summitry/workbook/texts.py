"""Texts in cells: trimmed, compared as people compare, several in one cell.

Whatever a cell would not keep (blanks at its ends, a semicolon within a list) stands in quotation marks. What
is in quotation marks is taken to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_ITEM = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*(?=[;\n]|$)|(?P<plain>[^;\n]*))(?:[;\n]|$)')


@dataclass(frozen=True, slots=True)
class Item:
    """One of the texts in a cell, and whether it stood in quotation marks."""

    text: str
    literal: bool = False


def fold(text: str) -> str:
    """Return a text as it is compared: without regard to case, blanks and forms of letters."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_text(text: str) -> str | None:
    """Read the text of a cell; quotation marks count only where they keep something."""
    plain = text.strip()
    quoted = _QUOTED.fullmatch(plain)
    if quoted:
        inner = quoted[1].replace('""', '"')
        if read_text(inner) != inner:
            return inner
    return plain or None


def write_text(text: str) -> str:
    """Write a text so that `read_text` returns it."""
    return text if read_text(text) == text else quote(text)


def quote(text: str) -> str:
    """Put a text into quotation marks."""
    return '"' + text.replace('"', '""') + '"'


def read_items(text: str) -> tuple[Item, ...]:
    """Read the texts of a cell, between semicolons or on lines of their own."""
    if ";" not in text and '"' not in text and "\n" not in text:
        plain = text.strip()
        return (Item(plain),) if plain else ()
    found = []
    position = 0
    while position < len(text):
        match = _ITEM.match(text, position)
        assert match is not None  # a plain item may be empty
        position = max(match.end(), position + 1)
        if match["quoted"] is not None:
            found.append(Item(match["quoted"].replace('""', '"'), literal=True))
        elif match["plain"].strip():
            found.append(Item(match["plain"].strip()))
    return tuple(found)


def write_item(text: str) -> str:
    """Write a text so that it is one of a cell's, whatever stands beside it."""
    plain = read_items(text) == (Item(text),) and not text.startswith('"')
    return text if plain else quote(text)


def write_items(written: Iterable[str]) -> str | None:
    """Join texts that are written already."""
    return "; ".join(written) or None


class Vocabulary:
    """Words that people choose themselves (zones, features, languages): the first spelling counts for all.

    Parameters
    ----------
    spelt
        Words known from the start, by what people may write for them, folded.
    """

    def __init__(self, spelt: dict[str, str] | None = None) -> None:
        self._spelt = dict(spelt or {})

    def read(self, item: Item) -> str:
        """Return the word that is meant."""
        return item.text if item.literal else self._spelt.setdefault(fold(item.text), item.text)


class Spelling:
    """How the words of a problem are written so that a vocabulary reads each as itself.

    Parameters
    ----------
    words
        All words of one kind in the problem.
    spelt
        What the vocabulary knows from the start.
    said
        Words that are written in another way, ``English`` for ``en``.
    slips
        Words that are like known ones, so that they are taken for them unless they stand in quotation marks.
    """

    def __init__(
        self,
        words: Iterable[str],
        spelt: dict[str, str] | None = None,
        said: dict[str, str] | None = None,
        slips: Collection[str] = (),
    ) -> None:
        self._said = said or {}
        meant = {folded: {word} for folded, word in (spelt or {}).items()}
        for word in words:
            meant.setdefault(fold(word), set()).add(word)
        self._ambiguous = {folded for folded, several in meant.items() if len(several) > 1}
        self._ambiguous |= {fold(word) for word in slips}

    def write(self, word: str) -> str:
        """Write one word."""
        if word in self._said:
            return self._said[word]
        return quote(word) if fold(word) in self._ambiguous or "," in word else write_item(word)

    def write_all(self, words: Iterable[str]) -> str | None:
        """Write the words of a cell."""
        return write_items(self.write(word) for word in words)
