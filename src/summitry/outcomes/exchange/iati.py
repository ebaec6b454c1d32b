"""Technical assistance that is cleared for publication, as IATI activities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries import naming_policy
from summitry.formats import iati
from summitry.formats.iati import DateType, OrganisationRole, OrganisationType, Status
from summitry.outbox.composing import absolute_url
from summitry.outcomes import queries
from summitry.outcomes.kinds import CommitmentKind, PartyRole, Progress, Workflow
from summitry.outcomes.models import Report
from summitry.records import RefusedError
from summitry.world.kinds import EntityKind
from summitry.world.models import Entity
from summitry.world.queries import names_for

#: What counts as technical assistance: somebody gives another means or knowledge.
ASSISTANCE: Final = (
    CommitmentKind.EQUIPMENT,
    CommitmentKind.TRAINING,
    CommitmentKind.EXPERT_DEPLOYMENT,
    CommitmentKind.INFRASTRUCTURE,
    CommitmentKind.FUNDING,
)
_TYPES: Final = {
    EntityKind.STATE: OrganisationType.GOVERNMENT,
    EntityKind.OBSERVER_STATE: OrganisationType.GOVERNMENT,
    EntityKind.EU_INSTITUTION: OrganisationType.MULTILATERAL,
    EntityKind.EU_AGENCY: OrganisationType.MULTILATERAL,
    EntityKind.UN_BODY: OrganisationType.MULTILATERAL,
    EntityKind.IGO: OrganisationType.MULTILATERAL,
    EntityKind.NGO: OrganisationType.INTERNATIONAL_NGO,
    EntityKind.PRIVATE: OrganisationType.PRIVATE,
}
#: IATI ActivityStatus by what the owner reports (practice notes, outcomes, 5.2).
_STATUSES: Final = {
    Progress.NOT_STARTED: Status.PIPELINE,
    Progress.COMPLETED: Status.FINALISATION,
    Progress.CANCELLED: Status.CANCELLED,
    Progress.SUSPENDED: Status.SUSPENDED,
}
_ROLES: Final = {
    PartyRole.SUPPORTER: OrganisationRole.EXTENDING,
    PartyRole.COUNTERPART: OrganisationRole.IMPLEMENTING,
}


def iati_document(*, edition: Edition, who: Actor) -> bytes:
    """Return the technical assistance of a series up to an edition that is cleared, as IATI 2.03; a constant number of statements.

    Raises
    ------
    RefusedError
        Where it is not said who reports, or nothing is cleared.
    """
    reporter = queries.follow_up_settings(edition).iati_organisation
    if not reporter:
        raise RefusedError(
            _("Give the IATI identifier of the organisation that reports first."), field="iati_organisation"
        )
    rows = list(
        queries.fetched(
            queries.commitments(who=who, edition=edition)
            .filter(kind__in=ASSISTANCE, cleared_on__isnull=False)
            .order_by("edition__number", "number")
        )
    )
    if not rows:
        raise RefusedError(_("No technical assistance is cleared for publication yet."))
    host = edition.hosted_by.entity
    entities = {row.owner for row in rows} | {p.entity for row in rows for p in row.other_parties} | {host}
    names = _names(edition, entities)
    begun = dict(
        Report.objects.filter(commitment__in=[row.pk for row in rows])
        .exclude(Q(progress=Progress.NOT_STARTED) | Q(progress=Progress.CANCELLED))
        .values_list("commitment")
        .annotate(day=Min("on"))
    )
    return iati.write_activities(
        iati.Reporter(
            ref=reporter,
            name=names[host.pk],
            type=_type(host),
            vocabulary_url=absolute_url(reverse("outcomes:commitments", args=[edition.slug])),
        ),
        [_activity(row, names, begun.get(row.pk)) for row in rows],
        generated_at=timezone.now(),
    )


def _names(edition: Edition, entities: Iterable[Entity]) -> dict[int, dict[str, str]]:
    """Return the entities' names by id, by language where they differ."""
    ids = {entity.pk for entity in entities}
    policy, today = naming_policy(edition), clock.today(edition)
    found: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for code in dict.fromkeys(["en", *edition.languages]):
        for pk, name in names_for(ids, language=code, on=today, policy=policy).items():
            found[pk].setdefault(name.language, name.short)
    return found


def _type(entity: Entity) -> OrganisationType:
    return _TYPES.get(EntityKind(entity.kind), OrganisationType.OTHER)


def _activity(row: Any, names: Mapping[int, Mapping[str, str]], begun: date | None) -> iati.Activity:
    wording = row.last_wordings[0]
    dates = _dates(row, begun)
    start = min(dates[kind] for kind in (DateType.PLANNED_START, DateType.ACTUAL_START) if kind in dates)
    countries = list(dict.fromkeys([*(p for p in row.places if p.isalpha()), *_beneficiaries(row)]))
    measure = None
    if row.target is not None and row.due_on is not None and row.due_on >= start:
        title = row.indicator or row.unit
        measure = iati.Measure(title, row.target, start, row.due_on, row.baseline)
    return iati.Activity(
        number=f"{row.edition.slug}-{row.ref}",
        language=wording.language,
        title=row.title,
        description={wording.language: wording.text},
        organisations=_organisations(row, names),
        status=Status.CLOSED
        if row.workflow == Workflow.CLOSED and row.progress == Progress.COMPLETED
        else _STATUSES.get(Progress(row.progress), Status.IMPLEMENTATION),
        dates=dates,
        countries=countries,
        regions=[place for place in row.places if not place.isalpha()],
        sectors=[(area.code, area.title) for area in row.areas.all()],
        committed=(row.value, row.currency, row.agreed_on) if row.value is not None else None,
        measure=measure,
        conditions=row.dependency,
    )


def _beneficiaries(row: Any) -> list[str]:
    """Return the States that benefit, where no place is said."""
    if row.places:
        return []
    return [
        party.entity.iso2
        for party in row.other_parties
        if party.role == PartyRole.BENEFICIARY and party.entity.iso2
    ]


def _dates(row: Any, begun: date | None) -> dict[DateType, date]:
    dates = {DateType.PLANNED_START: row.starts_on or row.agreed_on}
    if begun is not None:
        dates[DateType.ACTUAL_START] = begun
    if row.due_on is not None:
        dates[DateType.PLANNED_END] = row.due_on
    if row.progress == Progress.COMPLETED and row.reported_on is not None:
        dates[DateType.ACTUAL_END] = row.reported_on
    return dates


def _organisations(row: Any, names: Mapping[int, Mapping[str, str]]) -> list[iati.Organisation]:
    found = [iati.Organisation(names[row.owner_id], OrganisationRole.ACCOUNTABLE, _type(row.owner))]
    if row.funding_source:
        found.insert(0, iati.Organisation({"en": row.funding_source}, OrganisationRole.FUNDING))
    for party in row.other_parties:
        role = _ROLES.get(PartyRole(party.role))
        if role is not None:
            found.append(iati.Organisation(names[party.entity_id], role, _type(party.entity)))
    if not any(one.role == OrganisationRole.IMPLEMENTING for one in found):
        found.append(iati.Organisation(names[row.owner_id], OrganisationRole.IMPLEMENTING, _type(row.owner)))
    return found
