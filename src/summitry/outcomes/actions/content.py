"""An instrument as it is given to be recorded, and whether it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.bilaterals.models import Meeting
from summitry.conferences.models import Edition
from summitry.delegations.models import Member
from summitry.outcomes import access
from summitry.outcomes.actions.shared import check_languages, check_order, check_title
from summitry.outcomes.kinds import Authority, InstrumentKind, LegalNature
from summitry.outcomes.models import Area, Instrument
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.programme.models import Session
from summitry.records import RefusedError
from summitry.world.models import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A party, who signs for it and by what authority, and whom to turn to."""

    entity: Entity
    signatory: str = ""
    member: Member | None = None
    office: str = ""
    authority: str = ""
    credentials_ok: bool | None = None
    contact_name: str = ""
    contact_role: str = ""
    contact_email: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """An activity in one of the instrument's areas."""

    area: Area
    title: str
    description: str = ""
    lead: Entity | None = None
    starts_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """An article as it is cited, with its text."""

    number: str
    text: str
    language: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an instrument says, as :class:`~summitry.outcomes.models.Instrument` has it.

    Attributes
    ----------
    activities, articles
        All of them, in their order; what an agreed text already has is given again as it is.
    confidentiality
        None: as where it was agreed, otherwise the parties and the host's desks.
    """

    title: Mapping[str, str]
    kind: str
    legal_nature: str = LegalNature.UNKNOWN
    reference: str = ""
    parties: Sequence[Signing] = ()
    languages: Sequence[str] = ()
    authentic_languages: Sequence[str] = ()
    period_from: date | None = None
    period_to: date | None = None
    areas: Sequence[Area] = ()
    activities: Sequence[Doing] = ()
    articles: Sequence[Provision] = ()
    parent: Instrument | None = None
    predecessor: Instrument | None = None
    meeting: Meeting | None = None
    session: Session | None = None
    signed_on: date | None = None
    effect_on: date | None = None
    expires_on: date | None = None
    auto_renews: bool = False
    renewal_months: int | None = None
    termination_notice_days: int | None = None
    depositary: Entity | None = None
    review_months: int | None = None
    next_review_on: date | None = None
    financial_line: str = ""
    data_protection: str = ""
    confidentiality: int | None = None
    generated: bool = False

    @property
    def source_level(self) -> int | None:
        """The confidentiality of where it was agreed; none where that is not said."""
        if self.meeting is not None:
            return max(self.meeting.request.confidentiality, self.meeting.occasion.confidentiality)
        return self.session.occasion.confidentiality if self.session is not None else None

    @property
    def level(self) -> int:
        """The confidentiality it is recorded with."""
        if self.confidentiality is not None:
            return self.confidentiality
        return Confidentiality.PARTIES if self.source_level is None else self.source_level

    def fields(self) -> dict[str, Any]:
        """Return the columns of the instrument by name."""
        return {
            "title": dict(self.title),
            "kind": self.kind,
            "legal_nature": self.legal_nature,
            "reference": self.reference.strip(),
            "languages": list(self.languages),
            "authentic_languages": list(self.authentic_languages),
            "period_from": self.period_from,
            "period_to": self.period_to,
            "parent_id": self.parent.pk if self.parent else None,
            "predecessor_id": self.predecessor.pk if self.predecessor else None,
            "meeting_id": self.meeting.pk if self.meeting else None,
            "session_id": self.session.pk if self.session else None,
            "signed_on": self.signed_on,
            "effect_on": self.effect_on,
            "expires_on": self.expires_on,
            "auto_renews": self.auto_renews,
            "renewal_months": self.renewal_months,
            "termination_notice_days": self.termination_notice_days,
            "depositary_id": self.depositary.pk if self.depositary else None,
            "review_months": self.review_months,
            "next_review_on": self.next_review_on,
            "financial_line": self.financial_line.strip(),
            "data_protection": self.data_protection.strip(),
            "confidentiality": self.level,
            "generated": self.generated,
        }


def check_content(edition: Edition, content: Content, by: Actor) -> None:
    """Refuse an instrument that cannot be so; it names the field."""
    if content.level not in Confidentiality:
        raise RefusedError(_("Choose who may know of it."), field="confidentiality")
    if not access.may_record(by, edition, confidentiality=content.level) and not access.reaches(
        by, edition, confidentiality=content.level
    ):
        raise PermissionDenied(_("You may not record what was agreed at this edition."))
    check_title(content.title)
    if content.kind not in InstrumentKind:
        raise RefusedError(_("Choose what kind of instrument it is."), field="kind")
    if content.legal_nature not in LegalNature:
        raise RefusedError(_("Choose its legal nature; “not established” is one."), field="legal_nature")
    check_languages(content.languages, "languages")
    if not set(content.authentic_languages) <= set(content.languages):
        raise RefusedError(_("Only a language of the text can be authentic."), field="authentic_languages")
    _check_dates(content)
    _check_origin(edition, content)
    _check_parties_and_parts(edition, content)


def _check_dates(content: Content) -> None:
    check_order(content.period_from, content.period_to, "period_to")
    check_order(content.effect_on, content.expires_on, "expires_on")
    if content.auto_renews != (content.renewal_months is not None) or content.renewal_months == 0:
        raise RefusedError(
            _("Where it renews itself, say for how many months; otherwise leave that out."),
            field="renewal_months",
        )
    if content.review_months == 0:
        raise RefusedError(
            _("Give the months between two reviews, or leave them out."), field="review_months"
        )


def _check_origin(edition: Edition, content: Content) -> None:
    if content.meeting is not None and content.session is not None:
        raise RefusedError(_("Say one place where it was agreed: a meeting or a session."), field="meeting")
    for name, source in (("meeting", content.meeting), ("session", content.session)):
        if source is not None and source.edition_id != edition.pk:
            raise RefusedError(_("Choose a meeting or session of this edition."), field=name)
    for name, other in (("parent", content.parent), ("predecessor", content.predecessor)):
        if other is not None and other.series_id != edition.series_id:
            raise RefusedError(_("Choose an instrument of this series."), field=name)
    secret = Confidentiality.CHIEF_OF_PROTOCOL
    if (content.source_level or 0) >= secret > content.level:
        raise RefusedError(
            _("It was agreed where only the parties and the chief of protocol know: so must it be kept."),
            field="confidentiality",
        )


def _check_parties_and_parts(edition: Edition, content: Content) -> None:
    entities = [party.entity.pk for party in content.parties]
    if len(set(entities)) != len(entities):
        raise RefusedError(_("Name each party once."), field="parties")
    for party in content.parties:
        if party.authority and party.authority not in Authority:
            raise RefusedError(_("Choose by what authority each signatory signs."), field="parties")
        if party.member is not None and party.member.delegation.entity_id != party.entity.pk:
            raise RefusedError(_("A signatory belongs to the party's own delegation."), field="parties")
    if any(area.series_id != edition.series_id for area in content.areas):
        raise RefusedError(_("Choose areas of this series."), field="areas")
    areas = {area.pk for area in content.areas}
    for doing in content.activities:
        if doing.area.pk not in areas or not doing.title.strip():
            raise RefusedError(
                _("Give each activity a title, and one of the areas of the plan."), field="activities"
            )
        check_order(doing.starts_on, doing.due_on, "activities")
    cited = [(article.number.strip(), article.language) for article in content.articles]
    if len(set(cited)) != len(cited) or any(not number for number, _language in cited):
        raise RefusedError(_("Give each article its number, once in each language."), field="articles")
    check_languages({language for _number, language in cited}, "articles")
    if any(not article.text.strip() for article in content.articles):
        raise RefusedError(_("Give the text of each article."), field="articles")
