"""A delegation's own commitments: what waits for its word, what it promised, what it was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes.kinds import Timeliness, Workflow
from summitry.outcomes.models import Handover, Instrument, InstrumentParty, SilenceProcedure, Wording
from summitry.outcomes.queries.commitments import (
    LIGHT_GROUPS,
    WORKFLOW_GROUPS,
    commitments,
    listed,
    to_confirm,
    with_party,
)
from summitry.outcomes.queries.instrument_pages import silence_running
from summitry.outcomes.queries.vocabulary import follow_up_settings


@dataclass(frozen=True, slots=True)
class OwnCommitments:
    """What a delegation's page of commitments shows, each row in one group.

    Attributes
    ----------
    confirm
        What waits for its confirmation.
    report
        Its own that are late or whose report is due.
    coming
        Its own that come due within the warning.
    ours, theirs
        What else it promised, and what it was promised and is still to be kept.
    waiting
        What lies before other parties, or is being changed.
    done
        Delivered, or closed.
    """

    confirm: Sequence[Any]
    report: Sequence[Any]
    coming: Sequence[Any]
    ours: Sequence[Any]
    theirs: Sequence[Any]
    waiting: Sequence[Any]
    done: Sequence[Any]

    @property
    def rows(self) -> list[Any]:
        """All of them."""
        return [
            *self.confirm,
            *self.report,
            *self.coming,
            *self.ours,
            *self.theirs,
            *self.waiting,
            *self.done,
        ]


def own_commitments(*, edition: Edition, who: Actor, delegation: Delegation) -> OwnCommitments:
    """Return the commitments to which a delegation's entity is a party, by what is to be done; six statements."""
    today = clock.today(edition)
    soon = today + timedelta(days=follow_up_settings(edition).due_warning_days)
    code = delegation.entity.code
    worded = Wording.objects.order_by("commitment_id", "-number").distinct("commitment_id")
    rows = (
        listed(with_party(commitments(who=who, edition=edition, today=today), code))
        .exclude(workflow__in=[Workflow.DRAFT, Workflow.REJECTED])
        .prefetch_related(Prefetch("wordings", worded, to_attr="last_wordings"))
    )
    asked = set(to_confirm(delegation=delegation, who=who).values_list("pk", flat=True))
    found: dict[str, list[Any]] = {name: [] for name in OwnCommitments.__dataclass_fields__}
    for row in rows.order_by("due_on", "pk"):
        found[_group(row, asked, delegation, soon)].append(row)
    return OwnCommitments(**found)


def _group(row: Any, asked: set[int], delegation: Delegation, soon: Any) -> str:
    if row.pk in asked:
        return "confirm"
    if row.workflow in WORKFLOW_GROUPS["unconfirmed"]:
        return "waiting"
    if row.workflow == Workflow.CLOSED or row.timeliness == Timeliness.DELIVERED:
        return "done"
    if row.owner_id != delegation.entity_id:
        return "theirs"
    if row.light in LIGHT_GROUPS["due"] or row.timeliness in {Timeliness.LATE, Timeliness.LAPSED}:
        return "report"
    return "coming" if row.due_on is not None and row.due_on <= soon else "ours"


def own_waiting(*, edition: Edition, who: Actor, delegation: Delegation) -> int:
    """Return how many commitments wait for a delegation's confirmation or report; two statements."""
    mine = commitments(who=who, edition=edition).filter(
        Q(light__in=LIGHT_GROUPS["due"]) | Q(timeliness__in=[Timeliness.LATE, Timeliness.LAPSED]),
        owner=delegation.entity_id,
        workflow__in=WORKFLOW_GROUPS["open"],
    )
    return mine.count() + to_confirm(delegation=delegation, who=who).count()


@dataclass(frozen=True, slots=True)
class OwnPapers:
    """What else a delegation's entity is a party to.

    Attributes
    ----------
    instruments, handovers
        How many, over all editions of the series up to the reader's.
    silence
        Its texts that lie under silence, or whose silence ended and is not concluded yet.
    """

    instruments: int
    handovers: int
    silence: Sequence[SilenceProcedure]


def own_papers(*, edition: Edition, who: Actor, delegation: Delegation) -> OwnPapers:
    """Return what else than commitments a delegation's entity is a party to; five statements."""
    entity = delegation.entity_id
    signed = InstrumentParty.objects.filter(entity=entity).values("instrument")
    instruments = visible(who, Instrument).filter(
        pk__in=signed, series=edition.series_id, edition__number__lte=edition.number
    )
    sides = Q(transferor=entity) | Q(transferee=entity) | Q(title_holder=entity) | Q(custodian=entity)
    handovers = visible(who, Handover).filter(
        sides, edition__series=edition.series_id, edition__number__lte=edition.number
    )
    lying = silence_running(who=who, edition=edition)
    ours = set(instruments.filter(pk__in=[one.instrument_id for one in lying]).values_list("pk", flat=True))
    return OwnPapers(
        instruments=instruments.count(),
        handovers=handovers.count(),
        silence=[one for one in lying if one.instrument_id in ours],
    )
