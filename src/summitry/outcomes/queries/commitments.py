"""Commitments as lists and pages show them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.ledger.models import Entry
from summitry.outcomes import rules
from summitry.outcomes.kinds import Answer, Light, PartyRole, Timeliness, Workflow
from summitry.outcomes.models import (
    Assessment,
    Commitment,
    CommitmentParty,
    Confirmation,
    Milestone,
    Report,
    Wording,
)
from summitry.outcomes.queries.standing import with_standing
from summitry.world.models import Entity
from summitry.world.rules.sorting import fold

#: How a list can be ordered: the look-ups, those without a value last.
ORDERS: Final = {
    "number": ("edition__number", "number"),
    "due": (F("due_on").asc(nulls_last=True), "edition__number", "number"),
    "newest": ("-edition__number", "-number"),
    "reported": (F("reported_on").asc(nulls_first=True), "edition__number", "number"),
}
#: What of a day can be asked for in lists.
DUE_CHOICES: Final = ("overdue", "soon", "later", "none")
#: States of the record that lists ask for together.
WORKFLOW_GROUPS: Final = {
    "counts": (Workflow.APPROVED, Workflow.PUBLISHED, Workflow.CLOSED),
    "open": (Workflow.APPROVED, Workflow.PUBLISHED),
    "unconfirmed": (Workflow.SUBMITTED, Workflow.CHANGE_REQUESTED),
}
#: Lights that lists ask for together.
LIGHT_GROUPS: Final = {"due": (Light.YELLOW, Light.RED, Light.INACTIVE)}
NO_AREA: Final = "-"  # what a list asks for those without any; no area's code
_YEAR: Final = re.compile(r"[12][0-9]{3}")
_NEW_ENOUGH: Final = 50
#: With which entries of the ledger the wording of their time lay before the parties, or had.
_SHOWN_BY: Final = ("submit_commitment", "note_agreement", "correct_commitment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of commitments shall show; what is not given does not narrow.

    Attributes
    ----------
    edition
        Those of one edition (by slug), of the whole series where not given.
    party, owner, area
        Codes of a party in any role, of the owner, of an area (:data:`NO_AREA`: without one).
    place
        An ISO 3166 or M49 code.
    due
        ``"overdue"``, ``"soon"`` (within the settings' warning), ``"later"``, ``"none"``, or a year.
    due_from, due_to
        The first and the last day on which they are due.
    light, timeliness, workflow, progress, completion, kind
        Values of the vocabularies; also a group of :data:`WORKFLOW_GROUPS` or :data:`LIGHT_GROUPS`.
    text
        Words that all occur in number, titles or text, without case and accents.
    carried_to
        Slug of the edition on whose table they were laid.
    """

    edition: str = ""
    party: str = ""
    owner: str = ""
    area: str = ""
    place: str = ""
    due: str = ""
    due_from: date | None = None
    due_to: date | None = None
    light: str = ""
    timeliness: str = ""
    workflow: str = ""
    progress: str = ""
    completion: str = ""
    kind: str = ""
    text: str = ""
    carried_to: str = ""
    soon_days: int = field(default=30, repr=False)


def commitments(*, who: Actor, edition: Edition, today: date | None = None) -> QuerySet[Any]:
    """Return the commitments of an edition's series that `who` may see, with where they stand, lightly.

    Each row has ``report_due_on``, ``light``, ``milestone_overdue`` and ``timeliness``
    (:func:`summitry.outcomes.queries.standing.with_standing`) on the edition's day. Of later
    editions none are among them. Lists add :func:`fetched` for what their cells need.
    """
    rows = visible(who, Commitment).filter(
        edition__series=edition.series_id, edition__number__lte=edition.number
    )
    return with_standing(rows, today=today or clock.today(edition))


def narrowed(rows: QuerySet[Any], wanted: Wanted, *, today: date) -> QuerySet[Any]:
    """Return of :func:`commitments` those that a list shall show."""
    exact = {
        "edition__slug": wanted.edition,
        "owner__code": wanted.owner,
        "areas__code": "" if wanted.area == NO_AREA else wanted.area,
        "light": "" if wanted.light in LIGHT_GROUPS else wanted.light,
        "timeliness": wanted.timeliness,
        "workflow": "" if wanted.workflow in WORKFLOW_GROUPS else wanted.workflow,
        "progress": wanted.progress,
        "completion": wanted.completion,
        "kind": wanted.kind,
        "carried_over__edition__slug": wanted.carried_to,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.workflow in WORKFLOW_GROUPS:
        rows = rows.filter(workflow__in=WORKFLOW_GROUPS[wanted.workflow])
    if wanted.light in LIGHT_GROUPS:
        rows = rows.filter(light__in=LIGHT_GROUPS[wanted.light])
    if wanted.area == NO_AREA:
        rows = rows.filter(areas__isnull=True)
    if wanted.party:
        rows = with_party(rows, wanted.party)
    if wanted.place:
        rows = rows.filter(places__contains=[wanted.place])
    if wanted.due:
        rows = due_within(rows, wanted.due, today=today, soon_days=wanted.soon_days)
    if wanted.due_from:
        rows = rows.filter(due_on__gte=wanted.due_from)
    if wanted.due_to:
        rows = rows.filter(due_on__lte=wanted.due_to)
    for word in fold(wanted.text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def with_party(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Return the commitments in which an entity is a party, in any role."""
    entity = Entity.objects.filter(code=code).values("pk")
    parties = CommitmentParty.objects.filter(entity__in=entity).values("commitment")
    return rows.filter(Q(owner__in=entity) | Q(pk__in=parties))


def due_within(rows: QuerySet[Any], due: str, *, today: date, soon_days: int = 30) -> QuerySet[Any]:
    """Return the commitments that are overdue, due soon, due later or without a day (:data:`DUE_CHOICES`), or in a year."""
    if _YEAR.fullmatch(due):
        return rows.filter(due_on__year=int(due))
    still = ~Q(timeliness=Timeliness.DELIVERED) & Q(workflow__in=sorted(rules.OPEN_WORKFLOWS))
    soon = today + timedelta(days=soon_days)
    match due:
        case "overdue":
            return rows.filter(still, due_on__lt=today)
        case "soon":
            return rows.filter(still, due_on__gte=today, due_on__lte=soon)
        case "later":
            return rows.filter(due_on__gt=soon)
        case "none":
            return rows.filter(due_on__isnull=True)
    return rows.none()


def fetched(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return commitments with owner, edition, parties, areas and last wording; three further statements."""
    last = Wording.objects.order_by("commitment_id", "-number").distinct("commitment_id")
    parties = CommitmentParty.objects.select_related("entity").order_by("order", "pk")
    return rows.select_related("owner", "edition").prefetch_related(
        Prefetch("parties", parties, to_attr="other_parties"),
        Prefetch("wordings", last, to_attr="last_wordings"),
        "areas",
    )


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return commitments with their edition and the ids of their parties alone; one further statement.

    What a list shows: neither wordings nor areas, nor of entities more than which they are.
    """
    parties = CommitmentParty.objects.order_by("order", "pk")
    return rows.select_related("edition").prefetch_related(
        Prefetch("parties", parties, to_attr="other_parties")
    )


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """A page of a list, and how many rows there are in all.

    Attributes
    ----------
    rows
        Commitments as :func:`commitments` and :func:`fetched` give them.
    """

    rows: Sequence[Any]
    count: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are; one at least."""
        return max(1, -(-self.count // self.per_page))


def commitment_page(
    *,
    who: Actor,
    edition: Edition,
    wanted: Wanted | None = None,
    order: str = "due",
    page: int = 1,
    per_page: int = _NEW_ENOUGH,
) -> CommitmentPage:
    """Return one page of the commitments that a list shall show; five statements.

    Parameters
    ----------
    order
        One of :data:`ORDERS`.
    page
        From 1; beyond the last it is the last.
    """
    today = clock.today(edition)
    rows = narrowed(commitments(who=who, edition=edition, today=today), wanted or Wanted(), today=today)
    count = rows.count()
    here = min(max(1, page), max(1, -(-count // per_page)))
    first = (here - 1) * per_page
    shown = fetched(rows.order_by(*ORDERS[order]))[first : first + per_page]
    return CommitmentPage(list(shown), count, here, per_page)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a delegation that is asked has answered in this round; none yet."""

    delegation: Delegation
    answer: Confirmation | None


@dataclass(frozen=True, slots=True)
class CommitmentStory:
    """Everything a page tells of one commitment, as far as the reader may see it; newest first.

    Attributes
    ----------
    commitment
        As :func:`commitments` and :func:`fetched` give it.
    wording
        The text that holds; `earlier` those before it.
    asked
        The delegations that are asked to confirm it, with what they answered.
    """

    commitment: Any
    wording: Wording
    earlier: Sequence[Wording]
    asked: Sequence[Answered]
    milestones: Sequence[Milestone]
    reports: Sequence[Report]
    assessments: Sequence[Assessment]


def commitment_story(
    *, commitment: Commitment, who: Actor, edition: Edition, keeper: bool
) -> CommitmentStory:
    """Return what a page tells of a commitment that was obtained for `who`; a constant number of statements.

    Parameters
    ----------
    keeper
        Whether `who` follows it up for the host. Nobody else reads a wording that was changed
        before it was laid before the parties.
    """
    [row] = fetched(with_standing(Commitment.objects.filter(pk=commitment.pk), today=clock.today(edition)))
    wordings = list(visible(who, Wording).filter(commitment=row).order_by("-number"))
    answers = {
        answer.delegation_id: answer
        for answer in visible(who, Confirmation).filter(commitment=row, round=row.round).order_by("pk")
    }
    present = {
        one.entity_id: one
        for one in Delegation.objects.filter(
            edition=row.edition, entity__in={row.owner_id, *(party.entity_id for party in row.other_parties)}
        )
        .exclude(answer=Delegation.Answer.REGRETS)
        .select_related("entity")
    }
    asked = rules.asked_to_confirm(
        owner=row.owner_id,
        parties=[(party.entity_id, party.role) for party in row.other_parties],
        delegations={entity: one.pk for entity, one in present.items()},
    )
    by_id = {one.pk: one for one in present.values()}
    return CommitmentStory(
        commitment=row,
        wording=wordings[0],
        earlier=wordings[1:] if keeper else _laid_before(row, wordings),
        asked=[Answered(by_id[pk], answers.get(pk)) for pk in sorted(asked)],
        milestones=list(visible(who, Milestone).filter(commitment=row)),
        reports=list(visible(who, Report).filter(commitment=row).prefetch_related("files__file")),
        assessments=list(visible(who, Assessment).filter(commitment=row).select_related("assessor_entity")),
    )


def _laid_before(commitment: Commitment, wordings: Sequence[Wording]) -> list[Wording]:
    """Return of the wordings before the last those that the parties were shown; one statement where there are any.

    Parameters
    ----------
    wordings
        The newest first.
    """
    if len(wordings) < 2:  # noqa: PLR2004 the last alone
        return []
    shown_at = list(
        Entry.objects.filter(
            target_type=Commitment._meta.label_lower,  # noqa: SLF001 Django's documented name
            target_id=commitment.public_id,
            verb__in=_SHOWN_BY,
        ).values_list("at", flat=True)
    )
    return [
        earlier
        for later, earlier in pairwise(wordings)
        if any(earlier.made_at <= at < later.made_at for at in shown_at)
    ]


def to_confirm(*, delegation: Delegation, who: Actor) -> QuerySet[Commitment]:
    """Return the commitments that wait for an entity's confirmation in this round, in order.

    Those of the delegation's edition, and of earlier ones where what was agreed then has been corrected.
    """
    answered = Confirmation.objects.filter(
        commitment=OuterRef("pk"), round=OuterRef("round"), delegation__entity=delegation.entity_id
    )
    asked = Delegation.objects.filter(edition=OuterRef("edition"), entity=delegation.entity_id).exclude(
        answer=Delegation.Answer.REGRETS
    )
    bound = CommitmentParty.objects.filter(
        entity=delegation.entity_id, role__in=[PartyRole.COUNTERPART, PartyRole.BENEFICIARY]
    ).values("commitment")
    edition = delegation.edition
    return (
        visible(who, Commitment)
        .filter(
            Q(owner=delegation.entity_id) | Q(pk__in=bound),
            Exists(asked),
            ~Exists(answered),
            edition__series=edition.series_id,
            edition__number__lte=edition.number,
            workflow=Workflow.SUBMITTED,
        )
        .order_by("edition__number", "number")
    )


def answers_of(commitments: Collection[Commitment]) -> dict[tuple[int, int], str]:
    """Return what was answered in the present round, by commitment and delegation; one statement."""
    rounds = {commitment.pk: commitment.round for commitment in commitments}
    rows = Confirmation.objects.filter(commitment__in=rounds).order_by("pk")
    return {
        (pk, delegation): Answer(answer)
        for pk, delegation, round_, answer in rows.values_list(
            "commitment_id", "delegation_id", "round", "answer"
        )
        if rounds[pk] == round_
    }
