"""A version in one language as the formats take it: the same for page, feed, print, document and ninjs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries import naming_policy
from summitry.formats.news import Correction, NewsItem
from summitry.formats.pdf import Imprint, ReleaseSheet, release_sheet
from summitry.newsroom.actions.issuing import datelines
from summitry.newsroom.kinds import Section, VersionState
from summitry.newsroom.models import PressProfile, Release, ReleaseVersion, Sentence
from summitry.newsroom.queries import PublicRelease
from summitry.world.languages import text_in
from summitry.world.queries import names_for

#: What stands together in a paragraph.
_PARAGRAPHS: Final = (
    (Section.LEAD, Section.ATTENDANCE),
    (Section.THEMES,),
    (Section.QUOTATION,),
    (Section.KEYNOTES, Section.TOPICS),
    (Section.MEETINGS,),
    (Section.NEXT,),
)


def publisher(edition: Edition, language: str) -> str:
    """Return who publishes an edition's news, as the edition names its host; four statements."""
    host = edition.hosted_by.entity_id
    names = names_for({host}, language=language, on=clock.today(edition), policy=naming_policy(edition))
    return names[host].short


def notice(edition: Edition) -> str:
    """Return what a reader must know of an edition's records."""
    return _("Demonstration: people, rooms and times are generated") if edition.generated else ""


#: What meetings brought stands in a paragraph of its own.
_BROUGHT: Final = frozenset(
    {"plan_renewed", "plan", "signed", "text_agreed", "promise", "handover", "handover_alone"}
)


def _paragraphs(sentences: Sequence[Sentence], language: str) -> list[str]:
    held = [one for one in sentences if one.rule not in _BROUGHT]
    brought = [one for one in sentences if one.rule in _BROUGHT]
    made: list[str] = []
    for sections in _PARAGRAPHS:
        made.append(_told(held, language, *sections))
        if Section.MEETINGS in sections:
            made.append(_told(brought, language, *sections))
    return [paragraph for paragraph in made if paragraph]


def _told(sentences: Sequence[Sentence], language: str, *sections: str) -> str:
    return " ".join(
        one.text
        for one in sentences
        if one.language == language and one.section in sections and not one.left_out
    )


def _item(
    edition: Edition,
    release: Release,
    version: ReleaseVersion,
    sentences: Sequence[Sentence],
    *,
    language: str,
    url: str,
    moment: datetime,
    published: datetime | None = None,
    updated: datetime | None = None,
    corrected: Sequence[ReleaseVersion] = (),
    handling: str = "",
    contact: str = "",
) -> NewsItem:
    lines = version.datelines or datelines(edition, [language], moment)
    return NewsItem(
        uri=f"urn:uuid:{release.public_id}",
        url=url,
        language=language,
        version=version.number,
        headline=_told(sentences, language, Section.HEADLINE) or release.slug,
        dateline=lines.get(language, ""),
        paragraphs=_paragraphs(sentences, language),
        publisher=publisher(edition, language),
        edition=text_in(edition.name, language),
        place=text_in(edition.city, language),
        about=_told(sentences, language, Section.ABOUT),
        contact=contact,
        published=published,
        updated=updated,
        embargo_until=version.embargo_until,
        corrections=[
            Correction(one.issued_at, text_in(one.notice, language)) for one in corrected if one.issued_at
        ],
        status="usable" if published else "withheld",
        handling=handling,
        notice=notice(edition),
    )


def public_item(
    edition: Edition, one: PublicRelease, *, language: str, url: str, contact: str = ""
) -> NewsItem:
    """Return a public release as every format takes it; three statements."""
    return _item(
        edition,
        one.release,
        one.version,
        one.sentences,
        language=language,
        url=url,
        moment=one.since,
        published=clock.local(edition, one.first),
        updated=clock.local(edition, one.since),
        corrected=one.corrected,
        contact=contact,
    )


def desk_item(
    edition: Edition, version: ReleaseVersion, sentences: Sequence[Sentence], *, language: str, url: str
) -> NewsItem:
    """Return a version as it is on the desk, with what may be done with it written over it."""
    now = clock.now(edition)
    handling = _("Draft, not for publication")
    if version.state == VersionState.ISSUED:
        handling = ""
        if version.embargo_until is not None and version.embargo_until > now:
            until = clock.local(edition, version.embargo_until)
            handling = _("Under embargo until %(until)s") % {"until": f"{until:%d.%m.%Y, %H:%M %Z}"}
    return _item(
        edition,
        version.release,
        version,
        sentences,
        language=language,
        url=url,
        moment=version.embargo_until or version.issued_at or now,
        corrected=[version] if version.number > 1 else [],
        handling=handling,
        contact=contact_of(edition),
    )


def contact_of(edition: Edition) -> str:
    """Return whom to ask; one statement."""
    return PressProfile.objects.filter(edition=edition).values_list("contact", flat=True).first() or ""


def sheet(edition: Edition, item: NewsItem) -> bytes:
    """Print a piece of news, in its own language."""
    with translation.override(item.language):
        return release_sheet(
            ReleaseSheet(
                imprint=Imprint(
                    edition=item.edition,
                    as_at=item.updated or clock.local(edition, clock.now(edition)),
                    language=item.language,
                    notice=notice(edition),
                    handling=item.handling,
                ),
                kind=KINDS.get(item.language, KINDS["en"]),
                item=item,
            )
        )


#: What stands over a printed release, in the languages of releases.
KINDS: Final = {"en": "Press release", "fr": "Communiqué de presse", "es": "Comunicado de prensa"}
