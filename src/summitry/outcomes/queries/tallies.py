"""How many commitments stand where: for overviews, the statement to the next edition, the reminders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outcomes.kinds import Light, Timeliness, Workflow
from summitry.outcomes.models import Area, Commitment, Handover, Instrument
from summitry.outcomes.queries.commitments import commitments
from summitry.outcomes.rules import OPEN_WORKFLOWS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many outcomes `who` may see stand where; every number is that of a list with the same filter."""

    workflow: Mapping[str, int]
    light: Mapping[str, int]
    timeliness: Mapping[str, int]
    instruments: Mapping[str, int]
    handovers: Mapping[str, int]

    @property
    def agreed(self) -> int:
        """Commitments that count as agreed, closed ones among them."""
        return sum(self.workflow.get(state, 0) for state in (*OPEN_WORKFLOWS, Workflow.CLOSED))

    @property
    def unconfirmed(self) -> int:
        """Commitments that lie before their parties or wait for a change."""
        return sum(self.workflow.get(state, 0) for state in (Workflow.SUBMITTED, Workflow.CHANGE_REQUESTED))


def tally(*, edition: Edition, who: Actor, whole_series: bool = False) -> Tally:
    """Return how many outcomes of an edition (or of its series up to it) stand where; three statements."""
    within = {"edition__number__lte": edition.number} if whole_series else {"edition": edition}
    rows = commitments(who=who, edition=edition).filter(**within)
    instruments = visible(who, Instrument).filter(series=edition.series_id, **within)
    handovers = visible(who, Handover).filter(edition__series=edition.series_id, **within)
    counted: dict[str, Counter[str]] = {"workflow": Counter(), "light": Counter(), "timeliness": Counter()}
    grouped = rows.order_by().values("workflow", "light", "timeliness").annotate(rows=Count("pk"))
    for group in grouped:
        counted["workflow"][group["workflow"]] += group["rows"]
        if group["workflow"] in {*OPEN_WORKFLOWS, Workflow.CLOSED}:
            counted["light"][group["light"]] += group["rows"]
            counted["timeliness"][group["timeliness"]] += group["rows"]
    return Tally(**counted, instruments=_by_state(instruments), handovers=_by_state(handovers))


def _by_state(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(rows=Count("pk")))


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement "delivered, on track, late, lapsed" that an edition hears of those before it.

    Attributes
    ----------
    rows
        The commitments it is about, as a query for a list.
    total
        How many stand where.
    by_area
        The same for each area, in its order; a commitment of two areas is in both.
    without_area
        The same for those without one.
    """

    rows: QuerySet[Any]
    total: Mapping[str, int]
    by_area: Sequence[tuple[Area, Mapping[str, int]]]
    without_area: Mapping[str, int]


def review_statement(*, edition: Edition, who: Actor) -> Statement:
    """Return what an edition's review item says: of what earlier editions left open, or agreed at the last; four statements.

    A commitment that was closed before the last edition met was told there already.
    """
    before = (
        Edition.objects.filter(series=edition.series_id, number__lt=edition.number)
        .order_by("-number")
        .first()
    )
    told = date(before.year, 1, 1) if before else date.min
    if before and (before.starts_on or before.ends_on):
        told = before.starts_on or before.ends_on or told
    rows = commitments(who=who, edition=edition).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=told),
        edition__number__lt=edition.number,
        agreed_on__isnull=False,
    )
    found = dict(rows.values_list("pk", "timeliness"))
    through = Commitment.areas.through
    links = through._default_manager.filter(commitment__in=rows.order_by().values("pk"))  # noqa: SLF001 Django's documented name
    areas: dict[int, Counter[str]] = {}
    placed = set()
    for commitment, area in links.values_list("commitment_id", "area_id"):
        areas.setdefault(area, Counter())[found[commitment]] += 1
        placed.add(commitment)
    named = visible(who, Area).filter(pk__in=areas)
    return Statement(
        rows=rows,
        total=_whole(found.values()),
        by_area=[(area, _whole(areas[area.pk].elements())) for area in named],
        without_area=_whole(stands for pk, stands in found.items() if pk not in placed),
    )


def _whole(values: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return {one.value: counted[one] for one in Timeliness}


def reports_due(*, who: Actor, edition: Edition, lead_days: int = 0) -> QuerySet[Any]:
    """Return the open commitments of the series up to an edition whose report is due, the longest due first.

    Parameters
    ----------
    lead_days
        How long before the day they are among them.
    """
    today = clock.today(edition)
    return (
        commitments(who=who, edition=edition, today=today)
        .filter(workflow__in=sorted(OPEN_WORKFLOWS), report_due_on__lte=today + timedelta(days=lead_days))
        .exclude(light=Light.NONE)
        .select_related("owner", "edition")
        .order_by("report_due_on", "pk")
    )


def reporting_delegations(rows: Iterable[Commitment], *, edition: Edition) -> dict[int, Delegation]:
    """Return for each commitment the owner's delegation that reports: at the latest edition up to this; one statement.

    A commitment whose owner had no delegation since it was agreed is left out.
    """
    wanted = list(rows)
    found = (
        Delegation.objects.filter(
            entity__in={row.owner_id for row in wanted},
            edition__series=edition.series_id,
            edition__number__lte=edition.number,
        )
        .select_related("edition", "entity")
        .order_by("edition__number")
    )
    latest = {delegation.entity_id: delegation for delegation in found}
    return {
        row.pk: latest[row.owner_id]
        for row in wanted
        if row.owner_id in latest and latest[row.owner_id].edition.number >= row.edition.number
    }
