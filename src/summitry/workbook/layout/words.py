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
