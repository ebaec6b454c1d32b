from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summitry.site import rules

COUNTS = st.integers(0, 5000)
SPANS = st.tuples(st.integers(0, 1380), st.integers(1, 120)).map(lambda span: (span[0], sum(span)))


@given(COUNTS)
def test_a_number_is_called_nearly_a_hundred_only_just_below_it(count: int) -> None:
    hundred = rules.nearly(count)
    assert (hundred is not None) == (count % 100 >= 95)
    if hundred is not None:
        assert hundred % 100 == 0
        assert 0 < hundred - count <= 5


@given(COUNTS)
def test_a_number_is_called_more_than_a_hundred_only_when_it_is(count: int) -> None:
    hundred = rules.more_than(count)
    if hundred is not None:
        assert hundred % 100 == 0
        assert 0 < hundred < count < hundred + 100
    else:
        assert count <= 100 or count % 100 == 0


def test_the_figures_of_the_source_are_said_as_it_says_them() -> None:
    assert rules.nearly(97) == 100
    assert rules.more_than(318) == 300
    assert rules.nearly(100) is None
    assert rules.more_than(300) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 5), st.integers(-9, 9))
def test_the_day_shown_is_within_the_conference(starts: date, length: int, offset: int) -> None:
    ends, today = starts + timedelta(days=length), starts + timedelta(days=offset)
    shown = rules.day_shown(today, starts, ends)
    assert starts <= shown <= ends
    day = rules.conference_day(today, starts, ends)
    assert (shown == today) == (day > 0)


@given(st.lists(SPANS, max_size=30))
def test_bars_count_each_meeting_that_goes_on(meetings: list[tuple[int, int]]) -> None:
    bars = rules.at_once(meetings)
    for start, end in meetings:
        assert any(from_ <= start < to for from_, to, _count in bars)
        assert any(from_ < end <= to for from_, to, _count in bars)
    for from_, to, count in bars:
        assert count == sum(start < to and end > from_ for start, end in meetings)


@given(st.lists(SPANS, max_size=20))
def test_items_on_a_line_never_overlap_and_lose_no_word(spans: list[tuple[int, int]]) -> None:
    items = [(start, end, f"<{number}>") for number, (start, end) in enumerate(spans)]
    made = rules.merged(items)
    for before, after in pairwise(made):
        assert before[1] <= after[0]
    said = " ".join(label for _start, _end, label in made)
    assert all(label in said for _start, _end, label in items)


def test_themes_stand_behind_the_presentation_as_prose() -> None:
    said = rules.in_one_sentence("Security through response.", ["Terrorism", "EU affairs"], "en")
    assert said == "Security through response: terrorism, EU affairs."
    assert rules.in_one_sentence("Security.", [], "en") == "Security."
