"""What the press office keeps for all its releases: the profile, and how terms are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.newsroom import access
from summitry.newsroom.models import PressProfile, Term
from summitry.records import RefusedError
from summitry.world.languages import LANGUAGES

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What every release says: who comes (a plural without article), who the host is, whom to ask."""

    audience: Texts
    about: Texts
    contact: str = ""


def _check(edition: Edition, by: Actor) -> None:
    if not by.has_role(edition.pk, *access.DESKS):
        raise PermissionDenied(_("Only the press officer and the secretariat write news."))


@action
def keep_profile(*, edition: Edition, profile: Profile, by: Actor) -> PressProfile:
    """Keep what every release of an edition says.

    Raises
    ------
    RefusedError
        Where the address to ask at is none.
    """
    _check(edition, by)
    contact = profile.contact.strip()
    if contact:
        try:
            validate_email(contact)
        except ValidationError as error:
            raise RefusedError(_("Give an e-mail address, or none."), field="contact") from error
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    kept = PressProfile.objects.filter(edition=edition).first() or PressProfile(edition=edition, version=0)
    before = {"audience": kept.audience, "about": kept.about, "contact": kept.contact}
    kept.audience, kept.about, kept.contact = _clean(profile.audience), _clean(profile.about), contact
    kept.version += 1
    kept.save()
    record(
        by=by,
        verb="keep_profile",
        target=kept,
        edition_id=edition.pk,
        before=before,
        after={"audience": kept.audience, "about": kept.about, "contact": contact},
    )
    return kept


@action
def keep_terms(*, edition: Edition, terms: Mapping[str, Texts], by: Actor) -> list[Term]:
    """Keep how offices, services and titles are written in other languages; those not named stay as they are.

    Parameters
    ----------
    terms
        By the text as it is recorded.

    Raises
    ------
    RefusedError
        Where a language is not known, or a term has no wording.
    """
    _check(edition, by)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    known = {term.text: term for term in Term.objects.filter(edition=edition, text__in=terms)}
    kept = []
    for text, wording in terms.items():
        words = _clean(wording)
        if not text.strip() or not words or words.keys() - LANGUAGES.keys():
            raise RefusedError(_("Give “%(term)s” in at least one language.") % {"term": text}, field="terms")
        term = known.get(text) or Term(edition=edition, text=text.strip(), version=0)
        term.wording = words
        term.version += 1
        term.save()
        kept.append(term)
    record(by=by, verb="keep_terms", target=None, edition_id=edition.pk, after={"terms": sorted(terms)})
    return kept


def _clean(texts: Texts) -> dict[str, str]:
    return {code: text.strip() for code, text in texts.items() if text.strip()}
