from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitry.planner.explain.tally import Tally, less, more, some


@given(st.lists(st.integers(0, 255), max_size=20), st.data())
def test_a_tally_counts_each_start(sets: list[int], data: st.DataObject) -> None:
    tally: Tally = ()
    for starts in sets:
        tally = more(tally, starts)
    gone = data.draw(st.sets(st.sampled_from(range(len(sets))))) if sets else set()
    for at in gone:
        tally = less(tally, sets[at])
    left = 0
    for at, starts in enumerate(sets):
        left |= 0 if at in gone else starts
    assert some(tally) == left
