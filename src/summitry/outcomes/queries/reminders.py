"""Which owners are to be reminded, of what, and who has been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from summitry.accounts.access import Actor
from summitry.accounts.models import Grant, Role, User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation
from summitry.outbox.models import Letter
from summitry.outcomes.kinds import Light
from summitry.outcomes.queries.commitments import LIGHT_GROUPS, commitments
from summitry.outcomes.queries.vocabulary import follow_up_settings
from summitry.outcomes.rules import OPEN_WORKFLOWS, Reminder, reminder_due

#: What is read of a commitment to know whether and of what its owner is reminded, and to name it.
_COLUMNS: Final = (
    "public_id",
    "edition",
    "number",
    "title",
    "owner",
    "confidentiality",
    "workflow",
    "progress",
    "due_on",
    "expected_on",
    "reported_on",
    "agreed_on",
    "report_months",
)


@dataclass(frozen=True, slots=True)
class OwnerReminder:
    """A reminder, and to whom it goes.

    Attributes
    ----------
    commitment
        Its own columns, its standing and its edition.
    delegation
        The owner's that reports; none where it had none since.
    recipients
        Its focal points.
    posted
        When the letter was posted to each of them who has it already.
    """

    commitment: Any
    reminder: Reminder
    delegation: Delegation | None
    recipients: Sequence[User]
    posted: Mapping[int, datetime]

    def key(self, recipient: User) -> str:
        """Return what a letter to a recipient is known by."""
        return self.reminder.key(self.commitment.public_id, recipient.public_id)

    @property
    def waiting(self) -> list[User]:
        """Who has no letter yet."""
        return [one for one in self.recipients if one.pk not in self.posted]

    @property
    def last_posted(self) -> datetime | None:
        """When the last letter of it was posted."""
        return max(self.posted.values(), default=None)


def reminders_due(*, edition: Edition, who: Actor, today: date | None = None) -> list[OwnerReminder]:
    """Return the reminders that the open commitments of a series up to an edition call for; a constant number of statements.

    What presses most comes first.
    """
    day = today or clock.today(edition)
    settings = follow_up_settings(edition)
    soon = day + timedelta(days=settings.due_warning_days)
    rows = commitments(who=who, edition=edition, today=day).filter(
        Q(due_on__lte=soon) | Q(expected_on__lte=soon) | Q(light__in=LIGHT_GROUPS["due"]),
        workflow__in=sorted(OPEN_WORKFLOWS),
    )
    called = []
    for row in _light(rows.exclude(light=Light.NONE)):
        found = reminder_due(
            due_on=row.due_on,
            expected_on=row.expected_on,
            reported_on=row.reported_on,
            report_due_on=row.report_due_on,
            lapses_on=row.lapses_on,
            light=row.light,
            today=day,
            warning_days=settings.due_warning_days,
            every_days=settings.remind_every_days,
        )
        if found is not None:
            called.append((row, found))
    return addressed(sorted(called, key=lambda pair: (pair[1].since, pair[0].pk)), edition=edition)


def _light(rows: QuerySet[Any]) -> list[Any]:
    """Return commitments with what reminding needs, and their editions, in two statements however many they are."""
    found = list(rows.only(*_COLUMNS))
    editions = Edition.objects.in_bulk({row.edition_id for row in found})
    for row in found:
        row.edition = editions[row.edition_id]
    return found


def addressed(called: Sequence[tuple[Any, Reminder]], *, edition: Edition) -> list[OwnerReminder]:
    """Return to whom reminders go, and who has them already; three statements."""
    delegations = _reporting([row for row, _reminder in called], edition=edition)
    focal_points = _focal_points(delegations.values())
    found = []
    for row, reminder in called:
        delegation = delegations.get(row.pk)
        recipients = focal_points[delegation.pk] if delegation else []
        found.append((row, reminder, delegation, recipients))
    keys = {
        reminder.key(row.public_id, one.public_id): None
        for row, reminder, _delegation, recipients in found
        for one in recipients
    }
    posted = dict(Letter.objects.filter(key__in=keys).values_list("key", "posted_at"))
    return [
        OwnerReminder(
            row,
            reminder,
            delegation,
            recipients,
            {
                one.pk: posted[key]
                for one in recipients
                if (key := reminder.key(row.public_id, one.public_id)) in posted
            },
        )
        for row, reminder, delegation, recipients in found
    ]


def _reporting(rows: Sequence[Any], *, edition: Edition) -> dict[int, Delegation]:
    """Return for each commitment the delegation of its owner that reports: at the last edition where it has one.

    One whose owner had no delegation since it was agreed is left out.
    """
    latest = {
        one.entity_id: one
        for one in Delegation.objects.filter(
            entity__in={row.owner_id for row in rows},
            edition__series=edition.series_id,
            edition__number__lte=edition.number,
        )
        .select_related("edition")
        .order_by("entity_id", "-edition__number")
        .distinct("entity_id")
    }
    return {
        row.pk: latest[row.owner_id]
        for row in rows
        if row.owner_id in latest and latest[row.owner_id].edition.number >= row.edition.number
    }


def _focal_points(delegations: Iterable[Delegation]) -> dict[int, list[User]]:
    grants = (
        Grant.objects.filter(
            role=Role.FOCAL_POINT, delegation_id__in={one.pk for one in delegations}, user__is_active=True
        )
        .select_related("user")
        .order_by("pk")
    )
    found: dict[int, list[User]] = defaultdict(list)
    for grant in grants:
        if grant.delegation_id is not None:
            found[grant.delegation_id].append(grant.user)
    return found


def editions_followed_up() -> list[Edition]:
    """Return of each series the edition from which its owners are reminded: the last that has been opened."""
    rows = Edition.objects.filter(status__in=[Edition.Status.OPEN, Edition.Status.CLOSED]).select_related(
        "series", "hosted_by__entity"
    )
    return list(rows.order_by("series_id", "-number").distinct("series_id"))
