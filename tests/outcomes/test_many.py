"""The generator by which lists are timed (``python -m benchmarks.outcomes``), made small."""

from __future__ import annotations

from benchmarks.outcomes import fill, measure
from summitry.outcomes.models import Commitment, Report


def test_the_generated_editions_are_read_by_everybody_in_every_way(db: None) -> None:
    edition = fill(editions=3, commitments=60, delegations=12, seed=1)
    assert (edition.number, Commitment.objects.count()) == (3, 60)
    assert Report.objects.exists()
    rows = measure(edition, entities=("al", "ar"), repeat=1)
    assert len(rows) == 15
    assert all(len(times) == 4 for _what, times in rows)
