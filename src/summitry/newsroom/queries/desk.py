"""What the newsroom's own pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.newsroom import rules
from summitry.newsroom.facts import Facts
from summitry.newsroom.kinds import ReleaseState, Section, VersionState
from summitry.newsroom.models import Release, ReleaseVersion, Sentence
from summitry.newsroom.queries.review import Now, Reviewed, review, sentences_of


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release of a list: its headline in a language, its state, what needs somebody."""

    release: Release
    headline: str
    state: ReleaseState
    version: ReleaseVersion
    public_from: datetime | None
    stale: int

    @property
    def is_being_corrected(self) -> bool:
        """Tell whether a further version is drafted behind one that is out."""
        return self.version.number > 1 and self.version.state != VersionState.ISSUED


def release_rows(*, edition: Edition, who: Actor, facts: Facts, language: str) -> list[ReleaseRow]:
    """Return the releases of an edition, the newest first, each with how many sentences need somebody; four statements."""
    versions = visible(who, ReleaseVersion).order_by("-number")
    latest = Prefetch("versions", versions.prefetch_related(
        Prefetch("sentences", visible(who, Sentence).prefetch_related("evidence").order_by("order", "id"))
    ))  # fmt: skip
    rows = visible(who, Release).filter(edition=edition).prefetch_related(latest).order_by("-pk")
    now, as_it_is = clock.now(edition), Now.of(facts)
    return [_row(release, as_it_is, language, now) for release in rows]


def _row(release: Release, as_it_is: Now, language: str, now: datetime) -> ReleaseRow:
    versions = list(release.versions.all())
    newest = versions[0]
    told = list(newest.sentences.all())
    heads = {
        one.language: one.text
        for one in reversed(told)
        if one.section == Section.HEADLINE and not one.left_out
    }
    return ReleaseRow(
        release=release,
        headline=heads.get(language) or next(iter(heads.values()), release.slug),
        state=rules.release_state(versions, withdrawn_at=release.withdrawn_at, now=now),
        version=newest,
        public_from=rules.public_from(newest),
        stale=sum(one.needs_somebody for one in review(told, as_it_is)),
    )


@dataclass(frozen=True, slots=True)
class Editor:
    """A version as it is worked on, in one of its languages."""

    version: ReleaseVersion
    versions: Sequence[ReleaseVersion]
    state: ReleaseState
    reviewed: Sequence[Reviewed]
    stale: dict[str, int]  # by language
    unfounded: int

    @property
    def is_open(self) -> bool:
        """Tell whether its sentences can be changed."""
        return self.version.state == VersionState.DRAFTED


def editor(
    *, release: Release, who: Actor, facts: Facts, language: str, number: int | None = None
) -> Editor | None:
    """Return a version of a release (the newest where none is named) with its sentences reviewed; four statements."""
    versions = list(
        visible(who, ReleaseVersion)
        .filter(release=release)
        .select_related("drafted_by", "cleared_by", "issued_by")
        .order_by("-number")
    )
    version = next((one for one in versions if number in {None, one.number}), None)
    if version is None:
        return None
    every = review(sentences_of(version, who=who), Now.of(facts))
    own = [one for one in every if one.sentence.language == language]
    stale: dict[str, int] = {}
    for one in every:
        stale[one.sentence.language] = stale.get(one.sentence.language, 0) + one.needs_somebody
    now = clock.now(release.edition)
    return Editor(
        version=version,
        versions=versions,
        state=rules.release_state(versions, withdrawn_at=release.withdrawn_at, now=now),
        reviewed=sorted(own, key=lambda one: (one.sentence.order, one.sentence.pk)),
        stale=stale,
        unfounded=sum(not one.evidence and not one.sentence.left_out for one in own),
    )
