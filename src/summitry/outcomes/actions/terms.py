"""What a commitment promises, as it is given to be recorded, and whether it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.bilaterals.models import Meeting
from summitry.conferences.models import Edition
from summitry.delegations.models import Member
from summitry.outcomes import access, rules
from summitry.outcomes.actions.shared import check_languages, check_money, check_order, check_title
from summitry.outcomes.kinds import CommitmentKind, PartyRole
from summitry.outcomes.models import Area, Article
from summitry.outcomes.models.vocabulary import Confidentiality
from summitry.programme.models import Session
from summitry.records import RefusedError
from summitry.world.models import Entity

_LONGEST_CADENCE: Final = 60
#: What of the terms is one value, called alike in the record, in a form and in a file's column.
PLAIN_TERMS: Final = (
    "kind",
    "starts_on",
    "due_on",
    "indicator",
    "baseline",
    "target",
    "unit",
    "value",
    "currency",
    "funding_source",
    "contact_role",
    "dependency",
    "report_months",
    "publish",
)


@dataclass(frozen=True, slots=True)
class Party:
    """An entity beside the owner and what it has to do with the commitment."""

    entity: Entity
    role: str = PartyRole.COUNTERPART


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone; with the number of one that there is already, that one as it shall be."""

    title: str
    due_on: date
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is promised, as :class:`~summitry.outcomes.models.Commitment` has it.

    Attributes
    ----------
    text, language
        As agreed, verbatim, and in which language.
    meeting, session, article
        Where it was agreed: at most one of them.
    confidentiality
        None: as where it was agreed, otherwise the parties and the host's desks.
    report_months
        How often a report is asked for; none: as the edition's settings say.
    """

    title: Mapping[str, str]
    text: str
    language: str
    kind: str
    owner: Entity
    parties: Sequence[Party] = ()
    meeting: Meeting | None = None
    session: Session | None = None
    article: Article | None = None
    contact_role: str = ""
    contact: Member | None = None
    areas: Sequence[Area] = ()
    places: Sequence[str] = ()
    baseline: str = ""
    indicator: str = ""
    target: Decimal | None = None
    unit: str = ""
    value: Decimal | None = None
    currency: str = ""
    funding_source: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    milestones: Sequence[Step] = ()
    dependency: str = ""
    confidentiality: int | None = None
    report_months: int | None = None
    publish: bool = True
    generated: bool = False

    @property
    def source_level(self) -> int | None:
        """The confidentiality of where it was agreed; none where that is not said."""
        if self.meeting is not None:
            return max(self.meeting.request.confidentiality, self.meeting.occasion.confidentiality)
        if self.session is not None:
            return self.session.occasion.confidentiality
        return self.article.instrument.confidentiality if self.article is not None else None

    @property
    def level(self) -> int:
        """The confidentiality it is recorded with."""
        if self.confidentiality is not None:
            return self.confidentiality
        return Confidentiality.PARTIES if self.source_level is None else self.source_level

    def fields(self, report_months: int) -> dict[str, Any]:
        """Return the columns of the commitment by name."""
        return {
            "title": dict(self.title),
            "kind": self.kind,
            "owner_id": self.owner.pk,
            "meeting_id": self.meeting.pk if self.meeting else None,
            "session_id": self.session.pk if self.session else None,
            "article_id": self.article.pk if self.article else None,
            "contact_role": self.contact_role.strip(),
            "contact_id": self.contact.pk if self.contact else None,
            "places": list(self.places),
            "baseline": self.baseline.strip(),
            "indicator": self.indicator.strip(),
            "target": self.target,
            "unit": self.unit.strip(),
            "value": self.value,
            "currency": self.currency,
            "funding_source": self.funding_source.strip(),
            "starts_on": self.starts_on,
            "due_on": self.due_on,
            "dependency": self.dependency.strip(),
            "confidentiality": self.level,
            "report_months": self.report_months or report_months,
            "publish": self.publish,
            "generated": self.generated,
        }


def check_terms(edition: Edition, terms: Terms, *, by: Actor, known_places: frozenset[str]) -> None:
    """Refuse what cannot be promised so.

    Raises
    ------
    PermissionDenied
        Where `by` may not record it.
    RefusedError
        Names the field and what mends it.
    """
    if not access.may_record(by, edition, confidentiality=terms.level) and not access.reaches(
        by, edition, confidentiality=terms.level
    ):
        raise PermissionDenied(_("You may not record what was agreed at this edition."))
    check_title(terms.title)
    if not terms.text.strip():
        raise RefusedError(_("Give the text as it was agreed, word for word."), field="text")
    check_languages([terms.language], "language")
    if terms.kind not in CommitmentKind:
        raise RefusedError(_("Choose what kind of commitment it is."), field="kind")
    _check_parties(terms)
    _check_source(edition, terms)
    _check_measures(edition, terms, known_places)


def _check_parties(terms: Terms) -> None:
    entities = [party.entity.pk for party in terms.parties]
    if terms.owner.pk in entities:
        raise RefusedError(
            _("The owner cannot be another party as well: take it off the list."), field="parties"
        )
    if len(set(entities)) != len(entities):
        raise RefusedError(_("Name each party once."), field="parties")
    if any(party.role not in PartyRole for party in terms.parties):
        raise RefusedError(
            _("Say of each party whether it is counterpart, beneficiary or supporter."), field="parties"
        )
    contact = terms.contact
    if contact is not None and contact.delegation.entity_id != terms.owner.pk:
        raise RefusedError(_("Choose somebody of the owner's delegation as contact."), field="contact")


def _check_source(edition: Edition, terms: Terms) -> None:
    if sum(source is not None for source in (terms.meeting, terms.session, terms.article)) > 1:
        raise RefusedError(
            _("Say one place where it was agreed: a meeting, a session or an article."), field="meeting"
        )
    if terms.meeting is not None and terms.meeting.edition_id != edition.pk:
        raise RefusedError(_("Choose a meeting of this edition."), field="meeting")
    if terms.session is not None and terms.session.edition_id != edition.pk:
        raise RefusedError(_("Choose a session of this edition."), field="session")
    if terms.article is not None and terms.article.instrument.series_id != edition.series_id:
        raise RefusedError(_("Choose an article of an instrument of this series."), field="article")
    if terms.level not in Confidentiality:
        raise RefusedError(_("Choose who may know of it."), field="confidentiality")
    secret = Confidentiality.CHIEF_OF_PROTOCOL
    if (terms.source_level or 0) >= secret > terms.level:
        raise RefusedError(
            _("It was agreed where only the parties and the chief of protocol know: so must it be kept."),
            field="confidentiality",
        )


def _check_measures(edition: Edition, terms: Terms, known_places: frozenset[str]) -> None:
    if any(area.series_id != edition.series_id for area in terms.areas):
        raise RefusedError(_("Choose areas of this series."), field="areas")
    if unknown := rules.places_unknown(terms.places, known_places):
        raise RefusedError(
            _("%(codes)s: give places by ISO 3166 or UN M49 codes, such as BA or 039.")
            % {"codes": ", ".join(unknown)},
            field="places",
        )
    if terms.target is not None and terms.target <= 0:
        raise RefusedError(_("What is promised is more than nothing: give a larger target."), field="target")
    if terms.target is not None and not terms.unit.strip():
        raise RefusedError(_("Say what the target counts, such as devices or officers."), field="unit")
    check_money(terms.value, terms.currency, ("value", "currency"))
    check_order(terms.starts_on, terms.due_on, "due_on")
    if any(not step.title.strip() for step in terms.milestones):
        raise RefusedError(_("Give each milestone a title."), field="milestones")
    if terms.report_months is not None and not 1 <= terms.report_months <= _LONGEST_CADENCE:
        raise RefusedError(
            _("A report is asked for every 1 to %(most)d months.") % {"most": _LONGEST_CADENCE},
            field="report_months",
        )
