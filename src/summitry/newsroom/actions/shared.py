"""Steps that several actions of this floor share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.ledger.actions import record
from summitry.newsroom.facts import Ground
from summitry.newsroom.kinds import Section, VersionState
from summitry.newsroom.models import Evidence, Release, ReleaseVersion, Sentence
from summitry.newsroom.rules import fingerprint
from summitry.newsroom.sentences import Draft
from summitry.records import RefusedError

_ROOM: Final = 1000  # between two sections, in numbers of order
_SECTIONS: Final = {section: number * _ROOM for number, section in enumerate(Section, 1)}


def locked_release(release: Release) -> Release:
    """Return a release as it is now, so that nobody else changes it until the action ends."""
    rows = Release.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("edition__series", "edition__hosted_by__entity").get(pk=release.pk)


def open_version(release: Release) -> ReleaseVersion:
    """Return the version of a release that is not issued.

    Raises
    ------
    RefusedError
        Where there is none: what is issued can only be corrected.
    """
    rows = ReleaseVersion.objects.select_for_update(no_key=True)
    found = rows.filter(release=release).exclude(state=VersionState.ISSUED).first()
    if found is None or release.withdrawn_at is not None:
        raise RefusedError(_("What is issued does not change: correct it by a further version."))
    return found


def reopened(release: Release) -> ReleaseVersion:
    """Return the open version as a draft: who changes what was cleared takes the clearance back."""
    version = open_version(release)
    if version.state == VersionState.CLEARED:
        version.state = VersionState.DRAFTED
        version.cleared_at = version.cleared_by = None
        version.version += 1
        version.save()
    return version


def order_in(section: str, position: int) -> int:
    """Return where a sentence stands: its section first, then its position there."""
    return _SECTIONS[Section(section)] + position


def keep_drafts(version: ReleaseVersion, drafts: Iterable[Draft]) -> int:
    """Store drafted sentences with their evidence, and return how many; two statements."""
    positions: dict[tuple[str, str], int] = {}
    rows, grounds = [], []
    for one in drafts:
        place = (one.language, one.section)
        positions[place] = positions.get(place, 0) + 10
        rows.append(
            Sentence(
                release_version=version,
                language=one.language,
                section=one.section,
                order=order_in(one.section, positions[place]),
                text=one.text,
                rule=one.rule,
                key=one.key,
            )
        )
        grounds.append(one.grounds)
    made = Sentence.objects.bulk_create(rows)
    Evidence.objects.bulk_create(
        evidence
        for sentence, resting in zip(made, grounds, strict=True)
        for evidence in as_evidence(sentence, resting)
    )
    return len(made)


def as_evidence(sentence: Sentence, grounds: Iterable[Ground]) -> list[Evidence]:
    """Return what a sentence rests on as it is stored: the values of now, in the sentence's language."""
    return [
        Evidence(
            sentence=sentence,
            order=order,
            model=ground.model,
            record=ground.record,
            field=ground.field,
            title=ground.title[:300],
            value=ground.value_in(sentence.language),
            fingerprint=fingerprint(ground.value_in(sentence.language)),
        )
        for order, ground in enumerate(grounds)
    ]


def enter(
    *, by: Actor, verb: str, target: Any, edition: Edition, after: Mapping[str, Any] | None = None
) -> None:
    """Enter in the ledger what was done with a release."""
    record(by=by, verb=verb, target=target, edition_id=edition.pk, after=after)
