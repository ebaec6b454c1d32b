"""Decisions about members and delegations, without a database."""

from __future__ import annotations

import unicodedata
from datetime import datetime

#: Accreditation states in which somebody no longer belongs to the delegation.
OUT = frozenset({"rejected", "withdrawn"})
#: Capacities in an order of precedence inside a delegation, the head first.
CAPACITY_ORDER = (
    "head",
    "deputy_head",
    "representative",
    "alternate",
    "adviser",
    "expert",
    "observer",
    "interpreter_own",
    "technical",
    "protection",
    "accompanying",
)
#: Capacities that take part in meetings; the others are about the delegation (practice notes, 1.3).
PARTICIPATING = frozenset(CAPACITY_ORDER[:7])

#: Rank classes of the heads and members of border services (practice notes, 2.2), smaller is higher.
RANKS = {
    20: "head of government",
    45: "minister in charge",
    55: "minister of state",
    60: "deputy minister",
    65: "European Commissioner",
    70: "national head of agency",
    72: "ambassador",
    75: "deputy head of agency",
    80: "head of directorate",
    85: "head of unit",
    90: "expert",
    95: "staff",
}


def folded(text: str) -> str:
    """Return `text` without accents and case, for search and sorting (the database has no ``unaccent``)."""
    decomposed = unicodedata.normalize(
        "NFKD", text.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d")
    )
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def search_text(*parts: str) -> str:
    """Return what a person is found by."""
    return " ".join(folded(part) for part in parts if part)[:500]


def person_sort_key(family_name: str, given_names: str) -> str:
    """Return what persons are sorted by: family name, then given names."""
    return f"{folded(family_name)} {folded(given_names)}".strip()[:300]


def presence_error(arrives_at: datetime | None, departs_at: datetime | None) -> str | None:
    """Return what is wrong with a time of arrival and of departure, ``None`` where nothing is."""
    if arrives_at and departs_at and departs_at <= arrives_at:
        return "The departure is not after the arrival."
    return None
