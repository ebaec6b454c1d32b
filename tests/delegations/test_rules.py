from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from summitry.delegations import rules

MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(MOMENTS, st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=9)))
def test_a_departure_must_follow_the_arrival(arrival: datetime, stay: timedelta) -> None:
    later = arrival + stay if arrival.year < 9999 else arrival
    if later > arrival:
        assert rules.presence_error(arrival, later) is None
        assert rules.presence_error(later, arrival) is not None
    assert rules.presence_error(arrival, arrival) is not None


@given(MOMENTS)
def test_either_may_be_open(moment: datetime) -> None:
    assert rules.presence_error(moment, None) is None
    assert rules.presence_error(None, moment) is None
    assert rules.presence_error(None, None) is None


def test_search_finds_names_without_their_accents() -> None:
    assert rules.folded("Świątek Ødegård Łukasiewicz") == "swiatek odegard lukasiewicz"


@given(st.text(max_size=400))
def test_what_is_searched_and_sorted_fits_its_column(text: str) -> None:
    assert len(rules.search_text(text, text)) <= 500
    assert len(rules.person_sort_key(text, text)) <= 300
