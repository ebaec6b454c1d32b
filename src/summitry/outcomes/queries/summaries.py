"""How many commitments stand where, by delegation, by area, by edition or by the year they are due in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear

from summitry.accounts.access import Actor
from summitry.conferences.models import Edition
from summitry.outcomes.kinds import Workflow
from summitry.outcomes.queries.commitments import WORKFLOW_GROUPS, commitments

#: By what a summary can be divided: the expression, and the list's filter that gives the same rows.
_BY: Final[Mapping[str, Any]] = {
    "owner": F("owner"),
    "area": F("areas__code"),
    "edition": F("edition__slug"),
    "due": ExtractYear("due_on"),
}
SUMMARIES: Final = tuple(_BY)


@dataclass(slots=True)
class SummaryLine:
    """What one delegation, area, edition or year comes to.

    Attributes
    ----------
    key
        The owner's id, the area's code, the edition's slug or the year; none: without one.
    timeliness, light
        How many that count as agreed stand where.
    agreed, unconfirmed
        How many count as agreed, and how many wait for their parties.
    """

    key: int | str | None
    timeliness: Counter[str] = field(default_factory=Counter)
    light: Counter[str] = field(default_factory=Counter)
    unconfirmed: int = 0

    @property
    def agreed(self) -> int:
        """How many count as agreed."""
        return self.timeliness.total()

    def add(self, workflow: str, timeliness: str, light: str, rows: int) -> None:
        """Count rows in."""
        if workflow in WORKFLOW_GROUPS["counts"]:
            self.timeliness[timeliness] += rows
            self.light[light] += rows
        elif workflow in WORKFLOW_GROUPS["unconfirmed"]:
            self.unconfirmed += rows


@dataclass(frozen=True, slots=True)
class Summary:
    """The lines, and what all of them come to; a commitment of two areas is in the line of each, once in the total."""

    lines: Sequence[SummaryLine]
    total: SummaryLine


def summary(*, edition: Edition, who: Actor, by: str) -> Summary:
    """Return where the commitments of a series up to an edition stand; one statement, two by area.

    Parameters
    ----------
    by
        One of :data:`SUMMARIES`.
    """
    rows = commitments(who=who, edition=edition).exclude(workflow__in=[Workflow.DRAFT, Workflow.REJECTED])
    lines: dict[int | str | None, SummaryLine] = {}
    total = SummaryLine(None)
    for group in _counted(rows, key=_BY[by]):
        key = group.pop("key")
        lines.setdefault(key, SummaryLine(key)).add(**group)
        total.add(**group)
    if by == "area":
        total = SummaryLine(None)
        for group in _counted(rows):
            total.add(**group)
    kept = [line for line in lines.values() if line.agreed or line.unconfirmed]
    return Summary(sorted(kept, key=lambda line: (line.key is None, str(line.key))), total)


def _counted(rows: QuerySet[Any], **key: Any) -> QuerySet[Any]:
    grouped = rows.order_by().values("workflow", "timeliness", "light", **key)
    counted: QuerySet[Any] = grouped.annotate(rows=Count("pk"))
    return counted
