"""Clearing, issuing, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.accounts.access import SYSTEM, Actor, require
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.newsroom import rules
from summitry.newsroom.actions.shared import enter, locked_release, open_version, reopened
from summitry.newsroom.facts import gather
from summitry.newsroom.kinds import Section, VersionState
from summitry.newsroom.models import Evidence, Release, ReleaseVersion, Sentence
from summitry.newsroom.queries.review import Now, Reviewed, review, sentences_of
from summitry.newsroom.sentences.grammar import long_date
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES, text_in

_DATED: Final = frozenset({"en", "fr", "es"})


@action
def clear_release(*, release: Release, by: Actor) -> ReleaseVersion:
    """Clear the open version: from now on it may be issued as it is.

    Raises
    ------
    PermissionDenied
        Where `by` is not of the secretariat.
    RefusedError
        Where a record has changed under a sentence, or a headline is missing.
    """
    require(by, "clear", release)
    release = locked_release(release)
    version = open_version(release)
    if version.state != VersionState.DRAFTED:
        raise RefusedError(_("It is cleared already."))
    _check_tellable(release.edition, version)
    version.state = VersionState.CLEARED
    version.cleared_at, version.cleared_by = clock.now(release.edition), by.user
    version.version += 1
    version.save()
    enter(
        by=by,
        verb="clear_release",
        target=release,
        edition=release.edition,
        after={"version": version.number},
    )
    return version


@action
def recall_release(*, release: Release, by: Actor) -> ReleaseVersion:
    """Take the clearance of the open version back, so that it can be worked on."""
    require(by, "write", release)
    release = locked_release(release)
    version = reopened(release)
    enter(
        by=by,
        verb="recall_release",
        target=release,
        edition=release.edition,
        after={"version": version.number},
    )
    return version


@action
def issue_release(*, release: Release, by: Actor, embargo_until: datetime | None = None) -> ReleaseVersion:
    """Issue the cleared version: it never changes again, and is public at once or when its embargo ends.

    Parameters
    ----------
    embargo_until
        By the edition's clock; with a zone.

    Raises
    ------
    RefusedError
        Where it is not cleared, a record has changed since, or the embargo ends in the past.
    """
    require(by, "issue", release)
    release = locked_release(release)
    version = open_version(release)
    now = clock.now(release.edition)
    if version.state != VersionState.CLEARED:
        raise RefusedError(_("It is not cleared yet: the secretariat clears it first."))
    if embargo_until is not None and embargo_until <= now:
        raise RefusedError(
            _("Let the embargo end later than now, or publish without one."), field="embargo_until"
        )
    told = _check_tellable(release.edition, version)
    version.state = VersionState.ISSUED
    version.issued_at, version.issued_by, version.embargo_until = now, by.user, embargo_until
    version.datelines = datelines(
        release.edition, sorted({one.sentence.language for one in told}), embargo_until or now
    )
    version.version += 1
    version.save()
    enter(
        by=by,
        verb="issue_release",
        target=release,
        edition=release.edition,
        after={"version": version.number, "embargo_until": embargo_until},
    )
    return version


def datelines(edition: Edition, languages: list[str], moment: datetime) -> dict[str, str]:
    """Return place and date by language: "WARSAW, 31 October 2019"."""
    day = clock.local(edition, moment).date()
    found = {}
    for code in languages:
        city = text_in(edition.city, code).upper()
        when = long_date(day, code) if code in _DATED else day.isoformat()
        found[code] = f"{city}, {'le ' if code == 'fr' else ''}{when}" if city else when
    return found


@action
def lift_embargo(*, release: Release, by: Actor) -> ReleaseVersion:
    """End the embargo of what is issued now."""
    require(by, "issue", release)
    release = locked_release(release)
    now = clock.now(release.edition)
    version = release.versions.filter(state=VersionState.ISSUED, embargo_until__gt=now).first()
    if version is None:
        raise RefusedError(_("Nothing of it is under embargo."))
    before = version.embargo_until
    version.embargo_until = now
    version.version += 1
    version.save(update_fields=["embargo_until", "version"])
    enter(
        by=by,
        verb="lift_embargo",
        target=release,
        edition=release.edition,
        after={"version": version.number, "embargo_was": before},
    )
    return version


@action
def correct_release(*, release: Release, notice: Mapping[str, str], by: Actor) -> ReleaseVersion:
    """Begin a further version, with a notice of what is corrected; the last one stays public until it is issued.

    Parameters
    ----------
    notice
        In each language the release is told in.

    Raises
    ------
    RefusedError
        Where nothing of it is public, a correction is being written already, or a notice is missing.
    """
    require(by, "correct", release)
    release = locked_release(release)
    last = release.versions.order_by("-number").first()
    now = clock.now(release.edition)
    since = rules.public_from(last) if last is not None else None
    if last is None or since is None or release.withdrawn_at is not None:
        raise RefusedError(_("There is a version that is not issued: change that."))
    if since > now:
        raise RefusedError(_("It is under embargo: withdraw it, or lift the embargo first."))
    sentences = sentences_of(last, who=SYSTEM)
    words = {code: text.strip() for code, text in notice.items() if text.strip()}
    told = {one.language for one in sentences if not one.left_out}
    if missing := sorted(told - words.keys()):
        raise RefusedError(
            _("Say what is corrected in %(languages)s too.")
            % {"languages": ", ".join(LANGUAGES[code].endonym for code in missing)},
            field=f"notice_{missing[0]}",
        )
    version = ReleaseVersion.objects.create(
        release=release, number=last.number + 1, notice=words, drafted_at=now, drafted_by=by.user
    )
    _copy(sentences, version)
    enter(
        by=by,
        verb="correct_release",
        target=release,
        edition=release.edition,
        after={"version": version.number, "notice": words},
    )
    return version


def _copy(sentences: list[Sentence], version: ReleaseVersion) -> None:
    """Copy sentences with what they rest on, as it was when they were written."""
    kept = ("language", "section", "order", "text", "rule", "key", "edited", "left_out", "changed_by_id")
    made = Sentence.objects.bulk_create(
        Sentence(release_version=version, **{name: getattr(one, name) for name in kept}) for one in sentences
    )
    fields = ("order", "model", "record", "field", "title", "value", "fingerprint")
    Evidence.objects.bulk_create(
        Evidence(sentence=copy, **{name: getattr(row, name) for name in fields})
        for one, copy in zip(sentences, made, strict=True)
        for row in one.evidence.all()
    )


@action
def withdraw_release(*, release: Release, reason: str, by: Actor) -> Release:
    """Withdraw a release, with a reason: its address tells from now on that it was."""
    require(by, "withdraw", release)
    why = reason.strip()
    if not why:
        raise RefusedError(_("Say why it is withdrawn."), field="reason")
    release = locked_release(release)
    if release.withdrawn_at is not None:
        raise RefusedError(_("It is withdrawn already."))
    release.withdrawn_at, release.withdrawn_because = clock.now(release.edition), why
    release.version += 1
    release.save()
    enter(by=by, verb="withdraw_release", target=release, edition=release.edition, after={"reason": why})
    return release


def _check_tellable(edition: Edition, version: ReleaseVersion) -> list[Reviewed]:
    """Return the sentences that are told.

    Raises
    ------
    RefusedError
        Where a record has changed under one, or a language lacks its headline.
    """
    every = review(sentences_of(version, who=SYSTEM), Now.of(gather(edition)))
    told = [one for one in every if not one.sentence.left_out]
    if stale := [one for one in told if one.needs_somebody]:
        raise RefusedError(
            ngettext(
                "A record has changed under the sentence “%(text)s”: look at it first.",
                "A record has changed under %(count)d sentences, the first “%(text)s”: look at them first.",
                len(stale),
            )
            % {"count": len(stale), "text": stale[0].sentence.text[:80]}
        )
    languages = {one.sentence.language for one in told}
    headed = {one.sentence.language for one in told if one.sentence.section == Section.HEADLINE}
    if not languages or languages - headed:
        code = min(languages - headed, default="en")
        raise RefusedError(_("There is no headline in %(language)s.") % {"language": LANGUAGES[code].endonym})
    return told
