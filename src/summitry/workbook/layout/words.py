"""The few words that some cells may hold, and the sheets that are not read."""

from __future__ import annotations

from summitry.planner import Aim, PartyKind
from summitry.planner.explain.words import LANGUAGES
from summitry.workbook.texts import fold

READ_ME, LISTS = "Read me", "Lists"
KINDS = {PartyKind.STATE: "State", PartyKind.ORGANISATION: "organisation", PartyKind.OTHER: "other"}
AIMS = {
    Aim.DROPPED: "dropped",
    Aim.MOVED: "moved",
    Aim.REROOMED: "other room",
    Aim.WEIGHT: "weight",
    Aim.LEFT_OUT: "left out",
    Aim.BREAKS: "breaks",
    Aim.WALKING: "walking",
}
NO_AIMS = "none"
LANGUAGE_WORDS = {
    **{fold(code): code for code in LANGUAGES},
    **{fold(name): code for code, name in LANGUAGES.items()},
}
_LIKE = 0.8  # how alike two words are of which one is the other, mistyped


def meant_language(word: str) -> str | None:
    """Return the language that a word is a slip of; none where it is one, or like none."""
    folded = fold(word)
    if folded in LANGUAGE_WORDS:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - seldom needed

    names = {fold(name): name for name in LANGUAGES.values()}
    found = get_close_matches(folded, names, n=1, cutoff=_LIKE)
    return names[found[0]] if found else None
