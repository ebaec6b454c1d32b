from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.newsroom.kinds import ReleaseState, Standing
from summitry.newsroom.rules import (
    Closeness,
    Compared,
    Rounded,
    fingerprint,
    release_state,
    rounded,
    standing,
)
from summitry.newsroom.sentences import grammar

COUNTS = st.integers(min_value=0, max_value=10_000_000)


def test_97_are_nearly_100_and_318_more_than_300() -> None:
    assert rounded(97) == Rounded(Closeness.NEARLY, 100)
    assert rounded(318) == Rounded(Closeness.MORE_THAN, 300)
    assert rounded(5) == Rounded(Closeness.EXACT, 5)


@given(COUNTS)
def test_a_rounded_number_is_never_false_and_never_far_off(count: int) -> None:
    said = rounded(count)
    assert said.is_true_of(count)
    if said.closeness is Closeness.NEARLY:
        assert count < said.number <= count * 1.06
    if said.closeness is Closeness.MORE_THAN:
        assert count * 0.6 <= said.number < count


@given(COUNTS, COUNTS)
def test_what_is_said_of_one_number_is_tested_against_another(count: int, other: int) -> None:
    said = rounded(count)
    truth = {
        Closeness.EXACT: other == said.number,
        Closeness.MORE_THAN: other > said.number,
        Closeness.NEARLY: said.number * 0.95 <= other < said.number,
    }
    assert said.is_true_of(other) == truth[said.closeness]


@given(COUNTS, st.sampled_from(["en", "fr", "es"]))
def test_words_and_figures_say_the_same_in_every_language(count: int, language: str) -> None:
    said = rounded(count)
    words = grammar.said(said, language)
    closeness = {"nearly ": "nearly", "près de ": "nearly", "casi ": "nearly"}
    closeness |= {"more than ": "more_than", "plus de ": "more_than", "más de ": "more_than"}
    found = next((kind for start, kind in closeness.items() if words.startswith(start)), "exact")
    assert found == said.closeness
    figures = re.sub(r"\D", "", words)
    assert figures == str(said.number) or 2 <= said.number <= 10


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES, VALUES)
def test_a_fingerprint_changes_exactly_when_the_value_does(one: Any, other: Any) -> None:
    from summitry.newsroom.rules import plain

    same = repr(_ordered(plain(one))) == repr(_ordered(plain(other)))
    assert (fingerprint(one) == fingerprint(other)) == same


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {"of": sorted((key, _ordered(one)) for key, one in value.items())}
    return [_ordered(one) for one in value] if isinstance(value, list) else value


@given(st.lists(st.booleans(), max_size=5), st.lists(st.booleans(), max_size=5))
def test_a_sentence_stands_while_nothing_under_it_changes(changed: list[bool], gone: list[bool]) -> None:
    compared = [Compared(1, 2 if one else 1, changed=one) for one in changed]
    compared += [Compared(1, None, changed=True, gone=True) for one in gone if one]
    found = standing(compared)
    if not compared:
        assert found is Standing.UNFOUNDED
    elif any(gone):
        assert found is Standing.GONE
    else:
        assert found is (Standing.CHANGED if any(changed) else Standing.CURRENT)


@dataclass
class _Version:
    number: int
    state: str
    issued_at: datetime | None = None
    embargo_until: datetime | None = None


NOW = datetime(2031, 5, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("versions", "state"),
    [
        ([_Version(1, "drafted")], ReleaseState.DRAFTED),
        ([_Version(1, "cleared")], ReleaseState.CLEARED),
        ([_Version(1, "issued", NOW - HOUR, NOW + HOUR)], ReleaseState.EMBARGOED),
        ([_Version(1, "issued", NOW - HOUR, NOW)], ReleaseState.PUBLISHED),
        ([_Version(1, "issued", NOW - HOUR)], ReleaseState.PUBLISHED),
        ([_Version(1, "issued", NOW - HOUR), _Version(2, "drafted")], ReleaseState.PUBLISHED),
        ([_Version(1, "issued", NOW - HOUR), _Version(2, "issued", NOW)], ReleaseState.CORRECTED),
    ],
)
def test_a_release_is_what_its_versions_and_the_clock_say(
    versions: list[_Version], state: ReleaseState
) -> None:
    assert release_state(versions, withdrawn_at=None, now=NOW) is state
    assert release_state(versions, withdrawn_at=NOW, now=NOW) is ReleaseState.WITHDRAWN
