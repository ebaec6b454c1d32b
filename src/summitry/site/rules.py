"""Decisions about what the overview, the public page and the portal say, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

_HUNDRED: Final = 100
#: From here on, a number is "nearly" the next hundred.
_NEARLY: Final = 95
_BAR_MINUTES: Final = 15
#: Languages in which common nouns begin with a small letter inside a sentence.
_SMALL_NOUNS: Final = frozenset({"en", "fr", "es", "it", "pt", "pl"})

Minutes = tuple[int, int]


def nearly(count: int) -> int | None:
    """Return the hundred that `count` is nearly: 95 to 99 are nearly 100; ``None`` for any other."""
    return count - count % _HUNDRED + _HUNDRED if count % _HUNDRED >= _NEARLY else None


def more_than(count: int) -> int | None:
    """Return the hundred that `count` is more than: 301 to 399 are more than 300; ``None`` for any other."""
    return count - count % _HUNDRED if count > _HUNDRED and count % _HUNDRED else None


def conference_day(today: date, starts_on: date, ends_on: date) -> int:
    """Return which day of the conference it is, from 1; 0 before it, -1 after it."""
    if today < starts_on:
        return 0
    return -1 if today > ends_on else (today - starts_on).days + 1


def day_shown(today: date, starts_on: date | None, ends_on: date | None) -> date:
    """Return the day that pages open with: today, or the conference's day nearest to it."""
    if starts_on is not None and today < starts_on:
        return starts_on
    return ends_on if ends_on is not None and today > ends_on else today


def in_one_sentence(presentation: str, themes: Sequence[str], language: str) -> str:
    """Return an edition's presentation with its themes behind a colon."""
    if not themes:
        return presentation
    small = [_small(theme) for theme in themes] if language in _SMALL_NOUNS else list(themes)
    listed = ", ".join(small)
    if not presentation:
        return f"{listed[0].upper()}{listed[1:]}."
    space = "\N{NO-BREAK SPACE}" if language == "fr" else ""
    return f"{presentation.rstrip('. ')}{space}: {listed}."


def _small(theme: str) -> str:
    """Return a title with a small first letter, unless it begins with an abbreviation."""
    return theme[:1].lower() + theme[1:] if theme[1:2].islower() else theme


def at_once(meetings: Sequence[Minutes]) -> list[tuple[int, int, int]]:
    """Return how many meetings go on in each quarter of an hour that has any.

    Parameters
    ----------
    meetings
        From and to, in minutes of the day.

    Returns
    -------
    list of (int, int, int)
        From minute, to minute, how many; in order of time.
    """
    if not meetings:
        return []
    first = min(start for start, _end in meetings) // _BAR_MINUTES * _BAR_MINUTES
    last = max(end for _start, end in meetings)
    bars = [
        (at, at + _BAR_MINUTES, sum(start < at + _BAR_MINUTES and end > at for start, end in meetings))
        for at in range(first, last, _BAR_MINUTES)
    ]
    return [bar for bar in bars if bar[2]]


def merged(items: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return what a line can show side by side: items that overlap become one, with all their words."""
    made: list[tuple[int, int, str]] = []
    for start, end, label in sorted(items):
        if made and start < made[-1][1]:
            before = made.pop()
            made.append((before[0], max(before[1], end), f"{before[2]} · {label}"))
        else:
            made.append((start, end, label))
    return made


def days_between(first: date, last: date) -> list[date]:
    """Return all days from the first to the last."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
