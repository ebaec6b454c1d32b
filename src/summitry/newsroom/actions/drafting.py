"""Drafting a release from the record, and working on its sentences."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action
from summitry.newsroom import access
from summitry.newsroom.actions.shared import (
    as_evidence,
    enter,
    keep_drafts,
    locked_release,
    order_in,
    reopened,
)
from summitry.newsroom.facts import Facts, gather
from summitry.newsroom.kinds import ReleaseKind, Section, Standing
from summitry.newsroom.models import Evidence, Release, ReleaseVersion, Sentence
from summitry.newsroom.queries.review import Now, review
from summitry.newsroom.sentences import Draft, drafts
from summitry.records import RefusedError

_SLUG: Final = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_LONGEST: Final = 2000


@action
def draft_release(*, edition: Edition, slug: str, by: Actor, kind: str = ReleaseKind.RELEASE) -> Release:
    """Begin a release: drafted from the record in all its languages, or empty for a statement.

    Parameters
    ----------
    slug
        Its address for good, such as ``"warsaw-conference"``.

    Raises
    ------
    PermissionDenied
        Where `by` does not write news of the edition.
    RefusedError
        Where the address cannot be or is taken; it names the field.
    """
    if not by.has_role(edition.pk, *access.DESKS):
        raise PermissionDenied(_("Only the press officer and the secretariat write news."))
    if kind not in ReleaseKind:
        raise RefusedError(_("Choose what is released."), field="kind")
    if not _SLUG.match(slug) or len(slug) > 80 or slug in {"feed", "new"}:  # noqa: PLR2004 the column's width
        raise RefusedError(
            _("Give an address of small letters, digits and hyphens, such as warsaw-conference."),
            field="slug",
        )
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if Release.objects.filter(edition=edition, slug=slug).exists():
        raise RefusedError(_("There is a release at this address already: choose another."), field="slug")
    release = Release.objects.create(edition=edition, kind=kind, slug=slug)
    version = ReleaseVersion.objects.create(
        release=release, number=1, drafted_at=clock.now(edition), drafted_by=by.user
    )
    made = keep_drafts(version, drafts(gather(edition))) if kind == ReleaseKind.RELEASE else 0
    enter(
        by=by, verb="draft_release", target=release, edition=edition, after={"slug": slug, "sentences": made}
    )
    return release


@action
def redraft_release(*, release: Release, by: Actor) -> int:
    """Draft anew what nobody has edited, add what there is to say now, and leave the rest as it is.

    Returns
    -------
    int
        How many sentences were written.

    Raises
    ------
    RefusedError
        Where its version is issued.
    """
    require(by, "write", release)
    release = locked_release(release)
    version = reopened(release)
    kept = set(
        Sentence.objects.filter(release_version=version)
        .exclude(edited=False, left_out=False)
        .exclude(rule="")
        .values_list("language", "rule", "key")
    )
    old = Sentence.objects.filter(release_version=version, edited=False, left_out=False).exclude(rule="")
    Evidence.objects.filter(sentence__in=old).delete()
    old.delete()
    fresh = [one for one in drafts(gather(release.edition)) if (one.language, one.rule, one.key) not in kept]
    made = keep_drafts(version, fresh)
    enter(by=by, verb="redraft_release", target=release, edition=release.edition, after={"sentences": made})
    return made


@action
def edit_sentence(*, sentence: Sentence, text: str, version: int, by: Actor) -> Sentence:
    """Reword a sentence; it keeps what it rests on.

    Parameters
    ----------
    version
        The sentence's version that was read.

    Raises
    ------
    RefusedError
        Where it is empty or issued, or somebody has changed it since.
    """
    release, sentence = _locked(sentence, by)
    if sentence.version != version:
        raise RefusedError(
            _("Somebody has changed this sentence meanwhile. Look at it and change it again."), field="text"
        )
    before, words = sentence.text, _checked(text)
    if words != before:
        sentence.text, sentence.edited, sentence.changed_by = words, True, by.user
        sentence.version += 1
        sentence.save()
    enter(
        by=by,
        verb="edit_sentence",
        target=sentence,
        edition=release.edition,
        after={"before": before, "text": words},
    )
    return sentence


@action
def add_sentence(*, release: Release, language: str, section: str, text: str, by: Actor) -> Sentence:
    """Add a sentence of one's own; it rests on no record, and says so on the desk.

    Raises
    ------
    RefusedError
        Where language or section are none of the release, or the text is missing.
    """
    require(by, "write", release)
    release = locked_release(release)
    if language not in release.edition.languages:
        raise RefusedError(_("Choose a language of the edition."), field="language")
    if section not in Section:
        raise RefusedError(_("Choose where it stands."), field="section")
    words = _checked(text)
    version = reopened(release)
    standing = Sentence.objects.filter(release_version=version, language=language, section=section)
    last = standing.aggregate(last=Max("order"))["last"]
    sentence = Sentence.objects.create(
        release_version=version,
        language=language,
        section=section,
        order=order_in(section, 10) if last is None else last + 1,
        text=words,
        edited=True,
        changed_by=by.user,
    )
    enter(by=by, verb="add_sentence", target=sentence, edition=release.edition, after={"text": words})
    return sentence


@action
def leave_out(*, sentence: Sentence, by: Actor, take_back: bool = False) -> Sentence:
    """Leave a sentence out of the release, or take it in again; its text and evidence are kept."""
    release, sentence = _locked(sentence, by)
    sentence.left_out, sentence.changed_by = not take_back, by.user
    sentence.version += 1
    sentence.save()
    verb = "take_in_sentence" if take_back else "leave_out_sentence"
    enter(by=by, verb=verb, target=sentence, edition=release.edition, after={"text": sentence.text})
    return sentence


@action
def refresh_sentence(*, sentence: Sentence, by: Actor) -> Sentence:
    """Draft a sentence anew from the record as it is.

    Raises
    ------
    RefusedError
        Where it is somebody's own, or there is nothing to say of it any more.
    """
    release, sentence = _locked(sentence, by)
    fresh = _draft_of(sentence, gather(release.edition))
    if fresh is None:
        raise RefusedError(_("The record has nothing to say here any more: leave the sentence out."))
    sentence.text, sentence.edited, sentence.changed_by = fresh.text, False, by.user
    sentence.version += 1
    sentence.save()
    sentence.evidence.all().delete()
    Evidence.objects.bulk_create(as_evidence(sentence, fresh.grounds))
    enter(
        by=by, verb="refresh_sentence", target=sentence, edition=release.edition, after={"text": fresh.text}
    )
    return sentence


@action
def confirm_sentence(*, sentence: Sentence, by: Actor) -> Sentence:
    """Keep a sentence as it is worded though a record changed: it rests on what that says now.

    Raises
    ------
    RefusedError
        Where a record of it may no longer be told.
    """
    release, sentence = _locked(sentence, by)
    facts = gather(release.edition)
    [reviewed] = review([sentence], Now.of(facts))
    if reviewed.standing is Standing.GONE:
        raise RefusedError(_("It rests on something that may no longer be told: leave it out."))
    index = facts.index()
    grounds = [index[one.model, one.record, one.field] for one, _compared in reviewed.evidence]
    sentence.changed_by = by.user
    sentence.version += 1
    sentence.save()
    sentence.evidence.all().delete()
    Evidence.objects.bulk_create(as_evidence(sentence, grounds))
    enter(
        by=by,
        verb="confirm_sentence",
        target=sentence,
        edition=release.edition,
        after={"text": sentence.text},
    )
    return sentence


def _draft_of(sentence: Sentence, facts: Facts) -> Draft | None:
    wanted = (sentence.language, sentence.rule, sentence.key)
    return next((one for one in drafts(facts) if (one.language, one.rule, one.key) == wanted), None)


def _locked(sentence: Sentence, by: Actor) -> tuple[Release, Sentence]:
    """Return a sentence of an open version, and its release, so that nobody else changes them."""
    release = sentence.release_version.release
    require(by, "write", release)
    release = locked_release(release)
    version = reopened(release)
    if version.pk != sentence.release_version_id:
        raise RefusedError(_("What is issued does not change: correct it by a further version."))
    return release, Sentence.objects.select_for_update(no_key=True).get(pk=sentence.pk)


def _checked(text: str) -> str:
    words = " ".join(text.split(" ")).strip()
    if not words:
        raise RefusedError(_("Write the sentence, or leave it out."), field="text")
    if len(words) > _LONGEST:
        raise RefusedError(_("Keep it under %(most)d characters.") % {"most": _LONGEST}, field="text")
    return words
