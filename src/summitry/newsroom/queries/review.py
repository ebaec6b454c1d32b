"""Whether the sentences of a version still stand on what they were written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from summitry.accounts.access import Actor, visible
from summitry.newsroom import rules
from summitry.newsroom.facts import Facts, Ground
from summitry.newsroom.facts.pieces import Key
from summitry.newsroom.kinds import Standing
from summitry.newsroom.models import Evidence, ReleaseVersion, Sentence
from summitry.newsroom.rules import Compared
from summitry.newsroom.sentences import drafts


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sentence beside what it rests on, as it was and as it is.

    Attributes
    ----------
    would_read
        How it would be drafted now, where that differs from how it stands; "" where it does not, or cannot be told.
    """

    sentence: Sentence
    evidence: Sequence[tuple[Evidence, Compared]]
    standing: Standing
    would_read: str

    @property
    def needs_somebody(self) -> bool:
        """Tell whether a record changed under a sentence that shall be told."""
        return not self.sentence.left_out and self.standing in {Standing.CHANGED, Standing.GONE}


def _compared(evidence: Evidence, index: dict[Key, Ground], language: str) -> Compared:
    now = index.get((evidence.model, evidence.record, evidence.field))
    if now is None:
        return Compared(evidence.value, None, changed=True, gone=True)
    value = now.value_in(language)
    return Compared(evidence.value, value, changed=rules.fingerprint(value) != evidence.fingerprint)


@dataclass(frozen=True, slots=True)
class Now:
    """The facts as they are, made ready to be held beside many sentences: values, and what would be drafted."""

    index: dict[Key, Ground]
    texts: dict[tuple[str, str, str], str]

    @classmethod
    def of(cls, facts: Facts) -> Self:
        """Return the facts made ready."""
        texts = {(one.language, one.rule, one.key): one.text for one in drafts(facts)}
        return cls(facts.index(), texts)


def review(sentences: Sequence[Sentence], now: Now) -> list[Reviewed]:
    """Return sentences (their evidence fetched with them) beside the facts as they are now; no statement."""
    reviewed = []
    for sentence in sentences:
        evidence = [(one, _compared(one, now.index, sentence.language)) for one in sentence.evidence.all()]
        text = now.texts.get((sentence.language, sentence.rule, sentence.key), "") if sentence.rule else ""
        differs = text if text != sentence.text else ""
        standing = rules.standing([compared for _one, compared in evidence])
        reviewed.append(Reviewed(sentence, evidence, standing, differs))
    return reviewed


def sentences_of(version: ReleaseVersion, *, who: Actor, language: str | None = None) -> list[Sentence]:
    """Return a version's sentences with their evidence, in order; two statements."""
    rows = visible(who, Sentence).filter(release_version=version)
    if language is not None:
        rows = rows.filter(language=language)
    return list(
        rows.select_related("changed_by").prefetch_related("evidence").order_by("language", "order", "id")
    )
