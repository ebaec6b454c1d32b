"""What everybody may read: versions that are issued and past their embargo, whoever asks.

Whether an embargo is over, the edition's clock says at each question; nothing has to run
for it to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Prefetch

from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.newsroom import rules
from summitry.newsroom.kinds import VersionState
from summitry.newsroom.models import Release, ReleaseVersion, Sentence

#: Editions that the public knows of.
_KNOWN: Final = (Edition.Status.OPEN, Edition.Status.CLOSED, Edition.Status.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """A release as the public has it: its last public version, since when, and what was corrected.

    Attributes
    ----------
    corrected
        The public versions from the second on, in order: each has a notice.
    sentences
        What is told, in all languages.
    """

    release: Release
    version: ReleaseVersion
    first: datetime
    since: datetime
    corrected: Sequence[ReleaseVersion]
    sentences: Sequence[Sentence]

    @property
    def languages(self) -> list[str]:
        """The languages it is told in."""
        return list(dict.fromkeys(one.language for one in self.sentences))


def public_edition(slug: str) -> Edition | None:
    """Return an edition that the public knows of, in one statement."""
    rows = Edition.objects.filter(slug=slug, status__in=_KNOWN)
    return rows.select_related("series", "hosted_by__entity", "settings").first()


def public_releases(edition: Edition, *, slug: str | None = None) -> list[PublicRelease]:
    """Return what is public of an edition's releases (or of one of them) now, the newest first; three statements."""
    now = clock.now(edition)
    told = Sentence.objects.filter(left_out=False).order_by("order", "id")
    issued = (
        ReleaseVersion.objects.filter(state=VersionState.ISSUED)
        .prefetch_related(Prefetch("sentences", told))
        .order_by("number")
    )
    rows = Release.objects.filter(edition=edition, withdrawn_at__isnull=True)
    rows = rows if slug is None else rows.filter(slug=slug)
    found = []
    for release in rows.select_related("edition").prefetch_related(Prefetch("versions", issued)):
        out = [
            (since, version)
            for version in release.versions.all()
            if (since := rules.public_from(version)) is not None and since <= now
        ]
        if out:
            since, version = out[-1]
            found.append(
                PublicRelease(
                    release=release,
                    version=version,
                    first=out[0][0],
                    since=since,
                    corrected=[one for _since, one in out[1:]],
                    sentences=list(version.sentences.all()),
                )
            )
    return sorted(found, key=lambda one: one.first, reverse=True)


def public_release(edition: Edition, slug: str) -> PublicRelease | None:
    """Return one of an edition's releases as the public has it; three statements."""
    return next(iter(public_releases(edition, slug=slug)), None)


def is_withdrawn(edition: Edition, slug: str) -> bool:
    """Tell whether an address once told something that was withdrawn; two statements."""
    release = (
        Release.objects.filter(edition=edition, slug=slug, withdrawn_at__isnull=False)
        .prefetch_related("versions")
        .first()
    )
    if release is None or release.withdrawn_at is None:
        return False
    known = (rules.public_from(version) for version in release.versions.all())
    return any(since is not None and since <= release.withdrawn_at for since in known)
